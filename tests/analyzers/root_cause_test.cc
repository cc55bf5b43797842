#include "analyzers/root_cause.h"

#include <catch2/catch.hpp>

#include "analyzers/ports.h"
#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::FactOf;
using fakes::LogBuilder;
using fakes::PlainText;
using fakes::ProofOf;
using fakes::Told;
using ingest::Severity;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

constexpr const char* kTraceback =
    "Traceback (most recent call last):\n"
    "  File \"/app/main.py\", line 3, in <module>\n"
    "    import flask_cors\n"
    "ModuleNotFoundError: No module named 'flask_cors'";

// A start that ends as a crash at import does.
void Crash(LogBuilder* log, int code = 1) { log->Exit(code).ProbeFailed("CANCELLED", 8080).NotReady(8080); }

TEST_CASE("The cascade leads from the cause over a failed validation to the platform's symptom",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App(Severity::kError, kTraceback)
      .App(Severity::kCritical, "Startup validation failed with 3 critical failures")
      .App("Application startup failed. Exiting.");
  Crash(&log, 3);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: import_error > validation_failure > port_timeout");
  CHECK(diagnosis.rule == "cpython.module-not-found");
  CHECK(ProofOf(diagnosis) == "ModuleNotFoundError: No module named 'flask_cors'");
  CHECK(FactOf(diagnosis, Fact::kModule) == "flask_cors");
  CHECK(FactOf(diagnosis, Fact::kException) == "ModuleNotFoundError");
  CHECK(FactOf(diagnosis, Fact::kFile) == "/app/main.py");
  CHECK(FactOf(diagnosis, Fact::kLine) == "3");
  CHECK(FactOf(diagnosis, Fact::kExitCode) == "3");
  CHECK(FactOf(diagnosis, Fact::kPortExpected) == "8080");
  CHECK(FactOf(diagnosis, Fact::kCriticalFailures) == "3");
  CHECK(diagnosis.blame == Blame::kCode);
  CHECK_FALSE(diagnosis.transient);
  for (const CascadeLink& link : diagnosis.cascade) CHECK(link.evidence);
}

TEST_CASE("A start-up check that says no with nothing before it is the cause itself",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Startup validation failed with 2 critical failures");
  Crash(&log);
  CHECK(Told(Diagnose(log)) == "failed: validation_failure > port_timeout");
}

TEST_CASE("The symptom of a custom probe is probe_failed", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Exit(1).CustomProbeFailed("HTTP", 8080, "/healthz", "ERROR_CONNECTION_FAILED");
  log.NotReady(
      "The user-provided container failed the configured startup probe checks. Logs for this revision might contain more information.",
      "HealthCheckContainerError");
  CHECK(Told(Diagnose(log)) == "failed: import_error > probe_failed");
}

TEST_CASE("A custom probe that fails while the app is up is probe_failed", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("Listening on 0.0.0.0:8080").Wait(30s).CustomProbeFailed("HTTP", 8080, "/healthz");
  log.NotReady(
      "The user-provided container failed the configured startup probe checks. Logs for this revision might contain more information.",
      "HealthCheckContainerError");
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: probe_failed");
  CHECK(diagnosis.rule == "neverready.custom-probe");
  CHECK(FactOf(diagnosis, Fact::kSetting) == "/healthz");
  CHECK(ProofOf(diagnosis).find("STARTUP HTTP probe failed") == 0);
}

TEST_CASE("A signal without a better cause is crash_signal", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("loading native plugin").Signal(11).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: crash_signal > port_timeout");
  CHECK(diagnosis.summary == "The container died of signal 11 (SIGSEGV, segmentation fault)");
  CHECK(FactOf(diagnosis, Fact::kSignal) == "11");
  SECTION("but not where the app told why") {
    LogBuilder told("api-00001-abc");
    told.Start().App(kTraceback).Signal(6).ProbeFailed("CANCELLED", 8080).NotReady(8080);
    CHECK(Told(Diagnose(told)) == "failed: import_error > port_timeout");
  }
}

TEST_CASE("Memory that the platform measured beats a signal", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("loading").System(
      "Memory limit of 512 MiB exceeded with 602 MiB used. Consider increasing the memory limit, see https://cloud.google.com/run/docs/configuring/memory-limits");
  log.Signal(9).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: out_of_memory > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kMemoryLimit).find("512") == 0);
}

TEST_CASE("A death without a word is unknown, with the last words shown", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("booting").App("reading config");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: unknown > port_timeout");
  CHECK(diagnosis.rule == "neverready.unknown");
  CHECK(diagnosis.confidence == Approx(0.56));
  REQUIRE(diagnosis.informative.size() == 2);
  CHECK(diagnosis.informative.back().text == "reading config");
  CHECK(FactOf(diagnosis, Fact::kExitCode) == "1");
}

