// What happened when: the few moments of a start that a reader wants to see. Pure.
#ifndef NEVERREADY_ANALYZERS_TIMELINE_H_
#define NEVERREADY_ANALYZERS_TIMELINE_H_

#include <vector>

#include "analyzers/diagnosis.h"
#include "analyzers/finding.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// By time. Of more than six attempts the first three and the last three are told.
std::vector<TimelineEntry> MakeTimeline(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                                        const Diagnosis& diagnosis);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_TIMELINE_H_
