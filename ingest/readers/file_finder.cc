// FindFiles of reader.h.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/text.h"
#include "ingest/reader.h"
#include "ingest/readers/file_source.h"

namespace neverready::ingest {
namespace {

namespace fs = std::filesystem;

bool IsLogFile(const fs::path& path) {
  constexpr std::array<std::string_view, 8> kExtensions = {".ndjson", ".jsonl", ".json", ".yaml",
                                                           ".yml",    ".csv",   ".log",  ".txt"};
  std::string name = core::ToLower(path.filename().string());
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  if (name.starts_with('.') || name.ends_with(".label.json")) return false;
  return std::any_of(kExtensions.begin(), kExtensions.end(),
                     [&](std::string_view extension) { return name.ends_with(extension); });
}

core::Result<std::vector<std::string>> FilesOf(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  const fs::recursive_directory_iterator end;
  while (!error && entry != end) {
    std::error_code ignored;  // a link to nowhere is no file
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (hidden && entry->is_directory(ignored)) entry.disable_recursion_pending();
    if (IsLogFile(entry->path()) && entry->is_regular_file(ignored)) files.push_back(entry->path().string());
    entry.increment(error);
  }
  if (error) return tl::unexpected(FileError(directory, error.value()));
  if (files.empty()) {
    return core::Fail(
        core::ErrorCode::kNotFound,
        directory + " holds no log files (*.ndjson *.jsonl *.json *.yaml *.yml *.csv *.log *.txt, also .gz)",
        "name the files one by one; any name will do then");
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

core::Result<std::vector<std::string>> FindFiles(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    if (name.empty()) return core::Fail(core::ErrorCode::kInvalidArgument, "a file name is empty");
    if (name == "-") {
      if (std::find(files.begin(), files.end(), name) != files.end()) {
        return core::Fail(core::ErrorCode::kInvalidArgument, "standard input (-) is named twice");
      }
      files.push_back(name);
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(name, error);
    if (error) return tl::unexpected(FileError(name, error.value()));
    if (::access(name.c_str(), R_OK) != 0) return tl::unexpected(FileError(name, errno));
    if (!fs::is_directory(status)) {
      files.push_back(name);
      continue;
    }
    const core::Result<std::vector<std::string>> inside = FilesOf(name);
    if (!inside) return inside;
    files.insert(files.end(), inside->begin(), inside->end());
  }
  return files;
}

}  // namespace neverready::ingest