TEST_CASE("A command that cannot be executed is bad_entrypoint", "[analyzers][root_cause]") {
  for (
      const char* text :
      {"terminated: Application failed to start: failed to load /usr/local/bin/uvicorn: exec format error",
       "Application exec likely failed",
       "Application failed to start: failed to resolve binary path: error finding executable \"uvicorn\" in PATH [/usr/local/bin /bin]: no such file or directory"}) {
    LogBuilder log("api-00001-abc");
    log.Start().System(text).ProbeFailed("CANCELLED", 8080).NotReady(8080);
    INFO(text);
    CHECK(Told(Diagnose(log)) == "failed: bad_entrypoint > port_timeout");
  }
}

TEST_CASE("A tolerated line is not the cause", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("INFO uvloop unavailable (No module named 'uvloop'), using asyncio").Wait(1s);
  log.App(
      "Traceback (most recent call last):\n  File \"/app/main.py\", line 4, in <module>\n    ledger.open()\nRuntimeError: the ledger is closed");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: app_exception > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kException) == "RuntimeError");
}

// BUG: an exception that follows an INFO record of the same stream within a quarter of a second inherits that
// record's level and tolerance, and is lost even where nothing else explains the death.
TEST_CASE("The exception that ended the process is not tolerated because of the record before it",
          "[analyzers][root_cause]") {
  for (
      const char* exception :
      {"RuntimeError: the ledger is closed",
       "Traceback (most recent call last):\n  File \"/app/main.py\", line 4, in <module>\n    ledger.open()\nRuntimeError: the ledger is closed"}) {
    LogBuilder log("api-00001-abc");
    log.Start()
        .App("INFO uvloop unavailable (No module named 'uvloop'), using asyncio")
        .App(Severity::kError, exception);
    Crash(&log);
    INFO(exception);
    CHECK(Told(Diagnose(log)) == "failed: app_exception > port_timeout");
  }
}

TEST_CASE("An optional import that failed does not hide the failure that ended the start",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(
      Severity::kWarning,
      "ddtrace is not installed, tracing disabled\nTraceback (most recent call last):\n  File \"/app/tracing.py\", line 2, in <module>\n    import ddtrace\n"
      "ModuleNotFoundError: No module named 'ddtrace'");
  log.Wait(12s).App(
      "Traceback (most recent call last):\n  File \"/app/main.py\", line 9, in <module>\n    key = os.environ['API_KEY']\n  File \"<frozen os>\", line 685, in __getitem__\n"
      "KeyError: 'API_KEY'");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: missing_env > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kEnvVars) == "API_KEY");
}

TEST_CASE("Several missing variables are one cause", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("ERROR DATABASE_URL must be set").App("ERROR API_KEY must be set");
  Crash(&log);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: missing_env > port_timeout");
  const auto names = diagnosis.facts.List(Fact::kEnvVars);
  CHECK(names.size() == 2);
  CHECK(ProofOf(diagnosis) == "ERROR DATABASE_URL must be set");
}

TEST_CASE("A sidecar's words are not the cause of another container's end", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .Container("envoy")
      .App("error: ModuleNotFoundError: No module named 'sidecar_plugin'")
      .Container("app-1")
      .App("KeyError: 'ledger'");
  log.App(kTraceback).Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(FactOf(diagnosis, Fact::kModule) == "flask_cors");
}

TEST_CASE("What the last attempt does not say, an earlier one that died may", "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Exit(1).ProbeFailed("CANCELLED", 8080);
  log.Wait(10s).Start();
  Crash(&log);
  CHECK(Told(Diagnose(log)) == "failed: import_error > port_timeout");
}

TEST_CASE("Two revisions whose entries mingle are diagnosed each by its own", "[analyzers][root_cause]") {
  LogBuilder older("api-00001-abc"), newer("api-00002-def");
  older.Start()
      .ProbeOk(8080)
      .Ready()
      .App("GET / 200")
      .App(Severity::kError, "KeyError: 'ORDER_ID'")
      .App("GET /b 200");
  newer.Start().App(kTraceback);
  Crash(&newer);
  older.Add(newer);
  const auto diagnoses = fakes::DiagnoseAll(older.entries());
  REQUIRE(diagnoses.size() == 2);
  CHECK(diagnoses[0].key.revision == "api-00002-def");
  CHECK(Told(diagnoses[0]) == "failed: import_error > port_timeout");
  CHECK(Told(diagnoses[1]) == "ready");
}

TEST_CASE("Without its own end a start is judged by what was said last", "[analyzers][root_cause]") {
  const Diagnosis diagnosis = Diagnose(PlainText("Starting\n" + std::string(kTraceback) + "\n"));
  CHECK(Told(diagnosis) == "failed: import_error");
  CHECK(diagnosis.key.scope == LogScope::kFile);
  REQUIRE(diagnosis.evidence);
  CHECK(diagnosis.evidence->log == "text");
  CHECK(diagnosis.evidence->insert_id.empty());
}

