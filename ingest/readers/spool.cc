#include "ingest/readers/spool.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "ingest/readers/file_source.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kChunkBytes = 256 << 10;

// What comes only once, and answers to many questions, are kept here beyond a bound.
std::string TemporaryFolder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  return error ? "/tmp" : folder.string();
}

core::Error DiskError(int error_number) {
  core::Error error = FileError("the temporary file in " + TemporaryFolder(), error_number);
  error.hint = "TMPDIR=/a/folder/with/space neverready …";
  return error;
}

}  // namespace

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

core::Status Spool::Append(const char* data, std::size_t size) {
  while (size > 0) {
    const std::uint64_t used = this->size();
    if (on_disk() || used >= max_memory_bytes_) return WriteToDisk(data, size);
    const std::size_t at = used % kBlockBytes;
    std::unique_ptr<char[]> fresh = at == 0 ? std::make_unique<char[]>(kBlockBytes) : nullptr;
    const std::size_t n =
        std::min({size, kBlockBytes - at, max_memory_bytes_ - static_cast<std::size_t>(used)});
    const std::lock_guard lock(mutex_);
    if (fresh) blocks_.push_back(std::move(fresh));
    std::memcpy(blocks_.back().get() + at, data, n);
    size_ = in_memory_ = used + n;
    data += n;
    size -= n;
  }
  return {};
}

core::Status Spool::WriteToDisk(const char* data, std::size_t size) {
  if (!on_disk()) {
    std::string name = TemporaryFolder() + "/neverready-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) return tl::unexpected(DiskError(errno));
    ::unlink(name.c_str());
    const std::lock_guard lock(mutex_);
    descriptor_ = descriptor;
  }
  while (size > 0) {
    const ssize_t n = ::write(descriptor_, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(DiskError(errno));
    data += n;
    size -= static_cast<std::size_t>(n);
    const std::lock_guard lock(mutex_);
    size_ += static_cast<std::uint64_t>(n);
  }
  return {};
}

std::uint64_t Spool::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

core::Result<std::size_t> Spool::ReadAt(std::uint64_t offset, char* data, std::size_t size) const {
  std::uint64_t behind_memory = 0;
  {
    const std::lock_guard lock(mutex_);
    if (offset >= size_) return 0;
    size = std::min<std::uint64_t>(size, size_ - offset);
    if (offset < in_memory_) {
      const std::size_t at = offset % kBlockBytes;
      const std::size_t n = std::min({size, kBlockBytes - at, static_cast<std::size_t>(in_memory_ - offset)});
      std::memcpy(data, blocks_[offset / kBlockBytes].get() + at, n);
      return n;
    }
    behind_memory = offset - in_memory_;
  }
  while (true) {
    const ssize_t n = ::pread(descriptor_, data, size, static_cast<off_t>(behind_memory));
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return tl::unexpected(DiskError(errno));
  }
}

SpooledSource::SpooledSource(std::unique_ptr<ByteSource> source, Spool* spool)
    : source_(std::move(source)), spool_(spool), begin_(spool->size()), thread_([this] { TakeIn(); }) {}

SpooledSource::~SpooledSource() {
  {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
  }
  thread_.join();
}

void SpooledSource::TakeIn() {
  std::vector<char> chunk(kChunkBytes);
  while (true) {
    const core::Result<std::size_t> n = source_->Read(chunk.data(), chunk.size());
    core::Status status;
    if (!n) {
      status = tl::unexpected(n.error());
    } else {
      status = spool_->Append(chunk.data(), *n);
    }
    const std::lock_guard lock(mutex_);
    if (!status) error_ = status.error();
    size_ = spool_->size() - begin_;
    ended_ = !status || *n == 0;
    grown_.notify_all();
    if (ended_ || abandoned_) return;
  }
}

std::string SpooledSource::fault() const {
  const std::lock_guard lock(mutex_);
  return ended_ ? source_->fault() : std::string();
}

core::Result<std::size_t> SpooledSource::Read(char* data, std::size_t size) {
  const core::Result<std::size_t> n = ReadAt(at_, data, size);
  if (n) at_ += *n;
  return n;
}

core::Result<std::size_t> SpooledSource::ReadAt(std::uint64_t offset, char* data, std::size_t size) {
  {
    std::unique_lock lock(mutex_);
    grown_.wait(lock, [&] { return ended_ || offset < size_; });
    if (offset >= size_) {
      if (error_) return tl::unexpected(*error_);
      return 0;
    }
    size = std::min<std::uint64_t>(size, size_ - offset);
  }
  return spool_->ReadAt(begin_ + offset, data, size);
}

}  // namespace neverready::ingest
