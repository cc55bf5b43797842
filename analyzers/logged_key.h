// Private keys that were logged line by line, perhaps each line behind a logger's words, where
// core::Redactor does not look through. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_LOGGED_KEY_H_
#define NEVERREADY_ANALYZERS_LOGGED_KEY_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/secret_kind.h"

namespace neverready::analyzers {

inline constexpr std::string_view kKeyBegin = "-----BEGIN ";  // of a PEM label (RFC 7468)

// From behind each first line to before its last line; where there is none, to the end of the lines that are
// key. Ascending, without overlap, in linear time. What lies between may be other words, too.
std::vector<core::SecretSpan> FindLoggedKeys(std::string_view text);

// A part of such a span (lines, or the beginning or end of one) with the key in it hidden. What a logger
// wrote before a line stays, and so does what somebody else said in between. Less than eight characters
// behind a logger's words are not told from words, and stay.
std::string HideKeyPart(std::string_view part);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_LOGGED_KEY_H_
