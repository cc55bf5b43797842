#include "ingest/archive.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "ingest/entry_parser.h"
#include "ingest/readers/file_source.h"
#include "ingest/readers/spool.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kMostOpen = 200;
constexpr std::uint64_t kGap = 2 << 10;      // cheaper to read than to begin again behind it
constexpr std::uint64_t kStretch = 1 << 20;  // read at once, unless one entry is larger

// What one thread needs to read entries.
struct Desk {
  EntryParser parser;
  LogEntry entry;
  std::vector<char> bytes;
};

Desk& OwnDesk() {
  thread_local Desk desk;
  return desk;
}

}  // namespace

struct Archive::Shelf {
  std::string name;
  std::unique_ptr<ByteSource> bytes;  // null: to be opened by name
};

Archive::Archive(std::size_t spool_bytes) : spool_(std::make_unique<Spool>(spool_bytes)) {}
Archive::~Archive() = default;

void Archive::Put(std::uint32_t source, const std::string& name, std::unique_ptr<ByteSource> bytes) {
  if (shelves_.size() <= source) shelves_.resize(source + 1);
  const bool by_name = source >= kMostOpen && dynamic_cast<SpooledSource*>(bytes.get()) == nullptr;
  shelves_[source] = {name, by_name ? nullptr : std::move(bytes)};
}

std::size_t Archive::Load(std::vector<Spot> spots, const std::function<void(const LogEntry&)>& take) const {
  std::ranges::sort(spots, [](const Spot& a, const Spot& b) {
    return std::tie(a.source, a.offset) < std::tie(b.source, b.offset);
  });
  Desk& desk = OwnDesk();
  std::size_t lost = 0;
  std::unique_ptr<ByteSource> reopened;
  std::uint32_t reopened_source = 0;
  for (std::size_t i = 0; i < spots.size();) {
    const Spot& first = spots[i];
    std::uint64_t end = first.offset + first.size;
    std::size_t behind = i + 1;
    for (; behind < spots.size() && spots[behind].source == first.source; ++behind) {
      const std::uint64_t next_end = spots[behind].offset + spots[behind].size;
      if (spots[behind].offset > end + kGap || next_end - first.offset > kStretch) break;
      end = std::max(end, next_end);
    }
    ByteSource* source = first.source < shelves_.size() ? shelves_[first.source].bytes.get() : nullptr;
    if (source == nullptr && first.source < shelves_.size()) {
      if (!reopened || reopened_source != first.source) {
        auto opened = FileSource::Open(shelves_[first.source].name);
        reopened = opened ? std::move(*opened) : nullptr;
        reopened_source = first.source;
      }
      source = reopened.get();
    }
    desk.bytes.resize(end - first.offset);
    const auto n = source == nullptr ? core::Result<std::size_t>(0)
                                     : ReadFully(source, first.offset, desk.bytes.data(), desk.bytes.size());
    const std::string_view bytes(desk.bytes.data(), n ? *n : 0);
    for (; i < behind; ++i) {
      const std::uint64_t at = spots[i].offset - first.offset;
      const bool there = at + spots[i].size <= bytes.size() &&
                         desk.parser.Parse(bytes.substr(at, spots[i].size), &desk.entry).has_value();
      if (!there) {
        ++lost;
        continue;
      }
      desk.entry.source = spots[i].source;
      desk.entry.position = spots[i].offset + 1;
      take(desk.entry);
    }
  }
  return lost;
}

}  // namespace neverready::ingest
