#include "analyzers/environment.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::LogBuilder;
using fakes::Told;

// "NAME=value", "NAME set", "NAME missing", "NAME secret_ref", joined by blanks.
std::string TableOf(const Diagnosis& diagnosis) {
  std::string table;
  for (const EnvironmentVariable& variable : diagnosis.environment) {
    table += (table.empty() ? "" : ", ") + variable.name +
             (variable.value ? "=" + *variable.value : " " + std::string(Name(variable.state)));
  }
  return table;
}

std::string TableOf(const std::string& lines) {
  LogBuilder log("api-00001-abc");
  log.Start().App(lines);
  return TableOf(Diagnose(log));
}

TEST_CASE("A diagnostics table is read, secrets without their values", "[analyzers][environment]") {
  CHECK(
      TableOf(
          "  ENVIRONMENT: staging\n  BYPASS_STARTUP_VALIDATION: NOT_SET\n  JWT_SECRET_KEY: MISSING\n  SECRET_KEY: SET\n  PORT: 8000") ==
      "ENVIRONMENT=staging, BYPASS_STARTUP_VALIDATION missing, JWT_SECRET_KEY missing, SECRET_KEY set, PORT=8000");
}

TEST_CASE("Ticks, crosses and bullets mark a table", "[analyzers][environment]") {
  CHECK(TableOf("✓ REDIS_URL: configured\n✗ DATABASE_URL: missing") == "REDIS_URL set, DATABASE_URL missing");
  CHECK(TableOf("- API_HOST: example.com\n- LEDGER_PATH: unset") ==
        "API_HOST=example.com, LEDGER_PATH missing");
  CHECK(TableOf("✓ PORT=8080\n✓ API_TOKEN=abc") == "PORT=8080, API_TOKEN set");
}

TEST_CASE("One line, or lines that look like a table but name nothing set or missing, are none",
          "[analyzers][environment]") {
  CHECK(TableOf("JWT_SECRET_KEY: MISSING").empty());
  CHECK(TableOf("HTTP: 8080\nGRPC: 9090").empty());
  CHECK(TableOf("ERROR: MISSING\nWARNING: SET").empty());
  CHECK(TableOf("https://example.com: ok\nnot a table").empty());
}

TEST_CASE("A later word on a name replaces an earlier one", "[analyzers][environment]") {
  CHECK(TableOf("DB_HOST: MISSING\nCACHE: SET\nDB_HOST: db.internal") == "DB_HOST=db.internal, CACHE set");
}

TEST_CASE("Values that are masked, long or carry user info are not shown", "[analyzers][environment]") {
  CHECK(TableOf(
            "DB_URL: postgres://u:p@db/x\nCACHE_URL: redis://cache:6379\nMASKED: ab***yz\nOTHER: NOT_SET") ==
        "DB_URL set, CACHE_URL=redis://cache:6379, MASKED set, OTHER missing");
  CHECK_FALSE(IsShowable(std::string(200, 'x')));
  CHECK_FALSE(IsShowable("abc..."));
  CHECK_FALSE(IsShowable("[redacted]"));
  CHECK(IsShowable("us-central1"));
}

TEST_CASE("Names that sound like secrets are known", "[analyzers][environment]") {
  for (const char* name : {"API_KEY", "AUTH_TOKEN", "DB_PASSWORD", "MYSQL_PWD", "SENTRY_DSN",
                           "GOOGLE_CREDENTIALS", "SESSION_COOKIE", "HASH_SALT", "PRIVATE_PEM", "jwt_secret"})
    CHECK(IsSecretLike(name));
  for (const char* name : {"PORT", "ENVIRONMENT", "DB_HOST", "LOG_LEVEL"}) CHECK_FALSE(IsSecretLike(name));
}

TEST_CASE("The spec's variables are known without their values", "[analyzers][environment]") {
  ingest::AuditRecord record;
  record.kind = "Revision";
  record.env = {{"PORT", false}, {"API_KEY", true}};
  LogBuilder log("api-00001-abc");
  log.Audit(record, false).Start();
  CHECK(TableOf(Diagnose(log)) == "PORT set, API_KEY secret_ref");
}

TEST_CASE("A variable printed as MISSING in a table is not the cause of another failure",
          "[analyzers][environment][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("  ENVIRONMENT: staging\n  JWT_SECRET_KEY: MISSING\n  SECRET_KEY: SET");
  log.App(
      ingest::Severity::kError,
      "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>\n    import ledger\nModuleNotFoundError: No module named 'ledger'");
  log.Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(TableOf(diagnosis) == "ENVIRONMENT=staging, JWT_SECRET_KEY missing, SECRET_KEY set");
}

TEST_CASE("A table alone does not make a failure missing_env", "[analyzers][environment][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("  ENVIRONMENT: staging\n  JWT_SECRET_KEY: MISSING\n  SECRET_KEY: SET")
      .Exit(1)
      .ProbeFailed("CANCELLED", 8080)
      .NotReady(8080);
  CHECK(Told(Diagnose(log)) == "failed: unknown > port_timeout");
}

}  // namespace
}  // namespace neverready::analyzers
