// Why a ready revision deserves attention: validation bypassed, an optional module missing, a slow start, a
// start without a dependency, earlier attempts that died. Pure.
#ifndef NEVERREADY_ANALYZERS_DEGRADED_H_
#define NEVERREADY_ANALYZERS_DEGRADED_H_

#include <chrono>
#include <string>
#include <vector>

#include "analyzers/finding.h"
#include "analyzers/revision_log.h"
#include "analyzers/state.h"

namespace neverready::analyzers {

// One sentence a reason; empty: nothing to tell.
std::vector<std::string> FindDegraded(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                                      const Verdict& verdict, std::chrono::nanoseconds budget);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_DEGRADED_H_
