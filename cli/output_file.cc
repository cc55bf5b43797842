#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::Fail;
using core::Status;

constexpr mode_t kReadableByAll = 0666;  // less what the user's mask takes

tl::unexpected<core::Error> Failed(const std::string& path, int error) {
  const ErrorCode code = error == ENOSPC || error == EDQUOT || error == EFBIG ? ErrorCode::kResourceExhausted
                                                                              : ErrorCode::kPermissionDenied;
  return Fail(code, "cannot write '" + path + "': " + std::strerror(error),
              code == ErrorCode::kResourceExhausted ? "make room" : "check the folder and its permissions");
}

tl::unexpected<core::Error> IsThere(const std::string& path) {
  return Fail(ErrorCode::kInvalidArgument,
              "'" + path + "' is there already and may hold what people filled in",
              "another name, or --force to write over it");
}

// Closes the file, and tells the first error.
int WriteAll(int file, std::string_view text) {
  int error = 0;
  while (error == 0 && !text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  // A pipe cannot be synchronised.
  if (error == 0 && fsync(file) != 0 && errno != EINVAL && errno != EROFS) error = errno;
  if (close(file) != 0 && error == 0) error = errno;
  return error;
}

Status WriteDirectly(const std::string& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return Failed(path, errno);
  const int error = WriteAll(file, text);
  if (error != 0) return Failed(path, error);
  return {};
}

}  // namespace

Status WriteOutputFile(const std::string& path, std::string_view text, IfThere if_there) {
  std::error_code ignored;
  std::string target = path;
  if (fs::is_symlink(path, ignored)) {
    const fs::path followed = fs::weakly_canonical(path, ignored);
    if (!ignored) target = followed.string();
  }
  const fs::file_status status = fs::status(target, ignored);
  if (fs::is_directory(status))
    return Fail(ErrorCode::kInvalidArgument, "'" + path + "' is a folder", "-o " + path + "/postmortem.md");
  if (fs::exists(status) && !fs::is_regular_file(status)) return WriteDirectly(path, text);
  if (fs::exists(status) && if_there == IfThere::kFail) return IsThere(path);

  const std::string beside = target + ".tmp-" + std::to_string(getpid());
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadableByAll);
  if (file < 0) return Failed(path, errno);
  int error = WriteAll(file, text);
  // A file that came meanwhile is not written over either.
  if (error == 0 && if_there == IfThere::kFail && link(beside.c_str(), target.c_str()) == 0) {
    unlink(beside.c_str());
    return {};
  }
  if (error == 0 && if_there == IfThere::kFail && errno == EEXIST) {
    unlink(beside.c_str());
    return IsThere(path);
  }
  if (error == 0 && rename(beside.c_str(), target.c_str()) == 0) return {};
  if (error == 0) error = errno;
  unlink(beside.c_str());
  return Failed(path, error);
}

}  // namespace neverready::cli
