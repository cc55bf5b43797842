// Completes the facts of a finding from the lines around it, where one rule's groups cannot. Pure.
#ifndef NEVERREADY_ANALYZERS_FINDING_FACTS_H_
#define NEVERREADY_ANALYZERS_FINDING_FACTS_H_

#include "analyzers/finding.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// The names of missing variables on bulleted lines below a headline, the port of a host, and the spelling of
// classes.
void CompleteFacts(const RevisionLog& log, const Attempt& attempt, Finding* finding);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_FINDING_FACTS_H_
