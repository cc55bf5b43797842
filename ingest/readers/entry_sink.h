// Where the readers of all forms put what they find: visits, counts and describes. One thread, save for
// takers.
#ifndef NEVERREADY_INGEST_READERS_ENTRY_SINK_H_
#define NEVERREADY_INGEST_READERS_ENTRY_SINK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.h"
#include "ingest/readers/entry_taker.h"
#include "ingest/readers/line_prefix.h"

namespace neverready::ingest {

// "-" as people call it; other names as they are.
std::string DisplayName(const std::string& file);

class EntrySink {
 public:
  // Borrows all three for its own lifetime. One visitor a thread, at least one.
  EntrySink(const ReadOptions& options, const std::vector<Visitor>& visitors, ReadSummary* summary);

  // What follows stands in this file.
  void StartFile(const std::string& file);

  // Hands on the entry that `json` holds, or says why there is none; nothing is counted then.
  core::Status AddJson(std::string_view json, std::uint64_t position) {
    return takers_[0]->TakeJson(json, source(), position);
  }
  // A line as its program wrote it; `line.at` and `line.speaker` are what stood before it.
  void AddText(const BorrowedLine& line, std::uint64_t position) {
    takers_[0]->TakeText(line, source(), position);
  }

  // For readers that work on several threads: each uses one taker.
  std::size_t takers() const { return takers_.size(); }
  EntryTaker& taker(std::size_t index) { return *takers_[index]; }

  // Counts a line or element that could not be read, and describes it while there are few.
  void Reject(std::uint64_t line, std::string reason);

  // Counts some more that are not described.
  void RejectMore(std::uint64_t count) { summary_->malformed += count; }

  // As Reject, in a warning's words.
  void RejectWithWarning(std::string sentence);
  void Warn(std::string sentence) { summary_->warnings.push_back(std::move(sentence)); }

  // Bytes that a reader has taken from the file.
  void CountBytes(std::uint64_t bytes) { summary_->bytes += bytes; }

  // Writes the number of entries into the summary.
  void CountEntries();

  // Entries and rejections since StartFile.
  std::uint64_t found_in_file() const { return found() - before_file_; }
  const std::string& file() const { return summary_->files.back(); }
  std::uint32_t source() const { return static_cast<std::uint32_t>(summary_->files.size() - 1); }
  const ReadOptions& options() const { return options_; }

 private:
  std::uint64_t found() const;

  const ReadOptions& options_;
  ReadSummary* summary_;
  std::vector<std::unique_ptr<EntryTaker>> takers_;
  std::uint64_t before_file_ = 0;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_ENTRY_SINK_H_
