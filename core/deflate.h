// zlib data (https://www.rfc-editor.org/rfc/rfc1950) of a text, and back: small texts held in memory, with a
// checksum in them. Pure, thread-safe.
#ifndef NEVERREADY_CORE_DEFLATE_H_
#define NEVERREADY_CORE_DEFLATE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace neverready::core {

inline constexpr int kDeflateLevel = 6;  // zlib's own choice between size and speed

// `level`: 0 (stored) to 9 (smallest, slowest); what is beyond is taken for the nearest. The same bytes for
// the same text and level, with one version of zlib.
std::string Deflate(std::string_view text, int level = kDeflateLevel);

// The text that Deflate was given. Fails with kDataLoss where `data` is cut off, damaged or followed by
// something else, and where the text is longer than `max_bytes`, whatever it claims: never takes much more
// memory than that.
Result<std::string> Inflate(std::string_view data, std::size_t max_bytes);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_DEFLATE_H_
