#include "ingest/readers/entry_taker.h"

namespace neverready::ingest {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1}
                                     << 40;  // of a file in which an entry can be found again

}  // namespace

core::Status EntryTaker::TakeJson(std::string_view json, std::uint32_t source, std::uint64_t position) {
  core::Status status = parser_.Parse(json, &entry_);
  if (status) Visit(source, position);
  return status;
}

void EntryTaker::TakeText(const BorrowedLine& line, std::uint32_t source, std::uint64_t position) {
  parser_.ParseText(line.text, &entry_);
  if (line.at) entry_.timestamp = line.at;
  if (entry_.instance.empty()) entry_.instance.assign(line.speaker);
  Visit(source, position);
}

core::Status EntryTaker::TakeSpot(std::string_view json, const Spot& spot) {
  const bool glimpses = visitor_.glimpse != nullptr && spot.offset < kMostBytes;
  if (glimpses && skimmer_.Skim(json, &glimpse_)) {
    glimpse_.spot = spot;
    ++taken_;
    visitor_.glimpse(glimpse_);
    return {};
  }
  core::Status status = parser_.Parse(json, &entry_);
  if (!status) return status;
  if (!glimpses || !GlimpseOf(entry_, &glimpse_)) {
    Visit(spot.source, spot.offset + 1);
    return {};
  }
  glimpse_.spot = spot;
  ++taken_;
  visitor_.glimpse(glimpse_);
  return {};
}

void EntryTaker::Visit(std::uint32_t source, std::uint64_t position) {
  entry_.source = source;
  entry_.position = position;
  ++taken_;
  visitor_.entry(entry_);
}

}  // namespace neverready::ingest
