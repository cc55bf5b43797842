// Everything the log says about one revision, in order: the collector's product and the diagnosis' input.
// Plain values.
#ifndef NEVERREADY_ANALYZERS_REVISION_LOG_H_
#define NEVERREADY_ANALYZERS_REVISION_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/platform_event.h"
#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::analyzers {

enum class LogScope : std::uint8_t {
  kRevision,  // the log names the revision
  kDeploy,    // a deploy that was refused before a revision existed
  kFile,      // plain text that names none
};

struct RevisionKey {
  LogScope scope = LogScope::kRevision;
  std::string project, location, service, revision;
  auto operator<=>(const RevisionKey&) const = default;
};

// One clean line of what a container said (or of a platform sentence in plain text).
struct Line {
  std::string text;  // as printed, without escapes and controls: what is quoted
  std::string body;  // what it says, where that is no part of `text` (logfmt); else empty
  std::uint32_t body_begin = 0, body_end = 0;  // the part of `text` behind the logger's prefix
  ingest::Severity level = ingest::Severity::kDefault;
  ingest::TextRole role = ingest::TextRole::kMessage;
  bool prefixed = false;    // a logger began a new record here
  bool structured = false;  // from a JSON payload
  std::uint32_t place = 0;  // index into RevisionLog::places: lines of one entry share it

  // Borrows from this line.
  std::string_view Body() const {
    return body.empty() ? std::string_view(text).substr(body_begin, body_end - body_begin)
                        : std::string_view(body);
  }
};

// One start of one container.
struct Attempt {
  enum class End : std::uint8_t { kOpen, kExit, kSignal, kProbeFailed, kShutdown, kLiveness };

  std::string instance, container;                      // may be empty
  std::optional<core::Timestamp> started, ended, last;  // last: newest line or event
  std::vector<std::uint32_t> lines;                     // indexes into RevisionLog::lines, in order
  std::vector<std::uint32_t> events;                    // indexes into RevisionLog::events, in order
  End end = End::kOpen;
  std::int64_t end_number = 0;  // exit code or signal
  bool probe_succeeded = false, probe_failed = false;
  bool probe_timed_out =
      false;  // its start-up probe failed because nothing answered in time, while it was alive
};

struct RevisionLog {
  RevisionKey key;
  std::vector<Place> places;
  std::vector<Line> lines;                 // of all attempts, in order
  std::vector<PlatformEvent> events;       // of all attempts and of none, in order
  std::vector<Attempt> attempts;           // by start
  std::vector<ingest::AuditRecord> specs;  // audit records that show the revision's spec, in order
  std::optional<core::Timestamp> first, last;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_LOG_H_
