// Folds entries, in whatever order they come, into one RevisionLog a revision. One thread.
// Order-free: any order, repetition or division of the same entries gives the same logs. Entries are ordered
// by (timestamp, insertId, log, position); an entry is a repetition if revision, log, timestamp and insertId
// are equal (text has no insertId: timestamp and text).
#ifndef NEVERREADY_ANALYZERS_COLLECTOR_H_
#define NEVERREADY_ANALYZERS_COLLECTOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "analyzers/revision_log.h"
#include "ingest/log_entry.h"

namespace neverready::analyzers {

struct Collected {
  std::vector<RevisionLog> revisions;          // by key
  std::uint64_t entries = 0;                   // distinct ones, ignored ones included
  std::uint64_t foreign = 0;                   // of other resource types
  std::uint64_t without_text = 0;              // without text and without a status
  std::optional<core::Timestamp> first, last;  // over all entries
};

class Collector {
 public:
  Collector();
  ~Collector();
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  void Add(const ingest::LogEntry& entry);

  // Ends the collection; the collector is empty afterwards.
  Collected Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_COLLECTOR_H_
