// Folds entries, in whatever order they come, into one RevisionLog a revision. One thread; several collectors
// may share the work and be united.
// Order-free: any order, repetition or division of the same entries gives the same logs. Entries are ordered
// by (timestamp, insertId, log, position); an entry is a repetition if revision, log, timestamp and insertId
// are equal (text has no insertId: timestamp and text).
#ifndef NEVERREADY_ANALYZERS_COLLECTOR_H_
#define NEVERREADY_ANALYZERS_COLLECTOR_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "analyzers/kept_entry.h"
#include "analyzers/revision_log.h"
#include "ingest/glimpse.h"
#include "ingest/log_entry.h"

namespace neverready::analyzers {

struct Totals {
  std::uint64_t entries = 0;                   // ignored ones included
  std::uint64_t foreign = 0;                   // of other resource types
  std::uint64_t without_text = 0;              // without text and without a status
  std::optional<core::Timestamp> first, last;  // over all entries
};

struct Collected : Totals {
  std::vector<RevisionLog> revisions;  // by key
};

// Reads the entries that stand at the spots again, in any order, and hands on each that is still there.
using EntryLoader = std::function<void(std::vector<ingest::Spot> spots,
                                       const std::function<void(const ingest::LogEntry&)>& take)>;

struct AssembledLog {
  RevisionLog log;
  std::vector<KeptEntry> entries;  // by place: entries[i] is what log.places[i] was made of
};

// What was collected, revision by revision, of which each is read again when its log is made.
class Gathered {
 public:
  Gathered(Gathered&&) noexcept;
  ~Gathered();

  const Totals& totals() const;
  std::size_t size() const;  // revisions, in the order of their keys

  // By index below size(). Of a text that names no revision its log may: then MakeLog knows more.
  const RevisionKey& key(std::size_t index) const;

  // The log of one revision, whose notes are given up: once for each index. Threads may make different logs
  // at the same time, each with a loader of its own.
  RevisionLog MakeLog(std::size_t index, const EntryLoader& load);

  // The same with the entries, and with what is remembered of earlier inputs.
  AssembledLog Assemble(std::size_t index, const EntryLoader& load, std::vector<ingest::LogEntry> remembered);

 private:
  friend class Collector;
  struct Impl;
  explicit Gathered(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The log of one revision of what is remembered of it, in any order, and of what was read of it.
AssembledLog Reassemble(const RevisionKey& key, std::vector<ingest::LogEntry> remembered,
                        std::vector<KeptEntry> read = {});

class Collector {
 public:
  Collector();
  ~Collector();
  Collector(Collector&&) noexcept;
  Collector& operator=(Collector&&) noexcept;

  // Keeps what the entry says.
  void Add(const ingest::LogEntry& entry);

  // Notes where the entry stands.
  void Note(const ingest::BorrowedGlimpse& glimpse);

  // Adds entries that came with earlier inputs; they are not counted.
  void Remember(const RevisionKey& key, const std::vector<ingest::LogEntry>& entries);

  // Whose entries were collected so far, in order.
  std::vector<RevisionKey> Keys() const;

  // Takes over what another one collected; it is empty afterwards. The numbers in glimpses are each
  // collector's own: after this, only Gather may follow.
  void Absorb(Collector&& other);

  // Ends the collection; the collector is empty afterwards.
  Gathered Gather();

  // The same, with all logs made, where nothing was only noted.
  Collected Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_COLLECTOR_H_
