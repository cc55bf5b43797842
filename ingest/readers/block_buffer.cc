#include "ingest/readers/block_buffer.h"

#include <algorithm>
#include <cstring>

#include "ingest/entry_parser.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kMaxBytes = kMaxEntryBytes + kBlockBytes;

}  // namespace

BlockBuffer::BlockBuffer(ByteSource* source) : source_(source), block_(kBlockBytes) {}

core::Result<bool> BlockBuffer::Fill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(block_.data(), block_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Small remainders are the rule; a half-full block means a long entry.
  if (end_ > block_.size() / 2 && block_.size() < kMaxBytes)
    block_.resize(std::min(block_.size() * 2, kMaxBytes));
  if (end_ == block_.size())
    return core::Fail(core::ErrorCode::kResourceExhausted, "an entry does not fit the buffer");
  const core::Result<std::size_t> n = source_->Read(block_.data() + end_, block_.size() - end_);
  if (!n) return tl::unexpected(n.error());
  end_ += *n;
  bytes_read_ += *n;
  at_end_ = *n == 0;
  return !at_end_;
}

}  // namespace neverready::ingest
