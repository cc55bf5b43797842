// The grammar of exceptions: what the first line of an exception looks like in Python, Java, JavaScript,
// Ruby, PHP, .NET, Go, Rust, Elixir and Perl. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_HEADLINE_H_
#define NEVERREADY_ANALYZERS_HEADLINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace neverready::analyzers {

// How a headline is tied to the exception before it.
enum class Tie : std::uint8_t {
  kNone,   // it stands alone
  kInner,  // the cause of what was printed before: "Caused by:", "[cause]:", " ---> "
  kOuter,  // what was printed before is its cause: PHP's "Next"
  kBelow,  // the cause of what was printed before, if that was printed in the same way: Ruby
};

struct Headline {
  std::string type;  // "psycopg2.OperationalError", "java.lang.NullPointerException", "panic: boom", "panic"
                     // (Rust), "Parse error"
  std::string message;  // behind the type
  Tie tie = Tie::kNone;
  std::string file;  // where the line itself tells it (Ruby, PHP, Perl, Rust)
  std::int64_t line = 0;
};

struct HeadlineOptions {
  bool after_frames =
      false;  // Python's last line, under the frames of a traceback: any dotted name counts as a type
};

// Reads one line (without its logger prefix). Nothing where it is not the headline of an exception.
std::optional<Headline> ParseHeadline(std::string_view line, const HeadlineOptions& options = {});

// A stack frame, or a line that only belongs to one ("at x (y.js:1:2)", "File "x", line 3, in f", "from
// x.rb:2:in 'f'", "#0 x.php(3): f()",
// "... 4 more", "goroutine 1 [running]:").
struct Frame {
  std::string file;
  std::int64_t line = 0;
};
std::optional<Frame> ParseFrame(std::string_view line);

// Whether a frame's file is the application's own code rather than a library's or the runtime's.
bool IsOwnCode(std::string_view file);

// A line that announces that the next exception has the previous one behind it (Python).
bool IsChainMark(std::string_view line);

// "Traceback (most recent call last):", with or without something before it.
bool IsTracebackHead(std::string_view line);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_HEADLINE_H_
