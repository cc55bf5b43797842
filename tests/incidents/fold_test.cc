#include "incidents/fold.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace neverready::incidents {
namespace {

using analyzers::Category;
using analyzers::State;
using Strings = std::vector<std::string>;

core::Timestamp At(int second) { return core::Timestamp{std::chrono::seconds(second)}; }

Verdict Make(State state, const std::string& revision) {
  Verdict verdict;
  verdict.state = state;
  verdict.revision = revision;
  return verdict;
}

Verdict Failed(const std::string& revision, int second, const std::string& fingerprint) {
  Verdict verdict = Make(State::kFailed, revision);
  verdict.root_cause = Category::kImportError;
  verdict.rule = "rule." + fingerprint;
  verdict.summary = "It needs " + fingerprint + ".";
  verdict.fingerprint = fingerprint;
  verdict.started_at = At(second - 1);
  verdict.failed_at = At(second);
  return verdict;
}

Verdict Ready(const std::string& revision, int second) {
  Verdict verdict = Make(State::kReady, revision);
  verdict.started_at = At(second - 1);
  verdict.ready_at = At(second);
  return verdict;
}

// The same verdict without a time.
Verdict Timeless(Verdict verdict) {
  verdict.started_at = verdict.failed_at = verdict.ready_at = std::nullopt;
  return verdict;
}

std::string Seconds(std::optional<core::Timestamp> at) {
  return at ? std::to_string(std::chrono::duration_cast<std::chrono::seconds>(at->time_since_epoch()).count())
            : "-";
}

// A line for each incident: "10-30 regression of 0: regression r3@10 a, recovered r4@30".
Strings Say(const std::vector<Incident>& incidents) {
  Strings lines;
  for (const Incident& incident : incidents) {
    std::string line = Seconds(incident.opened_at) + "-" + (incident.open ? "" : Seconds(incident.closed_at));
    if (incident.regression_of) line += " of " + std::to_string(*incident.regression_of);
    char separator = ':';
    for (const Transition& transition : incident.transitions) {
      line += separator;
      line +=
          " " + std::string(Name(transition.kind)) + " " + transition.revision + "@" + Seconds(transition.at);
      if (!transition.fingerprint.empty()) line += " " + transition.fingerprint;
      separator = ',';
    }
    lines.push_back(line);
  }
  return lines;
}

Strings SayFold(const std::vector<Verdict>& verdicts) { return Say(Fold(verdicts)); }

TEST_CASE("Without a failure there is no incident", "[incidents][fold]") {
  CHECK(Fold({}).empty());
  CHECK(Fold({Ready("r1", 10), Make(State::kPending, "r2"), Make(State::kInconclusive, "r3")}).empty());
}

TEST_CASE("An incident goes from the first failure to the next readiness", "[incidents][fold]") {
  const auto incidents = Fold({Failed("r1", 10, "a"), Ready("r2", 30)});
  REQUIRE(incidents.size() == 1);
  const Incident& one = incidents[0];
  CHECK_FALSE(one.open);
  CHECK(one.opened_at == At(10));
  CHECK(one.closed_at == At(30));
  CHECK(one.opened_by == "r1");
  CHECK(one.closed_by == "r2");
  CHECK(one.root_cause == Category::kImportError);
  CHECK(one.rule == "rule.a");
  CHECK(one.summary == "It needs a.");
  CHECK(one.fingerprint == "a");
  CHECK_FALSE(one.regression_of.has_value());
  const Transition opened{TransitionKind::kOpened, At(10), "r1", Category::kImportError, "rule.a",
                          "It needs a.",           "a"};
  const Transition recovered{TransitionKind::kRecovered, At(30), "r2", std::nullopt, "", "", ""};
  CHECK(one.transitions == std::vector<Transition>{opened, recovered});
}

TEST_CASE("An incident that nothing ended is open", "[incidents][fold]") {
  const auto incidents = Fold({Failed("r1", 10, "a")});
  REQUIRE(incidents.size() == 1);
  CHECK(incidents[0].open);
  CHECK_FALSE(incidents[0].closed_at.has_value());
  CHECK(incidents[0].closed_by.empty());
}

TEST_CASE("A further failure repeats the cause or changes it", "[incidents][fold]") {
  CHECK(SayFold({Failed("r1", 10, "a"), Failed("r2", 20, "a")}) ==
        Strings{"10-: opened r1@10 a, repeat r2@20 a"});
  CHECK(
      SayFold({Failed("r1", 10, "a"), Failed("r2", 20, "b"), Failed("r3", 30, "b"), Failed("r4", 40, "a")}) ==
      Strings{"10-: opened r1@10 a, cause_changed r2@20 b, repeat r3@30 b, cause_changed r4@40 a"});
}

TEST_CASE("The incident has the cause of its newest failure", "[incidents][fold]") {
  Verdict last = Failed("r2", 20, "b");
  last.root_cause = Category::kMissingEnv;
  const auto incidents = Fold({Failed("r1", 10, "a"), last, Ready("r3", 30)});
  REQUIRE(incidents.size() == 1);
  CHECK(incidents[0].opened_by == "r1");
  CHECK(incidents[0].root_cause == Category::kMissingEnv);
  CHECK(incidents[0].rule == "rule.b");
  CHECK(incidents[0].summary == "It needs b.");
  CHECK(incidents[0].fingerprint == "b");
}

TEST_CASE("A cause that an earlier incident had makes a regression", "[incidents][fold]") {
  CHECK(SayFold({Failed("r1", 10, "a"), Ready("r2", 20), Failed("r3", 30, "a")}) ==
        Strings{"10-20: opened r1@10 a, recovered r2@20", "30- of 0: regression r3@30 a"});
  // Not only its last cause.
  CHECK(SayFold({Failed("r1", 10, "a"), Failed("r2", 12, "b"), Ready("r3", 20), Failed("r4", 30, "a")})[1] ==
        "30- of 0: regression r4@30 a");
  // Another cause is none.
  CHECK(SayFold({Failed("r1", 10, "a"), Ready("r2", 20), Failed("r3", 30, "b")})[1] == "30-: opened r3@30 b");
}

TEST_CASE("Of several earlier incidents with the cause the newest came back", "[incidents][fold]") {
  const auto lines =
      SayFold({Failed("r1", 10, "a"), Ready("r2", 20), Failed("r3", 30, "c"), Failed("r4", 35, "a"),
               Ready("r5", 40), Failed("r6", 50, "b"), Ready("r7", 60), Failed("r8", 70, "a")});
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] == "30-40: opened r3@30 c, cause_changed r4@35 a, recovered r5@40");
  CHECK(lines[3] == "70- of 1: regression r8@70 a");
}

