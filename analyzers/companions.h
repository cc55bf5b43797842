// What stands beside a root cause: the start-up check that failed because of it, and the best other
// explanation. Pure.
#ifndef NEVERREADY_ANALYZERS_COMPANIONS_H_
#define NEVERREADY_ANALYZERS_COMPANIONS_H_

#include <vector>

#include "analyzers/finding.h"
#include "analyzers/root_cause.h"

namespace neverready::analyzers {

// Sets `validation` and `runner_up`, from all findings of the failed attempt and of the revision.
void FindCompanions(const std::vector<const Finding*>& all, RootCause* root);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_COMPANIONS_H_
