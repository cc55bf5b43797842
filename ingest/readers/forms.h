// One reader per form of file. Each reads its input to its end and puts everything into `sink`; malformed
// lines are the sink's, failures are those of the file itself. JSON is read by as many threads as the sink
// has takers.
#ifndef NEVERREADY_INGEST_READERS_FORMS_H_
#define NEVERREADY_INGEST_READERS_FORMS_H_

#include "core/result.h"
#include "ingest/readers/block_buffer.h"
#include "ingest/readers/entry_sink.h"

namespace neverready::ingest {

// One JSON object a line. Blank lines are left out, a comma behind the object is forgiven.
// The source can be read again; `begin`: the offset of the first line, behind a byte order mark. Counts the
// bytes.
core::Status ReadNdjson(ByteSource* source, std::uint64_t begin, EntrySink* sink);

// A JSON array of objects, several of them, or JSON objects one behind the other over any number of lines.
core::Status ReadObjects(BlockBuffer* buffer, EntrySink* sink);

// YAML documents, one mapping each, divided by lines that begin with "---". At most one is held at a time.
core::Status ReadYaml(BlockBuffer* buffer, EntrySink* sink);

// Comma-separated values (https://www.rfc-editor.org/rfc/rfc4180) under a header that names fields of
// LogEntry.
core::Status ReadCsv(BlockBuffer* buffer, EntrySink* sink);

// Any text; lines that are JSON objects are read as such.
core::Status ReadText(BlockBuffer* buffer, EntrySink* sink);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_FORMS_H_
