// From one JSON value to a LogEntry. Only this file and its two parts, envelope and payload_walker, know
// simdjson. An EntryParser owns its buffers and is used by one thread; many may exist.
#ifndef NEVERREADY_INGEST_ENTRY_PARSER_H_
#define NEVERREADY_INGEST_ENTRY_PARSER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

// An entry larger than this is skipped as malformed (Cloud Logging's own limit is 256 KiB, 512 KiB for audit
// entries).
inline constexpr std::size_t kMaxEntryBytes = 8u << 20;

class EntryParser {
 public:
  EntryParser();
  ~EntryParser();
  EntryParser(const EntryParser&) = delete;
  EntryParser& operator=(const EntryParser&) = delete;

  // Reads one JSON object. A LogEntry (it has one of textPayload, jsonPayload, protoPayload, logName,
  // insertId, camelCase or snake_case) is read as such; any other object is an application's own structured
  // line (pino, zap, structlog, docker's json-file …): LogKind::kText with its own time, level and message.
  // `*entry` is cleared first; source and position are the caller's. Invalid UTF-8, raw control characters
  // and lone surrogates are repaired. Fails with kInvalidArgument and a short reason ("not a JSON object",
  // "an unterminated string at byte 120", "nested more than 256 levels deep", "larger than 8 MiB") and leaves
  // `*entry` empty.
  core::Status Parse(std::string_view json, LogEntry* entry);

  // Reads one line of plain text: LogKind::kText, the leading time if there is one (FindLeadingTime), the
  // whole line as the message. A line that is one JSON object is read by Parse.
  void ParseText(std::string_view line, LogEntry* entry);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_ENTRY_PARSER_H_
