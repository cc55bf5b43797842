#include "db/queries.h"

#include <catch2/catch.hpp>
#include <random>

#include "tests/fakes/example_store.h"

namespace neverready::db {
namespace {

using core::Table;
using Strings = std::vector<std::string>;

core::Timestamp At(const char* text) { return *core::ParseRfc3339(text); }

std::string Text(const core::Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return std::holds_alternative<std::monostate>(cell) ? "-" : "real";
}

std::size_t Index(const Table& table, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return i;
  }
  FAIL("no column " + column);
  return 0;
}

// The cells of some columns, a row a string.
Strings Cells(const core::Result<Table>& table, const Strings& columns) {
  REQUIRE(table);
  Strings rows;
  for (const auto& row : table->rows) {
    std::string cells;
    for (const std::string& column : columns)
      cells += (cells.empty() ? "" : " ") + Text(row[Index(*table, column)]);
    rows.push_back(cells);
  }
  return rows;
}

struct Fixture {
  fakes::ExampleStore example;
  std::unique_ptr<Store> store = example.Open();
  Connection* connection = &store->connection();

  void Run(const char* sql) { REQUIRE(connection->RunScript(sql)); }
  std::int64_t Int(const char* sql) { return connection->ReadInt(sql).value_or(-1); }
};

Filter Service(const std::string& name) {
  Filter filter;
  filter.service = name;
  return filter;
}

TEST_CASE_METHOD(Fixture, "Incidents come newest first, and every filter filters", "[db][queries]") {
  const Strings columns{"service", "root_cause", "status"};
  const Strings all{"worker missing_env open",
                    "api import_error closed",
                    "web import_error closed",
                    "api import_error closed",
                    "netra-backend-staging import_error open",
                    "worker dependency_unreachable closed",
                    "web port_timeout closed",
                    "api import_error closed"};
  CHECK(Cells(Incidents(connection, {}), columns) == all);
  Filter filter;
  filter.rows = 2;
  CHECK(Cells(Incidents(connection, filter), columns) == Strings(all.begin(), all.begin() + 2));
  filter = {};
  filter.open = true;
  CHECK(Cells(Incidents(connection, filter), columns) == Strings{all[0], all[4]});
  filter = {};
  filter.project = "shop-staging";
  CHECK(Cells(Incidents(connection, filter), columns) == Strings{all[2], all[6]});
  filter = {};
  filter.environment = "production";
  CHECK(Incidents(connection, filter)->rows.size() == 5);
  filter.category = "missing_env";
  CHECK(Cells(Incidents(connection, filter), columns) == Strings{all[0]});
  CHECK(Incidents(connection, Service("api"))->rows.size() == 3);
  CHECK(Cells(Incidents(connection, Service("api")), {"failures", "opened_by", "closed_by", "fingerprint"}) ==
        Strings{"1 api-00052-pog api-00053-nim import_error module=flask_cors",
                "2 api-00047-lun api-00049-dax import_error module=flask_cors",
                "2 api-00042-mip api-00044-raf import_error module=flask_cors"});
  const Strings ids = Cells(Incidents(connection, Service("api")), {"incident"});
  CHECK(Cells(Incidents(connection, Service("api")), {"regression_of"}) == Strings{ids[1], "-", "-"});
  CHECK(Incidents(connection, Service("x' OR '1'='1"))->rows.empty());
}

TEST_CASE_METHOD(Fixture, "A span shows the incidents that it touches", "[db][queries]") {
  const auto between = [&](const char* since, const char* until) {
    Filter filter = Service("api");
    filter.since = At(since);
    if (until != nullptr) filter.until = At(until);
    return Cells(Incidents(connection, filter), {"opened_by"});
  };
  CHECK(between("2025-09-12T10:00:00Z", nullptr) == Strings{"api-00052-pog"});
  // It lasted until then.
  CHECK(between("2025-09-09T17:00:00Z", "2025-09-10T00:00:00Z") == Strings{"api-00047-lun"});
  CHECK(between("2025-09-09T17:06:00Z", "2025-09-12T10:00:00Z").empty());
  Filter late;
  late.since = At("2030-01-01T00:00:00Z");
  CHECK(Incidents(connection, late)->rows.size() == 2);  // open ones go on
  // Without a time it may have been then.
  Run("UPDATE incidents SET opened_at = NULL, closed_at = NULL WHERE open = 0");
  CHECK(Incidents(connection, late)->rows.size() == 8);
}

TEST_CASE_METHOD(Fixture, "The timeline of a service goes by time, and a limit keeps the newest",
                 "[db][queries]") {
  const auto all = ServiceTimeline(connection, Service("api"));
  REQUIRE(all);
  const Strings at = Cells(all, {"at"});
  CHECK(std::is_sorted(at.begin(), at.end()));
  CHECK(static_cast<std::int64_t>(at.size()) == Int("SELECT count(*) FROM v_timeline WHERE service = 'api'"));
  CHECK(Cells(all, {"revision", "event", "incident"}).front() == "api-00041-kob instance_started -");
  Filter three = Service("api");
  three.rows = 3;
  CHECK(Cells(ServiceTimeline(connection, three), {"revision", "event"}) ==
        Strings{"api-00053-nim probe_succeeded", "api-00053-nim recovered", "api-00053-nim deployed"});
  Filter day = Service("api");
  day.since = At("2025-09-02T14:25:00Z");
  day.until = At("2025-09-02T14:26:00Z");
  CHECK(Cells(ServiceTimeline(connection, day), {"event"}) == Strings{"instance_started", "first_line",
                                                                      "first_error", "exited", "probe_failed",
                                                                      "not_ready", "repeat"});
  Run("INSERT INTO services VALUES (50, 'shop-test', 'l', 'api', 'unknown')");
  CHECK(ServiceTimeline(connection, Service("api"))->columns[1].detail);
  Run("INSERT INTO revisions VALUES (500, 50, 'api-1', 'revision');"
      "INSERT INTO diagnoses SELECT 500, state, early, degraded, root_cause, rule, confidence, runner_up,"
      " runner_up_rule, runner_up_confidence, summary, blame, transient, fix, fix_commands, attempts, started_at,"
      " failed_at, ready_at, platform_reason, platform_message, platform_probe, platform_probe_status, evidence,"
      " fingerprint, rule_pack_id, last_entry_at, generation FROM diagnoses LIMIT 1;"
      "INSERT INTO timeline VALUES (500, 0, NULL, 'first_line', 'x')");
  // Two services of the name: people are told which.
  const auto both = ServiceTimeline(connection, Service("api"));
  CHECK_FALSE(both->columns[1].detail);
  CHECK(both->rows.size() == all->rows.size() + 1);
  CHECK(Cells(both, {"at", "project"}).front() == "- shop-test");
}

TEST_CASE_METHOD(Fixture, "The timeline of an incident is what v_timeline has of it", "[db][queries]") {
  // A revision that ended one incident and opened the next: what comes after belongs to the next.
  Run("INSERT INTO incidents (id, service_id, opened_at, open, opened_by, rule, summary, fingerprint)"
      " SELECT 90, service_id, closed_at + 500000000, 0, closed_by, '', 'again', 'x' FROM incidents WHERE id = 3;"
      "INSERT INTO transitions SELECT 90, 0, closed_at + 500000000, 'opened', closed_by, 'unknown', '', 'again', 'x'"
      " FROM incidents WHERE id = 3");
  std::size_t seen = 0;
  for (const std::string& id : Cells(Incidents(connection, {}), {"incident"})) {
    INFO("incident " << id);
    const auto table = IncidentTimeline(connection, std::stoll(id), {});
    Strings expected, found = Cells(table, {"revision", "source", "event", "text"});
    REQUIRE(connection->ReadText(
        "SELECT revision, source, event, text FROM v_timeline WHERE incident = " + id, {},
        [&](const BorrowedRow& row) {
          expected.push_back(row.Text(0) + " " + row.Text(1) + " " + row.Text(2) + " " + (row.Text(3)));
          return true;
        }));
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
    CHECK(Strings(found.size(), id) == Cells(table, {"incident"}));
    seen += found.size();
  }
  CHECK(static_cast<std::int64_t>(seen) == Int("SELECT count(*) FROM v_timeline WHERE incident IS NOT NULL"));
  CHECK(Int("SELECT count(*) FROM v_timeline") ==
        Int("SELECT (SELECT count(*) FROM timeline) + (SELECT count(*) FROM transitions)"));
  CHECK(Cells(IncidentTimeline(connection, 90, {}), {"event"}) == Strings{"opened", "deployed"});
}

TEST_CASE_METHOD(Fixture, "Search finds words, words in order, beginnings and punctuation", "[db][search]") {
  const auto found = [&](const std::string& text) {
    return Cells(Search(connection, text, {}), {"revision"});
  };
  const Strings flask{"api-00052-pog", "api-00048-wev", "api-00043-tuz", "api-00042-mip"};
  CHECK(found("flask_cors") == flask);
  CHECK(found("FLASK_CORS named") == flask);
  CHECK(found("named module").size() == 4);
  CHECK(found("\"named module\"").empty());
  CHECK(found("\"No module named\" 'flask_cors'") == flask);
  CHECK(found("flask").empty());
  CHECK(found("flask*") == flask);
  CHECK(found("starlette.websockets") == Strings{"netra-backend-staging-00170-55z"});
  CHECK(found("10.0.0.3:5432") == Strings{"worker-00011-hel"});
  CHECK(found("//") == Strings{"netra-backend-staging-00170-55z", "web-00007-jor"});
  CHECK(found("=>").empty());
  CHECK(found("nothing of the kind").empty());
  Filter filter = Service("api");
  filter.since = At("2025-09-05T00:00:00Z");
  filter.rows = 1;
  CHECK(Cells(Search(connection, "flask_cors", filter), {"revision"}) == Strings{flask[0]});
  filter.category = "missing_env";
  CHECK(Search(connection, "flask_cors", filter)->rows.empty());
}

TEST_CASE_METHOD(Fixture, "Search reads other alphabets", "[db][search]") {
  Run("INSERT INTO evidence SELECT NULL, revision_id, 90, 0, NULL, '', '', '', 'Фатальная ошибка: 找不到模块配置' FROM"
      " diagnoses LIMIT 1");
  CHECK(Search(connection, "ОШИБКА", {})->rows.size() == 1);
  CHECK(Search(connection, "模块", {})->rows.size() == 1);
  CHECK(Search(connection, "ошибка DATABASE_URL", {})->rows.empty());
}

TEST_CASE_METHOD(Fixture, "No text is an error to search", "[db][search]") {
  std::mt19937 random(7);
  const Strings pieces{"\"",         "*",      "(",        ")",    "AND", "OR", "NOT", "NEAR(",
                       "{text}",     ":",      "^",        "-",    "+",   "'",  ";",   "--",
                       "flask_cors", "a",      "%",        "_",    "\\",  "\n", " ",   "\t",
                       "\xff",       "\u00e9", "\xe2\x80", "text", "/*",  "?1", "$x",  std::string(1, '\0')};
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    INFO(text);
    REQUIRE(Search(connection, text, {}));
  }
  CHECK(Search(connection, std::string(200'000, 'x'), {}));
  CHECK(Search(connection, std::string(50'000, '"'), {}));
}

TEST_CASE_METHOD(Fixture, "Search finds the newest of very many", "[db][search]") {
  Run("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 11000)"
      " INSERT INTO evidence SELECT NULL, (SELECT revision_id FROM revisions JOIN diagnoses ON revision_id = id"
      " WHERE name = 'api-00042-mip'), 100 + x, 0, 1756800000000000000 + x * 7919 % 11003 * 1000000000, '', '', '',"
      " 'common word ' || x FROM c");
  Filter five;
  five.rows = 5;
  const auto times = Cells(Search(connection, "common word", five), {"at"});
  Strings present;
  REQUIRE(connection->Read("SELECT at FROM evidence WHERE text LIKE 'common%' ORDER BY at DESC LIMIT 5", {},
                           [&](const BorrowedRow& row) {
                             present.push_back(std::to_string(row.Int(0)));
                             return true;
                           }));
  CHECK(times == present);
  five.service = "api";
  CHECK(Cells(Search(connection, "common word", five), {"at"}) == present);
  five.service = "web";
  CHECK(Search(connection, "common word", five)->rows.empty());
}

TEST_CASE_METHOD(Fixture, "Reports count what the examples have", "[db][queries]") {
  const auto report = [&](Report kind, const Strings& columns, const Filter& filter = {}) {
    return Cells(MakeReport(connection, kind, filter), columns);
  };
  CHECK(report(Report::kCauses, {"root_cause", "failures", "services", "incidents", "open"}) ==
        Strings{"import_error 6 3 5 1", "missing_env 2 2 1 1", "dependency_unreachable 1 1 1 0",
                "port_timeout 1 1 1 0"});
  // 42:10.7 + 35:00.6 + 20:15.5 of three incidents.
  CHECK(report(Report::kCauses, {"time_lost"}, Service("api")).front() == "5846800000000");
  CHECK(report(Report::kRecurring, {"service", "incidents", "failures", "last_recovered_by",
                                    "last_duration"}) == Strings{"api 3 4 api-00053-nim 1215500000000"});
  CHECK(report(Report::kMissing, {"variable", "revisions", "as_cause", "services"}) ==
        Strings{"DATABASE_URL 1 1 1", "REDIS_URL 1 1 1", "BYPASS_STARTUP_VALIDATION 1 0 1",
                "JWT_SECRET_KEY 1 0 1"});
  CHECK(report(Report::kImports, {"module", "symbol", "failures", "services", "file", "line", "files"}) ==
        Strings{"flask_cors - 4 1 /app/main.py 3 1", "sharp - 1 1 /app/dist/server.js - 1",
                "starlette.websockets WebSocketState 1 1"
                " /app/netra_backend/app/websocket_core/unified_manager.py 94 1"});
  CHECK(report(Report::kRecovery,
               {"service", "error_to_exit", "exit_to_verdict", "verdict_to_ready", "total"}, Service("api"))
            .front() == "api 600000000 2400000000 2530700000000 2533700000000");
  const auto slowest = report(Report::kSlowest, {"revision", "state", "took"});
  CHECK(slowest.size() == 17);
  CHECK(slowest[1] == "web-00008-fyn ready 95000000000");
  Filter production;
  production.environment = "production";
  production.rows = 1;
  CHECK(report(Report::kSlowest, {"revision"}, production) == Strings{"worker-00011-hel"});
  Filter late;
  late.since = At("2025-09-11T00:00:00Z");
  CHECK(report(Report::kImports, {"module", "failures"}, late) == Strings{"flask_cors 1"});
  CHECK(report(Report::kRecurring, {"service", "incidents"}, late) == Strings{"api 1"});
  late.until = At("2025-09-12T00:00:00Z");
  for (const Report kind : {Report::kRecurring, Report::kMissing, Report::kImports})
    CHECK(MakeReport(connection, kind, late)->rows.empty());
}

TEST_CASE_METHOD(Fixture, "What recovery took is summed over all incidents", "[db][queries]") {
  const auto totals = SumRecovery(connection, {});
  REQUIRE(totals);
  CHECK(totals->incidents == 8);
  CHECK(totals->recovered == 6);
  Filter api = Service("api");
  api.rows = 1;
  CHECK(SumRecovery(connection, api)->incidents == 3);
  CHECK(core::FormatDuration(SumRecovery(connection, api)->median) == "35 min 4 s");
  CHECK(SumRecovery(connection, Service("none"))->incidents == 0);
}

TEST_CASE_METHOD(Fixture, "Incidents that lasted for centuries in all are still added up", "[db][queries]") {
  Run("UPDATE incidents SET opened_at = -9000000000000000000, closed_at = 0, root_cause = 'import_error'");
  CHECK(Cells(MakeReport(connection, Report::kCauses, {}), {"time_lost"}).front() == "9200000000000000000");
}

TEST_CASE_METHOD(Fixture, "Every report and filter can be asked together", "[db][queries]") {
  Filter filter{"api",
                "shop-prod",
                "production",
                "import_error",
                At("2025-09-01T00:00:00Z"),
                At("2025-09-30T00:00:00Z"),
                true,
                5};
  for (std::size_t i = 0; i < kReports.size(); ++i) {
    INFO(kReports[i]);
    CHECK(ParseReport(kReports[i]) == static_cast<Report>(i));
    CHECK(MakeReport(connection, static_cast<Report>(i), filter));
  }
  CHECK_FALSE(ParseReport("nothing"));
  CHECK(Search(connection, "flask_cors", filter)->rows.size() == 4);
}

TEST_CASE("An empty store answers every question with nothing", "[db][queries]") {
  const auto store = Store::Open("", Access::kCreate);
  REQUIRE(store);
  Connection* connection = &(*store)->connection();
  for (std::size_t i = 0; i < kReports.size(); ++i)
    CHECK(MakeReport(connection, static_cast<Report>(i), {})->rows.empty());
  CHECK(Incidents(connection, {})->rows.empty());
  CHECK(Search(connection, "x", {})->rows.empty());
  CHECK(Search(connection, "=>", {})->rows.empty());
  CHECK(ServiceTimeline(connection, Service("x"))->rows.empty());
  CHECK(IncidentTimeline(connection, 1, {})->rows.empty());
  CHECK_FALSE(*NewestTime(connection));
  CHECK(Services(connection)->empty());
  CHECK_FALSE(*HasIncident(connection, 1));
}

}  // namespace
}  // namespace neverready::db
