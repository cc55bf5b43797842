#include "analyzers/finding.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::FactOf;
using fakes::LogBuilder;
using fakes::ProofOf;
using fakes::Told;
using ingest::Severity;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

void Crash(LogBuilder* log) { log->Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080); }

TEST_CASE("An error that lists variables in unknown words is a missing setting", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App(Severity::kDebug, "STATSD_HOST is not set, metrics are disabled")
      .App(Severity::kError, "Nothing to work with - these have to be given before parcels are served:")
      .App(Severity::kError, "   - PARCEL_DB_DSN (where parcels are kept)")
      .App(Severity::kError, "   - LABEL_TOKEN (talks to the printers)")
      .App(Severity::kWarning, "closing");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: missing_env > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kEnvVars) == "PARCEL_DB_DSN, LABEL_TOKEN");
  CHECK(ProofOf(diagnosis) == "- PARCEL_DB_DSN (where parcels are kept)");
}

TEST_CASE("A list of settings that is no error is none", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(Severity::kInfo, "settings in use:").App(Severity::kInfo, "  - PARCEL_DB_DSN");
  Crash(&log);
  CHECK(Told(Diagnose(log)) == "failed: unknown > port_timeout");
}

TEST_CASE("Names in other fields of an entry complete its complaint", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start().Payload(
      R"({"severity": "WARNING", "message": "required settings were left blank, refusing to start",
                          "blank": ["COUPON_STORE", "COUPON_HMAC"], "of": 4})");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: missing_env > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kEnvVars) == "COUPON_STORE, COUPON_HMAC");
}

TEST_CASE("Who cannot continue does not go on", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App(Severity::kWarning, "CAROUSEL_MUSIC is not set, using the default")
      .App(Severity::kInfo, "cannot continue without CAROUSEL_KEY, CAROUSEL_ROUTE");
  Crash(&log);
  CHECK(FactOf(Diagnose(log), Fact::kEnvVars) == "CAROUSEL_KEY, CAROUSEL_ROUTE");
}

TEST_CASE("Source code in a traceback is not what happened", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(Severity::kError,
                  "Traceback (most recent call last):\n"
                  "  File \"/app/main.py\", line 4, in <module>\n"
                  "    raise LedgerError(f\"DATABASE_URL must be set\") from e\n"
                  "LedgerError: the ledger is closed");
  Crash(&log);
  CHECK(Told(Diagnose(log)) == "failed: app_exception > port_timeout");
}

TEST_CASE("What is said when the platform has given up is no step of the start", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("loading places").Wait(240s).ProbeFailed("DEADLINE_EXCEEDED", 8080);
  log.App("sleep interrupted").NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(ProofOf(diagnosis) == "loading places");
}

TEST_CASE("The type of an exception that is told in passing is a fact", "[analyzers][finding]") {
  const auto exception = [](const std::string& line) {
    LogBuilder log("api-00001-abc");
    log.Start().App(line).Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
    return FactOf(Diagnose(log), Fact::kException);
  };
  CHECK(exception(
            "boot check :redis failed: ** (Redix.ConnectionError) failed to connect to cache.internal:6379: "
            "non-existing domain - :nxdomain") == "Redix.ConnectionError");
  CHECK(
      exception(
          "Caused by: Hostname lookup for db.internal failed: No address found (Socket::Addrinfo::Error)") ==
      "Socket::Addrinfo::Error");
  CHECK(
      exception(
          "Unable to start: HostNotFoundError [SequelizeHostNotFoundError]: getaddrinfo ENOTFOUND db.internal") ==
      "SequelizeHostNotFoundError");
  CHECK(exception("Error: getaddrinfo ENOTFOUND db.internal (tried twice)").empty());
}

TEST_CASE("The host has its port where the line tells it", "[analyzers][finding]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("no answer from the ledger store at ledger-primary.internal:7432, giving up");
  Crash(&log);
  CHECK(FactOf(Diagnose(log), Fact::kHost) == "ledger-primary.internal:7432");
}

}  // namespace
}  // namespace neverready::analyzers
