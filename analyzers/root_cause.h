// Chooses the root cause of a failure among the findings, or concludes it from order, absence and the
// platform's state. Pure.
#ifndef NEVERREADY_ANALYZERS_ROOT_CAUSE_H_
#define NEVERREADY_ANALYZERS_ROOT_CAUSE_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzers/finding.h"
#include "analyzers/revision_log.h"
#include "analyzers/state.h"

namespace neverready::analyzers {

struct RootCause {
  Finding finding;  // its line or event is the evidence, unless there is none
  bool has_evidence = true;
  std::optional<Finding> validation;  // a start-up check that failed because of it
  std::optional<Finding> runner_up;   // the best finding of another category
  std::string fix;                    // of concluded causes
};

struct RootCauseInput {
  const RevisionLog& log;
  const std::vector<AttemptFindings>& attempts;
  const std::vector<Finding>& revision;  // of no attempt
  const Verdict& verdict;
};

// For a failed or crash-looping revision.
RootCause FindRootCause(const RootCauseInput& input);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ROOT_CAUSE_H_
