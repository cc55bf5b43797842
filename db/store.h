// The store: what is known of every start, in one SQLite file. One thread at a time; any number of processes.
#ifndef NEVERREADY_DB_STORE_H_
#define NEVERREADY_DB_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzers/diagnosis.h"
#include "core/result.h"
#include "db/connection.h"
#include "db/records.h"
#include "incidents/incident.h"

namespace neverready::db {

// Why a verdict is written. Stored: never rename.
enum class WriteReason : std::uint8_t { kImport, kReclassified };

// What became of a start that was put.
enum class PutResult : std::uint8_t {
  kAdded,      // the revision was not known
  kChanged,    // a better-informed verdict replaced the earlier one
  kUnchanged,  // nothing new
  kKept,       // the stored verdict knows more: its entries were pruned since
  kConflict,   // another process has written meanwhile: nothing was done; read its entries and try again
};

class Store {
 public:
  // Opens and, where it may be written, brings the schema up to date. A store that may only be read and is
  // older than this program fails with kInvalidArgument. Else as Connection::Open.
  static core::Result<std::unique_ptr<Store>> Open(const std::string& path, Access access,
                                                   const ConnectionOptions& options = {});

  Connection& connection() { return *connection_; }

  // The id of a revision; 0 where there is none.
  core::Result<std::int64_t> FindRevision(const analyzers::RevisionKey& key);
  core::Result<analyzers::RevisionKey> KeyOf(std::int64_t revision);
  core::Result<std::optional<StoredStart>> Load(std::int64_t revision);
  core::Result<StoredEntries> LoadEntries(std::int64_t revision);

  // The newest time of all entries that were ever read.
  core::Result<std::optional<core::Timestamp>> AsOf();

  // Revisions whose verdict time alone may change.
  core::Result<std::vector<std::int64_t>> Waiting();

  // Writes within one transaction: all of it is there after Commit, nothing before.
  class Writer {
   public:
    struct Options {
      std::string rules;    // "sha256:…"
      core::Timestamp now;  // when it is written
    };

    // `generation` is what LoadEntries told.
    core::Result<PutResult> Put(const StoredStart& start, const PackedEntries& entries,
                                std::int64_t generation, WriteReason why = WriteReason::kImport);
    // Takes a revision out, with all that hangs on it; nothing where there is none.
    core::Status Forget(const analyzers::RevisionKey& key);
    core::Status SetAsOf(core::Timestamp as_of);  // unless it is later already

    // Services whose verdicts were changed, in the order in which they were.
    const std::vector<std::int64_t>& touched() const { return touched_; }
    core::Result<std::vector<incidents::Verdict>> Verdicts(std::int64_t service);
    // Makes the stored incidents of the service equal to these. An incident keeps its id as long as one of
    // its revisions is in it.
    core::Status PutIncidents(std::int64_t service, const std::vector<incidents::Incident>& incidents);

    core::Status Commit();

   private:
    friend class Store;
    Writer(Connection* connection, Connection::Transaction transaction, const Options& options)
        : connection_(connection), transaction_(std::move(transaction)), options_(options) {}

    core::Result<std::int64_t> RulePack();
    core::Result<std::int64_t> ServiceOf(const StoredStart& start);
    core::Result<std::int64_t> RevisionOf(std::int64_t service, const analyzers::RevisionKey& key);
    core::Status WriteHistory(std::int64_t revision, const StoredStart& start, std::string_view why);
    core::Status WriteEntries(std::int64_t revision, const PackedEntries& entries);
    void Touch(std::int64_t service);

    Connection* connection_;
    Connection::Transaction transaction_;
    Options options_;
    std::int64_t rule_pack_ = 0;
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> services_;
    std::vector<std::int64_t> touched_;
  };
  core::Result<Writer> Begin(const Writer::Options& options);

 private:
  explicit Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
  std::unique_ptr<Connection> connection_;
};

// As Store::LoadEntries.
core::Result<StoredEntries> LoadStoredEntries(Connection* connection, std::int64_t revision);

// Thread-safe.
PackedEntries Pack(const std::vector<ingest::LogEntry>& entries);
core::Result<std::vector<ingest::LogEntry>> Unpack(const PackedEntries& packed);  // kDataLoss

// Whether `now` tells more of a start than `before`: a verdict rather than none, a cause rather than unknown,
// more attempts, the platform's word.
bool IsBetterInformed(const analyzers::Diagnosis& now, const analyzers::Diagnosis& before);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_STORE_H_
