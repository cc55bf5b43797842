// From entries in order to the lines and events of a RevisionLog. One thread.
#ifndef NEVERREADY_ANALYZERS_REVISION_BUILDER_H_
#define NEVERREADY_ANALYZERS_REVISION_BUILDER_H_

#include <vector>

#include "analyzers/attempts.h"
#include "analyzers/kept_entry.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// Appends the entries, which are in order, to the log's places, lines, events and specs. Returns them as
// items for SplitAttempts.
std::vector<AttemptItem> AppendEntries(const std::vector<KeptEntry>& entries, RevisionLog* log);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_BUILDER_H_
