#include "analyzers/platform_event.h"

#include <catch2/catch.hpp>

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;

PlatformEvent Parse(const char* text) {
  INFO(text);
  const auto event = ParsePlatformText(text);
  REQUIRE(event);
  CHECK(event->text == text);
  return *event;
}

TEST_CASE("All reasons for a new instance are a start", "[analyzers][platform]") {
  for (
      const char* text :
      {"Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or deployment health check.",
       "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU utilization, request throughput, etc.) or no existing capacity for current traffic.",
       "Starting new instance. Reason: MANUAL_OR_CUSTOMER_MIN_INSTANCE - Instance started because of customer-configured min-instances or manual scaling.",
       "Starting new instance. Reason: SOMETHING_NEW"}) {
    CHECK((Parse(text).kind == Kind::kInstanceStarting));
  }
}

TEST_CASE("Probes are read in every wording", "[analyzers][platform][probe]") {
  struct Row {
    const char* text;
    Kind kind;
    bool startup, by_default;
    const char *probe, *status, *container, *path;
    std::int64_t port;
  };
  const std::vector<Row> rows{
      {"Default STARTUP TCP probe succeeded after 1 attempt for container \"api-1\" on port 8000.",
       Kind::kProbeSucceeded, true, true, "tcp", "", "api-1", "", 8000},
      {"Default STARTUP TCP probe succeeded after 3 attempts for container \"api-1\" on port 8000.",
       Kind::kProbeSucceeded, true, true, "tcp", "", "api-1", "", 8000},
      {"Default STARTUP TCP probe failed 1 time consecutively for container \"app\" on port 3002. The instance was not started.",
       Kind::kProbeFailed, true, true, "tcp", "", "app", "", 3002},
      {"Default STARTUP TCP probe failed 1 time consecutively for container \"placeholder-1\" on port 3000. The instance was not started. Connection failed with status CANCELLED.",
       Kind::kProbeFailed, true, true, "tcp", "CANCELLED", "placeholder-1", "", 3000},
      {"Default STARTUP TCP probe failed 1 time consecutively for container \"worker\" on port 8080. The instance was not started.\nConnection failed with status DEADLINE_EXCEEDED",
       Kind::kProbeFailed, true, true, "tcp", "DEADLINE_EXCEEDED", "worker", "", 8080},
      {"STARTUP HTTP probe failed 1 time consecutively for container \"api-1\" on port 8080 path \"/healthz\". The instance was not started. Connection failed with status "
       "ERROR_CONNECTION_FAILED.",
       Kind::kProbeFailed, true, false, "http", "ERROR_CONNECTION_FAILED", "api-1", "/healthz", 8080},
      {"STARTUP HTTP probe failed 15 times consecutively for container \"api-1\" on port 9900 path \"/healthz\". The instance was not started.",
       Kind::kProbeFailed, true, false, "http", "", "api-1", "/healthz", 9900},
      {"STARTUP TCP probe failed 30 times consecutively for container \"api-1\" on port 8080. The instance was not started. Connection failed with status DEADLINE_EXCEEDED.",
       Kind::kProbeFailed, true, false, "tcp", "DEADLINE_EXCEEDED", "api-1", "", 8080},
      {"STARTUP GRPC probe failed 3 times consecutively for container \"api-1\" on port 50051. The instance was not started.",
       Kind::kProbeFailed, true, false, "grpc", "", "api-1", "", 50051},
      {"LIVENESS HTTP probe failed 3 times consecutively for container \"api-1\" on port 8080 path \"/livez\". The instance has been shut down.",
       Kind::kProbeFailed, false, false, "http", "", "api-1", "/livez", 8080},
  };
  for (const Row& row : rows) {
    const PlatformEvent event = Parse(row.text);
    CHECK((event.kind == row.kind));
    CHECK(event.startup == row.startup);
    CHECK(event.by_default == row.by_default);
    CHECK(event.probe == row.probe);
    CHECK(event.probe_status == row.status);
    CHECK(event.container == row.container);
    CHECK(event.probe_path == row.path);
    CHECK(event.port == row.port);
  }
}

TEST_CASE("Exits and signals carry their number", "[analyzers][platform]") {
  for (const int code : {0, 1, 3, 127, 137, 255}) {
    const PlatformEvent event = Parse(("Container called exit(" + std::to_string(code) + ").").c_str());
    CHECK((event.kind == Kind::kExit));
    CHECK(event.number == code);
  }
  CHECK(Parse("Container called exit(-1).").number == -1);
  for (const int signal : {6, 9, 11}) {
    const PlatformEvent event =
        Parse(("Container terminated on signal " + std::to_string(signal) + ".").c_str());
    CHECK((event.kind == Kind::kSignal));
    CHECK(event.number == signal);
  }
}

TEST_CASE("Memory limits are read in both wordings", "[analyzers][platform]") {
  CHECK((
      Parse(
          "Memory limit of 512 MiB exceeded with 602 MiB used. Consider increasing the memory limit, see https://cloud.google.com/run/docs/configuring/memory-limits")
          .kind == Kind::kMemoryLimit));
  CHECK((Parse("Memory limit of 16384 MiB exceeded with 16385 MiB used.").kind == Kind::kMemoryLimit));
}

