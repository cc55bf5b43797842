// Lines of a BlockBuffer, found without copying. One thread.
#ifndef NEVERREADY_INGEST_READERS_LINE_READER_H_
#define NEVERREADY_INGEST_READERS_LINE_READER_H_

#include <cstdint>
#include <string_view>

#include "ingest/readers/block_buffer.h"

namespace neverready::ingest {

struct Line {
  std::string_view text;     // without newline and carriage return; valid until the next Next
  std::uint64_t number = 0;  // from 1
  bool too_long = false;     // more than kMaxEntryBytes: `text` is empty
  bool ended = false;        // by a newline, not by the end of the file
};

class LineReader {
 public:
  // Borrows `buffer` for its own lifetime.
  explicit LineReader(BlockBuffer* buffer) : buffer_(buffer) {}

  // The next line, or false at the end. Lines that are too long are skipped without being kept.
  core::Result<bool> Next(Line* line);

 private:
  BlockBuffer* buffer_;
  std::size_t given_ = 0;  // bytes of the line that was given out last
  std::uint64_t number_ = 0;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_LINE_READER_H_
