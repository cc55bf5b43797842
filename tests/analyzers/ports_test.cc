// Port timeouts: what the engine concludes from what a living container said of its port, or did not say.
#include "analyzers/ports.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::FactOf;
using fakes::LogBuilder;
using fakes::ProofOf;
using fakes::Told;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

// The end of a start that never listened.
void TimeOut(LogBuilder* log, int port = 8080) {
  log->Wait(241s).ProbeFailed("DEADLINE_EXCEEDED", port).NotReady(port);
}

TEST_CASE("A living app that names another port has the wrong port", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Server listening on http://0.0.0.0:3000");
  TimeOut(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.rule == "neverready.wrong-port");
  CHECK(diagnosis.summary == "The application listens on port 3000, but Cloud Run expects port 8080");
  CHECK(FactOf(diagnosis, Fact::kPortActual) == "3000");
  CHECK(FactOf(diagnosis, Fact::kPortExpected) == "8080");
  CHECK(ProofOf(diagnosis) == "Server listening on http://0.0.0.0:3000");
  REQUIRE(diagnosis.fix);
  CHECK(diagnosis.fix->text == "Listen on the port in $PORT (8080), or deploy with --port 3000.");
}

TEST_CASE("Of two statements about one wrong port the one with the address is the proof",
          "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("== Sinatra (v4.1.1) has taken the stage on 4567 for development with backup from Puma")
      .App("* Listening on http://127.0.0.1:4567")
      .ProbeFailed("DEADLINE_EXCEEDED", 8080)
      .NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(diagnosis.rule == "neverready.wrong-port");
  CHECK(ProofOf(diagnosis) == "* Listening on http://127.0.0.1:4567");
  CHECK(FactOf(diagnosis, Fact::kBindAddress) == "127.0.0.1");
}

TEST_CASE("A port in the fields of a structured line counts", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().Payload(R"({"message":"server listening","address":"0.0.0.0","port":3000,"severity":"INFO"})");
  TimeOut(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(diagnosis.rule == "neverready.wrong-port");
  CHECK(ProofOf(diagnosis) == "server listening");
}

TEST_CASE("A second listener does not hide the right one", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Metrics server listening on :9090").App("Server listening on 0.0.0.0:8080");
  TimeOut(&log);
  CHECK(Diagnose(log).rule != "neverready.wrong-port");
}

TEST_CASE("A living app on the right port of the loopback device is not reachable", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("INFO:     Uvicorn running on http://127.0.0.1:8080 (Press CTRL+C to quit)");
  TimeOut(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.rule == "neverready.loopback-only");
  CHECK(FactOf(diagnosis, Fact::kBindAddress) == "127.0.0.1");
}

TEST_CASE("An app that still worked when its time was up was too slow", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start();
  for (int i = 1; i <= 8; ++i) log.Wait(28s).App("Loading shard " + std::to_string(i) + " of 40");
  log.Wait(16s).ProbeFailed("DEADLINE_EXCEEDED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.rule == "neverready.too-slow");
  CHECK(ProofOf(diagnosis) == "Loading shard 8 of 40");
}

TEST_CASE("An app that fell silent is told by its last words", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Loading configuration").Wait(1s).App("Connecting to the ledger");
  TimeOut(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(diagnosis.rule == "neverready.silent");
  CHECK(ProofOf(diagnosis) == "Connecting to the ledger");
}

TEST_CASE("A container that said nothing is proven by the platform's line", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start();
  TimeOut(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.rule == "neverready.silent");
  REQUIRE(diagnosis.evidence);
  CHECK(diagnosis.evidence->log == "system");
  CHECK(diagnosis.evidence->text.find("Default STARTUP TCP probe failed") == 0);
}

TEST_CASE("A container that ended with 0 never listened", "[analyzers][ports]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("All 12 jobs done").Exit(0).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.rule == "neverready.exited-zero");
}

TEST_CASE("Loopback addresses are known in all spellings", "[analyzers][ports]") {
  for (const char* yes : {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"}) CHECK(IsLoopback(yes));
  for (const char* no : {"0.0.0.0", "::", "10.0.0.1", "", "*"}) CHECK_FALSE(IsLoopback(no));
}

TEST_CASE("The expected port is the platform's, else the spec's", "[analyzers][ports]") {
  ingest::AuditRecord record;
  record.kind = "Revision";
  record.container_port = 9000;
  LogBuilder log("api-00001-abc");
  log.Audit(record, false).Start();
  CHECK(ExpectedPort(fakes::Collect(log.entries())) == 9000);
  log.ProbeFailed("", 8080);
  CHECK(ExpectedPort(fakes::Collect(log.entries())) == 8080);
  CHECK(ExpectedPort(RevisionLog{}) == 0);
}

}  // namespace
}  // namespace neverready::analyzers
