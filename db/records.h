// What the store keeps of one revision. Plain values.
#ifndef NEVERREADY_DB_RECORDS_H_
#define NEVERREADY_DB_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/diagnosis.h"
#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::db {

struct StoredAttempt {
  std::string instance, container;  // may be empty
  std::optional<core::Timestamp> started_at, first_error_at, ended_at;
  std::string ended;        // open, exit, signal, probe_failed, shutdown, liveness
  std::int64_t number = 0;  // exit code or signal
  bool died = false;        // docs/json.md, "How the state is decided"
  bool operator==(const StoredAttempt&) const = default;
};

// A start as it is stored: the verdict, and what it can be made of again.
struct StoredStart {
  analyzers::Diagnosis diagnosis;
  std::string fingerprint;  // of the cause; "" without one
  std::string environment;  // of the service: production, staging, development, unknown
  std::vector<StoredAttempt> attempts;
  std::optional<core::Timestamp> last_entry_at;  // the newest entry of the revision
};

// Entries as they lie in the store (db/entry_codec.h).
struct PackedEntries {
  std::size_t entries = 0;
  std::size_t bytes = 0;  // before compression
  std::string encoding;   // ndjson, ndjson+zstd; "" of none
  std::string body;
};

// The entries that explain a start, redacted, and the generation of the verdict that was made of them: 0
// where the store knows nothing of the revision.
struct StoredEntries {
  std::int64_t generation = 0;
  std::vector<ingest::LogEntry> entries;
};

}  // namespace neverready::db

#endif  // NEVERREADY_DB_RECORDS_H_
