// One test a clause of docs/json.md, "How state is decided".
#include "analyzers/state.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::DiagnoseAll;
using fakes::LogBuilder;
using fakes::PlainText;
using fakes::Told;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

constexpr const char* kTraceback =
    "Traceback (most recent call last):\n"
    "  File \"/app/main.py\", line 3, in <module>\n"
    "    import flask_cors\n"
    "ModuleNotFoundError: No module named 'flask_cors'";

std::string Time(const std::optional<core::Timestamp>& time) {
  return time ? core::FormatRfc3339(*time) : "none";
}

TEST_CASE("The last readiness statement being False makes a revision failed", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Connecting").Wait(240s).ProbeFailed("DEADLINE_EXCEEDED", 8080).Wait(2s).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.failed_at == log.now());
  REQUIRE(diagnosis.platform);
  CHECK(diagnosis.platform->reason == "HealthCheckContainerError");
  CHECK(diagnosis.platform->probe == "tcp");
  CHECK(diagnosis.platform->probe_status == "DEADLINE_EXCEEDED");
}

TEST_CASE("A statement of readiness alone, without any container, fails the revision", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(diagnosis.attempts == 0);
}

TEST_CASE("Readiness that came back after it was lost counts", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeFailed("", 8080).NotReady(8080).Wait(60s).Start().ProbeOk(8080).Ready();
  CHECK(Told(Diagnose(log)) == "ready");
}

TEST_CASE("An attempt that failed its start-up probe is failed without a readiness statement",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Loading").Wait(241s).ProbeFailed("DEADLINE_EXCEEDED", 8080);
  CHECK(Told(Diagnose(log)) == "failed: port_timeout");
}

TEST_CASE("An attempt that died without a word of the platform is failed, with no platform and no symptom",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.App(kTraceback);
  const Diagnosis diagnosis = Diagnose(log, {.as_of = log.now() + 1h});
  CHECK(Told(diagnosis) == "failed: import_error");
  CHECK_FALSE(diagnosis.platform);
  CHECK(diagnosis.attempts == 1);
}

TEST_CASE("A non-zero exit and a signal are deaths", "[analyzers][state]") {
  SECTION("exit") {
    LogBuilder log("api-00001-abc");
    log.Start().App(kTraceback).Exit(1);
    CHECK(Told(Diagnose(log)) == "failed: import_error");
  }
  SECTION("signal") {
    LogBuilder log("api-00001-abc");
    log.Start().App("loading the model").Signal(11);
    CHECK(Told(Diagnose(log)) == "failed: crash_signal");
  }
}

TEST_CASE("An attempt that ended well and was never ready is no death", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("migrated").Exit(0);
  CHECK(Told(Diagnose(log, {.as_of = log.now() + 1h})) == "inconclusive");
}

TEST_CASE("A refused deploy is failed and speaks of the service", "[analyzers][state]") {
  LogBuilder log("");
  log.Refused(
      7,
      "Permission 'iam.serviceaccounts.actAs' denied on service account run@demo-proj.iam.gserviceaccount.com (or it may not exist).");
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: permission_denied");
  CHECK(diagnosis.key.scope == LogScope::kDeploy);
  CHECK(diagnosis.key.service == "api");
  CHECK(diagnosis.key.revision.empty());
}

// BUG: what the API refuses without a rule for it is called port_timeout ("The container said nothing and
// never listened on $PORT").
TEST_CASE("A refusal that no rule knows is not blamed on a container that never was", "[analyzers][state]") {
  LogBuilder log("");
  log.Refused(
      3,
      "spec.template.spec.containers[0].resources.limits.memory: could not match suffix MB while parsing Quantity. Allowed values are [m, k, M, G, T, Ki, Mi, Gi, Ti, Pi, Ei]");
  CHECK(Told(Diagnose(log)) == "failed: validation_failure");
  LogBuilder strange("");
  strange.Refused(13, "The gearbox of the region is out of oil.");
  CHECK(Told(Diagnose(strange)) == "failed: unknown");
}

