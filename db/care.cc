#include "db/care.h"

#include <utility>

#include "db/diagnosis_rows.h"
#include "db/migrations.h"
#include "db/store.h"

namespace neverready::db {
namespace {

using core::Cell;
using core::Result;
using core::Status;

constexpr std::int64_t kAtOnce = 300;  // revisions a transaction
constexpr std::size_t kMostProblems = 100;

// Runs the statement, which takes out at most so many rows, until nothing is left of them.
Result<std::size_t> RemoveAll(Connection* connection, const char* sql, Parameters parameters) {
  std::size_t removed = 0;
  while (true) {
    auto transaction = connection->Begin();
    if (!transaction) return tl::unexpected(transaction.error());
    Status status = connection->Run(sql, parameters);
    const std::int64_t rows = connection->changes();
    if (status) status = transaction->Commit();
    if (!status) return tl::unexpected(status.error());
    if (rows == 0) return removed;
    removed += static_cast<std::size_t>(rows);
  }
}

struct Figure {
  const char* what;
  const char* sql;
  core::ColumnKind kind = core::ColumnKind::kNumber;
};

constexpr Figure kFigures[] = {
    {"services", "SELECT count(*) FROM services"},
    {"revisions", "SELECT count(*) FROM revisions"},
    {"failed", "SELECT count(*) FROM diagnoses WHERE state = 'failed'"},
    {"crash_looping", "SELECT count(*) FROM diagnoses WHERE state = 'crash_looping'"},
    {"inconclusive", "SELECT count(*) FROM diagnoses WHERE state = 'inconclusive'"},
    {"pending", "SELECT count(*) FROM diagnoses WHERE state = 'pending'"},
    {"ready", "SELECT count(*) FROM diagnoses WHERE state = 'ready'"},
    {"incidents", "SELECT count(*) FROM incidents"},
    {"open_incidents", "SELECT count(*) FROM incidents WHERE open = 1"},
    {"verdicts", "SELECT count(*) FROM verdicts"},
    {"evidence_lines", "SELECT count(*) FROM evidence"},
    {"raw_entries", "SELECT coalesce(sum(entries), 0) FROM raw_entries"},
    {"raw_entries_bytes", "SELECT coalesce(sum(length(body)), 0) FROM raw_entries"},
    {"rule_packs", "SELECT count(*) FROM rule_packs"},
    {"first_failure",
     "SELECT min(coalesce(failed_at, started_at)) FROM diagnoses WHERE root_cause IS NOT NULL",
     core::ColumnKind::kTime},
    {"last_failure",
     "SELECT max(coalesce(failed_at, started_at)) FROM diagnoses WHERE root_cause IS NOT NULL",
     core::ColumnKind::kTime},
    {"newest_entry", "SELECT value FROM state WHERE name = 'as_of'", core::ColumnKind::kTime},
};

class Checker {
 public:
  explicit Checker(Connection* connection) : connection_(*connection) {}

  Result<std::vector<std::string>> Check() {
    Pages();
    if (status_ && problems_.empty()) {
      References();
      Incidents();
      Starts();
    }
    if (!status_) return tl::unexpected(status_.error());
    return std::move(problems_);
  }

