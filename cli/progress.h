// The line on the terminal that tells how far reading has come. Time comes from the caller's clock. One
// thread.
#ifndef NEVERREADY_CLI_PROGRESS_H_
#define NEVERREADY_CLI_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "ingest/reader.h"

namespace neverready::cli {

struct ProgressView {
  std::uint64_t bytes = 0;             // so far
  std::optional<std::uint64_t> total;  // unset where nobody knows
  std::chrono::nanoseconds elapsed{0};
  std::size_t width = 80;  // columns that the line may take
};

// "412 MB of 1.0 GB   41 %  [########------------]  310 MB/s  2 s left"; what does not fit is left out. Pure.
std::string FormatProgress(const ProgressView& view);

// "0 B", "999 MB", "1.0 GB": decimal units, at most three digits. Pure.
std::string FormatBytes(std::uint64_t bytes);

class ProgressLine {
 public:
  using Clock = std::function<std::chrono::nanoseconds()>;  // since any moment, never backwards

  // Borrows `err` for its own lifetime. Draws from the first second on, at most ten times a second, on one
  // line of less than `width` columns.
  ProgressLine(std::ostream* err, std::size_t width, Clock clock);

  void Update(const ingest::Progress& progress);

  // Makes the terminal's line empty again. To be called before anything else is printed.
  void Erase();

 private:
  std::ostream* err_;
  std::size_t width_;
  Clock clock_;
  std::chrono::nanoseconds began_, drawn_{0};
  std::size_t columns_ = 0;  // drawn and not erased
};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_PROGRESS_H_
