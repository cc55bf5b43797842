// The time in which a container serves: what it says then is not why a start failed. Pure.
#ifndef NEVERREADY_ANALYZERS_QUIET_TIME_H_
#define NEVERREADY_ANALYZERS_QUIET_TIME_H_

#include <optional>

#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// Both ends excluded.
struct TimeSpan {
  core::Timestamp from, to;
};

// Whether the revision was ready at some time, as far as its events tell.
bool WasReady(const RevisionLog& log);

// From a minute behind the attempt's successful probe to a minute before its last sign of life; nothing where
// less than two minutes lie between, or where the attempt never came up. `was_ready`: WasReady(log).
std::optional<TimeSpan> QuietTime(const RevisionLog& log, const Attempt& attempt, bool was_ready);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_QUIET_TIME_H_
