// What a fast JSON parser does not do: mend what can be mended, and say what cannot. Pure functions,
// thread-safe.
#ifndef NEVERREADY_INGEST_JSON_REPAIR_H_
#define NEVERREADY_INGEST_JSON_REPAIR_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace neverready::ingest {

// Deeper values are refused before anything that could recurse sees them.
inline constexpr std::size_t kMaxJsonDepth = 256;

// True iff `json` is nested more than kMaxJsonDepth levels deep. One pass at memory speed where brackets are
// few.
bool NestedTooDeep(std::string_view json);

// Mends what loggers and shells break inside JSON: bytes that are no UTF-8 become U+FFFD, raw control
// characters in strings become escapes and outside of strings blanks, lone surrogates become \ufffd, and a
// backslash before a letter that is no escape is doubled. Returns `json` itself where there is nothing to
// mend.
std::string RepairJson(std::string_view json);

// Why `json` is not one JSON object, as a short phrase for people: "an unterminated string at byte 120".
// Bytes count from 1.
std::string ExplainJson(std::string_view json);

// True iff `json` has the outline of one JSON object and nothing else: brackets and quotes match. Values are
// not looked at.
bool IsWholeObject(std::string_view json);

// True iff the fault is that `json` ends too early: a cut-off object, so far without any other fault.
bool IsCutOff(std::string_view json);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_JSON_REPAIR_H_
