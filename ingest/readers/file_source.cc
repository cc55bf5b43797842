#include "ingest/readers/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace neverready::ingest {

core::Error FileError(const std::string& name, int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR: return {core::ErrorCode::kNotFound, name + ": no such file or directory", ""};
    case EACCES:
    case EPERM: return {core::ErrorCode::kPermissionDenied, name + ": permission denied", "ls -l " + name};
    case EISDIR: return {core::ErrorCode::kInvalidArgument, name + ": is a directory", ""};
    case ENOSPC:
    case EDQUOT: return {core::ErrorCode::kResourceExhausted, name + ": no space left", ""};
    default:
      return {core::ErrorCode::kUnavailable, name + ": " + std::generic_category().message(error_number), ""};
  }
}

core::Result<std::unique_ptr<ByteSource>> FileSource::Open(const std::string& name) {
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return tl::unexpected(FileError(name, errno));
  std::unique_ptr<FileSource> source(new FileSource(name, descriptor));
  struct stat status {};
  if (::fstat(descriptor, &status) == 0) {
    if (S_ISDIR(status.st_mode)) return tl::unexpected(FileError(name, EISDIR));
    source->regular_ = S_ISREG(status.st_mode);
  }
  return source;
}

FileSource::~FileSource() { ::close(descriptor_); }

core::Result<std::size_t> FileSource::Read(char* data, std::size_t size) {
  while (true) {
    const ssize_t n = ::read(descriptor_, data, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return tl::unexpected(FileError(name_, errno));
  }
}

core::Result<std::size_t> FileSource::ReadAt(std::uint64_t offset, char* data, std::size_t size) {
  while (true) {
    const ssize_t n = ::pread(descriptor_, data, size, static_cast<off_t>(offset));
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return tl::unexpected(FileError(name_, errno));
  }
}

}  // namespace neverready::ingest
