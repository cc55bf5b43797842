#include "ingest/readers/entry_sink.h"

#include <utility>

namespace neverready::ingest {

std::string DisplayName(const std::string& file) { return file == "-" ? "standard input" : file; }

EntrySink::EntrySink(const ReadOptions& options, const std::vector<Visitor>& visitors, ReadSummary* summary)
    : options_(options), summary_(summary) {
  for (const Visitor& visitor : visitors) takers_.push_back(std::make_unique<EntryTaker>(visitor));
}

void EntrySink::StartFile(const std::string& file) {
  summary_->files.push_back(file);
  before_file_ = found();
}

std::uint64_t EntrySink::found() const {
  std::uint64_t count = summary_->malformed;
  for (const auto& taker : takers_) count += taker->taken();
  return count;
}

void EntrySink::CountEntries() { summary_->entries = found() - summary_->malformed; }

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
