#include "analyzers/state.h"

#include <algorithm>

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;
using std::chrono::seconds;

constexpr seconds kDefaultBudget{240};
constexpr seconds kLastWords{3};  // a finding this close to the end of an unfinished attempt ended it
constexpr seconds kShutdownGrace{15};
constexpr int kDecisive = 75;  // score of a finding that may end an attempt by itself

bool EndedByPlatform(const RevisionLog& log, const Attempt& attempt) {
  for (const std::uint32_t index : attempt.events) {
    const PlatformEvent& event = log.events[index];
    if (event.kind != Kind::kShutdown || !event.place.at || !attempt.ended) continue;
    if (*event.place.at <= *attempt.ended && *attempt.ended - *event.place.at <= kShutdownGrace) return true;
  }
  return false;
}

bool Died(const RevisionLog& log, const Attempt& attempt, const AttemptFindings& findings) {
  switch (attempt.end) {
    case Attempt::End::kExit: return attempt.end_number != 0 && !EndedByPlatform(log, attempt);
    case Attempt::End::kSignal: return !EndedByPlatform(log, attempt);
    case Attempt::End::kLiveness: return true;
    case Attempt::End::kProbeFailed:
    case Attempt::End::kShutdown: return false;
    case Attempt::End::kOpen: break;
  }
  if (attempt.probe_succeeded) return false;
  return std::ranges::any_of(findings.findings, [&](const Finding& finding) {
    if (finding.role != Role::kCause || finding.tolerated || finding.score < kDecisive) return false;
    if (std::ranges::any_of(findings.listening,
                            [&](const Finding& one) { return !finding.event && one.line > finding.line; }))
      return false;
    if (finding.event) return true;
    const auto at = log.places[log.lines[finding.line].place].at;
    return !at || !attempt.last || *attempt.last - *at <= kLastWords;
  });
}

struct Readiness {
  std::optional<core::Timestamp> sign;  // first sign of readiness
  bool any = false;
  std::optional<std::uint32_t> last;  // the last statement, index into events
};

Readiness ReadReadiness(const RevisionLog& log) {
  Readiness readiness;
  for (std::uint32_t i = 0; i < log.events.size(); ++i) {
    const PlatformEvent& event = log.events[i];
    const bool statement = event.kind == Kind::kReady || event.kind == Kind::kNotReady;
    if (statement) readiness.last = i;
    if (event.kind == Kind::kReady || event.kind == Kind::kRequest ||
        (event.kind == Kind::kProbeSucceeded && event.startup)) {
      readiness.any = true;
      if (!readiness.sign) readiness.sign = event.place.at;
    }
  }
  return readiness;
}

}  // namespace

std::chrono::nanoseconds StartBudget(const RevisionLog& log) {
  for (auto spec = log.specs.rbegin(); spec != log.specs.rend(); ++spec) {
    if (!spec->startup_probe) continue;
    const ingest::Probe& probe = *spec->startup_probe;
    const std::int64_t budget = probe.initial_delay + std::max<std::int64_t>(probe.period, 1) *
                                                          std::max<std::int64_t>(probe.failure_threshold, 1);
    if (budget > 0) return seconds(budget);
  }
  return kDefaultBudget;
}

Verdict DecideState(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                    std::optional<core::Timestamp> as_of, std::chrono::nanoseconds budget) {
  Verdict verdict;
  const Readiness readiness = ReadReadiness(log);
  for (std::size_t i = 0; i < log.attempts.size(); ++i)
    verdict.died.push_back(Died(log, log.attempts[i], findings[i]));
  const auto deaths = std::ranges::count(verdict.died, true);
  bool alive = false;
  for (std::size_t i = 0; i < log.attempts.size(); ++i)
    alive = alive || (!verdict.died[i] && log.attempts[i].end == Attempt::End::kOpen);
  verdict.started_at = log.attempts.empty() ? log.first : log.attempts.front().started;
  verdict.ready_at = readiness.sign;
  const PlatformEvent* statement = readiness.last ? &log.events[*readiness.last] : nullptr;
  const bool not_ready = statement != nullptr && statement->kind == Kind::kNotReady;
  if (not_ready) verdict.last_not_ready = readiness.last;
  const bool refused = std::ranges::any_of(
      log.events, [](const PlatformEvent& event) { return event.kind == Kind::kRefused; });
  const auto unsuccessful = [&](std::size_t i) { return verdict.died[i] || log.attempts[i].probe_failed; };
  for (std::size_t i = log.attempts.size(); i-- > 0 && !verdict.failed_attempt;) {
    if (unsuccessful(i)) verdict.failed_attempt = i;
  }
  const bool last_failed = !log.attempts.empty() && unsuccessful(log.attempts.size() - 1);
  const bool within = as_of && verdict.started_at && *as_of - *verdict.started_at < budget;
  if (not_ready || refused || (!readiness.any && last_failed)) {
    verdict.state = State::kFailed;
    if (!verdict.failed_attempt && !log.attempts.empty()) verdict.failed_attempt = log.attempts.size() - 1;
    if (not_ready) {
      verdict.failed_at = statement->place.at;
    } else if (refused) {
      verdict.failed_at = log.last;
    } else {
      const Attempt& last = log.attempts.back();
      verdict.failed_at = last.ended ? last.ended : last.last;
      verdict.early = last.end == Attempt::End::kOpen && log.key.scope == LogScope::kRevision && within;
    }
    if (verdict.ready_at && verdict.failed_at && *verdict.ready_at > *verdict.failed_at)
      verdict.ready_at.reset();
  } else if (readiness.any && (deaths >= 2 || (deaths == 1 && !alive))) {
    verdict.state = State::kCrashLooping;
    const Attempt& last = log.attempts[*verdict.failed_attempt];
    verdict.failed_at = last.ended ? last.ended : last.last;
  } else if (readiness.any) {
    verdict.state = State::kReady;
  } else if (!log.attempts.empty() && within && log.key.scope != LogScope::kFile) {
    verdict.state = State::kPending;
  }
  return verdict;
}

}  // namespace neverready::analyzers
