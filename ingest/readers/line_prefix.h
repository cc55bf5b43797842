// What programs that collect other programs' output put before each line: docker logs -t, docker compose,
// kubectl, the journal, Heroku, Cloud Build, gcloud run services logs read. Pure, thread-safe.
#ifndef NEVERREADY_INGEST_READERS_LINE_PREFIX_H_
#define NEVERREADY_INGEST_READERS_LINE_PREFIX_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace neverready::ingest {

// Borrows from the line it was made of.
struct BorrowedLine {
  std::string_view text;              // the line as the program wrote it
  std::string_view speaker;           // "web-1", "web-5d9c/web"; empty where the prefix names none
  std::optional<core::Timestamp> at;  // as the prefix tells; unset where it tells none, or no year
};

class LinePrefix {
 public:
  enum class Label { kNone, kCompose, kKubectl, kSyslog, kCloudBuild };
  enum class Clock {
    kNone,
    kNanoseconds,  // "2025-09-08T04:02:11.319482011Z text"
    kSeconds,      // "2025-09-08 04:02:11 text"
  };

  // What nearly all lines of a file's beginning have in common. A program's own logger is none of it.
  static LinePrefix Tell(std::string_view beginning);

  // A line that lacks the prefix is given back as it is: it goes on with the line before.
  BorrowedLine Strip(std::string_view line) const;

  Label label() const { return label_; }
  Clock clock() const { return clock_; }

 private:
  Label label_ = Label::kNone;
  Clock clock_ = Clock::kNone;
  std::size_t bar_ = 0;  // column of the | of docker compose
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_LINE_PREFIX_H_
