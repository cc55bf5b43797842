#include "analyzers/logged_key.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/secret_mark.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using core::SecretKind;
using core::SecretSpan;

// A run of base64 that hardly is a word. The last line of a key may be short; behind a logger's words less
// than eight characters of it are not told from words.
bool IsKeyRun(std::string_view run, bool padded) {
  if (run.size() < 8) return false;
  return (padded && run.size() >= 16) || run.size() >= 40 ||
         (std::ranges::any_of(run, core::IsDigit) && std::ranges::any_of(run, core::IsUpper) &&
          std::ranges::any_of(run, core::IsLower));
}

struct Run {
  std::size_t begin = 0, end = 0;  // with its padding
  bool key = false;
};

// The next run of base64 in `text` from `at` on.
Run NextRun(std::string_view text, std::size_t at) {
  while (at < text.size() && !core::IsBase64(text[at])) ++at;
  Run run{at, at, false};
  while (run.end < text.size() && core::IsBase64(text[run.end])) ++run.end;
  const std::string_view word = text.substr(at, run.end - at);
  const std::size_t padding = text.substr(run.end, 2) == "==" ? 2 : text.substr(run.end, 1) == "=" ? 1 : 0;
  run.key = IsKeyRun(word, padding > 0);
  run.end += padding;
  return run;
}

bool HoldsKeyLine(std::string_view line) {
  constexpr std::size_t kShortest = 16;
  for (Run run = NextRun(line, 0); run.begin < line.size(); run = NextRun(line, run.end)) {
    if (run.key && run.end - run.begin >= kShortest) return true;
  }
  return false;
}

// A line between the first and the last line of a key. What a logger wrote before it stays, and so does what
// somebody else said in between.
std::string HideKeyLine(std::string_view line) {
  const std::string_view word = core::Trim(line);
  const std::string mark = std::string(core::kMark) + std::string(core::Name(SecretKind::kPrivateKey)) + "]";
  const auto begin = static_cast<std::size_t>(word.data() - line.data());
  const Run first = NextRun(word, 0);
  if (!word.empty() && word.find_first_of(" \t") == std::string_view::npos && first.end - first.begin >= 4 &&
      core::MarkLength(word, 0) != word.size() && !word.starts_with("-----"))
    return std::string(line.substr(0, begin)) + mark + std::string(line.substr(begin + word.size()));
  std::string out;
  std::size_t at = 0;
  for (Run run = NextRun(line, 0); run.begin < line.size(); run = NextRun(line, run.end)) {
    if (!run.key) continue;
    out.append(line, at, run.begin - at).append(mark);
    at = run.end;
  }
  return out.append(line, at);
}

// Behind the lines of a key that begins at `body` and has no last line.
std::size_t EndOfKeyLines(std::string_view text, std::size_t body) {
  std::size_t end = body;
  for (std::size_t at = body; at < text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    const bool rest_of_first = at == body;
    if (HoldsKeyLine(text.substr(at, newline - at))) {
      end = newline;
    } else if (!rest_of_first || text.substr(at, newline - at).find_first_not_of("\"' \r") < newline - at) {
      break;
    }
    at = newline + 1;
  }
  return end;
}

}  // namespace

std::vector<SecretSpan> FindLoggedKeys(std::string_view text) {
  constexpr std::string_view kEnd = "-----END ", kKey = "PRIVATE KEY", kDashes = "-----";
  constexpr std::size_t kLongestLabel = 60, kLongestKey = 1 << 14;
  std::vector<SecretSpan> spans;
  std::size_t at = text.find(kKeyBegin);
  while (at != std::string_view::npos) {
    const std::string_view label = text.substr(at + kKeyBegin.size(), kLongestLabel);
    const std::size_t dashes = label.find(kDashes);
    std::size_t next = at + kKeyBegin.size();
    if (dashes != std::string_view::npos && label.substr(0, dashes).find(kKey) != std::string_view::npos) {
      const std::size_t body = next + dashes + kDashes.size();
      const std::string_view room = text.substr(body, kLongestKey);
      const std::string_view inside = room.substr(0, room.find(kKeyBegin));
      const std::size_t last = inside.find(kEnd);
      const bool ends = last != std::string_view::npos &&
                        inside.substr(last, kEnd.size() + kLongestLabel).find(kKey) != std::string_view::npos;
      const std::size_t end = ends ? body + last : EndOfKeyLines(text, body);
      if (end > body) spans.push_back({body, end, SecretKind::kPrivateKey});
      next = std::max(end, body);
    }
    at = text.find(kKeyBegin, next);
  }
  return spans;
}

std::string HideKeyPart(std::string_view part) {
  std::string out;
  while (true) {
    const std::size_t end = part.find('\n');
    out += HideKeyLine(part.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    part.remove_prefix(end + 1);
  }
}

}  // namespace neverready::analyzers
