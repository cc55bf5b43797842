// Tells ReadOptions::progress how far reading has come. One thread.
#ifndef NEVERREADY_INGEST_READERS_METER_H_
#define NEVERREADY_INGEST_READERS_METER_H_

#include <string>
#include <vector>

#include "ingest/reader.h"

namespace neverready::ingest {

class Meter {
 public:
  // Borrows `options` for its own lifetime. The total is the sum of the files' sizes, if all are known.
  Meter(const ReadOptions& options, const std::vector<std::string>& files);

  // So many bytes more were taken from standard input, before anything of it is read.
  void TookIn(std::uint64_t bytes);

  // Standard input ended: what was taken in counts as any file now.
  void TookInAll();

  // So many bytes more were read, before decompression.
  void Read(std::uint64_t bytes);

 private:
  void Tell(const Progress& progress) const {
    if (options_.progress) options_.progress(progress);
  }

  const ReadOptions& options_;
  std::uint64_t taken_in_ = 0, read_ = 0, known_ = 0;
  bool all_known_ = true;         // but for standard input, perhaps
  bool waits_for_input_ = false;  // standard input is named and has not ended
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_METER_H_
