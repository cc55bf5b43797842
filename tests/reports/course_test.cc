#include "reports/course.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

namespace neverready::reports {
namespace {

using analyzers::Category;
using analyzers::TimelineEvent;
using incidents::Transition;
using incidents::TransitionKind;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const core::Timestamp kBegin = *core::ParseRfc3339("2025-09-01T08:00:00Z");

db::StoredAttempt Attempt(std::chrono::seconds from, std::optional<std::chrono::seconds> error,
                          std::optional<std::chrono::seconds> end, const std::string& how = "exit") {
  db::StoredAttempt attempt;
  attempt.started_at = kBegin + from;
  if (error) attempt.first_error_at = kBegin + *error;
  if (end) attempt.ended_at = kBegin + *end;
  attempt.ended = end ? how : "open";
  attempt.number = 3;
  attempt.died = true;
  return attempt;
}

db::RevisionRecord Revision(const std::string& name) {
  db::RevisionRecord revision;
  analyzers::Diagnosis& one = revision.start.diagnosis;
  one.key = {name.empty() ? analyzers::LogScope::kDeploy : analyzers::LogScope::kRevision, "p", "l", "api",
             name};
  one.state = analyzers::State::kFailed;
  one.root_cause = Category::kImportError;
  one.confidence = 0.9;
  one.environment = {{"PORT", analyzers::EnvironmentVariable::State::kSet, "8080"}};
  one.timeline = {{kBegin + 9s, TimelineEvent::kNotReady, "not ready"}};
  revision.entries = 3;
  revision.start.attempts = {Attempt(0s, 2s, 4s)};
  return revision;
}

Transition Failure(TransitionKind kind, const std::string& revision, std::chrono::seconds at,
                   const std::string& fingerprint = "a") {
  return {kind,       kBegin + at, revision, Category::kImportError, "rule", "summary of " + fingerprint,
          fingerprint};
}

bool Says(const std::vector<std::string>& gaps, std::string_view part) {
  return std::ranges::any_of(gaps,
                             [&](const std::string& gap) { return gap.find(part) != std::string::npos; });
}

TEST_CASE("Phases of a start", "[reports][course]") {
  db::StoredStart start = Revision("a").start;
  start.diagnosis.started_at = kBegin;
  Phases phases = PhasesOf(start);
  CHECK(phases.first_error == kBegin + 2s);
  CHECK(phases.ended == kBegin + 4s);
  CHECK(phases.ended_by == "exit code 3");
  CHECK(phases.verdict == kBegin + 9s);

  // Of several attempts the first error, and the first end at or after it.
  start.attempts = {Attempt(0s, {}, 1s), Attempt(2s, 5s, 6s, "signal"), Attempt(7s, 8s, 9s)};
  phases = PhasesOf(start);
  CHECK(phases.first_error == kBegin + 5s);
  CHECK(phases.ended == kBegin + 6s);
  CHECK(phases.ended_by == "signal 3");

  // An error that is the end is none that the container wrote.
  start.attempts = {Attempt(0s, 4s, 4s)};
  CHECK_FALSE(PhasesOf(start).first_error);
  CHECK(PhasesOf(start).ended == kBegin + 4s);

  // Without a statement on readiness a failed probe is the platform's word; without either there is none.
  start.diagnosis.timeline = {{kBegin + 5s, TimelineEvent::kProbeFailed, ""}};
  CHECK(PhasesOf(start).verdict == kBegin + 5s);
  start.diagnosis.timeline = {{kBegin + 5s, TimelineEvent::kExited, ""}};
  start.attempts = {Attempt(0s, 1s, {})};
  CHECK_FALSE(PhasesOf(start).verdict);
  CHECK_FALSE(PhasesOf(start).ended);
}

TEST_CASE("The ends of attempts in words", "[reports][course]") {
  const std::vector<std::pair<std::string, std::string>> words = {{"open", ""},
                                                                  {"exit", "exit code 3"},
                                                                  {"signal", "signal 3"},
                                                                  {"probe_failed", "a failed start-up probe"},
                                                                  {"shutdown", "shutdown"},
                                                                  {"liveness", "a failed liveness probe"}};
  for (const auto& [ended, text] : words) CHECK(EndOf(Attempt(0s, {}, 1s, ended)) == text);
}

TEST_CASE("Causes come in the order in which they came first", "[reports][course]") {
  db::IncidentRecord record;
  record.failed = {Revision("a"), Revision("b"), Revision("c")};
  record.incident.transitions = {Failure(TransitionKind::kOpened, "a", 1s),
                                 Failure(TransitionKind::kCauseChanged, "b", 2s, "b"),
                                 Failure(TransitionKind::kCauseChanged, "c", 3s)};
  const auto causes = CausesOf(record);
  REQUIRE(causes.size() == 2);
  CHECK(causes[0].failures == 2);
  CHECK(causes[0].revision == &record.failed[2]);
  CHECK(causes[0].last_at == kBegin + 3s);
  CHECK(causes[1].revision == &record.failed[1]);
  CHECK(NewestFailure(record) == &record.failed[2]);
}

TEST_CASE("The course is in order of time, and what follows comes after", "[reports][course]") {
  db::IncidentRecord record;
  record.failed = {Revision("a")};
  record.incident.transitions = {Failure(TransitionKind::kOpened, "a", 9s),
                                 Failure(TransitionKind::kRepeat, "a", 5s)};
  const auto rows = CourseOf(record);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].what == "failed again, of the same cause");
  CHECK(rows[1].what == "not ready");
  CHECK_FALSE(rows[1].of_incident);
  CHECK(rows[2].what == "incident opened");
}

