#include "core/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace neverready::core {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool EqualNoCase(char a, char b) { return LowerAscii(a) == LowerAscii(b); }
unsigned char ByteAt(std::string_view text, size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Length of the ASCII run at the beginning.
size_t AsciiPrefix(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + at, 8);
    if ((block & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && ByteAt(text, at) < 0x80) ++at;
  return at;
}

// Length of the well-formed sequence at `at` (Unicode's table 3-7), or 0.
size_t SequenceLength(std::string_view text, size_t at) {
  const unsigned char lead = ByteAt(text, at), second = ByteAt(text, at + 1);
  const auto continues = [&](size_t i) { return (ByteAt(text, at + i) & 0xC0) == 0x80; };
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return continues(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (lead == 0xE0 && second < 0xA0) return 0;  // overlong
    if (lead == 0xED && second > 0x9F) return 0;  // surrogate
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (lead == 0xF0 && second < 0x90) return 0;  // overlong
  if (lead == 0xF4 && second > 0x8F) return 0;  // beyond U+10FFFF
  return continues(1) && continues(2) && continues(3) ? 4 : 0;
}

bool IsC1(std::string_view text, size_t at) {
  return ByteAt(text, at) == 0xC2 && ByteAt(text, at + 1) >= 0x80 && ByteAt(text, at + 1) <= 0x9F;
}

bool IsRemovedControl(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F; }

// Behind the parameters and the final byte of a control sequence; `at` stands behind its introducer.
size_t SkipCsi(std::string_view text, size_t at) {
  while (at < text.size() && ByteAt(text, at) >= 0x20 && ByteAt(text, at) <= 0x3F) ++at;
  if (at < text.size() && ByteAt(text, at) >= 0x40 && ByteAt(text, at) <= 0x7E) ++at;
  return at;
}

// Behind a control string (OSC, DCS …) and its terminator. One that does not end on its line is no control
// string: only its introducer goes, so that it cannot swallow the log behind it.
size_t SkipControlString(std::string_view text, size_t at) {
  for (size_t i = at; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\a') return i + 1;
    if (text[i] == '\x1b' && ByteAt(text, i + 1) == '\\') return i + 2;
    if (ByteAt(text, i) == 0xC2 && ByteAt(text, i + 1) == 0x9C) return i + 2;
  }
  return at;
}

// Behind the escape sequence that begins at `at` with ESC.
size_t SkipEscape(std::string_view text, size_t at) {
  const unsigned char kind = ByteAt(text, at + 1);
  if (kind == '[') return SkipCsi(text, at + 2);
  if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_')
    return SkipControlString(text, at + 2);
  size_t end = at + 1;
  while (end < text.size() && ByteAt(text, end) >= 0x20 && ByteAt(text, end) <= 0x2F) ++end;
  if (end < text.size() && ByteAt(text, end) >= 0x30 && ByteAt(text, end) <= 0x7E) ++end;
  return end;
}

// Length of the character at `at` if it reorders text, takes no room or breaks the line: the soft hyphen, the
// zero-width and directional marks, embeddings and isolates, separators, the byte order mark, tags; else 0.
size_t HiddenLength(std::string_view text, size_t at) {
  const unsigned char a = ByteAt(text, at);
  if (a < 0xC2) return 0;
  const unsigned char b = ByteAt(text, at + 1), c = ByteAt(text, at + 2);
  if (a == 0xC2) return b == 0xAD ? 2 : 0;               // U+00AD
  if (a == 0xD8) return b == 0x9C ? 2 : 0;               // U+061C
  if (a == 0xE1) return b == 0xA0 && c == 0x8E ? 3 : 0;  // U+180E
  if (a == 0xE2 && b == 0x80) return (c >= 0x8B && c <= 0x8F) || (c >= 0xA8 && c <= 0xAE) ? 3 : 0;
  if (a == 0xE2 && b == 0x81) return c >= 0xA0 && c <= 0xAF ? 3 : 0;    // U+2060 to U+206F
  if (a == 0xEF) return b == 0xBB && c == 0xBF ? 3 : 0;                 // U+FEFF
  if (a == 0xF3) return b == 0xA0 && (c == 0x80 || c == 0x81) ? 4 : 0;  // U+E0000 to U+E007F
  return 0;
}

void WrapLine(std::string_view line, size_t columns, std::vector<std::string>* out) {
  std::string current;
  size_t width = 0;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = line.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const size_t word_width = DisplayWidth(word);
    if (!current.empty() && width + 1 + word_width > columns) {
      out->push_back(std::move(current));
      current.clear();
      width = 0;
    }
    if (!current.empty()) {
      current += ' ';
      ++width;
    }
    current += word;
    width += word_width;
  }
  out->push_back(std::move(current));
}

}  // namespace

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool StartsWithNoCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), EqualNoCase);
}

