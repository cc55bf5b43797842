#include "analyzers/quiet_time.h"

#include <algorithm>
#include <chrono>

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;

constexpr std::chrono::seconds kInService{60};

}  // namespace

bool WasReady(const RevisionLog& log) {
  return std::ranges::any_of(log.events, [](const PlatformEvent& event) {
    return event.kind == Kind::kReady || event.kind == Kind::kRequest || event.kind == Kind::kProbeSucceeded;
  });
}

std::optional<TimeSpan> QuietTime(const RevisionLog& log, const Attempt& attempt, bool was_ready) {
  std::optional<core::Timestamp> up;
  for (const std::uint32_t index : attempt.events) {
    const PlatformEvent& event = log.events[index];
    if (event.kind == Kind::kProbeSucceeded && event.startup && !up) up = event.place.at;
  }
  // A log that begins in the middle of service shows no probe: an instance that is alive, of a revision that
  // was ready, is up from its first line on.
  if (!up && attempt.end == Attempt::End::kOpen && was_ready) up = attempt.started;
  if (!up || !attempt.last || *attempt.last - *up <= 2 * kInService) return std::nullopt;
  return TimeSpan{*up + kInService, *attempt.last - kInService};
}

}  // namespace neverready::analyzers
