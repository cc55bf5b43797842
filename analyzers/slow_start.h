// How far a start came that was not finished in time. Pure.
#ifndef NEVERREADY_ANALYZERS_SLOW_START_H_
#define NEVERREADY_ANALYZERS_SLOW_START_H_

#include <cstdint>
#include <string>

#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// `line`: the last words of the attempt, an index into the log's lines.

// Whether the application was still speaking in the last quarter of its attempt.
bool SpokeLate(const RevisionLog& log, const Attempt& attempt, std::uint32_t line);

// ": after 223 s it had come to "…"; the longest step, behind "…", took 96 s".
std::string Progress(const RevisionLog& log, const Attempt& attempt, std::uint32_t line);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_SLOW_START_H_
