#include "tests/fakes/store.h"

#include <catch2/catch.hpp>

#include "analyzers/collector.h"
#include "analyzers/explanation.h"
#include "cli/recorder.h"
#include "db/store.h"
#include "incidents/fold.h"

namespace neverready::fakes {
namespace {

const core::Timestamp kWritten = *core::ParseRfc3339("2025-09-15T12:00:00Z");

template <typename T>
T Value(core::Result<T> result) {
  INFO((result ? "" : result.error().message));
  REQUIRE(result);
  return *std::move(result);
}

void Check(const core::Status& status) {
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
}

}  // namespace

void StoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries) {
  const analyzers::RuleSet& rules = BuiltinRuleSet();
  cli::RecorderOptions options;
  options.rules_hash = "sha256:test";
  options.now = kWritten;
  const auto recorder = Value(cli::Recorder::Open(path, rules, options));
  analyzers::Collector collector;
  for (const ingest::LogEntry& entry : entries) collector.Add(entry);
  Check(recorder->Join(&collector));
  analyzers::Gathered gathered = collector.Gather();
  analyzers::DiagnoseOptions how;
  how.as_of = recorder->SetNewest(gathered.totals().last);
  for (std::size_t i = 0; i < gathered.size(); ++i) {
    const analyzers::RevisionKey key = gathered.key(i);
    const auto load = [](const auto&, const auto&) {};
    analyzers::AssembledLog log = gathered.Assemble(i, load, recorder->Known(key));
    const analyzers::Explanation explanation = analyzers::Explain(rules, log.log, how);
    recorder->Record(std::move(log), explanation, how);
  }
  Value(recorder->Finish());
}

void StoreStarts(const std::string& path, const std::vector<db::StoredStart>& starts) {
  const auto store = Value(db::Store::Open(path, db::Access::kCreate));
  db::Store::Writer writer = Value(store->Begin({"sha256:test", kWritten}));
  for (const db::StoredStart& start : starts) Value(writer.Put(start, {}, 0));
  for (const std::int64_t service : writer.touched())
    Check(writer.PutIncidents(service, incidents::Fold(Value(writer.Verdicts(service)))));
  Check(writer.Commit());
}

std::vector<std::string> AllStored(const std::string& path) {
  const auto store = Value(db::Store::Open(path, db::Access::kReadOnly));
  db::Connection& connection = store->connection();
  std::vector<std::string> tables, values;
  Check(connection.Read(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'evidence_text%' AND name <> 'raw_entries'"
      " AND name NOT LIKE 'sqlite_%'",
      {}, [&](const db::BorrowedRow& row) {
        tables.push_back(row.Text(0));
        return true;
      }));
  for (const std::string& table : tables) {
    Check(connection.ReadText("SELECT * FROM " + table, {}, [&](const db::BorrowedRow& row) {
      for (int i = 0; i < row.columns(); ++i) values.push_back(row.Text(i));
      return true;
    }));
    values.push_back(std::to_string(Value(connection.ReadInt(("SELECT count(*) FROM " + table).c_str()))));
  }
  return values;
}

}  // namespace neverready::fakes
