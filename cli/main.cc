#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "cli/app.h"

namespace {

// Whether the other end of a pipe was closed, as `head` does: no reason to complain.
bool ReaderHasGone() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  // A closed pipe ends writing, not the program's account of itself.
  std::signal(SIGPIPE, SIG_IGN);
  winsize size{};
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const bool sized = terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  neverready::cli::Io io{std::cin,
                         std::cout,
                         std::cerr,
                         terminal,
                         sized ? size.ws_col : 100U,
                         [](const char* name) { return static_cast<const char*>(std::getenv(name)); },
                         std::max(1U, std::thread::hardware_concurrency())};
  const int code = neverready::cli::RunApp(std::vector<std::string>(argv + 1, argv + argc), io);
  std::cout.flush();
  if (!std::cout) {
    if (!ReaderHasGone()) std::cerr << "neverready: error: cannot write the output: is the disk full?\n";
    return neverready::cli::kExitUnanswered;
  }
  return code;
}