TEST_CASE("A cause that comes back within an incident changes it, and is no regression",
          "[incidents][fold]") {
  CHECK(SayFold({Failed("r1", 10, "a"), Ready("r2", 20), Failed("r3", 30, "b"), Failed("r4", 40, "a")})[1] ==
        "30-: opened r3@30 b, cause_changed r4@40 a");
}

TEST_CASE("Without a cause nothing comes back", "[incidents][fold]") {
  CHECK(SayFold({Failed("r1", 10, ""), Ready("r2", 20), Failed("r3", 30, "")}) ==
        Strings{"10-20: opened r1@10, recovered r2@20", "30-: opened r3@30"});
  CHECK(SayFold({Failed("r1", 10, ""), Failed("r2", 20, ""), Failed("r3", 30, "a")}) ==
        Strings{"10-: opened r1@10, repeat r2@20, cause_changed r3@30 a"});
}

TEST_CASE("Only readiness after the failure closes", "[incidents][fold]") {
  CHECK(SayFold({Ready("r0", 5), Failed("r1", 10, "a")}) == Strings{"10-: opened r1@10 a"});
  // An older revision that becomes ready later does as well.
  CHECK(SayFold({Failed("r2", 10, "a"), Ready("r1", 15)}) ==
        Strings{"10-15: opened r2@10 a, recovered r1@15"});
  // Once is enough.
  CHECK(SayFold({Failed("r1", 10, "a"), Ready("r2", 20), Ready("r3", 30)}) ==
        Strings{"10-20: opened r1@10 a, recovered r2@20"});
}

TEST_CASE("At one time readiness comes first, so that in doubt the incident is open", "[incidents][fold]") {
  CHECK(SayFold({Failed("r2", 10, "a"), Ready("r1", 10)}) == Strings{"10-: opened r2@10 a"});
  CHECK(SayFold({Failed("r1", 5, "a"), Failed("r3", 10, "a"), Ready("r2", 10)}) ==
        Strings{"5-10: opened r1@5 a, recovered r2@10", "10- of 0: regression r3@10 a"});
  // Failures are in the order of revisions.
  CHECK(SayFold({Failed("r2", 10, "b"), Failed("r1", 10, "a")}) ==
        Strings{"10-: opened r1@10 a, cause_changed r2@10 b"});
}

