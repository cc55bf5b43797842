// From the bytes of one entry to its visitor, by the shortest way: a glimpse where that is enough. One
// thread.
#ifndef NEVERREADY_INGEST_READERS_ENTRY_TAKER_H_
#define NEVERREADY_INGEST_READERS_ENTRY_TAKER_H_

#include <cstdint>
#include <string_view>

#include "ingest/entry_parser.h"
#include "ingest/entry_skimmer.h"
#include "ingest/reader.h"
#include "ingest/readers/line_prefix.h"

namespace neverready::ingest {

class EntryTaker {
 public:
  // Borrows the visitor for its own lifetime.
  explicit EntryTaker(const Visitor& visitor) : visitor_(visitor) {}

  // Visits the entry that `json` holds, or says why there is none. `position`: LogEntry::position.
  core::Status TakeJson(std::string_view json, std::uint32_t source, std::uint64_t position);
  void TakeText(const BorrowedLine& line, std::uint32_t source, std::uint64_t position);

  // The same for JSON that can be read again; EntrySkimmer::kPadding bytes behind it are readable.
  core::Status TakeSpot(std::string_view json, const Spot& spot);

  std::uint64_t taken() const { return taken_; }

 private:
  void Visit(std::uint32_t source, std::uint64_t position);

  const Visitor& visitor_;
  EntryParser parser_;
  EntrySkimmer skimmer_;
  LogEntry entry_;
  BorrowedGlimpse glimpse_;
  std::uint64_t taken_ = 0;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_ENTRY_TAKER_H_