TEST_CASE("A text without the end of its container tells where the application listens",
          "[analyzers][root_cause]") {
  const std::string verdict =
      "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 "
      "environment variable within the allocated timeout.";
  const Diagnosis port = Diagnose(PlainText("* Listening on http://0.0.0.0:3000\n" + verdict + "\n"));
  CHECK(port.rule == "neverready.wrong-port");
  CHECK(FactOf(port, Fact::kPortActual) == "3000");
  const Diagnosis loopback = Diagnose(PlainText("* Listening on http://127.0.0.1:8080\n" + verdict + "\n"));
  CHECK(loopback.rule == "neverready.loopback-only");
  // What ended it counts more.
  const Diagnosis died =
      Diagnose(PlainText("* Listening on http://0.0.0.0:3000\nKeyError: 'LEDGER_DSN'\n" + verdict + "\n"));
  CHECK(Told(died) == "failed: missing_env > port_timeout");
}

TEST_CASE("An application that says that it starts no server is proven by that line",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  const std::string words =
      "Configuration :server was not enabled for ShopWeb.Endpoint, http/https services won't start";
  log.Start()
      .App("[info] " + words)
      .App("[info] Oban pruned 0 jobs")
      .ProbeFailed("DEADLINE_EXCEEDED", 8080)
      .NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: port_timeout");
  CHECK(ProofOf(diagnosis) == "[info] " + words);
}

TEST_CASE("Plain text that quotes the platform names its revision", "[analyzers][root_cause]") {
  const Diagnosis diagnosis = Diagnose(PlainText(
      std::string(kTraceback) +
      "\nERROR: (gcloud.run.deploy) Revision 'api-00007-qaz' is not ready and cannot serve traffic. The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable.\n"));
  CHECK(diagnosis.key.scope == LogScope::kRevision);
  CHECK(diagnosis.key.revision == "api-00007-qaz");
  CHECK(diagnosis.key.service == "api");
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
}

TEST_CASE("The platform states causes without any container", "[analyzers][root_cause]") {
  struct Case {
    const char *message, *reason, *told;
  };
  const std::vector<Case> cases{
      {"Image 'us-central1-docker.pkg.dev/demo-proj/repo/api:v9' not found.", "ContainerMissing",
       "failed: image_unavailable"},
      {"spec.template.spec.containers[0].env[0].value_from.secret_key_ref.name: Secret projects/123456789012/secrets/DB_PASSWORD/versions/latest was not found",
       "SecretsAccessCheckFailed", "failed: secret_unavailable"},
      {"spec.template.spec.containers[0].env[5].value_from.secret_key_ref.name: Permission denied on secret: projects/123456789012/secrets/API_KEY/versions/latest for Revision service account "
       "run@demo-proj.iam.gserviceaccount.com. The service account used must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor) at the secret, project or "
       "higher level.",
       "SecretsAccessCheckFailed", "failed: permission_denied"},
      {"Cloud Run does not support image 'gcr.io/demo-proj/api:arm': Container manifest type 'application/vnd.oci.image.index.v1+json' must support amd64/linux.",
       "", "failed: image_unavailable"},
  };
  for (const Case& one : cases) {
    LogBuilder log("api-00001-abc");
    log.NotReady(one.message, one.reason);
    INFO(one.message);
    const Diagnosis diagnosis = Diagnose(log);
    CHECK(Told(diagnosis) == one.told);
    REQUIRE(diagnosis.evidence);
    CHECK(diagnosis.evidence->log == "system_event");
    if (*one.reason != '\0') CHECK(diagnosis.platform->reason == one.reason);
  }
}

TEST_CASE("Several secrets that are missing at once are one cause, proven by the first",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.NotReady(
      "spec.template.spec.containers[0].env[0].value_from.secret_key_ref.name: Secret projects/123456789012/secrets/FIRST/versions/latest was not found\n"
      "spec.template.spec.containers[0].env[1].value_from.secret_key_ref.name: Secret projects/123456789012/secrets/SECOND/versions/latest was not found");
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: secret_unavailable");
  CHECK(FactOf(diagnosis, Fact::kSecret).find("FIRST") != std::string::npos);
  CHECK(ProofOf(diagnosis).find("FIRST") != std::string::npos);
  CHECK(ProofOf(diagnosis).find("SECOND") == std::string::npos);
}

TEST_CASE("A service-level verdict without a revision belongs to the revision that just changed",
          "[analyzers][root_cause]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(kTraceback).Exit(1).ProbeFailed("CANCELLED", 8080);
  log.Wait(1s).ServiceNotReady(
      "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable.");
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(diagnosis.key.revision == "api-00001-abc");
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
}

}  // namespace
}  // namespace neverready::analyzers
