// The marks "[redacted:<kind>]" that stand where secrets were. They are opaque: what reads a text for secrets
// never takes a part of one for a name, a value or a separator. Pure, thread-safe.
#ifndef NEVERREADY_CORE_SECRET_MARK_H_
#define NEVERREADY_CORE_SECRET_MARK_H_

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace neverready::core {

inline constexpr std::string_view kMark = "[redacted:";

// Bytes of the mark that begins at `at`; 0 where none does.
inline std::size_t MarkLength(std::string_view text, std::size_t at) {
  if (text.compare(at, kMark.size(), kMark) != 0) return 0;
  std::size_t end = at + kMark.size();
  while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '-')) ++end;
  return end < text.size() && text[end] == ']' && end > at + kMark.size() ? end + 1 - at : 0;
}

// Bytes of the mark that ends before `end`; 0 where none does.
inline std::size_t MarkLengthBefore(std::string_view text, std::size_t end) {
  if (end == 0 || text[end - 1] != ']') return 0;
  constexpr std::size_t kLongest = 64;
  const std::size_t from = end - std::min(end, kLongest);
  const std::size_t open = text.substr(from, end - from).rfind('[');
  if (open == std::string_view::npos) return 0;
  return MarkLength(text, from + open) == end - from - open ? end - from - open : 0;
}

// The first `c` that stands in no mark, or npos.
inline std::size_t FindOutsideMarks(std::string_view text, char c) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = text[at] == '[' ? MarkLength(text, at) : 0;
    if (mark == 0 && text[at] == c) return at;
    at += std::max<std::size_t>(1, mark);
  }
  return std::string_view::npos;
}

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_MARK_H_
