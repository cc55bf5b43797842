#include "ingest/readers/entry_sink.h"

#include <utility>

namespace neverready::ingest {

std::string DisplayName(const std::string& file) { return file == "-" ? "standard input" : file; }

void EntrySink::StartFile(const std::string& file) {
  summary_->files.push_back(file);
  before_file_ = summary_->entries + summary_->malformed;
}

core::Status EntrySink::AddJson(std::string_view json, std::uint64_t position) {
  core::Status status = parser_.Parse(json, &entry_);
  if (status) Visit(position);
  return status;
}

void EntrySink::AddText(const BorrowedLine& line, std::uint64_t position) {
  parser_.ParseText(line.text, &entry_);
  if (line.at) entry_.timestamp = line.at;
  if (entry_.instance.empty()) entry_.instance.assign(line.speaker);
  Visit(position);
}

void EntrySink::Visit(std::uint64_t position) {
  entry_.source = static_cast<std::uint32_t>(summary_->files.size() - 1);
  entry_.position = position;
  ++summary_->entries;
  visit_(entry_);
}

void EntrySink::Reject(std::uint64_t line, std::string reason) {
  ++summary_->malformed;
  if (summary_->described.size() >= options_.max_described) return;
  summary_->described.push_back({file(), line, std::move(reason)});
}

void EntrySink::RejectWithWarning(std::string sentence) {
  ++summary_->malformed;
  ++summary_->told_in_warnings;
  Warn(std::move(sentence));
}

}  // namespace neverready::ingest
