// Standard input as a ByteSource: taken in as a whole, so that a slow reader does not hold up the program
// that writes to us; in memory at first, beyond a bound in a temporary file that has no name. One thread.
#ifndef NEVERREADY_INGEST_READERS_SPOOL_H_
#define NEVERREADY_INGEST_READERS_SPOOL_H_

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <string>

#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

class Spool : public ByteSource {
 public:
  // Reads `in` to its end. Fails with kUnavailable where `in` does, kResourceExhausted or kPermissionDenied
  // where the temporary file does. Calls `took` with the size of every block.
  static core::Result<std::unique_ptr<Spool>> TakeIn(std::istream& in, std::size_t max_memory_bytes,
                                                     const std::function<void(std::size_t)>& took = {});

  ~Spool() override;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  core::Result<std::size_t> Read(char* data, std::size_t size) override;

  bool on_disk() const { return descriptor_ >= 0; }

 private:
  Spool() = default;
  core::Status Append(const char* data, std::size_t size, std::size_t max_memory_bytes);
  core::Status MoveToDisk();
  core::Status Write(const char* data, std::size_t size);

  std::string memory_;
  std::size_t at_ = 0;  // in memory_
  int descriptor_ = -1;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_SPOOL_H_
