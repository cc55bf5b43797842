#include "analyzers/kept_entry.h"

#include <tuple>
#include <utility>

namespace neverready::analyzers {

KeptEntry Keep(const ingest::LogEntry& entry) {
  KeptEntry kept;
  kept.at = entry.timestamp;
  kept.insert_id = entry.insert_id;
  kept.instance = entry.instance;
  kept.container = entry.container;
  kept.log = entry.log;
  kept.severity = entry.severity;
  kept.source = entry.source;
  kept.position = entry.position;
  kept.text = entry.text;
  if (entry.audit) kept.audit = std::make_unique<const ingest::AuditRecord>(*entry.audit);
  kept.http_status = entry.http ? entry.http->status : 0;
  if (entry.split) kept.split = std::make_unique<const ingest::Split>(*entry.split);
  return kept;
}

ingest::LogEntry ToLogEntry(KeptEntry kept) {
  ingest::LogEntry entry;
  entry.timestamp = kept.at;
  entry.insert_id = std::move(kept.insert_id);
  entry.instance = std::move(kept.instance);
  entry.container = std::move(kept.container);
  entry.log = kept.log;
  entry.severity = kept.severity;
  entry.text = std::move(kept.text);
  if (kept.audit) entry.audit = *kept.audit;
  if (kept.http_status != 0) entry.http = ingest::HttpRequest{kept.http_status, {}, {}, {}};
  if (kept.split) entry.split = *kept.split;
  return entry;
}

KeptEntry Copy(const KeptEntry& kept) {
  KeptEntry copy;
  copy.at = kept.at;
  copy.own_time = kept.own_time;
  copy.insert_id = kept.insert_id;
  copy.instance = kept.instance;
  copy.container = kept.container;
  copy.log = kept.log;
  copy.severity = kept.severity;
  copy.source = kept.source;
  copy.position = kept.position;
  copy.text = kept.text;
  if (kept.audit) copy.audit = std::make_unique<const ingest::AuditRecord>(*kept.audit);
  copy.http_status = kept.http_status;
  if (kept.split) copy.split = std::make_unique<const ingest::Split>(*kept.split);
  for (const KeptEntry& part : kept.parts) copy.parts.push_back(Copy(part));
  return copy;
}

bool Before(const KeptEntry& a, const KeptEntry& b) {
  return std::tie(a.at, a.insert_id, a.log, a.source, a.position) <
         std::tie(b.at, b.insert_id, b.log, b.source, b.position);
}

bool Repeats(const KeptEntry& a, const KeptEntry& b) {
  if (a.at != b.at || a.log != b.log || a.insert_id != b.insert_id || a.instance != b.instance) return false;
  if (!a.insert_id.empty())
    return (a.split != nullptr) == (b.split != nullptr) && (!a.split || a.split->index == b.split->index);
  return a.own_time && b.own_time && a.at && a.source != b.source && TextOf(a) == TextOf(b);
}

}  // namespace neverready::analyzers
