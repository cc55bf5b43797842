#include "analyzers/diagnose.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::DiagnoseAll;
using fakes::LogBuilder;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

LogBuilder Crashed(const std::string& revision) {
  LogBuilder log(revision);
  log.Start()
      .App("ModuleNotFoundError: No module named 'ledger'")
      .Exit(1)
      .ProbeFailed("CANCELLED", 8080)
      .NotReady(8080);
  return log;
}

TEST_CASE("Diagnoses stand by state, start and name", "[analyzers][diagnose]") {
  LogBuilder all("api-00003-ccc");
  all.Start().ProbeOk(8080).Ready();
  LogBuilder later("api-00002-bbb");
  later.Wait(1h).Add(Crashed("api-00009-zzz"));
  LogBuilder pending("api-00004-ddd");
  pending.Start();
  LogBuilder looping("api-00005-eee");
  looping.Start().ProbeOk(8080).Exit(1).Start().ProbeOk(8080).Exit(1);
  all.Add(later).Add(pending).Add(looping).Add(Crashed("api-00001-aaa"));
  std::vector<std::string> order;
  for (const Diagnosis& diagnosis : DiagnoseAll(all.entries()))
    order.push_back(diagnosis.key.revision + " " + std::string(Name(diagnosis.state)));
  CHECK(order == std::vector<std::string>{"api-00001-aaa failed", "api-00009-zzz failed",
                                          "api-00005-eee crash_looping", "api-00004-ddd pending",
                                          "api-00003-ccc ready"});
}

TEST_CASE("Times tell the first sign, the verdict and the readiness", "[analyzers][diagnose]") {
  const Diagnosis diagnosis = Diagnose(Crashed("api-00001-abc"));
  CHECK(diagnosis.started_at == core::ParseRfc3339("2026-01-18T02:24:00.001Z"));
  CHECK(diagnosis.failed_at == core::ParseRfc3339("2026-01-18T02:24:00.005Z"));
  CHECK_FALSE(diagnosis.ready_at);
  CHECK(diagnosis.attempts == 1);
}

TEST_CASE("Evidence is verbatim, with its place", "[analyzers][diagnose]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App("2026-01-18 02:24:00,001 - boot - ERROR - ModuleNotFoundError: No module named 'ledger'")
      .Exit(1)
      .NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  REQUIRE(diagnosis.evidence);
  CHECK(diagnosis.evidence->text ==
        "2026-01-18 02:24:00,001 - boot - ERROR - ModuleNotFoundError: No module named 'ledger'");
  CHECK(diagnosis.evidence->log == "stderr");
  CHECK(diagnosis.evidence->insert_id == "api-00001-abc/000002");
  CHECK(diagnosis.evidence->instance == "instance-1");
  CHECK(diagnosis.evidence->at == core::ParseRfc3339("2026-01-18T02:24:00.002Z"));
}

TEST_CASE("The platform's message stands without its preamble", "[analyzers][diagnose]") {
  const Diagnosis diagnosis = Diagnose(Crashed("api-00001-abc"));
  REQUIRE(diagnosis.platform);
  CHECK(diagnosis.platform->message.find("The user-provided container failed to start") == 0);
  CHECK(diagnosis.platform->probe_status == "CANCELLED");
}

TEST_CASE("The timeline stands in order and names every moment once", "[analyzers][diagnose][timeline]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("booting").App("Listening on port 8080").ProbeOk(8080).Ready().Request(200).Request(200);
  const Diagnosis diagnosis = Diagnose(log);
  std::vector<std::string> events;
  for (const TimelineEntry& entry : diagnosis.timeline) events.emplace_back(Name(entry.event));
  CHECK(events == std::vector<std::string>{"instance_started", "first_line", "listening", "probe_succeeded",
                                           "ready", "first_request"});
}

TEST_CASE("Of many attempts the timeline tells the first and the last three",
          "[analyzers][diagnose][timeline]") {
  LogBuilder log("api-00001-abc");
  for (int i = 0; i < 20; ++i) log.Start().ProbeOk(8080).App("KeyError: 'x'").Exit(3).Wait(10s);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(diagnosis.attempts == 20);
  std::size_t starts = 0;
  for (const TimelineEntry& entry : diagnosis.timeline)
    starts += entry.event == TimelineEvent::kInstanceStarted ? 1 : 0;
  CHECK(starts == 6);
}

TEST_CASE("Commands of a fix are filled in and printed only where they are certain",
          "[analyzers][diagnose]") {
  for (const Diagnosis& diagnosis : DiagnoseAll(Crashed("api-00001-abc").entries())) {
    REQUIRE(diagnosis.fix);
    CHECK(diagnosis.fix->text.find('{') == std::string::npos);
    for (const std::string& command : diagnosis.fix->commands) CHECK(command.find('{') == std::string::npos);
  }
}

TEST_CASE("An agreement of attempts does not change the cause", "[analyzers][diagnose]") {
  LogBuilder log("api-00001-abc");
  for (int i = 0; i < 3; ++i)
    log.Start()
        .App("ModuleNotFoundError: No module named 'ledger'")
        .Exit(1)
        .ProbeFailed("CANCELLED", 8080)
        .Wait(5s);
  CHECK(fakes::Told(Diagnose(log)) == "failed: import_error > port_timeout");
}

TEST_CASE("An empty log is inconclusive", "[analyzers][diagnose]") {
  const Diagnosis diagnosis = analyzers::Diagnose(fakes::BuiltinRuleSet(), RevisionLog{}, {});
  CHECK(diagnosis.state == State::kInconclusive);
  CHECK_FALSE(diagnosis.root_cause);
}

TEST_CASE("States read back as themselves", "[analyzers][diagnose]") {
  for (const State state :
       {State::kFailed, State::kCrashLooping, State::kInconclusive, State::kPending, State::kReady})
    CHECK(ParseState(Name(state)) == state);
  CHECK_FALSE(ParseState("fine"));
}

}  // namespace
}  // namespace neverready::analyzers
