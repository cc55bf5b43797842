// What the envelope of an entry tells without its payload: whose it is, when and where it stands. Enough to
// decide whether the entry can explain a start, and to find it again.
#ifndef NEVERREADY_INGEST_GLIMPSE_H_
#define NEVERREADY_INGEST_GLIMPSE_H_

#include <cstdint>
#include <string_view>

#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

// A JSON object of the input, by its bytes.
struct Spot {
  std::uint64_t offset = 0;  // in the file's (decompressed) bytes
  std::uint32_t size = 0;    // in bytes
  std::uint32_t source = 0;  // LogEntry::source
};

// Borrows all text from the reader for the time of the call.
struct BorrowedGlimpse {
  enum class Kind : std::uint8_t {
    kApp,       // the application's text
    kPlatform,  // what the platform said: system log, audit entries, texts of the request log
    kRequest,   // a request, without text
    kForeign,   // of another resource type
  };
  Kind kind = Kind::kApp;
  core::Timestamp at;
  std::string_view project, location, service, revision;  // the revision is named, save for kForeign
  std::string_view instance, insert_id;                   // may be empty
  // The reader's number for the owner, from 1; 0: none. Equal numbers of one reader mean equal texts.
  std::uint32_t owner_number = 0;
  Spot spot;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_GLIMPSE_H_
