// What the collector keeps of an entry until all are there.
#ifndef NEVERREADY_ANALYZERS_KEPT_ENTRY_H_
#define NEVERREADY_ANALYZERS_KEPT_ENTRY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::analyzers {

struct KeptEntry {
  std::optional<core::Timestamp> at;
  bool own_time = true;  // false: the time of the line before, for text without
  std::string insert_id, instance, container;
  ingest::LogKind log = ingest::LogKind::kText;
  ingest::Severity severity = ingest::Severity::kDefault;
  std::uint32_t source = 0;
  std::uint64_t position = 0;
  std::vector<ingest::TextPart> text;
  std::unique_ptr<const ingest::AuditRecord> audit;  // rare and large
  int http_status = 0;
  std::unique_ptr<const ingest::Split> split;  // rarer still
  std::vector<KeptEntry> parts;                // of several that became one: these, as they came
};

// The source of entries that were read before and remembered since: behind all others.
inline constexpr std::uint32_t kRememberedSource = UINT32_MAX;

// The first piece of text, which is the message; "" where there is none.
inline std::string TextOf(const KeptEntry& kept) {
  return kept.text.empty() ? std::string() : kept.text.front().text;
}

KeptEntry Keep(const ingest::LogEntry& entry);

// An entry of an earlier input; `position` says where among those of its revision.
inline KeptEntry KeepRemembered(const ingest::LogEntry& entry, std::uint64_t position) {
  KeptEntry kept = Keep(entry);
  kept.source = kRememberedSource;
  kept.position = position;
  return kept;
}

// The way back, as far as it was kept. Source and position stay behind.
ingest::LogEntry ToLogEntry(KeptEntry kept);
KeptEntry Copy(const KeptEntry& kept);

// The order of entries: by time, insertId, log and place in the input.
bool Before(const KeptEntry& a, const KeptEntry& b);

// Whether both are the same entry, which came twice.
bool Repeats(const KeptEntry& a, const KeptEntry& b);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_KEPT_ENTRY_H_
