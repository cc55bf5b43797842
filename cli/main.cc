#include <poll.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "cli/app.h"

namespace {

// Whether the other end of a pipe was closed, as `head` does: no reason to complain.
bool ReaderHasGone() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

// Columns of the terminal behind a descriptor.
std::optional<std::size_t> WidthOf(int descriptor) {
  winsize size{};
  if (isatty(descriptor) != 1 || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return std::nullopt;
  return size.ws_col;
}

// A signal is the only way out of a function of SQLite that takes hours. Nothing is being written meanwhile.
void EndAfter(std::chrono::milliseconds time) {
  std::signal(SIGALRM, [](int) {
    constexpr std::string_view kWhy =
        "neverready: error: the question took too long\n  try: ask for less, or allow more time: --timeout\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kWhy.data(), kWhy.size());
    _exit(neverready::cli::kExitUnanswered);
  });
  const itimerval timer{{0, 0}, {time.count() / 1000, time.count() % 1000 * 1000}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  // A closed pipe ends writing, not the program's account of itself.
  std::signal(SIGPIPE, SIG_IGN);
  neverready::cli::Io io{
      std::cin,
      std::cout,
      std::cerr,
      isatty(STDOUT_FILENO) == 1,
      WidthOf(STDOUT_FILENO).value_or(100),
      [](const char* name) { return static_cast<const char*>(std::getenv(name)); },
      isatty(STDERR_FILENO) == 1,
      WidthOf(STDERR_FILENO).value_or(80),
      [] { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()); },
      std::max(1U, std::thread::hardware_concurrency()),
      [] { return neverready::core::Timestamp(std::chrono::system_clock::now()); },
      &EndAfter};
  const int code = neverready::cli::RunApp(std::vector<std::string>(argv + 1, argv + argc), io);
  std::cout.flush();
  if (!std::cout) {
    if (!ReaderHasGone()) std::cerr << "neverready: error: cannot write the output: is the disk full?\n";
    return neverready::cli::kExitUnanswered;
  }
  return code;
}
