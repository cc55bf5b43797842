// A window on a ByteSource that grows with what its user still needs, up to one largest entry and a bit. One
// thread.
#ifndef NEVERREADY_INGEST_READERS_BLOCK_BUFFER_H_
#define NEVERREADY_INGEST_READERS_BLOCK_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

class BlockBuffer {
 public:
  // Borrows `source` for its own lifetime.
  explicit BlockBuffer(ByteSource* source);

  // The bytes read and not yet skipped. Valid until the next Fill.
  std::string_view data() const { return {block_.data() + begin_, end_ - begin_}; }

  // Gives up the first `n` bytes of data().
  void Skip(std::size_t n) { begin_ += n; }

  // Appends some bytes to data(); false at the end of the source. Keeps at most kMaxEntryBytes and one block:
  // whoever fills beyond that without skipping gets kResourceExhausted.
  core::Result<bool> Fill();

  std::uint64_t bytes_read() const { return bytes_read_; }
  bool at_end() const { return at_end_; }

 private:
  ByteSource* source_;
  std::vector<char> block_;
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t bytes_read_ = 0;
  bool at_end_ = false;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_BLOCK_BUFFER_H_
