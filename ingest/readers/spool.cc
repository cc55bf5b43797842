#include "ingest/readers/spool.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "ingest/readers/file_source.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kChunkBytes = 256 << 10;

tl::unexpected<core::Error> DiskError(int error_number) {
  return core::Within("storing standard input", FileError("a temporary file", error_number));
}

}  // namespace

core::Result<std::unique_ptr<Spool>> Spool::TakeIn(std::istream& in, std::size_t max_memory_bytes,
                                                   const std::function<void(std::size_t)>& took) {
  std::unique_ptr<Spool> spool(new Spool());
  std::vector<char> chunk(kChunkBytes);
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    const std::size_t size = static_cast<std::size_t>(in.gcount());
    if (core::Status status = spool->Append(chunk.data(), size, max_memory_bytes); !status) {
      return tl::unexpected(status.error());
    }
    if (took) took(size);
  }
  if (in.bad()) return core::Fail(core::ErrorCode::kUnavailable, "standard input cannot be read");
  if (spool->on_disk() && ::lseek(spool->descriptor_, 0, SEEK_SET) != 0) return DiskError(errno);
  return spool;
}

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

core::Status Spool::Append(const char* data, std::size_t size, std::size_t max_memory_bytes) {
  if (!on_disk() && memory_.size() + size <= max_memory_bytes) {
    memory_.append(data, size);
    return {};
  }
  if (!on_disk()) {
    if (core::Status status = MoveToDisk(); !status) return status;
  }
  return Write(data, size);
}

core::Status Spool::MoveToDisk() {
  std::error_code error;
  std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) folder = "/tmp";
  std::string name = (folder / "neverready-XXXXXX").string();
  descriptor_ = ::mkstemp(name.data());
  if (descriptor_ < 0) return DiskError(errno);
  ::unlink(name.c_str());
  core::Status status = Write(memory_.data(), memory_.size());
  std::string().swap(memory_);
  return status;
}

core::Status Spool::Write(const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(descriptor_, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return DiskError(errno);
    data += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

core::Result<std::size_t> Spool::Read(char* data, std::size_t size) {
  if (!on_disk()) {
    const std::size_t n = std::min(size, memory_.size() - at_);
    std::memcpy(data, memory_.data() + at_, n);
    at_ += n;
    return n;
  }
  while (true) {
    const ssize_t n = ::read(descriptor_, data, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return DiskError(errno);
  }
}

}  // namespace neverready::ingest
