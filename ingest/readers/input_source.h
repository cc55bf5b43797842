// Opens what the user named, so that its bytes can be read in any order: decompressed where they are gzip
// data, spooled where they come only once.
#ifndef NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_
#define NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_

#include <istream>
#include <memory>
#include <string>

#include "ingest/readers/byte_source.h"
#include "ingest/readers/meter.h"
#include "ingest/readers/spool.h"

namespace neverready::ingest {

// Opens `file`, or `in` for "-". Borrows `in`, `meter` and `spool` for the life of the source. Fails as
// FileSource::Open does.
core::Result<std::unique_ptr<ByteSource>> OpenInput(const std::string& file, std::istream& in, Meter* meter,
                                                    Spool* spool);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_
