// Records of comma-separated values (https://www.rfc-editor.org/rfc/rfc4180), without holding more than one.
// One thread.
#ifndef NEVERREADY_INGEST_READERS_CSV_SCANNER_H_
#define NEVERREADY_INGEST_READERS_CSV_SCANNER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/readers/block_buffer.h"

namespace neverready::ingest {

struct CsvRecord {
  std::vector<std::string> fields;  // unquoted; they may hold newlines; at least one
  std::uint64_t line = 0;           // where it begins, from 1
  bool too_long = false;            // more than kMaxEntryBytes: the fields are no good
  bool cut_off = false;             // the file ended inside quotes
};

class CsvScanner {
 public:
  // Borrows `buffer` for its own lifetime.
  explicit CsvScanner(BlockBuffer* buffer) : buffer_(buffer) {}

  // The next record, or false at the end.
  core::Result<bool> Next(CsvRecord* record);

 private:
  BlockBuffer* buffer_;
  std::uint64_t line_ = 1;
};

// The fields of the record that `text` begins with.
std::vector<std::string> FirstCsvRecord(std::string_view text);

// Whether these column names are a LogEntry's: two of them at least, one of which holds its text.
bool AreLogColumns(const std::vector<std::string>& columns);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_CSV_SCANNER_H_
