// Joins lines that belong together: a stack trace that came as one entry or one entry a line, a report of
// several lines, chained exceptions. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_BLOCK_H_
#define NEVERREADY_ANALYZERS_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/headline.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// One exception inside a block. Lines are counted within the block.
struct Link {
  Headline headline;
  std::size_t line = 0;            // of the headline
  std::size_t begin = 0, end = 0;  // its lines, [begin, end)
  std::size_t chain = 0;           // exceptions that are tied together have one number
  std::size_t depth = 0;           // within its chain: the innermost has the greatest
  bool frames = false;             // a stack was printed
  std::string file;                // the innermost frame of the application's own code, else of any
  std::int64_t file_line = 0;
};

struct Block {
  std::vector<std::uint32_t> lines;  // indexes into RevisionLog::lines
  std::vector<std::size_t> offsets;  // of each line in `text`
  std::string text;                  // joined by newlines, without the logger's prefix
  std::vector<Link> links;           // in the order of their headlines

  // The line (within the block) that holds this offset of `text`.
  std::size_t LineAt(std::size_t offset) const;
};

// The blocks of an attempt, by their first line. Lines of one stream (container, log) stand in one block as
// long as no logger begins a new record, no pause of more than a quarter of a second comes between, and the
// block has less than 400 lines. `lines` are some or all of the attempt's lines, in order.
std::vector<Block> JoinBlocks(const RevisionLog& log, const std::vector<std::uint32_t>& lines);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_BLOCK_H_
