// Stores what is diagnosed, while it is diagnosed. Joins analyzers, incidents and store; what it writes
// depends on the entries that were ever read, not on the order or the portions in which they came.
#ifndef NEVERREADY_CLI_RECORDER_H_
#define NEVERREADY_CLI_RECORDER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzers/collector.h"
#include "analyzers/explanation.h"
#include "analyzers/rule_set.h"
#include "core/redact.h"
#include "core/result.h"
#include "db/store.h"

namespace neverready::cli {

struct RecorderOptions {
  std::string rules_hash;  // "sha256:…"
  bool redact_emails = false;
  core::Timestamp now;      // when it is written
  std::size_t batch = 500;  // revisions a transaction
  db::ConnectionOptions connection;
};

// What a recording did.
struct Recorded {
  std::size_t added = 0, changed = 0, unchanged = 0;
  std::size_t nameless = 0;  // logs that name no revision: they cannot be stored
};

// A stored verdict that today's rules would give otherwise.
struct Change {
  std::int64_t revision = 0;
  analyzers::Diagnosis before, after;
};

// A start as it is stored, made of its entries alone; `entries` become those that explain it, redacted.
db::StoredStart MakeStart(const analyzers::RuleSet& rules, const analyzers::RevisionKey& key,
                          const analyzers::DiagnoseOptions& options, std::vector<ingest::LogEntry>* entries);

class Recorder {
 public:
  // Opens the store, or makes it. Fails as Store::Open does.
  static core::Result<std::unique_ptr<Recorder>> Open(const std::string& path,
                                                      const analyzers::RuleSet& rules,
                                                      const RecorderOptions& options);

  const std::string& warning() const { return writer_->connection().warning(); }

  // Adds to what was collected those stored entries that may belong to another revision today: of deploys,
  // and where the input has such, of the service's newest revisions. Before Gather.
  core::Status Join(analyzers::Collector* collector);

  // The time at which verdicts hold: the newest of all entries that were ever read, these included. Before
  // anything is recorded.
  std::optional<core::Timestamp> SetNewest(std::optional<core::Timestamp> newest);

  // The stored entries of a revision. Thread-safe; a failure is told by Finish.
  std::vector<ingest::LogEntry> Known(const analyzers::RevisionKey& key);

  // Stores one revision, soon. Thread-safe; a failure is told by Finish.
  void Record(analyzers::AssembledLog assembled, const analyzers::Explanation& explanation,
              const analyzers::DiagnoseOptions& options);

  // Judges all stored entries by the rules, and tells what changes, by service and revision. Writes nothing.
  core::Result<std::vector<Change>> FindChanges(unsigned threads);
  // Writes the verdicts that change.
  core::Status Reclassify(const std::vector<Change>& changes);

  // Ends the recording: all is stored, or the failure is told. What was committed before it stays.
  core::Result<Recorded> Finish();

 private:
  struct Item {
    db::StoredStart start;
    db::PackedEntries entries;
    std::int64_t generation = 0;
  };

  Recorder(const analyzers::RuleSet& rules, const RecorderOptions& options)
      : rules_(rules), options_(options) {}
  core::Status Flush(std::vector<Item> items, db::WriteReason why);
  core::Status FlushOnce(std::vector<Item>* items, db::WriteReason why, std::vector<Item>* conflicts);
  core::Status Merge(Item* item);
  core::Status FoldIncidents(db::Store::Writer* writer);
  core::Status RejudgeWaiting();
  core::Result<Item> Remake(std::int64_t revision);
  core::Status ForgetPlaced();
  void Keep(core::Status status);

  const analyzers::RuleSet& rules_;
  RecorderOptions options_;
  std::unique_ptr<db::Store> writer_, reader_;
  bool empty_ = false;  // nothing was stored when the recording began
  std::optional<core::Timestamp> stored_as_of_, as_of_;

  std::mutex reader_mutex_, items_mutex_, writer_mutex_, error_mutex_;
  std::vector<Item> items_;
  std::map<analyzers::RevisionKey, std::int64_t> generations_;  // of what Known told
  std::set<analyzers::RevisionKey> deploys_;                    // that Join gave away
  Recorded recorded_;
  core::Status status_;
};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_RECORDER_H_
