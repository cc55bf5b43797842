#include "core/markdown.h"

#include <algorithm>

#include "core/text.h"

namespace neverready::core {
namespace {

constexpr std::string_view kParting = "&#8203;";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Disarms what would begin a list or underline a heading at the start of a line; `at` goes behind it.
void EscapeStart(std::string_view text, std::string* out, size_t* at) {
  const size_t mark = static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin());
  if (mark >= text.size()) return;
  const bool list = mark == 0 ? text[0] == '-' || text[0] == '+' || text[0] == '='
                              : mark <= 9 && (text[mark] == '.' || text[mark] == ')');
  if (!list) return;
  out->append(text, 0, mark);
  *out += '\\';
  *out += text[mark];
  *at = mark + 1;
}

// A sign that means something inside a line, in a spelling that means itself.
std::string_view Inline(char c) {
  switch (c) {
    case '\\': return "\\\\";
    case '`': return "\\`";
    case '*': return "\\*";
    case '_': return "\\_";
    case '~': return "\\~";
    case '[': return "\\[";
    case ']': return "\\]";
    case '!': return "\\!";
    // As entities: a renderer looks for these before it knows backslashes, or instead of them.
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '|': return "&#124;";
    case '$': return "&#36;";
    default: return {};
  }
}

// Whether something that becomes a link by itself is to be parted before `at`.
bool PartBefore(std::string_view text, size_t at) {
  const std::string_view before = text.substr(0, at), rest = text.substr(at);
  const auto follows = [&](std::string_view word) {
    return before.size() >= word.size() && StartsWithNoCase(before.substr(before.size() - word.size()), word);
  };
  return (rest.starts_with("//") && before.ends_with(':')) || (rest.starts_with('.') && follows("www")) ||
         (IsDigit(rest.front()) && follows("gh-")) ||
         (rest.front() == ':' && (follows("mailto") || follows("xmpp")));
}

size_t LongestRun(std::string_view text, char c) {
  size_t longest = 0, run = 0;
  for (const char one : text) {
    run = one == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// Without controls, and with one blank for each run of blanks and newlines.
std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : SafeForTerminal(text)) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string EscapeLine(std::string_view text) {
  std::string out;
  size_t at = 0;
  EscapeStart(text, &out, &at);
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (PartBefore(text, at)) out += kParting;
    // At the start of a line it would be a heading.
    if (c == '#') out += '\\';
    const std::string_view instead = Inline(c);
    if (instead.empty()) {
      out += c;
    } else {
      out += instead;
    }
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if ((c == '@' && next != ' ') || (c == '#' && IsDigit(next))) out += kParting;
  }
  return out;
}

}  // namespace

std::string EscapeMarkdown(std::string_view text) { return EscapeLine(OneLine(text)); }

std::string CodeBlock(std::string_view text, std::string_view language) {
  std::string safe = SafeForTerminal(text);
  const std::string fence(std::max<size_t>(3, LongestRun(safe, '`') + 1), '`');
  if (!safe.empty() && !safe.ends_with('\n')) safe += '\n';
  return fence + std::string(language) + "\n" + safe + fence + "\n";
}

}  // namespace neverready::core
