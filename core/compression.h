// Zstandard data (https://www.rfc-editor.org/rfc/rfc8878) of a text, and back: small texts held in memory,
// one frame each, with a checksum in it. The only file that knows zstd. Pure, thread-safe.
#ifndef NEVERREADY_CORE_COMPRESSION_H_
#define NEVERREADY_CORE_COMPRESSION_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace neverready::core {

// The same bytes for the same text with one version of zstd.
std::string Compress(std::string_view text);

// The text that Compress was given. Fails with kDataLoss where `data` is cut off, damaged or followed by
// something else, and where the text is longer than `max_bytes`, whatever it claims: never takes much more
// memory than that.
Result<std::string> Decompress(std::string_view data, std::size_t max_bytes);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_COMPRESSION_H_