TEST_CASE("A revision that was ready and lost it closes, then opens", "[incidents][fold]") {
  Verdict lost = Failed("r2", 30, "a");
  lost.ready_at = At(20);
  CHECK(SayFold({Failed("r1", 10, "a"), lost}) ==
        Strings{"10-20: opened r1@10 a, recovered r2@20", "30- of 0: regression r2@30 a"});

  SECTION("at the same time") {
    lost.ready_at = lost.failed_at;
    CHECK(SayFold({Failed("r1", 10, "b"), lost}) ==
          Strings{"10-30: opened r1@10 b, recovered r2@30", "30-: opened r2@30 a"});
  }
  SECTION("at a time that is not known: it fails today, so the incident is open") {
    lost.failed_at.reset();
    CHECK(SayFold({Failed("r1", 10, "b"), lost}) ==
          Strings{"10-20: opened r1@10 b, recovered r2@20", "20-: opened r2@20 a"});
  }
  SECTION("readiness after the failure is none that it lost") {
    lost.ready_at = At(40);
    CHECK(SayFold({lost}) == Strings{"30-: opened r2@30 a"});
  }
}

TEST_CASE("A revision that keeps crashing fails, and was never alive", "[incidents][fold]") {
  Verdict crashing = Failed("r2", 30, "a");
  crashing.state = State::kCrashLooping;
  crashing.ready_at = At(20);
  CHECK(SayFold({Failed("r1", 10, "a"), crashing}) == Strings{"10-: opened r1@10 a, repeat r2@30 a"});
}

TEST_CASE("Each refusal of a deploy is a failure", "[incidents][fold]") {
  Verdict refused = Failed("", 30, "a");
  refused.refused_at = {At(30), At(10), At(20), At(10)};
  CHECK(SayFold({refused, Ready("r1", 15)}) ==
        Strings{"10-15: opened @10 a, recovered r1@15", "20- of 0: regression @20 a, repeat @30 a"});
  CHECK(Fold({refused})[0].opened_by.empty());
  CHECK(std::ranges::is_sorted(EventsOf(refused)));
  refused.refused_at.clear();
  CHECK(SayFold({refused}) == Strings{"30-: opened @30 a"});
}

TEST_CASE("Where the time is missing the start counts, else it was before all else", "[incidents][fold]") {
  Verdict failed = Failed("r1", 10, "a");
  failed.failed_at.reset();
  CHECK(SayFold({failed}) == Strings{"9-: opened r1@9 a"});
  Verdict ready = Ready("r2", 20);
  ready.ready_at.reset();
  CHECK(SayFold({failed, ready}) == Strings{"9-19: opened r1@9 a, recovered r2@19"});

  CHECK(SayFold({Ready("r2", 20), Timeless(failed)}) == Strings{"--20: opened r1@- a, recovered r2@20"});
  // Nothing tells that it became ready afterwards.
  CHECK(SayFold({Timeless(failed), Timeless(ready)}) == Strings{"--: opened r1@- a"});
  CHECK(SayFold({failed, Timeless(ready)}) == Strings{"9-: opened r1@9 a"});
}

TEST_CASE("Times before 1970 and at the ends of the range are times", "[incidents][fold]") {
  Verdict first = Failed("r1", 0, "a"), last = Ready("r2", 0);
  first.failed_at = core::Timestamp::min();
  last.ready_at = core::Timestamp::max();
  const auto incidents = Fold({last, first});
  REQUIRE(incidents.size() == 1);
  CHECK(incidents[0].opened_at == core::Timestamp::min());
  CHECK(incidents[0].closed_at == core::Timestamp::max());
}

TEST_CASE("Names are nothing but names", "[incidents][fold]") {
  for (const std::string& name : {std::string("'; DROP TABLE incidents; --"), std::string("a\0b", 3),
                                  std::string("\xff\x1b[2J"), std::string(100'000, 'x')}) {
    const auto incidents = Fold({Failed(name, 10, name), Ready(name, 20), Failed(name, 30, name)});
    REQUIRE(incidents.size() == 2);
    CHECK(incidents[0].closed_by == name);
    CHECK(incidents[1].fingerprint == name);
    CHECK(incidents[1].regression_of == 0U);
  }
}

TEST_CASE("Verdict by verdict, in time, is the same as all at once", "[incidents][fold]") {
  const std::vector<Verdict> verdicts{Ready("r0", 5), Failed("r1", 10, "a"), Failed("r2", 20, "b"),
                                      Ready("r3", 30), Failed("r4", 40, "a")};
  using Kind = TransitionKind;
  const std::vector<std::optional<Kind>> expected{std::nullopt, Kind::kOpened, Kind::kCauseChanged,
                                                  Kind::kRecovered, Kind::kRegression};
  History history;
  std::vector<std::optional<Kind>> decided, done;
  for (const Verdict& verdict : verdicts) {
    for (const Event& event : EventsOf(verdict)) {
      const auto before = history.incidents();
      decided.push_back(history.Decide(event));
      CHECK(history.incidents() == before);
      done.push_back(history.Apply(event));
    }
  }
  CHECK(decided == expected);
  CHECK(done == expected);
  CHECK(history.incidents() == Fold(verdicts));
}

}  // namespace
}  // namespace neverready::incidents
