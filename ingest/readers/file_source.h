// The bytes of a file, a pipe or a device.
#ifndef NEVERREADY_INGEST_READERS_FILE_SOURCE_H_
#define NEVERREADY_INGEST_READERS_FILE_SOURCE_H_

#include <memory>
#include <string>

#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

// The Error for a failed system call on `name`, by errno.
core::Error FileError(const std::string& name, int error_number);

class FileSource : public ByteSource {
 public:
  // kNotFound, kPermissionDenied, kInvalidArgument (a directory) or kUnavailable, with the name in the
  // message.
  static core::Result<std::unique_ptr<ByteSource>> Open(const std::string& name);

  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  core::Result<std::size_t> Read(char* data, std::size_t size) override;

  // Regular files only.
  bool can_reread() const override { return regular_; }
  core::Result<std::size_t> ReadAt(std::uint64_t offset, char* data, std::size_t size) override;

 private:
  FileSource(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}

  std::string name_;
  int descriptor_;
  bool regular_ = false;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_FILE_SOURCE_H_
