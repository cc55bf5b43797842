// The files of an input after they were read, for those entries that are wanted once more. Thread-safe.
#ifndef NEVERREADY_INGEST_ARCHIVE_H_
#define NEVERREADY_INGEST_ARCHIVE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/glimpse.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

class ByteSource;
class Spool;

class Archive {
 public:
  explicit Archive(std::size_t spool_bytes);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // What the readers put in. The source with the number `source` (LogEntry::source), that has this name; only
  // the first 200 files are kept open, others are opened again by name.
  void Put(std::uint32_t source, const std::string& name, std::unique_ptr<ByteSource> bytes);
  Spool* spool() { return spool_.get(); }

  // Calls `take` with each entry that stands at one of the spots, in the order of the spots in the input, and
  // returns how many are no longer there (the file has changed or vanished). Entries are valid for the call.
  std::size_t Load(std::vector<Spot> spots, const std::function<void(const LogEntry&)>& take) const;

 private:
  struct Shelf;
  std::unique_ptr<Spool> spool_;
  std::vector<Shelf> shelves_;  // by source
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_ARCHIVE_H_
