#include "ingest/readers/meter.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace neverready::ingest {

namespace fs = std::filesystem;

Meter::Meter(const ReadOptions& options, const std::vector<std::string>& files) : options_(options) {
  if (!options.progress) return;
  for (const std::string& file : files) {
    std::error_code error;
    const std::uintmax_t size =
        file != "-" && fs::is_regular_file(file, error) ? fs::file_size(file, error) : 0;
    if (file == "-" || error || !fs::is_regular_file(file, error)) {
      total_.reset();
    } else if (total_) {
      *total_ += size;
    }
  }
}

void Meter::Read(std::uint64_t bytes) {
  if (!options_.progress) return;
  const std::lock_guard lock(mutex_);
  read_ += bytes;
  options_.progress({read_, total_});
}

core::Result<std::size_t> MeteredSource::Read(char* data, std::size_t size) {
  const core::Result<std::size_t> n = source_->Read(data, size);
  if (n) Saw(at_ += *n);
  return n;
}

core::Result<std::size_t> MeteredSource::ReadAt(std::uint64_t offset, char* data, std::size_t size) {
  const core::Result<std::size_t> n = source_->ReadAt(offset, data, size);
  if (n && *n > 0) Saw(offset + *n);
  return n;
}

void MeteredSource::Saw(std::uint64_t end) {
  std::uint64_t fresh = 0;
  {
    const std::lock_guard lock(mutex_);
    if (end <= seen_) return;
    fresh = end - seen_;
    seen_ = end;
  }
  meter_->Read(fresh);
}

}  // namespace neverready::ingest
