#include "reports/course.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace neverready::reports {
namespace {

using analyzers::TimelineEvent;
using incidents::Transition;
using incidents::TransitionKind;

std::string_view Words(TimelineEvent event) {
  switch (event) {
    case TimelineEvent::kDeployed: return "deployed";
    case TimelineEvent::kRefused: return "deploy refused";
    case TimelineEvent::kInstanceStarted: return "instance started";
    case TimelineEvent::kFirstLine: return "first line of the container";
    case TimelineEvent::kListening: return "listening";
    case TimelineEvent::kFirstError: return "first error";
    case TimelineEvent::kExited: return "container exited";
    case TimelineEvent::kKilled: return "container killed";
    case TimelineEvent::kMemoryLimit: return "memory limit exceeded";
    case TimelineEvent::kExecFailed: return "container could not be executed";
    case TimelineEvent::kProbeSucceeded: return "start-up probe succeeded";
    case TimelineEvent::kProbeFailed: return "probe failed";
    case TimelineEvent::kShutdown: return "shutdown";
    case TimelineEvent::kReady: return "ready";
    case TimelineEvent::kNotReady: return "not ready";
    case TimelineEvent::kFirstRequest: return "first request";
  }
  return {};
}

const db::RevisionRecord* Find(const db::IncidentRecord& record, const std::string& revision) {
  const auto found = std::ranges::find_if(record.failed, [&](const db::RevisionRecord& one) {
    return one.start.diagnosis.key.revision == revision;
  });
  return found == record.failed.end() ? nullptr : &*found;
}

std::optional<core::Timestamp> VerdictOf(const analyzers::Diagnosis& diagnosis) {
  std::optional<core::Timestamp> otherwise;
  for (const analyzers::TimelineEntry& entry : diagnosis.timeline) {
    switch (entry.event) {
      case TimelineEvent::kNotReady:
      case TimelineEvent::kRefused:
        if (entry.at) return entry.at;
        break;
      case TimelineEvent::kProbeFailed:
      case TimelineEvent::kExecFailed:
      case TimelineEvent::kMemoryLimit:
        if (!otherwise) otherwise = entry.at;
        break;
      case TimelineEvent::kDeployed:
      case TimelineEvent::kInstanceStarted:
      case TimelineEvent::kFirstLine:
      case TimelineEvent::kListening:
      case TimelineEvent::kFirstError:
      case TimelineEvent::kExited:
      case TimelineEvent::kKilled:
      case TimelineEvent::kProbeSucceeded:
      case TimelineEvent::kShutdown:
      case TimelineEvent::kReady:
      case TimelineEvent::kFirstRequest: break;
    }
  }
  return otherwise;
}

// All refused deploys of a service are one row of the store: only what lies within the incident is its own.
bool IsOfIncident(const db::IncidentRecord& record, const db::RevisionRecord& revision,
                  const analyzers::TimelineEntry& entry) {
  if (revision.start.diagnosis.key.scope != analyzers::LogScope::kDeploy) return true;
  if (!entry.at) return false;
  const incidents::Incident& incident = record.incident;
  return (!incident.opened_at || *entry.at >= *incident.opened_at) &&
         (!incident.closed_at || *entry.at < *incident.closed_at);
}

}  // namespace

std::string_view Words(TransitionKind kind) {
  switch (kind) {
    case TransitionKind::kOpened: return "incident opened";
    case TransitionKind::kRegression: return "incident opened: an earlier cause came back";
    case TransitionKind::kRepeat: return "failed again, of the same cause";
    case TransitionKind::kCauseChanged: return "failed again, of another cause";
    case TransitionKind::kRecovered: return "recovered: incident closed";
  }
  return {};
}

std::string NameOrDeploy(const std::string& revision) {
  return revision.empty() ? "a refused deploy" : revision;
}

std::string Counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string EndOf(const db::StoredAttempt& attempt) {
  if (attempt.ended == "exit") return fmt::format("exit code {}", attempt.number);
  if (attempt.ended == "signal") return fmt::format("signal {}", attempt.number);
  if (attempt.ended == "probe_failed") return "a failed start-up probe";
  if (attempt.ended == "liveness") return "a failed liveness probe";
  if (attempt.ended == "shutdown") return "shutdown";
  return {};
}

std::optional<core::Timestamp> FirstErrorOf(const db::StoredAttempt& attempt) {
  const bool is_end =
      attempt.first_error_at && attempt.ended_at && *attempt.first_error_at >= *attempt.ended_at;
  return is_end ? std::nullopt : attempt.first_error_at;
}

Phases PhasesOf(const db::StoredStart& start) {
  Phases phases;
  phases.started = start.diagnosis.started_at;
  phases.verdict = VerdictOf(start.diagnosis);
  const auto earlier = [](const std::optional<core::Timestamp>& a, const std::optional<core::Timestamp>& b) {
    return a && (!b || *a < *b);
  };
  for (const db::StoredAttempt& attempt : start.attempts) {
    const auto error = FirstErrorOf(attempt);
    if (earlier(error, phases.first_error)) phases.first_error = error;
  }
  for (const db::StoredAttempt& attempt : start.attempts) {
    const std::string end = EndOf(attempt);
    if (end.empty() || !attempt.died || !earlier(attempt.ended_at, phases.ended)) continue;
    if (phases.first_error && *attempt.ended_at < *phases.first_error) continue;
    phases.ended = attempt.ended_at;
    phases.ended_by = end;
  }
  return phases;
}

std::vector<BorrowedCause> CausesOf(const db::IncidentRecord& record) {
  std::vector<BorrowedCause> causes;
  for (const Transition& transition : record.incident.transitions) {
    if (transition.kind == TransitionKind::kRecovered) continue;
    auto same = std::ranges::find_if(causes, [&](const BorrowedCause& one) {
      return std::tie(one.first->fingerprint, one.first->root_cause) ==
             std::tie(transition.fingerprint, transition.root_cause);
    });
    if (same == causes.end()) same = causes.insert(causes.end(), {&transition, nullptr, 0, std::nullopt});
    ++same->failures;
    same->last_at = transition.at;
    if (const db::RevisionRecord* revision = Find(record, transition.revision)) same->revision = revision;
  }
  return causes;
}

const db::RevisionRecord* NewestFailure(const db::IncidentRecord& record) {
  const db::RevisionRecord* newest = nullptr;
  for (const Transition& transition : record.incident.transitions) {
    if (transition.kind == TransitionKind::kRecovered) continue;
    if (const db::RevisionRecord* one = Find(record, transition.revision)) newest = one;
  }
  return newest;
}

std::vector<CourseRow> CourseOf(const db::IncidentRecord& record) {
  std::vector<CourseRow> rows;
  const auto add = [&](const db::RevisionRecord& revision) {
    for (const analyzers::TimelineEntry& entry : revision.start.diagnosis.timeline) {
      if (IsOfIncident(record, revision, entry))
        rows.push_back({entry.at, false, revision.start.diagnosis.key.revision,
                        std::string(Words(entry.event)), entry.text});
    }
  };
  for (const db::RevisionRecord& revision : record.failed) add(revision);
  if (record.closed_by) add(*record.closed_by);
  for (const Transition& transition : record.incident.transitions) {
    rows.push_back(
        {transition.at, true, transition.revision, std::string(Words(transition.kind)), transition.summary});
  }
  // At the same time the log's words come first, which the transition follows from.
  std::ranges::stable_sort(rows, [](const CourseRow& a, const CourseRow& b) { return a.at < b.at; });
  return rows;
}

}  // namespace neverready::reports
