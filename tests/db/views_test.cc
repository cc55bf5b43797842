// The views of db/schema/0002_views.sql: what people's own SQL relies on.
#include <catch2/catch.hpp>
#include <random>

#include "tests/fakes/example_store.h"

namespace neverready::db {
namespace {

using Strings = std::vector<std::string>;

struct Fixture {
  fakes::ExampleStore example;
  std::unique_ptr<Store> store = example.Open();
  Connection& connection = store->connection();

  void Run(const char* sql) { REQUIRE(connection.RunScript(sql)); }
  // Rows as sqlite3 prints them: cells with | between.
  Strings Ask(const std::string& sql) {
    Strings rows;
    const core::Status read = connection.ReadText(sql, {}, [&](const BorrowedRow& row) {
      std::string& line = rows.emplace_back();
      for (int i = 0; i < row.columns(); ++i) line += (i == 0 ? "" : "|") + row.Text(i);
      return true;
    });
    INFO(sql);
    REQUIRE(read);
    return rows;
  }
};

TEST_CASE_METHOD(Fixture, "Times of the views are RFC 3339 with milliseconds, cut", "[db][views]") {
  std::mt19937_64 random(3);
  constexpr std::int64_t kMillisecond = 1'000'000;
  for (int i = 0; i < 300; ++i) {
    // 1970 to 2200; half of them at the edge of a millisecond.
    std::int64_t at = static_cast<std::int64_t>(random() % 7'258'118'400'000'000'000ULL);
    if (i % 2 == 0) at = at / kMillisecond * kMillisecond + (i % 4 == 0 ? 0 : kMillisecond - 1);
    REQUIRE(connection.Run("UPDATE diagnoses SET started_at = ?", {at}));
    const core::Timestamp cut(std::chrono::nanoseconds(at / kMillisecond * kMillisecond));
    std::string expected = core::FormatRfc3339(cut);
    if (expected.size() == 20) expected.insert(19, ".000");
    INFO(at);
    CHECK(Ask("SELECT started_at FROM v_diagnoses LIMIT 1") == Strings{expected});
  }
  for (const char* column :
       {"v_incidents.opened_at", "v_incidents.closed_at", "v_diagnoses.failed_at", "v_diagnoses.ready_at",
        "v_diagnoses.evidence_at", "v_diagnoses.last_entry_at", "v_cascade.at", "v_timeline.at",
        "v_recovery.first_error_at", "v_recovery.exited_at", "v_recovery.verdict_at", "v_recovery.ready_at",
        "v_missing.at", "v_imports.at"}) {
    const std::string name = column, view = name.substr(0, name.find('.'));
    INFO(name);
    CHECK(Ask("SELECT count(*) > 0 FROM " + view + " WHERE " + name + " IS NOT NULL") == Strings{"1"});
    CHECK(
        Ask("SELECT count(*) FROM " + view + " WHERE " + name +
            " NOT GLOB '20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z'") ==
        Strings{"0"});
  }
}

TEST_CASE_METHOD(Fixture, "v_incidents and v_diagnoses have a row for each", "[db][views]") {
  CHECK(Ask("SELECT (SELECT count(*) FROM v_incidents) = (SELECT count(*) FROM incidents),"
            " (SELECT count(*) FROM v_diagnoses) = (SELECT count(*) FROM diagnoses),"
            " (SELECT count(*) FROM v_cascade) = (SELECT count(*) FROM links),"
            " (SELECT count(*) FROM v_facts) = (SELECT count(*) FROM facts),"
            " (SELECT count(*) FROM v_recovery) = (SELECT count(*) FROM incidents)") == Strings{"1|1|1|1|1"});
  CHECK(
      Ask("SELECT service, open, opened_at, closed_at, duration_seconds, opened_by, closed_by, failures, root_cause,"
          " fingerprint FROM v_incidents WHERE opened_by = 'api-00047-lun'") ==
      Strings{"api|0|2025-09-09T16:30:04.900Z|2025-09-09T17:05:05.500Z|2100.6|api-00047-lun|api-00049-dax|2|"
              "import_error|import_error module=flask_cors"});
  CHECK(Ask("SELECT project, environment, state, root_cause, start_seconds, evidence_log, evidence_text FROM"
            " v_diagnoses WHERE revision = 'api-00047-lun'") ==
        Strings{"shop-prod|production|failed|missing_env|4.9|stderr|KeyError: 'DATABASE_URL'"});
  CHECK(Ask("SELECT position, category FROM v_cascade WHERE revision = 'api-00042-mip' ORDER BY position") ==
        Strings{"0|import_error", "1|port_timeout"});
  CHECK(Ask("SELECT value FROM v_facts WHERE revision = 'api-00042-mip' AND fact = 'module'") ==
        Strings{"flask_cors"});
}

TEST_CASE_METHOD(Fixture, "v_recovery tells no phase that the log has backwards or not at all",
                 "[db][views]") {
  const std::string phases =
      "SELECT error_to_exit_seconds, exit_to_verdict_seconds, verdict_to_ready_seconds, total_seconds FROM v_recovery"
      " WHERE opened_by = 'api-00052-pog'";
  CHECK(Ask(phases) == Strings{"0.6|2.4|1215.5|1218.5"});
  Run("UPDATE attempts SET ended_at = first_error_at - 1");
  CHECK(Ask(phases) == Strings{"|3.000000001|1215.5|1218.5"});
  Run("DELETE FROM attempts");
  CHECK(Ask(phases) == Strings{"||1215.5|1215.5"});
  Run("DELETE FROM timeline WHERE event = 'not_ready'");
  CHECK(Ask(phases) == Strings{"|||1215.5"});
  Run("UPDATE incidents SET closed_at = NULL");
  CHECK(Ask(phases) == Strings{"|||"});
}

TEST_CASE_METHOD(Fixture, "v_missing tells a variable once a start, and whether it was the cause",
                 "[db][views]") {
  CHECK(Ask("SELECT variable, is_cause, service, revision, root_cause FROM v_missing ORDER BY 1") ==
        Strings{
            "BYPASS_STARTUP_VALIDATION|0|netra-backend-staging|netra-backend-staging-00170-55z|import_error",
            "DATABASE_URL|1|api|api-00047-lun|missing_env",
            "JWT_SECRET_KEY|0|netra-backend-staging|netra-backend-staging-00170-55z|import_error",
            "REDIS_URL|1|worker|worker-00015-cav|missing_env"});
  // The log's own table names it, too: still one row. A start that became ready lacks nothing.
  Run("INSERT INTO environment SELECT revision_id, 90, 'REDIS_URL', 'missing', NULL FROM v_diagnoses"
      " WHERE revision IN ('worker-00015-cav', 'api-00041-kob')");
  CHECK(Ask("SELECT revision, is_cause FROM v_missing WHERE variable = 'REDIS_URL'") ==
        Strings{"worker-00015-cav|1"});
}

TEST_CASE_METHOD(Fixture, "v_imports is the import audit", "[db][views]") {
  CHECK(Ask("SELECT module, symbol, file, line, revision FROM v_imports ORDER BY at") ==
        Strings{
            "flask_cors||/app/main.py|3|api-00042-mip", "flask_cors||/app/main.py|3|api-00043-tuz",
            "starlette.websockets|WebSocketState|/app/netra_backend/app/websocket_core/unified_manager.py|94|"
            "netra-backend-staging-00170-55z",
            "flask_cors||/app/main.py|3|api-00048-wev", "sharp||/app/dist/server.js||web-00009-gus",
            "flask_cors||/app/main.py|3|api-00052-pog"});
}

TEST_CASE_METHOD(Fixture, "v_timeline leads up to each transition of refused deploys, too", "[db][views]") {
  // Two refusals of one service's deploys: two incidents, one revision without a name.
  Run("INSERT INTO services VALUES (70, 'p', 'l', 'refused', 'unknown');"
      "INSERT INTO revisions VALUES (700, 70, '', 'deploy');"
      "INSERT INTO diagnoses SELECT 700, 'failed', 0, NULL, 'image_unavailable', 'r', 1, NULL, '', 0, 's', 'config',"
      " 0, NULL, NULL, 0, NULL, 2000000000, NULL, NULL, NULL, NULL, NULL, NULL, 'f', rule_pack_id, NULL, 1 FROM"
      " diagnoses LIMIT 1;"
      "INSERT INTO timeline VALUES (700, 0, 1000000000, 'refused', 'a'), (700, 1, 2000000000, 'refused', 'b'),"
      " (700, 2, 2500000000, 'refused', 'late'), (700, 3, NULL, 'deployed', 'no time');"
      "INSERT INTO incidents (id, service_id, opened_at, open, opened_by, rule, summary, fingerprint) VALUES"
      " (81, 70, 1000000000, 0, 700, '', '', 'f'), (80, 70, 2000000000, 1, 700, '', '', 'f');"
      "INSERT INTO transitions VALUES (81, 0, 1000000000, 'opened', 700, NULL, '', 'x', 'f'),"
      " (80, 0, 2000000000, 'regression', 700, NULL, '', 'y', 'f')");
  CHECK(Ask("SELECT incident, at, source, text, revision FROM v_timeline WHERE service = 'refused'"
            " ORDER BY at, source DESC, text") ==
        Strings{"81||revision|no time|", "81|1970-01-01T00:00:01.000Z|revision|a|",
                "81|1970-01-01T00:00:01.000Z|incident|x|", "80|1970-01-01T00:00:02.000Z|revision|b|",
                "80|1970-01-01T00:00:02.000Z|incident|y|", "80|1970-01-01T00:00:02.500Z|revision|late|"});
  CHECK(Ask("SELECT verdict_at FROM v_recovery WHERE service = 'refused' ORDER BY incident") ==
        Strings{"1970-01-01T00:00:02.000Z", "1970-01-01T00:00:01.000Z"});
}

TEST_CASE_METHOD(Fixture, "The index of failures is used, and holds all that a count needs", "[db][views]") {
  const Strings plan = Ask(
      "EXPLAIN QUERY PLAN SELECT root_cause, count(*) FROM diagnoses WHERE root_cause IS NOT NULL GROUP BY 1");
  REQUIRE_FALSE(plan.empty());
  CHECK(plan.front().find("USING COVERING INDEX diagnoses_failing") != std::string::npos);
}

}  // namespace
}  // namespace neverready::db
