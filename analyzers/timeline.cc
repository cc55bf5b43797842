#include "analyzers/timeline.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/redact.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;

constexpr std::size_t kShownAtEachEnd = 3;
constexpr std::size_t kLongest = 160;

std::optional<TimelineEvent> EventOf(const PlatformEvent& event) {
  switch (event.kind) {
    case Kind::kInstanceStarting: return TimelineEvent::kInstanceStarted;
    case Kind::kProbeSucceeded: return TimelineEvent::kProbeSucceeded;
    case Kind::kProbeFailed: return TimelineEvent::kProbeFailed;
    case Kind::kExit: return TimelineEvent::kExited;
    case Kind::kSignal: return TimelineEvent::kKilled;
    case Kind::kMemoryLimit: return TimelineEvent::kMemoryLimit;
    case Kind::kExecFailed: return TimelineEvent::kExecFailed;
    case Kind::kShutdown: return TimelineEvent::kShutdown;
    case Kind::kReady: return TimelineEvent::kReady;
    case Kind::kNotReady: return TimelineEvent::kNotReady;
    case Kind::kDeploy: return TimelineEvent::kDeployed;
    case Kind::kRefused: return TimelineEvent::kRefused;
    case Kind::kRequest:
    case Kind::kNote: return std::nullopt;
  }
  return std::nullopt;
}

std::string FirstSentence(std::string_view text) {
  text = core::Trim(text.substr(0, text.find('\n')));
  return core::CutBetweenSecrets(text, kLongest);
}

}  // namespace

std::vector<TimelineEntry> MakeTimeline(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                                        const Diagnosis& diagnosis) {
  std::vector<TimelineEntry> timeline;
  std::set<std::uint32_t> hidden;  // events of the attempts in the middle
  const std::size_t count = log.attempts.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Attempt& attempt = log.attempts[i];
    if (count > 2 * kShownAtEachEnd && i >= kShownAtEachEnd && i + kShownAtEachEnd < count) {
      hidden.insert(attempt.events.begin(), attempt.events.end());
      continue;
    }
    if (!attempt.lines.empty()) {
      const Line& line = log.lines[attempt.lines.front()];
      timeline.push_back({log.places[line.place].at, TimelineEvent::kFirstLine, FirstSentence(line.Body())});
    }
    if (!findings[i].listening.empty()) {
      const Line& line = log.lines[findings[i].listening.front().line];
      timeline.push_back({log.places[line.place].at, TimelineEvent::kListening, FirstSentence(line.Body())});
    }
  }
  if (diagnosis.root_cause && diagnosis.evidence && diagnosis.evidence->log != "system" &&
      diagnosis.evidence->log != "system_event") {
    timeline.push_back(
        {diagnosis.evidence->at, TimelineEvent::kFirstError, FirstSentence(diagnosis.evidence->text)});
  }
  bool requested = false;
  for (std::uint32_t i = 0; i < log.events.size(); ++i) {
    const PlatformEvent& event = log.events[i];
    if (hidden.contains(i)) continue;
    if (const auto kind = EventOf(event)) {
      const std::string by = event.kind == Kind::kDeploy && !event.principal.empty()
                                 ? "by " + event.principal
                                 : FirstSentence(event.text);
      timeline.push_back({event.place.at, *kind, by});
    } else if (event.kind == Kind::kRequest && !requested) {
      requested = true;
      timeline.push_back({event.place.at, TimelineEvent::kFirstRequest,
                          event.number == 0 ? std::string() : "HTTP " + std::to_string(event.number)});
    }
  }
  std::ranges::stable_sort(timeline,
                           [](const TimelineEntry& a, const TimelineEntry& b) { return a.at < b.at; });
  return timeline;
}

}  // namespace neverready::analyzers
