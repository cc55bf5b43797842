// Where the readers of all forms put what they find: parses, visits, counts and describes. One thread.
#ifndef NEVERREADY_INGEST_READERS_ENTRY_SINK_H_
#define NEVERREADY_INGEST_READERS_ENTRY_SINK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/entry_parser.h"
#include "ingest/reader.h"
#include "ingest/readers/line_prefix.h"

namespace neverready::ingest {

// "-" as people call it; other names as they are.
std::string DisplayName(const std::string& file);

class EntrySink {
 public:
  // Borrows all three for its own lifetime.
  EntrySink(const ReadOptions& options, const EntryVisitor& visit, ReadSummary* summary)
      : options_(options), visit_(visit), summary_(summary) {}

  // What follows stands in this file.
  void StartFile(const std::string& file);

  // Hands on the entry that `json` holds, or says why there is none; nothing is counted then.
  core::Status AddJson(std::string_view json, std::uint64_t position);
  // A line as its program wrote it; `line.at` and `line.speaker` are what stood before it.
  void AddText(const BorrowedLine& line, std::uint64_t position);

  // Counts a line or element that could not be read, and describes it while there are few.
  void Reject(std::uint64_t line, std::string reason);

  // As Reject, in a warning's words.
  void RejectWithWarning(std::string sentence);
  void Warn(std::string sentence) { summary_->warnings.push_back(std::move(sentence)); }

  // Bytes that a reader has taken from the file.
  void CountBytes(std::uint64_t bytes) { summary_->bytes += bytes; }

  // Entries and rejections since StartFile.
  std::uint64_t found_in_file() const { return summary_->entries + summary_->malformed - before_file_; }
  const std::string& file() const { return summary_->files.back(); }

 private:
  void Visit(std::uint64_t position);

  const ReadOptions& options_;
  const EntryVisitor& visit_;
  ReadSummary* summary_;
  EntryParser parser_;
  LogEntry entry_;
  std::uint64_t before_file_ = 0;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_ENTRY_SINK_H_
