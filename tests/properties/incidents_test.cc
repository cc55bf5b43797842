// Incidents of thousands of invented services: what holds for all of them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "incidents/fold.h"

namespace neverready::incidents {
namespace {

using analyzers::Category;
using analyzers::State;

core::Timestamp At(int second) { return core::Timestamp{std::chrono::seconds(second)}; }

// Few revisions, times and causes, so that all of them meet.
std::vector<Verdict> Random(std::mt19937* random) {
  const auto number = [&](int below) { return static_cast<int>((*random)() % static_cast<unsigned>(below)); };
  const auto time = [&]() -> std::optional<core::Timestamp> {
    if (number(6) == 0) return std::nullopt;
    return At(number(12));
  };
  std::vector<Verdict> verdicts;
  for (int i = number(12); i > 0; --i) {
    Verdict verdict;
    verdict.state = static_cast<State>(number(5));
    if (number(8) != 0) verdict.revision = "r" + std::to_string(i);
    verdict.started_at = time();
    verdict.failed_at = time();
    verdict.ready_at = time();
    const std::vector<std::string> causes{"", "a", "b", "c"};
    verdict.fingerprint = causes[static_cast<std::size_t>(number(4))];
    if (!verdict.fingerprint.empty()) verdict.root_cause = static_cast<Category>(number(3));
    verdict.rule = "rule" + std::to_string(number(2));
    if (verdict.revision.empty()) {
      for (int refusals = number(3); refusals > 0; --refusals) verdict.refused_at.push_back(At(number(12)));
    }
    verdicts.push_back(verdict);
  }
  return verdicts;
}

TEST_CASE("Any order and any repetition of the verdicts gives the same incidents",
          "[incidents][properties]") {
  std::mt19937 random(20250916);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run
  std::size_t incidents = 0, regressions = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<Verdict> verdicts = Random(&random);
    const auto expected = Fold(verdicts);
    incidents += expected.size();
    regressions += static_cast<std::size_t>(
        std::ranges::count_if(expected, [](const Incident& one) { return one.regression_of.has_value(); }));
    for (int shuffle = 0; shuffle < 4; ++shuffle) {
      if (!verdicts.empty()) verdicts.push_back(verdicts[random() % verdicts.size()]);
      std::shuffle(verdicts.begin(), verdicts.end(), random);
      for (Verdict& verdict : verdicts)
        std::shuffle(verdict.refused_at.begin(), verdict.refused_at.end(), random);
      REQUIRE(Fold(verdicts) == expected);
    }
  }
  // The lists are such that there is something to get wrong.
  CHECK(incidents > 2000);
  CHECK(regressions > 200);
}

bool HadCause(const Incident& incident, const std::string& fingerprint) {
  return std::ranges::any_of(incident.transitions, [&](const Transition& transition) {
    return transition.kind != TransitionKind::kRecovered && transition.fingerprint == fingerprint;
  });
}

void CheckTransitions(const Incident& incident) {
  const auto& transitions = incident.transitions;
  std::string fingerprint;
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    if (i > 0) REQUIRE(transitions[i - 1].at <= transitions[i].at);
    const Transition& now = transitions[i];
    switch (now.kind) {
      case TransitionKind::kOpened: REQUIRE((i == 0 && !incident.regression_of)); break;
      case TransitionKind::kRegression: REQUIRE((i == 0 && incident.regression_of)); break;
      case TransitionKind::kRepeat: REQUIRE((i > 0 && now.fingerprint == fingerprint)); break;
      case TransitionKind::kCauseChanged: REQUIRE((i > 0 && now.fingerprint != fingerprint)); break;
      case TransitionKind::kRecovered:
        REQUIRE((i > 0 && i + 1 == transitions.size() && !incident.open));
        break;
    }
    if (now.kind != TransitionKind::kRecovered) fingerprint = now.fingerprint;
  }
  REQUIRE(incident.fingerprint == fingerprint);
  REQUIRE(incident.open == (transitions.back().kind != TransitionKind::kRecovered));
}

TEST_CASE("Incidents do not overlap, and their transitions tell them wholly", "[incidents][properties]") {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run
  for (int round = 0; round < 3000; ++round) {
    const auto verdicts = Random(&random);
    const auto incidents = Fold(verdicts);
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      const Incident& incident = incidents[i];
      REQUIRE_FALSE(incident.transitions.empty());
      REQUIRE(incident.opened_at == incident.transitions.front().at);
      REQUIRE(incident.opened_by == incident.transitions.front().revision);
      CheckTransitions(incident);
      if (incident.open) {
        REQUIRE(i + 1 == incidents.size());
        REQUIRE((!incident.closed_at && incident.closed_by.empty()));
      } else {
        REQUIRE(incident.closed_at == incident.transitions.back().at);
        REQUIRE(incident.closed_by == incident.transitions.back().revision);
        REQUIRE(incident.opened_at < incident.closed_at);
      }
      if (i > 0) REQUIRE(incidents[i - 1].closed_at <= incident.opened_at);
      const std::string& cause = incident.transitions.front().fingerprint;
      std::optional<std::size_t> newest;
      for (std::size_t earlier = 0; earlier < i; ++earlier) {
        if (!cause.empty() && HadCause(incidents[earlier], cause)) newest = earlier;
      }
      REQUIRE(incident.regression_of == newest);
    }
  }
}

TEST_CASE("No failure gets lost", "[incidents][properties]") {
  std::mt19937 random(11);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run
  for (int round = 0; round < 1000; ++round) {
    const auto verdicts = Random(&random);
    std::vector<Event> failures, told;
    for (const Verdict& verdict : verdicts) {
      for (const Event& event : EventsOf(verdict)) {
        if (event.kind == EventKind::kFailed && std::ranges::count(failures, event) == 0)
          failures.push_back(event);
      }
    }
    for (const Incident& incident : Fold(verdicts)) {
      for (const Transition& one : incident.transitions) {
        if (one.kind != TransitionKind::kRecovered)
          told.push_back({one.at, EventKind::kFailed, one.revision, one.root_cause, one.rule, one.summary,
                          one.fingerprint});
      }
    }
    std::ranges::sort(failures);
    REQUIRE(told == failures);
  }
}

}  // namespace
}  // namespace neverready::incidents
