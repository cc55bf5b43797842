// Which keys of a structured line mean what, as the loggers of the world spell them. Paths are dotted; ASCII
// case is ignored. Pure functions, thread-safe.
#ifndef NEVERREADY_INGEST_PAYLOAD_KEYS_H_
#define NEVERREADY_INGEST_PAYLOAD_KEYS_H_

#include <cstddef>
#include <string_view>

namespace neverready::ingest {

inline constexpr std::size_t kNoRank = static_cast<std::size_t>(-1);

// How well the string at `path` serves as the message: 0 is best, kNoRank not at all.
std::size_t MessageRank(std::string_view path);

// True iff nothing under `path` ever explains a failure: times, levels, ids, the logger's own whereabouts.
bool IsBoring(std::string_view path);

// True iff `path` speaks of an error: error…, err…, exception, exc_info, stack…, traceback, cause, reason,
// detail….
bool IsErrorLike(std::string_view path);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_PAYLOAD_KEYS_H_
