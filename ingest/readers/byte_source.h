// Where bytes come from: a file or the spool.
#ifndef NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_
#define NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/result.h"

namespace neverready::ingest {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Writes at most `size` (> 0) bytes to `data` and returns how many; 0 only at the end. One thread.
  virtual core::Result<std::size_t> Read(char* data, std::size_t size) = 0;

  // Whether ReadAt works: the bytes can be read again, in any order.
  virtual bool can_reread() const { return false; }

  // As Read, of the bytes from `offset` on, and independently of it; may wait until there are some.
  // Thread-safe.
  virtual core::Result<std::size_t> ReadAt(std::uint64_t offset, char* data, std::size_t size);

  // What was wrong with the bytes, once their end was read, as the second half of a sentence: "the gzip data
  // is cut off; …". "" if nothing.
  virtual std::string fault() const { return {}; }
};

// As many of the `size` bytes from `offset` on as there are.
core::Result<std::size_t> ReadFully(ByteSource* source, std::uint64_t offset, char* data, std::size_t size);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_
