// Where bytes come from: a file or the spool of standard input. One thread.
#ifndef NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_
#define NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_

#include <cstddef>

#include "core/result.h"

namespace neverready::ingest {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Writes at most `size` (> 0) bytes to `data` and returns how many; 0 only at the end.
  virtual core::Result<std::size_t> Read(char* data, std::size_t size) = 0;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_BYTE_SOURCE_H_