bool ContainsNoCase(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), EqualNoCase) != text.end() ||
         part.empty();
}

std::string ToLower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), LowerAscii);
  return out;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsValidUtf8(std::string_view text) {
  for (size_t at = AsciiPrefix(text); at < text.size();) {
    const size_t length = SequenceLength(text, at);
    if (length == 0) return false;
    at += length;
    at += AsciiPrefix(text.substr(at));
  }
  return true;
}

std::string RepairUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t ascii = AsciiPrefix(text.substr(at));
    out.append(text, at, ascii);
    at += ascii;
    if (at == text.size()) break;
    const size_t length = SequenceLength(text, at);
    if (length == 0) {
      out += kReplacement;
      ++at;
    } else {
      out.append(text, at, length);
      at += length;
    }
  }
  return out;
}

bool StripControls(std::string_view text, std::string* out) {
  size_t at = 0;
  while (at < text.size() && !IsRemovedControl(ByteAt(text, at)) && !IsC1(text, at)) ++at;
  if (at == text.size()) {
    out->assign(text);
    return false;
  }
  std::string clean(text.substr(0, at));
  while (at < text.size()) {
    if (text[at] == '\x1b') {
      at = SkipEscape(text, at);
    } else if (IsRemovedControl(ByteAt(text, at))) {
      ++at;
    } else if (IsC1(text, at)) {
      const unsigned char c1 = ByteAt(text, at + 1);
      at += 2;
      if (c1 == 0x9B) at = SkipCsi(text, at);
      if (c1 == 0x9D || c1 == 0x90 || c1 == 0x98 || c1 == 0x9E || c1 == 0x9F)
        at = SkipControlString(text, at);
    } else {
      clean += text[at++];
    }
  }
  *out = std::move(clean);
  return true;
}

std::string SafeForTerminal(std::string_view text) {
  std::string clean;
  StripControls(IsValidUtf8(text) ? std::string(text) : RepairUtf8(text), &clean);
  std::string out;
  out.reserve(clean.size());
  for (size_t at = 0; at < clean.size();) {
    if (const size_t hidden = HiddenLength(clean, at); hidden > 0) {
      out += kReplacement;
      at += hidden;
    } else {
      out += clean[at] == '\t' ? ' ' : clean[at];
      ++at;
    }
  }
  return out;
}

std::string EscapeHiddenInJson(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (size_t at = 0; at < json.size();) {
    const size_t length = json[at] == '\x7f' ? 1 : IsC1(json, at) ? 2 : HiddenLength(json, at);
    if (length == 0) {
      out += json[at++];
      continue;
    }
    const unsigned char lead = ByteAt(json, at);
    char32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; ++i) point = (point << 6) | (ByteAt(json, at + i) & 0x3F);
    const auto escape = [&](char32_t unit) {
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[(unit >> shift) & 0xF];
    };
    if (point >= 0x10000) escape(0xD800 + ((point - 0x10000) >> 10));
    escape(point >= 0x10000 ? 0xDC00 + ((point - 0x10000) & 0x3FF) : point);
    at += length;
  }
  return out;
}

std::string Ellipsize(std::string_view text, size_t columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  size_t at = 0;
  for (size_t points = 0; at < text.size(); ++at) {
    if (!IsContinuation(text[at]) && points++ == columns - 1) break;
  }
  return std::string(text.substr(0, at)) + "…";
}

size_t DisplayWidth(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::vector<std::string> Wrap(std::string_view text, size_t columns) {
  std::vector<std::string> out;
  for (const std::string_view line : SplitLines(text)) WrapLine(line, columns, &out);
  return out;
}

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string_view Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string_view best;
  size_t limit = 2 + word.size() / 4;  // one more than is near enough
  for (const std::string& candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance >= limit) continue;
    limit = distance;
    best = candidate;
  }
  return best;
}

bool GlobMatch(std::string_view glob, std::string_view name) {
  size_t g = 0, n = 0;
  size_t star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = n;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == name[n])) {
      ++g;
      ++n;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

}  // namespace neverready::core
