// What the collector notes of a revision: entries that it keeps, and where others stand.
#ifndef NEVERREADY_ANALYZERS_REVISION_NOTES_H_
#define NEVERREADY_ANALYZERS_REVISION_NOTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/kept_entry.h"
#include "ingest/glimpse.h"

namespace neverready::analyzers {

// An entry that was seen and can be read again. There may be millions: 24 bytes.
struct Sighting {
  core::Timestamp at;
  std::uint64_t offset : 48;  // Spot::offset
  std::uint64_t source : 16;  // Spot::source
  std::uint32_t size;         // Spot::size
  std::uint32_t instance;     // into the collector's names; 0: none

  ingest::Spot spot() const { return {offset, size, static_cast<std::uint32_t>(source)}; }
};
static_assert(sizeof(Sighting) == 24);

// The earliest request: that a revision got traffic is told by it; the millions behind it add nothing.
struct FirstRequest {
  core::Timestamp at;
  std::string insert_id;
  ingest::Spot spot;
};

struct RevisionNotes {
  std::vector<KeptEntry> kept;
  std::optional<KeptEntry> kept_request;  // the earliest of the kept ones
  std::vector<Sighting> app, platform;    // of what applications say: lines; in any order
  std::optional<FirstRequest> request;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_NOTES_H_