TEST_CASE("Two deaths after a sign of readiness are a crash loop", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .ProbeOk(8080)
      .Ready()
      .App(kTraceback)
      .Exit(3)
      .Wait(10s)
      .Start()
      .ProbeOk(8080)
      .App(kTraceback)
      .Exit(3);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "crash_looping: import_error");
  CHECK(diagnosis.attempts == 2);
  CHECK(diagnosis.ready_at);
  CHECK(diagnosis.failed_at == log.now());
}

TEST_CASE("One death after a sign of readiness is a crash loop only if nothing else is alive",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeOk(8080).Ready().App(kTraceback).Exit(3);
  SECTION("nothing alive") { CHECK(Told(Diagnose(log)) == "crash_looping: import_error"); }
  SECTION("a second instance alive") {
    log.Wait(5s).Start().ProbeOk(8080).App("Application startup complete.");
    CHECK(Told(Diagnose(log)) == "ready");
  }
}

TEST_CASE("A probe that passed once makes later deaths a crash loop, even if an earlier try failed it",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Exit(3).ProbeFailed("CANCELLED", 8080);
  log.Wait(10s).Start().ProbeOk(8080).App(kTraceback).Exit(3);
  CHECK(Told(Diagnose(log)) == "crash_looping: import_error");
}

TEST_CASE("A crash loop that the platform calls not ready is failed, with the time when it was ready",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeOk(8080).Ready();
  const core::Timestamp ready = log.now() - 1ms;  // the probe
  log.App(kTraceback)
      .Exit(3)
      .Wait(10s)
      .Start()
      .App(kTraceback)
      .Exit(3)
      .ProbeFailed("CANCELLED", 8080)
      .NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(Time(diagnosis.ready_at) == core::FormatRfc3339(ready));
}

TEST_CASE("A ready revision counts the attempts that died before and names them in degraded",
          "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Exit(1).ProbeFailed("CANCELLED", 8080);
  log.Wait(20s).Start().App("Application startup complete.").ProbeOk(8080).Ready();
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "ready");
  CHECK(diagnosis.attempts == 2);
  REQUIRE_FALSE(diagnosis.degraded.empty());
  CHECK(diagnosis.degraded.front() == "1 attempt died before a container stayed alive");
  CHECK_FALSE(diagnosis.evidence);
}

TEST_CASE("An instance that the platform shut down did not die", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeOk(8080).Ready().Request(200).Wait(60s).Shutdown().Wait(2s).Exit(143);
  CHECK(Told(Diagnose(log)) == "ready");
}

TEST_CASE("Within the start budget a start is pending, behind it inconclusive", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start();
  const core::Timestamp start = log.now();
  log.App("Loading");
  CHECK(Told(Diagnose(log)) == "pending");
  CHECK(Told(Diagnose(log, {.as_of = start + 239s})) == "pending");
  CHECK(Told(Diagnose(log, {.as_of = start + 240s})) == "inconclusive");
}

TEST_CASE("As of the newest timestamp of the whole input, of whatever revision", "[analyzers][state]") {
  LogBuilder old("api-00001-abc"), young("api-00002-def");
  old.Start().App("Loading");
  young.Wait(10min).Start().App("Loading");
  old.Add(young);
  const auto diagnoses = DiagnoseAll(old.entries());
  REQUIRE(diagnoses.size() == 2);
  CHECK(diagnoses[0].key.revision == "api-00001-abc");
  CHECK(Told(diagnoses[0]) == "inconclusive");
  CHECK(Told(diagnoses[1]) == "pending");
}

TEST_CASE("A decisive finding within the budget fails the start early", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Loading").App(kTraceback);
  CHECK(Told(Diagnose(log)) == "failed early: import_error");
  SECTION("and no longer early behind the budget") {
    CHECK(Told(Diagnose(log, {.as_of = log.now() + 300s})) == "failed: import_error");
  }
}

