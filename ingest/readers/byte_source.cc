#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

core::Result<std::size_t> ByteSource::ReadAt(std::uint64_t /*offset*/, char* /*data*/, std::size_t /*size*/) {
  return core::Fail(core::ErrorCode::kInternal, "these bytes cannot be read again");
}

core::Result<std::size_t> ReadFully(ByteSource* source, std::uint64_t offset, char* data, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const core::Result<std::size_t> n = source->ReadAt(offset + done, data + done, size - done);
    if (!n) return n;
    if (*n == 0) break;
    done += *n;
  }
  return done;
}

}  // namespace neverready::ingest
