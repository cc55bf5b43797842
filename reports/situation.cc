#include "reports/situation.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace neverready::reports {
namespace {

using analyzers::State;
using incidents::Verdict;

std::optional<core::Timestamp> Time(const Verdict& verdict) {
  // Refused deploys are one verdict, whose newest time counts.
  if (verdict.revision.empty()) return verdict.failed_at ? verdict.failed_at : verdict.started_at;
  if (verdict.started_at) return verdict.started_at;
  return verdict.failed_at ? verdict.failed_at : verdict.ready_at;
}

bool Failed(State state) { return state == State::kFailed || state == State::kCrashLooping; }

bool SameCause(const Verdict& a, const Verdict& b) {
  return a.root_cause == b.root_cause && a.fingerprint == b.fingerprint;
}

std::string CauseOf(const Verdict& verdict) {
  std::string_view summary = verdict.summary;
  if (summary.ends_with('.')) summary.remove_suffix(1);  // it goes into a sentence
  return fmt::format("{}: {}", verdict.root_cause ? Title(*verdict.root_cause) : "not told", summary);
}

}  // namespace

std::string_view Name(Change change) {
  switch (change) {
    case Change::kFirst: return "first";
    case Change::kSameCause: return "same_cause";
    case Change::kOtherCause: return "other_cause";
    case Change::kBroke: return "broke";
    case Change::kRecovered: return "recovered";
    case Change::kStillReady: return "still_ready";
    case Change::kUndetermined: return "undetermined";
  }
  return {};
}

BorrowedSituation SituationOf(const db::SituationRecord& record) {
  std::vector<const Verdict*> order;
  for (const Verdict& verdict : record.verdicts) order.push_back(&verdict);
  std::ranges::sort(order, [](const Verdict* a, const Verdict* b) {
    return std::tuple(Time(*a), std::string_view(a->revision)) <
           std::tuple(Time(*b), std::string_view(b->revision));
  });
  BorrowedSituation situation;
  const auto at = std::ranges::find_if(order, [&](const Verdict* one) {
    return one->revision == record.revision.start.diagnosis.key.revision;
  });
  if (at == order.end() || at == order.begin()) return situation;
  const Verdict& now = **at;
  situation.before = *(at - 1);
  const Verdict& before = *situation.before;
  const bool same = Failed(now.state) && Failed(before.state) && SameCause(now, before);
  const bool told = (Failed(now.state) || now.state == State::kReady) &&
                    (Failed(before.state) || before.state == State::kReady);
  if (!told) {
    situation.change = Change::kUndetermined;
  } else if (Failed(now.state)) {
    situation.change = !Failed(before.state) ? Change::kBroke
                       : same                ? Change::kSameCause
                                             : Change::kOtherCause;
  } else {
    situation.change = Failed(before.state) ? Change::kRecovered : Change::kStillReady;
  }
  auto earlier = at;
  for (; same && earlier != order.begin(); --earlier) {
    if (!Failed((*(earlier - 1))->state) || !SameCause(now, **(earlier - 1))) break;
    ++situation.in_a_row;
  }
  if (!Failed(now.state) || now.fingerprint.empty() || same) return situation;
  for (; earlier != order.begin(); --earlier) {
    const Verdict& one = **(earlier - 1);
    if (!Failed(one.state) || !SameCause(now, one)) continue;
    situation.seen_before = &one;
    break;
  }
  return situation;
}

std::string ToSentence(const BorrowedSituation& situation, const db::SituationRecord& record,
                       const Moments& moments) {
  if (situation.before == nullptr) return "No earlier revision of the service is known.";
  const Verdict& before = *situation.before;
  const std::string name = NameOrDeploy(before.revision);
  std::string text;
  switch (situation.change) {
    case Change::kFirst: break;
    case Change::kSameCause:
      text = fmt::format("Same cause as {} before it: {} failures in a row.", name, situation.in_a_row);
      break;
    case Change::kOtherCause:
      text = fmt::format("Another cause than {} before it, which failed of {}.", name, CauseOf(before));
      break;
    case Change::kBroke: {
      const std::string at = moments.Full(before.ready_at);
      text = fmt::format("{} before it became ready{}.", name, at.empty() ? "" : " at " + at);
      break;
    }
    case Change::kRecovered: text = fmt::format("{} before it failed of {}.", name, CauseOf(before)); break;
    case Change::kStillReady: text = fmt::format("{} before it became ready, too.", name); break;
    case Change::kUndetermined:
      text = record.revision.start.diagnosis.state == before.state ||
                     (before.state != State::kReady && !Failed(before.state))
                 ? fmt::format("Of {} before it the log does not tell whether it became ready.", name)
             : Failed(before.state) ? fmt::format("{} before it failed of {}.", name, CauseOf(before))
                                    : fmt::format("{} before it became ready.", name);
      break;
  }
  if (situation.seen_before != nullptr) {
    const std::string at = moments.Full(Time(*situation.seen_before));
    text += fmt::format(" The cause came back: {} failed of it{}.",
                        NameOrDeploy(situation.seen_before->revision), at.empty() ? "" : " at " + at);
  }
  return text;
}

std::string Serving(const db::SituationRecord& record, const WayBack& newest_ready, const Moments& moments) {
  if (newest_ready.revision.empty()) return "No revision of the service is known to be ready.";
  if (newest_ready.revision == record.revision.start.diagnosis.key.revision)
    return "This revision, the newest that is ready.";
  const std::string since = moments.Full(newest_ready.ready_at);
  return fmt::format("{}, the newest revision that is known to be ready{}.", newest_ready.revision,
                     since.empty() ? "" : ", since " + since);
}

bool NeedsWayBack(const db::SituationRecord& record, const WayBack& newest_ready) {
  const analyzers::Diagnosis& one = record.revision.start.diagnosis;
  if (!Failed(one.state) || newest_ready.revision.empty() || newest_ready.revision == one.key.revision)
    return false;
  return !one.failed_at || !newest_ready.ready_at || *newest_ready.ready_at <= *one.failed_at;
}

}  // namespace neverready::reports
