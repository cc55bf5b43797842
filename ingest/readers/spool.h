// Bytes that come only once (standard input, a pipe, what is decompressed), kept so that they can be read
// again and in any order: in memory at first, beyond a bound in one temporary file that has no name. One
// thread adds bytes while others read those that are there.
#ifndef NEVERREADY_INGEST_READERS_SPOOL_H_
#define NEVERREADY_INGEST_READERS_SPOOL_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

// Holds the bytes of several sources, one behind the other.
class Spool {
 public:
  explicit Spool(std::size_t max_memory_bytes) : max_memory_bytes_(max_memory_bytes) {}
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // One thread at a time. kResourceExhausted or kPermissionDenied where the temporary file fails.
  core::Status Append(const char* data, std::size_t size);

  std::uint64_t size() const;

  // Bytes below size(). Thread-safe.
  core::Result<std::size_t> ReadAt(std::uint64_t offset, char* data, std::size_t size) const;

  bool on_disk() const { return descriptor_ >= 0; }

 private:
  core::Status WriteToDisk(const char* data, std::size_t size);

  const std::size_t max_memory_bytes_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // the first bytes
  std::uint64_t size_ = 0, in_memory_ = 0;
  int descriptor_ = -1;  // the bytes behind those in memory
};

// One source's bytes, taken in by a thread of their own: a slow reader does not hold up the program that
// writes to us, and decompression goes on while what is there is read.
class SpooledSource : public ByteSource {
 public:
  // Borrows the spool, to which nobody else may append until `source` has ended. `name`: for errors.
  SpooledSource(std::unique_ptr<ByteSource> source, Spool* spool);

  // Waits for the end of the source, unless stopped by an error.
  ~SpooledSource() override;

  // Both fail with the source's or the spool's error once they come to where it happened.
  core::Result<std::size_t> Read(char* data, std::size_t size) override;
  bool can_reread() const override { return true; }
  core::Result<std::size_t> ReadAt(std::uint64_t offset, char* data, std::size_t size) override;
  std::string fault() const override;

 private:
  void TakeIn();

  std::unique_ptr<ByteSource> source_;
  Spool* spool_;
  const std::uint64_t begin_;  // in the spool
  std::uint64_t at_ = 0;       // of Read
  mutable std::mutex mutex_;
  std::condition_variable grown_;
  std::uint64_t size_ = 0;
  bool ended_ = false, abandoned_ = false;
  std::optional<core::Error> error_;
  std::thread thread_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_SPOOL_H_
