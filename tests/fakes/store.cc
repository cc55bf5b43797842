#include "tests/fakes/store.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "analyzers/collector.h"
#include "analyzers/explanation.h"
#include "cli/recorder.h"
#include "db/store.h"
#include "incidents/fold.h"
#include "tests/fakes/run_app.h"

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

core::Status TryStoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries,
                         const StoreWith& with) {
  const analyzers::RuleSet& rules = BuiltinRuleSet();
  cli::RecorderOptions options;
  options.rules_hash = "sha256:test";
  options.now = kWritten;
  options.connection = with.connection;
  options.batch = with.batch;
  const auto recorder = cli::Recorder::Open(path, rules, options);
  if (!recorder) return tl::unexpected(recorder.error());
  analyzers::Collector collector;
  for (const ingest::LogEntry& entry : entries) collector.Add(entry);
  if (core::Status joined = (*recorder)->Join(&collector); !joined) return joined;
  analyzers::Gathered gathered = collector.Gather();
  analyzers::DiagnoseOptions how;
  how.as_of = (*recorder)->SetNewest(gathered.totals().last);
  for (std::size_t i = 0; i < gathered.size(); ++i) {
    const analyzers::RevisionKey key = gathered.key(i);
    const auto load = [](const auto&, const auto&) {};
    analyzers::AssembledLog log = gathered.Assemble(i, load, (*recorder)->Known(key));
    const analyzers::Explanation explanation = analyzers::Explain(rules, log.log, how);
    (*recorder)->Record(std::move(log), explanation, how);
  }
  const auto recorded = (*recorder)->Finish();
  if (!recorded) return tl::unexpected(recorded.error());
  return {};
}

void StoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries) {
  Check(TryStoreLog(path, entries));
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

std::vector<std::string> ContentOf(const std::string& path) {
  const auto store = Value(db::Store::Open(path, db::Access::kReadOnly));
  std::istringstream statements(ReadFile("tests/faults/content.sql"));
  std::vector<std::string> content;
  for (std::string sql; std::getline(statements, sql);) {
    if (!sql.starts_with("SELECT ")) continue;
    const std::size_t from = sql.find(" FROM ") + 6;
    const std::string table = sql.substr(from, sql.find_first_of(" ;", from) - from);
    Check(store->connection().ReadText(sql, {}, [&](const db::BorrowedRow& row) {
      std::string& line = content.emplace_back(table);
      for (int i = 0; i < row.columns(); ++i) line += "|" + (row.IsNull(i) ? "NULL" : row.Text(i));
      return true;
    }));
  }
  return content;
}

std::string DifferenceOf(const std::vector<std::string>& wanted, const std::vector<std::string>& got) {
  constexpr std::size_t kMost = 6;
  if (wanted == got) return {};
  std::string told;
  const auto only = [&told](const auto& in, const auto& not_in, std::string_view what) {
    std::vector<std::string> others(not_in);
    std::ranges::sort(others);
    std::size_t count = 0;
    for (const std::string& line : in) {
      if (std::ranges::binary_search(others, line) || ++count > kMost) continue;
      told.append(what).append(line, 0, 240) += '\n';
    }
  };
  only(wanted, got, "missing: ");
  only(got, wanted, "too many: ");
  return told.empty() ? "the order of the rows" : told;
}

std::string SoundnessOf(const std::string& path) {
  auto opened = db::Connection::Open(path, db::Access::kReadWrite);
  if (!opened) return opened.error().message;
  std::string told;
  const auto note = [&told](const db::BorrowedRow& row) {
    for (int i = 0; i < row.columns(); ++i) told += (told.empty() ? "" : "|") + row.Text(i);
    return true;
  };
  for (const char* check : {"PRAGMA integrity_check", "PRAGMA foreign_key_check"}) {
    const core::Status checked = (*opened)->Read(check, {}, note);
    if (!checked) return checked.error().message;
  }
  return told;
}

}  // namespace neverready::fakes
