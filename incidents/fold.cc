#include "incidents/fold.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace neverready::incidents {
namespace {

using analyzers::State;

// Event, Verdict, Transition and Incident spell a cause alike.
template <typename From, typename To>
void CopyCause(const From& from, To* to) {
  to->root_cause = from.root_cause;
  to->rule = from.rule;
  to->summary = from.summary;
  to->fingerprint = from.fingerprint;
}

Event Readiness(const Verdict& verdict, std::optional<core::Timestamp> at) {
  Event event;
  event.at = at;
  event.kind = EventKind::kBecameReady;
  event.revision = verdict.revision;
  return event;
}

Event Failure(const Verdict& verdict, std::optional<core::Timestamp> at) {
  Event event;
  event.at = at;
  event.kind = EventKind::kFailed;
  event.revision = verdict.revision;
  CopyCause(verdict, &event);
  return event;
}

// Readiness after the failure is none that it lost: the state is the last word.
bool LostReadiness(const Verdict& verdict) {
  return verdict.state == State::kFailed && verdict.ready_at &&
         (!verdict.failed_at || *verdict.ready_at <= *verdict.failed_at);
}

std::vector<Event> FailuresOf(const Verdict& verdict) {
  std::vector<Event> events;
  if (!verdict.refused_at.empty()) {
    for (const core::Timestamp at : verdict.refused_at) events.push_back(Failure(verdict, at));
    std::ranges::sort(events);
    return events;
  }
  const bool lost = LostReadiness(verdict);
  if (lost) events.push_back(Readiness(verdict, verdict.ready_at));
  const std::optional<core::Timestamp> otherwise = lost ? verdict.ready_at : verdict.started_at;
  events.push_back(Failure(verdict, verdict.failed_at ? verdict.failed_at : otherwise));
  return events;
}

}  // namespace

std::vector<Event> EventsOf(const Verdict& verdict) {
  switch (verdict.state) {
    case State::kFailed:
    case State::kCrashLooping: return FailuresOf(verdict);
    case State::kReady: return {Readiness(verdict, verdict.ready_at ? verdict.ready_at : verdict.started_at)};
    case State::kPending:
    case State::kInconclusive: return {};
  }
  return {};
}

std::optional<TransitionKind> History::Decide(const Event& event) const {
  switch (event.kind) {
    case EventKind::kBecameReady: return IsOpen() ? std::optional(TransitionKind::kRecovered) : std::nullopt;
    case EventKind::kFailed:
      if (IsOpen()) {
        const bool same = incidents_.back().fingerprint == event.fingerprint;
        return same ? TransitionKind::kRepeat : TransitionKind::kCauseChanged;
      }
      return newest_with_.contains(event.fingerprint) ? TransitionKind::kRegression : TransitionKind::kOpened;
  }
  return std::nullopt;
}

std::optional<TransitionKind> History::Apply(const Event& event) {
  const std::optional<TransitionKind> kind = Decide(event);
  if (!kind) return std::nullopt;
  if (!IsOpen()) {
    Incident incident;
    incident.opened_at = event.at;
    incident.opened_by = event.revision;
    if (*kind == TransitionKind::kRegression) incident.regression_of = newest_with_.at(event.fingerprint);
    incidents_.push_back(std::move(incident));
  }
  Incident& incident = incidents_.back();
  Transition transition;
  transition.kind = *kind;
  transition.at = event.at;
  transition.revision = event.revision;
  if (*kind == TransitionKind::kRecovered) {
    incident.open = false;
    incident.closed_at = event.at;
    incident.closed_by = event.revision;
  } else {
    CopyCause(event, &transition);
    CopyCause(event, &incident);
    // A cause that nobody knows cannot come back.
    if (!event.fingerprint.empty()) newest_with_[event.fingerprint] = incidents_.size() - 1;
  }
  incident.transitions.push_back(std::move(transition));
  return kind;
}

std::vector<Incident> Fold(const std::vector<Verdict>& verdicts) {
  std::vector<Event> events;
  for (const Verdict& verdict : verdicts) {
    std::vector<Event> more = EventsOf(verdict);
    std::ranges::move(more, std::back_inserter(events));
  }
  std::ranges::sort(events);
  events.erase(std::unique(events.begin(), events.end()), events.end());
  History history;
  for (const Event& event : events) history.Apply(event);
  return history.incidents();
}

}  // namespace neverready::incidents
