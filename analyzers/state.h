// How the state of a revision is decided: docs/json.md, "How state is decided". Pure.
#ifndef NEVERREADY_ANALYZERS_STATE_H_
#define NEVERREADY_ANALYZERS_STATE_H_

#include <chrono>
#include <optional>
#include <vector>

#include "analyzers/diagnosis.h"
#include "analyzers/finding.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

struct Verdict {
  State state = State::kInconclusive;
  bool early = false;
  std::optional<core::Timestamp> started_at, failed_at, ready_at;
  std::vector<bool> died;                       // by attempt
  std::optional<std::size_t> failed_attempt;    // the attempt that the root cause is looked for in
  std::optional<std::uint32_t> last_not_ready;  // index into the log's events
};

// The time that a start may take: initialDelay + period × threshold of the revision's own start-up probe,
// where an audit entry shows it; else 240 s (https://cloud.google.com/run/docs/configuring/healthchecks).
std::chrono::nanoseconds StartBudget(const RevisionLog& log);

// `findings` by attempt. `as_of`: the newest timestamp of the whole input, or now.
Verdict DecideState(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                    std::optional<core::Timestamp> as_of, std::chrono::nanoseconds budget);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_STATE_H_
