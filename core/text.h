// Text without a domain: views in, strings out. Pure functions, thread-safe. "Line" means without its
// newline.
#ifndef NEVERREADY_CORE_TEXT_H_
#define NEVERREADY_CORE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace neverready::core {

std::string_view Trim(std::string_view text);  // blanks, tabs, CR and LF at both ends
bool StartsWithNoCase(std::string_view text, std::string_view prefix);  // ASCII
bool ContainsNoCase(std::string_view text, std::string_view part);      // ASCII
std::string ToLower(std::string_view text);                             // ASCII

std::vector<std::string_view> SplitLines(std::string_view text);  // at \n; a \r before it is dropped

bool IsValidUtf8(std::string_view text);

// Replaces every byte that is not part of valid UTF-8 (overlong forms and surrogates included) by U+FFFD.
std::string RepairUtf8(std::string_view text);

// Removes ANSI escape sequences (CSI, OSC, two-byte), NUL, and the other C0 controls except tab and newline,
// and C1 controls and DEL. What stays is what a reader saw. Returns true iff anything was removed; `out` is
// replaced.
bool StripControls(std::string_view text, std::string* out);

// As StripControls; additionally replaces Unicode characters that reorder text, take no room or break lines
// (bidi marks and overrides, zero-width characters, separators, tags) by U+FFFD, and tabs by one blank.
std::string SafeForTerminal(std::string_view text);

// Writes the characters that SafeForTerminal takes out as \u escapes, so that JSON which is shown on a
// terminal does no harm there and still says the same. REQUIRES: valid JSON, in which they stand in strings
// only.
std::string EscapeHiddenInJson(std::string_view json);

// Cuts to at most `columns` code points, the last one being an ellipsis where something was cut.
std::string Ellipsize(std::string_view text, size_t columns);

// Number of columns, taking one per code point (wide and combining characters are not told apart).
size_t DisplayWidth(std::string_view text);

// Wraps at blanks to at most `columns` a line; longer words stay whole.
std::vector<std::string> Wrap(std::string_view text, size_t columns);

// Damerau-Levenshtein distance with adjacent transpositions.
size_t EditDistance(std::string_view a, std::string_view b);

// The candidate nearest to `word`, or "" where none is near enough (distance ≤ 1 + length / 4): for "did you
// mean".
std::string_view Nearest(std::string_view word, const std::vector<std::string>& candidates);

// Glob over one file name: `*` and `?` only.
bool GlobMatch(std::string_view glob, std::string_view name);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_TEXT_H_
