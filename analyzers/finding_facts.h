// Completes the facts of a finding from the lines around it, where one rule's groups cannot. Pure.
#ifndef NEVERREADY_ANALYZERS_FINDING_FACTS_H_
#define NEVERREADY_ANALYZERS_FINDING_FACTS_H_

#include <vector>

#include "analyzers/finding.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// Lists of variables that an error announces in words that no rule knows: "these must be given before I can
// serve:" and bulleted names below it.
std::vector<Finding> ListedSettings(const RevisionLog& log, const Attempt& attempt);

// The names of missing variables on bulleted lines below a headline, the port of a host, and the spelling of
// classes.
void CompleteFacts(const RevisionLog& log, const Attempt& attempt, Finding* finding);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_FINDING_FACTS_H_