TEST_CASE("A command that could not be executed is read in every wording", "[analyzers][platform]") {
  for (
      const char* text :
      {"Application exec likely failed",
       "terminated: Application failed to start: failed to load /usr/local/bin/uvicorn: exec format error",
       "application failed to start: \"/usr/local/bin/python\" exec format error",
       "Application failed to start: failed to resolve binary path: error finding executable \"uvicorn\" in PATH [/usr/local/bin /usr/local/sbin /bin]: no such file or directory",
       "terminated: Application failed to start: \"uvicorn main:app --host 0.0.0.0 --port 8080\" not found (PATH=/usr/local/bin:/bin)",
       "terminated: Application failed to start: The container may have exited abnormally.",
       "Application failed to start: not available",
       "Application failed to start: Failed to create init process: failed to load startup_script.sh: exec format error"}) {
    CHECK((Parse(text).kind == Kind::kExecFailed));
  }
}

TEST_CASE("Readiness is read in all ages of its wording", "[analyzers][platform][ready]") {
  const char* const listen[] = {
      "Container failed to start. Failed to start and then listen on the port defined by the PORT environment variable. Logs for this revision might contain more information.",
      "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable. Logs for this revision might contain more information.",
      "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout. This can happen when the container "
      "port is misconfigured or if the timeout is too short. The health check timeout can be extended. Logs for this revision might contain more information.\n\nLogs URL: "
      "https://console.cloud.google.com/logs/viewer?project=demo-proj \nFor more troubleshooting guidance, see https://cloud.google.com/run/docs/troubleshooting#container-failed-to-start",
      "The user provided container failed to start and listen on port defined by PORT=8080 environment variable within the allocated timeout. This can happen if the port is misconfigured or if the "
      "timeout is too short. The healthcheck timeout can be extended.",
      "Could not create or update Cloud Run service api, Container Healthcheck failed. The user-provided container failed to start and listen on the port defined provided by the PORT=8080 "
      "environment variable.",
  };
  for (const char* text : listen) {
    CHECK(SaysNothingListened(text));
    CHECK((Parse(text).kind == Kind::kNotReady));
    const std::string changed =
        "Ready condition status changed to False for Revision api-00003-sp7 with message: " +
        std::string(text);
    const PlatformEvent event = Parse(changed.c_str());
    CHECK((event.kind == Kind::kNotReady));
    CHECK(event.revision == "api-00003-sp7");
    CHECK_FALSE(event.service_level);
    CHECK(event.port == (std::string(text).find("PORT=8080") == std::string::npos ? 0 : 8080));
  }
}

TEST_CASE("A custom probe's readiness text says so", "[analyzers][platform][ready]") {
  const PlatformEvent event = Parse(
      "Ready condition status changed to False for Revision api-00003-sp7 with message: The user-provided container failed the configured startup probe checks. Logs for this revision might contain "
      "more information.");
  CHECK((event.kind == Kind::kNotReady));
  CHECK(event.custom_probe);
  CHECK_FALSE(SaysNothingListened(event.text));
}

TEST_CASE("Readiness of services and success are read", "[analyzers][platform][ready]") {
  PlatformEvent event = Parse(
      "Ready condition status changed to True for Revision api-00001-8hv with message: Deploying revision succeeded in 7.69s.");
  CHECK((event.kind == Kind::kReady));
  CHECK(event.revision == "api-00001-8hv");
  event = Parse("Ready condition status changed to True for Service api.");
  CHECK((event.kind == Kind::kReady));
  CHECK(event.service_level);
  CHECK(event.revision.empty());
  event = Parse(
      "Ready condition status changed to False for Service api with message: Revision 'api-00003-sp7' is not ready and cannot serve traffic. Image 'gcr.io/p/i' not found.");
  CHECK((event.kind == Kind::kNotReady));
  CHECK(event.service_level);
  CHECK(event.revision == "api-00003-sp7");
  event = Parse(
      "Ready condition status changed to False for Service api with message: Image 'gcr.io/p/i' not found.");
  CHECK(event.revision.empty());
  CHECK_FALSE(ParsePlatformText(
      "Ready condition status changed to Unknown for Revision api-00001-8hv with message: Deploying."));
}

TEST_CASE("gcloud's rendering of a condition is read", "[analyzers][platform][ready]") {
  const PlatformEvent event = Parse(
      "ERROR: (gcloud.run.deploy) Revision 'api-00003-sp7' is not ready and cannot serve traffic. Image 'gcr.io/p/i' not found.");
  CHECK((event.kind == Kind::kNotReady));
  CHECK(event.revision == "api-00003-sp7");
}

TEST_CASE("Shutting down is read", "[analyzers][platform]") {
  CHECK((Parse("Shutting down user disabled instance").kind == Kind::kShutdown));
  CHECK_FALSE(ParsePlatformText("Shutting down: Master"));
  CHECK_FALSE(ParsePlatformText("Shutting down"));
}

TEST_CASE("What the platform says besides is none of these", "[analyzers][platform]") {
  for (
      const char* text :
      {"", "Listening on port 8080",
       "Truncated response body. Usually implies that the request timed out or the application exited before the response was finished.",
       "Container Sandbox: Unsupported syscall setsockopt", "Uncaught signal: 6, pid=1, tid=1, fault_addr=0.",
       "my probe failed badly", "exit(1)"}) {
    INFO(text);
    CHECK_FALSE(ParsePlatformText(text));
  }
}

}  // namespace
}  // namespace neverready::analyzers
