// Tells the form of a file by its beginning. Pure functions, thread-safe.
#ifndef NEVERREADY_INGEST_READERS_FORMAT_SNIFFER_H_
#define NEVERREADY_INGEST_READERS_FORMAT_SNIFFER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "ingest/reader.h"

namespace neverready::ingest {

enum class Form {
  kEmpty,    // no bytes, or blanks only
  kNdjson,   // one JSON object a line
  kArray,    // a JSON array
  kObjects,  // JSON objects that take several lines each
  kPages,    // answers of entries.list: {"entries": […]}
  kYaml,     // YAML documents
  kCsv,
  kText,
};

// How much of a file a decision may need.
inline constexpr std::size_t kSniffBytes = 512 << 10;

struct Beginning {
  std::string_view text;  // the first kSniffBytes of the file, or all of it; without a byte order mark
  bool whole = false;     // it is all of it
};

// Length of a UTF-8 byte order mark at the beginning of `text`: 3 or 0.
std::size_t ByteOrderMarkBytes(std::string_view text);

// The form to read `file` in: the one that `wanted` asks for, or the one that the content shows. Fails with
// kInvalidArgument, naming the file, where the content is an archive, compressed, UTF-16 or binary, YAML or
// CSV but no log, or has another form than `wanted`.
core::Result<Form> TellForm(const std::string& file, const Beginning& beginning, InputFormat wanted);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_FORMAT_SNIFFER_H_
