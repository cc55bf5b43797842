#include "analyzers/attempts.h"

#include <algorithm>
#include <utility>

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;
using std::chrono::seconds;

constexpr seconds kEndGrace{5};  // exit, probe and last lines of one end come within this

bool OfInstance(Kind kind) {
  switch (kind) {
    case Kind::kInstanceStarting:
    case Kind::kProbeSucceeded:
    case Kind::kProbeFailed:
    case Kind::kExit:
    case Kind::kSignal:
    case Kind::kMemoryLimit:
    case Kind::kExecFailed:
    case Kind::kShutdown:
    case Kind::kNote: return true;
    case Kind::kReady:
    case Kind::kNotReady:
    case Kind::kRequest:
    case Kind::kDeploy:
    case Kind::kRefused: return false;
  }
  return false;
}

void End(Attempt::End end, const PlatformEvent& event, Attempt* attempt) {
  // An exit tells more than the probe that fails because of it.
  // A container that nobody could reach in time was ended by the platform; however it went then, that is
  // not why.
  if (attempt->probe_timed_out) return;
  if (attempt->end == Attempt::End::kLiveness) return;
  if (attempt->end != Attempt::End::kOpen &&
      !(attempt->end == Attempt::End::kProbeFailed && end != Attempt::End::kShutdown))
    return;
  if (event.kind == Kind::kSignal &&
      (attempt->end == Attempt::End::kProbeFailed || attempt->end == Attempt::End::kLiveness))
    return;  // the platform ended it after the probe
  attempt->end = end;
  attempt->ended = event.place.at;
  attempt->end_number = event.number;
  attempt->container = !event.place.container.empty() ? event.place.container : event.container;
}

void Note(const PlatformEvent& event, Attempt* attempt) {
  switch (event.kind) {
    case Kind::kExit: End(Attempt::End::kExit, event, attempt); break;
    case Kind::kSignal: End(Attempt::End::kSignal, event, attempt); break;
    case Kind::kShutdown: End(Attempt::End::kShutdown, event, attempt); break;
    case Kind::kProbeFailed:
      attempt->probe_failed = attempt->probe_failed || event.startup;

      // A readiness probe only takes traffic away.
      if (event.startup) End(Attempt::End::kProbeFailed, event, attempt);
      if (attempt->end == Attempt::End::kProbeFailed && event.probe_status == "DEADLINE_EXCEEDED")
        attempt->probe_timed_out = true;
      if (event.text.find("LIVENESS") != std::string::npos) End(Attempt::End::kLiveness, event, attempt);
      break;
    case Kind::kProbeSucceeded:
      if (event.startup) attempt->probe_succeeded = true;
      break;
    case Kind::kInstanceStarting:
    case Kind::kMemoryLimit:
    case Kind::kExecFailed:
    case Kind::kReady:
    case Kind::kNotReady:
    case Kind::kRequest:
    case Kind::kDeploy:
    case Kind::kRefused:
    case Kind::kNote: break;
  }
}

}  // namespace

void AttemptSplitter::Add(const BorrowedAttemptItem& item) {
  const PlatformEvent* event =
      item.kind == BorrowedAttemptItem::Kind::kEvent ? &log_.events[item.index] : nullptr;
  if (event != nullptr && !OfInstance(event->kind)) return;
  Attempt& attempt = Current(item, event);
  if (item.at && (!attempt.last || *item.at > *attempt.last)) attempt.last = item.at;
  if (event == nullptr) {
    attempt.lines.push_back(item.index);
    return;
  }
  attempt.events.push_back(item.index);
  Note(*event, &attempt);
}

std::vector<Attempt> AttemptSplitter::Finish() && {
  // The order of starts; equal or unknown times keep the order of appearance.
  std::ranges::stable_sort(attempts_,
                           [](const Attempt& a, const Attempt& b) { return a.started < b.started; });
  return std::move(attempts_);
}

Attempt& AttemptSplitter::Current(const BorrowedAttemptItem& item, const PlatformEvent* event) {
  std::string_view instance = item.instance;
  if (instance.empty() && !newest_.empty() && !open_.contains("")) {
    // Without a label of its own: of the attempt that began last.
    if (event == nullptr || event->kind != Kind::kInstanceStarting) instance = newest_;
  }
  const auto found = open_.find(instance);
  const bool starting = event != nullptr && event->kind == Kind::kInstanceStarting;
  if (found != open_.end()) {
    Attempt& attempt = attempts_[found->second];
    const bool ended = attempt.end != Attempt::End::kOpen;
    const bool late = ended && item.at && attempt.ended && *item.at - *attempt.ended > kEndGrace;
    // A start line may be written a little after the container's first words.
    const bool fresh =
        attempt.events.empty() && attempt.started && item.at && *item.at - *attempt.started < kEndGrace;
    if (!(starting && !fresh) && !(late && (event == nullptr || starting)) &&
        !(ended && event == nullptr && !item.at))
      return attempt;
  }
  Attempt attempt;
  attempt.instance.assign(instance);
  attempt.started = item.at;
  newest_ = attempt.instance;
  open_[newest_] = attempts_.size();
  attempts_.push_back(std::move(attempt));
  return attempts_.back();
}

}  // namespace neverready::analyzers
