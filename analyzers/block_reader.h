// What the rules and the grammar of exceptions make of one block of lines. Pure.
#ifndef NEVERREADY_ANALYZERS_BLOCK_READER_H_
#define NEVERREADY_ANALYZERS_BLOCK_READER_H_

#include "analyzers/block.h"
#include "analyzers/finding.h"
#include "analyzers/revision_log.h"
#include "analyzers/rule_set.h"

namespace neverready::analyzers {

// Appends the block's findings: one for each chain of exceptions, and those of lines outside of them. Without
// scores.
void ReadBlock(const RuleSet& rules, const RevisionLog& log, const Block& block, Voice voice,
               AttemptFindings* out);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_BLOCK_READER_H_
