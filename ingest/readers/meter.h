// Tells ReadOptions::progress how far reading has come. Thread-safe.
#ifndef NEVERREADY_INGEST_READERS_METER_H_
#define NEVERREADY_INGEST_READERS_METER_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ingest/reader.h"
#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

class Meter {
 public:
  // Borrows `options` for its own lifetime. The total is the sum of the files' sizes, if all are known.
  Meter(const ReadOptions& options, const std::vector<std::string>& files);

  // So many bytes more were read, before decompression.
  void Read(std::uint64_t bytes);

 private:
  const ReadOptions& options_;
  std::mutex mutex_;
  std::uint64_t read_ = 0;
  std::optional<std::uint64_t> total_ = 0;
};

// A source whose bytes are told to a meter when they are read for the first time.
class MeteredSource : public ByteSource {
 public:
  // Borrows `meter` while bytes are read for the first time.
  MeteredSource(std::unique_ptr<ByteSource> source, Meter* meter)
      : source_(std::move(source)), meter_(meter) {}

  core::Result<std::size_t> Read(char* data, std::size_t size) override;
  bool can_reread() const override { return source_->can_reread(); }
  core::Result<std::size_t> ReadAt(std::uint64_t offset, char* data, std::size_t size) override;

 private:
  void Saw(std::uint64_t end);

  std::unique_ptr<ByteSource> source_;
  Meter* meter_;
  std::uint64_t at_ = 0;  // of Read
  std::mutex mutex_;
  std::uint64_t seen_ = 0;  // the end of what was read
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_METER_H_
