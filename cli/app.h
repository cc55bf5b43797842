// The program in process: arguments in, exit code out. Everything that touches the world comes in through Io.
#ifndef NEVERREADY_CLI_APP_H_
#define NEVERREADY_CLI_APP_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "core/time.h"

namespace neverready::cli {

// Exit codes of `analyze` (docs/manual.md). Stored: never renumber.
inline constexpr int kExitReady = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUnanswered = 2;

struct Io {
  std::istream& in;
  std::ostream& out;  // data
  std::ostream& err;  // everything else
  bool out_is_terminal = false;
  std::size_t width = 100;                                        // columns of the terminal
  std::function<const char*(const char*)> environment = nullptr;  // as getenv; null where unset
  bool err_is_terminal = false;
  std::size_t err_width = 80;  // columns of that terminal
  std::function<std::chrono::nanoseconds()> clock =
      nullptr;  // a steady one; without it there is no progress line
  unsigned processors = 1;
  // The time of day, for options that count back from it.
  std::function<core::Timestamp()> now = nullptr;
  // Ends the program after this time with an error and kExitUnanswered, for what cannot be interrupted; null:
  // such things are waited for.
  std::function<void(std::chrono::milliseconds)> end_after = nullptr;
};

// Runs the command line without the program's name.
int RunApp(const std::vector<std::string>& arguments, Io& io);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_APP_H_