TEST_CASE("What the application survived does not end an unfinished attempt", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Wait(30s).App("Loaded 12 plugins").Wait(1s).App("Warming caches");
  CHECK(Told(Diagnose(log)) == "pending");
}

TEST_CASE("The start budget is that of the revision's own start-up probe", "[analyzers][state]") {
  ingest::AuditRecord record;
  record.kind = "Revision";
  record.startup_probe = ingest::Probe{"http", 10, 5, 1, 6, 8080, "/healthz"};  // 10 + 5 × 6
  LogBuilder log("api-00001-abc");
  log.Audit(record, false).Start();
  const core::Timestamp start = log.now();
  log.App("Loading");
  CHECK(StartBudget(fakes::Collect(log.entries())) == 40s);
  CHECK(Told(Diagnose(log, {.as_of = start + 39s})) == "pending");
  CHECK(Told(Diagnose(log, {.as_of = start + 41s})) == "inconclusive");
}

TEST_CASE("A budget without a probe is 240 seconds", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start();
  CHECK(StartBudget(fakes::Collect(log.entries())) == 240s);
}

TEST_CASE("Any request-log entry is a sign of readiness, whatever its status", "[analyzers][state]") {
  for (const int status : {200, 404, 500, 503}) {
    LogBuilder log("api-00001-abc");
    log.Start().App("up").Request(status);
    INFO(status);
    CHECK(Told(Diagnose(log, {.as_of = log.now() + 1h})) == "ready");
  }
}

TEST_CASE("A revision that was ready and lost it keeps its ready_at", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .ProbeOk(8080)
      .Ready()
      .Wait(1h)
      .Start()
      .App(kTraceback)
      .Exit(1)
      .ProbeFailed("CANCELLED", 8080)
      .NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(Time(diagnosis.ready_at) == "2026-01-18T02:24:00.002Z");
  CHECK(diagnosis.failed_at == log.now());
}

TEST_CASE("The platform's last word wins over what the app says", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("Application startup complete. Ready to serve!")
      .Wait(241s)
      .ProbeFailed("DEADLINE_EXCEEDED", 8080)
      .NotReady(8080)
      .App("Everything is fine");
  CHECK(Told(Diagnose(log)) == "failed: port_timeout");
}

TEST_CASE("A readiness that is Unknown is no statement", "[analyzers][state]") {
  LogBuilder log("api-00001-abc");
  ingest::AuditRecord record;
  record.kind = "Revision";
  record.status_message =
      "Ready condition status changed to Unknown for Revision api-00001-abc with message: Deploying.";
  log.Audit(record, false).Start().App("Loading");
  CHECK(Told(Diagnose(log)) == "pending");
}

TEST_CASE("Only the log without timestamps has no budget to be within", "[analyzers][state]") {
  CHECK(Told(Diagnose(PlainText("Loading\nStill loading\n"))) == "inconclusive");
}

TEST_CASE("A root cause exists for failed and crash_looping and for nothing else", "[analyzers][state]") {
  LogBuilder failed("api-00001-abc"), looping("api-00001-abc"), ready("api-00001-abc"),
      pending("api-00001-abc");
  failed.Start().Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  looping.Start().ProbeOk(8080).Exit(1).Start().ProbeOk(8080).Exit(1);
  ready.Start().App(ingest::Severity::kError, "ValueError: x").ProbeOk(8080);
  pending.Start();
  CHECK(Diagnose(failed).root_cause == Category::kUnknown);
  CHECK(Diagnose(looping).root_cause == Category::kUnknown);
  CHECK_FALSE(Diagnose(ready).root_cause);
  CHECK_FALSE(Diagnose(pending).root_cause);
}

}  // namespace
}  // namespace neverready::analyzers
