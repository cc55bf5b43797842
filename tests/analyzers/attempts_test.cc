#include "analyzers/attempts.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using End = Attempt::End;
using fakes::Collect;
using fakes::LogBuilder;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

std::vector<Attempt> AttemptsOf(const LogBuilder& log) { return Collect(log.entries()).attempts; }

TEST_CASE("A start line, the words and the exit of one instance are one attempt", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start();
  const auto start = log.now();
  log.App("a").App("b").Exit(3);
  const auto end = log.now();
  log.ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const auto attempts = AttemptsOf(log);
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].instance == "instance-1");
  CHECK(attempts[0].started == start);
  CHECK(attempts[0].ended == end);
  CHECK(attempts[0].end == End::kExit);
  CHECK(attempts[0].end_number == 3);
  CHECK(attempts[0].probe_failed);
  CHECK(attempts[0].lines.size() == 2);
  CHECK(attempts[0].events.size() == 3);  // readiness belongs to none
}

TEST_CASE("An instance whose start line is missing begins with its first entry", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Instance("x").App("words").Exit(1);
  const auto attempts = AttemptsOf(log);
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].end == End::kExit);
}

TEST_CASE("Words written a little before the start line belong to the start", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Instance("x").App("words").Instance("x").Start().App("more");
  CHECK(AttemptsOf(log).size() == 1);
}

TEST_CASE("Each start of one instance is an attempt of its own", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Instance("x").Start().App("one").Exit(3).Wait(10s).Instance("x").Start().App("two").Exit(3);
  const auto attempts = AttemptsOf(log);
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].lines.size() == 1);
  CHECK(attempts[1].lines.size() == 1);
}

TEST_CASE("A container that restarts inside its instance, without a start line, is a new attempt",
          "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("one").Exit(3).Wait(10s).App("two").Exit(3);
  CHECK(AttemptsOf(log).size() == 2);
}

TEST_CASE("Instances that run at the same time are told apart", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Instance("a")
      .Start()
      .Instance("b")
      .Start()
      .Instance("a")
      .App("a1")
      .Instance("b")
      .App("b1")
      .Instance("a")
      .Exit(1)
      .Instance("b")
      .ProbeOk(8080);
  const auto attempts = AttemptsOf(log);
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].instance == "a");
  CHECK(attempts[0].end == End::kExit);
  CHECK(attempts[1].end == End::kOpen);
  CHECK(attempts[1].probe_succeeded);
}

TEST_CASE("What a probe that failed is followed by does not change how the attempt ended",
          "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start().Wait(240s).ProbeFailed("DEADLINE_EXCEEDED", 8080).Signal(9);
  auto attempts = AttemptsOf(log);
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].end == End::kProbeFailed);
  SECTION("but an exit tells more") {
    LogBuilder other("api-00001-abc");
    other.Start().ProbeFailed("CANCELLED", 8080).Exit(1);
    attempts = AttemptsOf(other);
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].end == End::kExit);
  }
}

TEST_CASE("Shutting down ends an attempt", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeOk(8080).Shutdown();
  CHECK(AttemptsOf(log).front().end == End::kShutdown);
}

TEST_CASE("A liveness probe that fails ends no start", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start().ProbeOk(8080).System(
      "LIVENESS HTTP probe failed 3 times consecutively for container \"api-1\" on port 8080 path \"/livez\". The instance has been shut down.");
  const auto attempts = AttemptsOf(log);
  CHECK_FALSE(attempts.front().probe_failed);
  CHECK(attempts.front().probe_succeeded);
}

TEST_CASE("Events without an instance belong to the attempt that began last", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("words");
  std::vector<ingest::LogEntry> entries = log.Exit(1).entries();
  entries.back().instance.clear();
  const auto attempts = Collect(entries).attempts;
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].end == End::kExit);
}

TEST_CASE("Readiness, requests and API calls start no attempt", "[analyzers][attempts]") {
  LogBuilder log("api-00001-abc");
  log.Ready().Request(200).NotReady(8080);
  CHECK(AttemptsOf(log).empty());
}

}  // namespace
}  // namespace neverready::analyzers
