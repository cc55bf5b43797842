// From files to entries: finds the files, tells their forms apart by content, and hands every entry to a
// visitor. Bad input never stops the rest: it is counted and, the first few times, described.
#ifndef NEVERREADY_INGEST_READER_H_
#define NEVERREADY_INGEST_READER_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ingest/archive.h"
#include "ingest/glimpse.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

enum class InputFormat { kAuto, kNdjson, kJsonArray, kYaml, kCsv, kText };

// How far reading has come.
struct Progress {
  std::uint64_t bytes = 0;             // before decompression, of all files
  std::optional<std::uint64_t> total;  // unset where standard input, a pipe or a device is among the files
};

struct ReadOptions {
  InputFormat format = InputFormat::kAuto;  // kAuto: told apart by content, file by file
  std::size_t max_described = 5;            // malformed lines described one by one; the others are counted
  std::size_t spool_bytes = 64u << 20;      // what comes only once goes beyond this to an unlinked file
  std::function<void(const Progress&)> progress;  // called for every block (up to 1 MiB) of input, by one
                                                  // thread at a time
};

// A line (or array element) that could not be read.
struct Malformed {
  std::string file;        // as the user named it; "-" for standard input
  std::uint64_t line = 0;  // from 1
  std::string reason;      // "an unterminated string at byte 120"
};

struct ReadSummary {
  std::vector<std::string> files;      // by LogEntry::source, in the order read
  std::uint64_t bytes = 0;             // read, after decompression
  std::uint64_t entries = 0;           // handed to the visitor
  std::uint64_t malformed = 0;         // lines or elements skipped
  std::uint64_t told_in_warnings = 0;  // of these, told by a warning
  std::vector<Malformed> described;    // the first max_described of them
  std::vector<std::string> warnings;   // whole sentences: "a.ndjson: the last line is cut off (no newline,
                                       // incomplete JSON)", "b.log is empty"
};

using EntryVisitor = std::function<void(const LogEntry&)>;

// Who is told of entries; every entry goes to one of the two.
struct Visitor {
  EntryVisitor entry;  // an entry as a whole, valid during the call
  // One that is JSON, of a named revision and can be read again from the archive. May be empty: then all are
  // read as a whole.
  std::function<void(const BorrowedGlimpse&)> glimpse;
};

// The files that a command line names: files as they are, a directory's files (*.ndjson *.jsonl *.json *.yaml
// *.yml *.csv *.log *.txt, each also with .gz; recursively, by name in byte order; hidden ones and
// *.label.json are left out). "-" stays "-" and may stand once. A name that is missing or unreadable, and a
// directory without such files, is an error that says so.
core::Result<std::vector<std::string>> FindFiles(const std::vector<std::string>& names);

// Reads all `files` in order and calls `visit` for every entry. The entry is only valid during the call. `in`
// is used for "-". A file that cannot be read as a whole is a warning among others, and a failure (kNotFound,
// kPermissionDenied, kInvalidArgument) where no other can be read: missing, unreadable, a directory, binary
// (NUL bytes and no text), or in another form than `options.format`. Malformed lines are not failures.
core::Result<ReadSummary> ReadFiles(const std::vector<std::string>& files, std::istream& in,
                                    const ReadOptions& options, const EntryVisitor& visit);

// The same for several visitors, each of which is called by a thread of its own, so that entries come in any
// order. What the glimpses speak of can be read from the archive afterwards.
core::Result<ReadSummary> ReadFiles(const std::vector<std::string>& files, std::istream& in,
                                    const ReadOptions& options, const std::vector<Visitor>& visitors,
                                    Archive* archive);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READER_H_