TEST_CASE("Of refused deploys only those within the incident are its own", "[reports][course]") {
  db::IncidentRecord record;
  record.failed = {Revision("")};
  analyzers::Diagnosis& one = record.failed[0].start.diagnosis;
  one.timeline.clear();
  for (const auto at : {0s, 10s, 20s, 30s, 40s})
    one.timeline.push_back({kBegin + at, TimelineEvent::kRefused, std::to_string(at.count())});
  one.timeline.push_back({std::nullopt, TimelineEvent::kRefused, "once"});
  one.failed_at = kBegin + 40s;
  record.incident.opened_at = kBegin + 10s;
  record.incident.closed_at = kBegin + 30s;
  record.incident.open = false;
  std::string texts;
  for (const CourseRow& row : CourseOf(record)) texts += row.text + " ";
  CHECK(texts == "10 20 ");
  const Moments moments(core::Zone::kUtc);
  CHECK(Says(GapsOf(record, {}, moments), "share one verdict: that of the newest, 2025-09-01 08:00:40 UTC"));
  one.failed_at = kBegin + 20s;
  CHECK_FALSE(Says(GapsOf(record, {}, moments), "share one verdict"));
}

TEST_CASE("What is not known is said, and only that", "[reports][course]") {
  const Moments moments(core::Zone::kUtc);
  db::IncidentRecord record;
  record.failed = {Revision("a")};
  record.incident.open = false;
  record.incident.transitions = {Failure(TransitionKind::kOpened, "a", 9s)};
  record.closed_by = Revision("b");
  const WayBack way_back{"z", kBegin, ""};
  CHECK(GapsOf(record, way_back, moments) == std::vector<std::string>());
  CHECK(Says(GapsOf(record, {}, moments), "none can be named to go back to"));

  record.closed_by->start.diagnosis.started_at = kBegin + 69s;
  CHECK(Says(
      GapsOf(record, way_back, moments),
      "between the last failure (2025-09-01 08:00:09 UTC) and the start of b (2025-09-01 08:01:09 UTC, 60 s later)"));
  record.closed_by.reset();
  CHECK(Says(GapsOf(record, way_back, moments), "Which revision ended the incident is not stored"));
  record.incident.open = true;
  CHECK(Says(GapsOf(record, way_back, moments), "known to have become ready since."));
  record.as_of = kBegin;
  CHECK(Says(GapsOf(record, way_back, moments),
             "the newest log entry that was read is of 2025-09-01 08:00:00 UTC."));

  const auto gap_of = [&](const std::function<void(db::RevisionRecord*)>& change) {
    db::IncidentRecord changed = record;
    change(&changed.failed[0]);
    const std::vector<std::string> gaps = GapsOf(changed, way_back, moments);
    REQUIRE(gaps.size() == 2);
    return gaps[1];
  };
  using Record = db::RevisionRecord;
  CHECK(gap_of([](Record* one) { one->entries = 0; }) ==
        "The log entries of a are not stored, or not any more: what is quoted here is all that is kept.");
  CHECK(gap_of([](Record* one) { one->start.diagnosis.root_cause = Category::kUnknown; }) ==
        "Nothing in the log tells why a failed.");
  CHECK(gap_of([](Record* one) { one->start.diagnosis.confidence = 0.61; }) ==
        "The cause of a is told with a confidence of 0.61 only.");
  CHECK(gap_of([](Record* one) { one->start.diagnosis.early = true; }) ==
        "The log of a ends before the platform gave a verdict.");
  CHECK(gap_of([](Record* one) { one->start.diagnosis.timeline.clear(); }) ==
        "The log holds no verdict of the platform on a.");
  CHECK(gap_of([](Record* one) { one->start.diagnosis.environment.clear(); }) ==
        "The log shows no environment variables of a.");
  CHECK(gap_of([](Record* one) { one->start.attempts.clear(); }) ==
        "The log shows no start of a container of a.");
  CHECK(gap_of([](Record* one) { one->start.attempts = {Attempt(0s, 1s, {})}; }) ==
        "The log does not show the end of the only attempt of a.");
  CHECK(gap_of([](Record* one) { one->start.attempts.push_back(Attempt(5s, {}, 6s)); }) ==
        "1 of 2 attempts of a died without an error that could be told as one.");
  CHECK(gap_of([](Record* one) { one->start.attempts.resize(7, one->start.attempts[0]); }) ==
        "The timeline leaves out attempts of a in the middle: there were 7.");

  for (const char* name : {"b", "c", "d", "e"}) record.failed.push_back(Revision(name));
  for (db::RevisionRecord& one : record.failed) one.start.diagnosis.environment.clear();
  CHECK(GapsOf(record, way_back, moments).back() ==
        "The log shows no environment variables of a, b, c and 2 more.");
  record.incident.transitions[0].at.reset();
  CHECK(GapsOf(record, way_back, moments).back() == "Of 1 event the log tells no time.");
}

}  // namespace
}  // namespace neverready::reports