 private:
  void Add(std::string problem) {
    if (problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
  }

  // What is damaged is what is looked for; what cannot be read at all is not.
  void Take(Status status, const std::string& noun) {
    if (status) return;
    if (status.error().code == core::ErrorCode::kDataLoss) {
      Add(noun + ": " + status.error().message);
    } else if (status_) {
      status_ = std::move(status);
    }
  }

  void Pages() {
    Take(connection_.Read("PRAGMA integrity_check(100)", {},
                          [&](const BorrowedRow& row) {
                            if (row.Text(0) != "ok") Add(row.Text(0));
                            return true;
                          }),
         "its pages");
  }

  void References() {
    Take(connection_.Read("PRAGMA foreign_key_check", {},
                          [&](const BorrowedRow& row) {
                            Add("a row of " + row.Text(0) + " refers to a row of " + row.Text(2) +
                                " that is not there");
                            return true;
                          }),
         "its references");
  }

  void Incidents() {
    Take(connection_.Read("SELECT id FROM incidents WHERE open = 1 AND closed_at IS NOT NULL OR NOT EXISTS"
                          " (SELECT 1 FROM transitions WHERE incident_id = id)",
                          {},
                          [&](const BorrowedRow& row) {
                            Add("incident " + row.Text(0) + " contradicts itself");
                            return true;
                          }),
         "its incidents");
  }

  void Starts() {
    std::vector<std::pair<std::int64_t, std::string>> revisions;
    Take(connection_.Read("SELECT revision_id, name FROM diagnoses JOIN revisions ON id = revision_id", {},
                          [&](const BorrowedRow& row) {
                            revisions.emplace_back(row.Int(0), row.Text(1));
                            return true;
                          }),
         "its revisions");
    for (const auto& [id, name] : revisions) {
      const auto start = LoadDiagnosis(&connection_, id);
      if (!start) Take(tl::unexpected(start.error()), "revision " + name);
      const auto entries = LoadStoredEntries(&connection_, id);
      if (!entries) Take(tl::unexpected(entries.error()), "revision " + name);
    }
  }

  Connection& connection_;
  std::vector<std::string> problems_;
  Status status_;
};

}  // namespace

Result<std::int64_t> UsedBytes(Connection* connection) {
  return connection->ReadInt(
      "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count,"
      " pragma_page_size");
}

Result<core::Table> Describe(Connection* connection) {
  core::Table table;
  table.columns = {{"what"}, {"value", core::ColumnKind::kText}};
  const auto version = ReadVersion(connection);
  if (!version) return tl::unexpected(version.error());
  table.rows.push_back({"file", connection->path()});
  table.rows.push_back({"schema", *version});
  table.rows.push_back({"newest_schema", NewestVersion()});
  const auto used = UsedBytes(connection);
  const auto all =
      connection->ReadInt("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  if (!used) return tl::unexpected(used.error());
  if (!all) return tl::unexpected(all.error());
  table.rows.push_back({"bytes", *all});
  table.rows.push_back({"free_bytes", *all - *used});
  if (*version < NewestVersion()) return table;
  for (const Figure& figure : kFigures) {
    Cell cell;
    const Status read = connection->Read(figure.sql, {}, [&](const BorrowedRow& row) {
      if (figure.kind == core::ColumnKind::kTime) {
        if (const auto time = row.Time(0)) cell = core::FormatRfc3339(*time);
      } else {
        cell = row.Int(0);
      }
      return false;
    });
    if (!read) return tl::unexpected(read.error());
    table.rows.push_back({figure.what, std::move(cell)});
  }
  return table;
}

Result<std::vector<std::string>> Check(Connection* connection) { return Checker(connection).Check(); }

Result<Pruned> Prune(Connection* connection, const PruneOptions& options) {
  Pruned pruned;
  const auto before = UsedBytes(connection);
  if (!before) return tl::unexpected(before.error());
  pruned.bytes_before = *before;
  const auto take = [](const Result<std::size_t>& removed, std::size_t* sum) -> Status {
    if (!removed) return tl::unexpected(removed.error());
    *sum += *removed;
    return {};
  };
  Status status;
  if (options.all_before) {
    const core::Timestamp limit = *options.all_before;
    status = take(RemoveAll(connection,
                            "DELETE FROM incidents WHERE id IN (SELECT id FROM incidents WHERE open = 0 AND"
                            " closed_at < ? LIMIT ?)",
                            {limit, kAtOnce}),
                  &pruned.incidents);
    if (status)
      status = take(
          RemoveAll(
              connection,
              "DELETE FROM revisions WHERE id IN (SELECT revisions.id FROM revisions JOIN diagnoses ON"
              " revision_id = revisions.id WHERE last_entry_at < ? AND NOT EXISTS (SELECT 1 FROM transitions"
              " WHERE transitions.revision_id = revisions.id) LIMIT ?)",
              {limit, kAtOnce}),
          &pruned.revisions);
    if (status)
      status = connection->Run(
          "DELETE FROM services WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE service_id = services.id)");
  }
  if (status && options.entries_before) {
    status =
        take(RemoveAll(connection,
                       "DELETE FROM raw_entries WHERE revision_id IN (SELECT revision_id FROM raw_entries"
                       " JOIN diagnoses USING (revision_id) WHERE last_entry_at < ? LIMIT ?)",
                       {*options.entries_before, kAtOnce}),
             &pruned.entries_of);
  }
  while (status && options.max_bytes) {
    const auto used = UsedBytes(connection);
    if (!used) return tl::unexpected(used.error());
    if (*used <= *options.max_bytes) break;
    auto transaction = connection->Begin();
    if (!transaction) return tl::unexpected(transaction.error());
    status = connection->Run(
        "DELETE FROM raw_entries WHERE revision_id IN (SELECT revision_id FROM raw_entries JOIN diagnoses USING"
        " (revision_id) ORDER BY last_entry_at LIMIT 20)");
    const std::int64_t rows = connection->changes();
    if (status) status = transaction->Commit();
    pruned.entries_of += static_cast<std::size_t>(rows);
    if (rows == 0) break;
  }
  if (!status) return tl::unexpected(status.error());
  const auto after = UsedBytes(connection);
  if (!after) return tl::unexpected(after.error());
  pruned.bytes_after = *after;
  return pruned;
}

Status Vacuum(Connection* connection) {
  Status done = connection->Run("VACUUM");
  if (done) done = connection->Run("PRAGMA wal_checkpoint(TRUNCATE)");
  return done;
}

Status CopyTo(Connection* connection, const std::string& file) {
  return connection->Run("VACUUM INTO ?", {file});
}

}  // namespace neverready::db
