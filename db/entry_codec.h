// An entry of a log as one line of compact JSON, as the store keeps it, and back. Pure, thread-safe.
//
// Stored: never rename or renumber. A key is left out where its value is the default of ingest/log_entry.h.
//   at      nanoseconds since 1970-01-01 UTC, as everywhere in the store: exact over the whole range
//   id      insert_id                     log     number of the LogKind
//   name    log_name                      sev     rank of the severity
//   type    resource_type                 proj, loc, svc, rev   where it belongs
//   inst    instance                      cont    container
//   logger  app_logger
//   text    [{text, key, role}]           role: number of the TextRole
//   audit   {method, resource, kind, object, svc, code, message, principal, created, ready, image, port,
//            memory, cpu, account, default_probe,
//            conditions: [{type, status, reason, message, severity, since}],
//            probe: {kind, delay, period, timeout, threshold, port, path},
//            env: [{name, secret}]}
//   http    {status, method, url, latency}    latency: nanoseconds
//   split   {uid, index, total}
// audit, audit.code, audit.probe, http and split stand even where they hold nothing but defaults.
// LogEntry::source and ::position are not stored: they point into files that nobody has any more.
//
// A line has no newline in it. Bytes that are no UTF-8 become U+FFFD; all else, NUL and other controls
// included, comes back as it was.
#ifndef NEVERREADY_DB_ENTRY_CODEC_H_
#define NEVERREADY_DB_ENTRY_CODEC_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ingest/log_entry.h"

namespace neverready::db {

// Six times the largest entry that is read from JSON, because a control character takes six bytes; and room.
inline constexpr std::size_t kMaxLineBytes = 64u << 20;

std::string EncodeEntry(const ingest::LogEntry& entry);

// The entry of a line; source and position are 0. Keys that are unknown are passed over: a newer program
// wrote them. Fails with kDataLoss where the line is no JSON object, is larger than kMaxLineBytes or deeper
// than 32 levels, and where a value has another type than it should or is out of range; the message then
// names the key ("audit.conditions[2].type is not a text"), and never quotes the line.
core::Result<ingest::LogEntry> DecodeEntry(std::string_view line);

// Lines joined by newlines, without one at the end; "" for no entries.
std::string EncodeEntries(const std::vector<ingest::LogEntry>& entries);

// Fails as DecodeEntry does, and says which entry it is, counted from 1. A newline at the end is allowed.
core::Result<std::vector<ingest::LogEntry>> DecodeEntries(std::string_view lines);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_ENTRY_CODEC_H_
