// What the collector notes of a revision: entries that it keeps, and where others stand.
#ifndef NEVERREADY_ANALYZERS_REVISION_NOTES_H_
#define NEVERREADY_ANALYZERS_REVISION_NOTES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzers/kept_entry.h"
#include "ingest/glimpse.h"

namespace neverready::analyzers {

// An entry that was seen and can be read again. There may be millions: 24 bytes.
struct Sighting {
  core::Timestamp at;
  std::uint64_t offset : 40;  // Spot::offset
  std::uint64_t size : 24;    // Spot::size
  std::uint32_t source;       // Spot::source
  std::uint32_t instance;     // InstanceMark of its name

  ingest::Spot spot() const { return {offset, static_cast<std::uint32_t>(size), source}; }
};
static_assert(sizeof(Sighting) == 24);

// A number for an instance's name, 0 for none. Two instances of a revision may have the same, very seldom:
// good enough to choose among their lines, not to tell them apart.
inline std::uint32_t InstanceMark(std::string_view name) {
  if (name.empty()) return 0;
  const std::size_t hash = std::hash<std::string_view>()(name);
  return static_cast<std::uint32_t>(hash ^ hash >> 32) | 1;
}

// The earliest request: that a revision got traffic is told by it; the millions behind it add nothing.
struct FirstRequest {
  core::Timestamp at;
  std::string insert_id;
  ingest::Spot spot;
};

struct RevisionNotes {
  std::vector<KeptEntry> kept;
  std::unique_ptr<KeptEntry> kept_request;  // the earliest of the kept ones; may be null
  std::vector<Sighting> app, platform;      // of what applications say: lines; in any order
  std::optional<FirstRequest> request;
};

// Keeps the request if it is the earliest.
inline void OfferRequest(KeptEntry request, RevisionNotes* notes) {
  const auto& kept = notes->kept_request;
  if (!kept || std::tie(request.at, request.insert_id) < std::tie(kept->at, kept->insert_id))
    notes->kept_request = std::make_unique<KeptEntry>(std::move(request));
}

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_NOTES_H_
