// Looks at the envelope of a LogEntry in its usual form (camelCase, RFC 3339, as the API, gcloud and log
// sinks write it) without reading the payload: most entries of a large log explain no start. Part of the
// readers. One thread.
#ifndef NEVERREADY_INGEST_ENTRY_SKIMMER_H_
#define NEVERREADY_INGEST_ENTRY_SKIMMER_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "ingest/glimpse.h"

namespace neverready::ingest {

class EntrySkimmer {
 public:
  // What must be readable behind an object, whatever stands there.
  static constexpr std::size_t kPadding = 64;

  EntrySkimmer();
  ~EntrySkimmer();
  EntrySkimmer(const EntrySkimmer&) = delete;
  EntrySkimmer& operator=(const EntrySkimmer&) = delete;

  // Reads one JSON object, behind which kPadding bytes are readable. Returns false for whatever is not plain:
  // then EntryParser has to read it, which also says what is wrong with it, if anything is. `glimpse->spot`
  // is the caller's. Its texts are valid until the next call; those of the owner until the skimmer goes.
  bool Skim(std::string_view json, BorrowedGlimpse* glimpse);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same of an entry that was read as a whole. False where only the entry itself will do: without a time, a
// revision or a text, or a part of a split message.
bool GlimpseOf(const LogEntry& entry, BorrowedGlimpse* glimpse);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_ENTRY_SKIMMER_H_
