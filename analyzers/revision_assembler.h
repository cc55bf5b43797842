// From the notes on a revision to its RevisionLog: reads again what matters, in order, without repetitions.
// Thread-safe.
#ifndef NEVERREADY_ANALYZERS_REVISION_ASSEMBLER_H_
#define NEVERREADY_ANALYZERS_REVISION_ASSEMBLER_H_

#include <string>
#include <vector>

#include "analyzers/collector.h"
#include "analyzers/revision_log.h"
#include "analyzers/revision_notes.h"

namespace neverready::analyzers {

// Of lines that were only noted, those are read that may explain a start or an end (QuietTime); of an attempt
// at most the first and the last 10,000, of a revision with over 400 attempts only the first and the last
// line of those in the middle. Memory is bounded by that, not by how much a container has said in service.
// `remembered`: entries of the revision that came with earlier inputs.
AssembledLog AssembleLog(const RevisionKey& key, RevisionNotes notes, const EntryLoader& load,
                         std::vector<ingest::LogEntry> remembered);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_ASSEMBLER_H_
