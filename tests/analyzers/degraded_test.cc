#include "analyzers/degraded.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::LogBuilder;
using fakes::Told;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

bool Mentions(const Diagnosis& diagnosis, std::string_view text) {
  return std::ranges::any_of(
      diagnosis.degraded, [&](const std::string& reason) { return reason.find(text) != std::string::npos; });
}

TEST_CASE("A clean start is not degraded", "[analyzers][degraded]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("INFO loading").Wait(2s).App("Application startup complete.").ProbeOk(8080).Ready();
  CHECK(Diagnose(log).degraded.empty());
}

TEST_CASE("Validation that was bypassed is told", "[analyzers][degraded]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("BYPASSING STARTUP VALIDATION FOR STAGING - 2 critical failures ignored. Reason: emergency deploy")
      .App("Application startup complete.")
      .ProbeOk(8080)
      .Ready();
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "ready");
  CHECK(Mentions(diagnosis, "start-up validation was bypassed with 2 critical failures"));
}

TEST_CASE("A start that took more than half of its budget is slow", "[analyzers][degraded]") {
  LogBuilder log("api-00001-abc");
  log.Start().Wait(150s).ProbeOk(8080).Ready();
  CHECK(Mentions(Diagnose(log), "slow start: 150 s of a budget of 240 s"));
}

TEST_CASE("Missing modules and failed dependencies of a start that lived are told", "[analyzers][degraded]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("ModuleNotFoundError: No module named 'grpc_tools'")
      .Wait(1s)
      .App("ERROR redis: dial tcp 10.8.0.9:6379: connect: connection refused")
      .Wait(1s)
      .ProbeOk(8080)
      .Ready();
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "ready");
  CHECK(Mentions(diagnosis, "started without a module"));
  CHECK(Mentions(diagnosis, "a dependency failed during the start"));
}

TEST_CASE("A failed revision is not called degraded", "[analyzers][degraded]") {
  LogBuilder log("api-00001-abc");
  log.Start().Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  CHECK(Diagnose(log).degraded.empty());
}

}  // namespace
}  // namespace neverready::analyzers
