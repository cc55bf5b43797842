#include "ingest/readers/line_prefix.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "core/text.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kVotes = 2000;  // lines
constexpr std::size_t kFewLines = 2;  // fewer prove nothing

using Label = LinePrefix::Label;
using Clock = LinePrefix::Clock;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("._-/").find(c) != std::string_view::npos;
}

// A position in a line. Each Take moves on only where it succeeds.
class Cursor {
 public:
  explicit Cursor(std::string_view line) : line_(line) {}

  std::string_view Rest() const { return line_.substr(at_); }

  bool Take(std::string_view text) {
    if (!Rest().starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  template <typename Is>
  std::string_view TakeWhile(Is is) {
    const std::size_t begin = at_;
    while (at_ < line_.size() && is(line_[at_])) ++at_;
    return line_.substr(begin, at_ - begin);
  }

  // "\x1b[36m"
  void SkipColours() {
    while (Rest().starts_with("\x1b[")) {
      const std::size_t end = line_.find_first_not_of("0123456789;", at_ + 2);
      if (end == std::string_view::npos || line_[end] != 'm') return;
      at_ = end + 1;
    }
  }

 private:
  std::string_view line_;
  std::size_t at_ = 0;
};

// A label's match: what follows it, and who it says has spoken.
struct Labelled {
  std::string_view text, speaker;
  std::optional<core::Timestamp> at;
  std::size_t column = 0;  // of the | of docker compose
};

// "web-1  | text", in colours perhaps.
std::optional<Labelled> MatchCompose(std::string_view line) {
  Cursor cursor(line);
  cursor.SkipColours();
  Labelled match;
  match.speaker = cursor.TakeWhile(IsNameChar);
  const std::size_t blanks = cursor.TakeWhile([](char c) { return c == ' '; }).size();
  cursor.SkipColours();
  if (match.speaker.empty() || blanks == 0 || !cursor.Take("|")) return std::nullopt;
  cursor.SkipColours();
  if (!cursor.Take(" ") && !cursor.Rest().empty()) return std::nullopt;
  cursor.SkipColours();
  match.text = cursor.Rest();
  match.column = match.speaker.size() + blanks;
  return match;
}

// "[pod/web-5d9c7b9f8-x2x4z/web] text"
std::optional<Labelled> MatchKubectl(std::string_view line) {
  Cursor cursor(line);
  if (!cursor.Take("[pod/")) return std::nullopt;
  Labelled match;
  match.speaker = cursor.TakeWhile(IsNameChar);
  if (match.speaker.find('/') == std::string_view::npos || !cursor.Take("]")) return std::nullopt;
  if (!cursor.Take(" ") && !cursor.Rest().empty()) return std::nullopt;
  match.text = cursor.Rest();
  return match;
}

// "Sep 08 04:02:11 ": the journal's and syslog's time, which has no year.
bool TakeShortTime(Cursor* cursor) {
  constexpr std::string_view kPattern = "Aaa dd dd:dd:dd ";
  const std::string_view rest = cursor->Rest();
  if (rest.size() < kPattern.size()) return false;
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    const char c = rest[i];
    const bool good = kPattern[i] == 'A'   ? c >= 'A' && c <= 'Z'
                      : kPattern[i] == 'a' ? c >= 'a' && c <= 'z'
                      : kPattern[i] == 'd' ? IsDigit(c) || (c == ' ' && i == 4)
                                           : c == kPattern[i];
    if (!good) return false;
  }
  return cursor->Take(rest.substr(0, kPattern.size()));
}

// "Sep 08 04:02:11 host web[123]: text", "2025-09-08T04:02:11.319000+00:00 app[web.1]: text"
std::optional<Labelled> MatchSyslog(std::string_view line) {
  Cursor cursor(line);
  Labelled match;
  if (!TakeShortTime(&cursor)) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank < 20 || blank > 40) return std::nullopt;
    match.at = core::ParseRfc3339(line.substr(0, blank));
    if (!match.at) return std::nullopt;
    cursor.Take(line.substr(0, blank + 1));
  }
  std::string_view name = cursor.TakeWhile(IsNameChar);
  if (!name.empty() && cursor.Take(" ")) name = cursor.TakeWhile(IsNameChar);  // that was the host
  if (name.empty() || !cursor.Take("[")) return std::nullopt;
  if (cursor.TakeWhile(IsNameChar).empty() || !cursor.Take("]:")) return std::nullopt;
  if (!cursor.Take(" ") && !cursor.Rest().empty()) return std::nullopt;
  match.speaker = name;
  match.text = cursor.Rest();
  return match;
}

// "Step #2 - "Deploy": text"
std::optional<Labelled> MatchCloudBuild(std::string_view line) {
  Cursor cursor(line);
  if (!cursor.Take("Step #") || cursor.TakeWhile(IsDigit).empty()) return std::nullopt;
  if (cursor.Take(" - \"")) {
    cursor.TakeWhile([](char c) { return c != '"'; });
    if (!cursor.Take("\"")) return std::nullopt;
  }
  if (!cursor.Take(":") || (!cursor.Take(" ") && !cursor.Rest().empty())) return std::nullopt;
  Labelled match;
  match.text = cursor.Rest();
  return match;
}

std::optional<Labelled> Match(Label label, std::string_view line) {
  switch (label) {
    case Label::kNone: break;
    case Label::kCompose: return MatchCompose(line);
    case Label::kKubectl: return MatchKubectl(line);
    case Label::kSyslog: return MatchSyslog(line);
    case Label::kCloudBuild: return MatchCloudBuild(line);
  }
  return std::nullopt;
}

struct Timed {
  std::string_view text;
  core::Timestamp at;
  std::size_t fraction = 0;  // digits
};

// One time as docker, kubectl (with T and nanoseconds) or gcloud (with neither) writes it, and one blank.
std::optional<Timed> MatchTime(Clock clock, std::string_view line) {
  constexpr std::size_t kDate = 10, kSeconds = 19;
  if (line.size() < kSeconds || !IsDigit(line[0])) return std::nullopt;
  std::size_t end = std::min(line.find(' ', kDate + 1), line.size());
  const std::string_view written = line.substr(0, end);
  Timed match{};
  std::optional<core::Timestamp> at;
  if (clock == Clock::kNanoseconds) {
    if (line[kDate] != 'T') return std::nullopt;
    at = core::ParseRfc3339(written);
    if (written.size() > kSeconds && written[kSeconds] == '.')
      match.fraction =
          static_cast<std::size_t>(std::find_if_not(written.begin() + kSeconds + 1, written.end(), IsDigit) -
                                   written.begin() - kSeconds - 1);
  } else {
    if (line[kDate] != ' ' || end != kSeconds) return std::nullopt;
    at = core::ParseRfc3339(std::string(written) + "Z");
  }
  if (!at) return std::nullopt;
  match.at = *at;
  match.text = line.substr(std::min(end + 1, line.size()));
  return match;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kVotes) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!core::Trim(line).empty()) lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool NearlyAll(std::size_t count, std::size_t of) { return count >= kFewLines && count * 10 >= of * 9; }

// docker writes nine digits, kubectl leaves out trailing zeros; loggers write three or six.
bool AreNanoseconds(const std::vector<std::string_view>& lines) {
  std::size_t timed = 0, fine = 0;
  for (const std::string_view line : lines) {
    const auto match = MatchTime(Clock::kNanoseconds, line);
    timed += match ? 1 : 0;
    fine += match && match->fraction >= 7 ? 1 : 0;
  }
  return NearlyAll(timed, lines.size()) && fine * 2 > timed;
}

// What a logger puts behind its time: "INFO", "[main]", "- ".
bool GoesOnAsLogger(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("[(-|,").find(text.front()) != std::string_view::npos) return true;
  const std::string_view word = text.substr(0, text.find_first_of(" :|"));
  return word.size() >= 3 && word.size() <= 11 &&
         std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// gcloud writes the time once an entry. A logger would not put it before a line that is indented, empty, or
// has a time or a JSON object of its own, and hardly ever without a level or the like behind it.
bool AreSeconds(const std::vector<std::string_view>& lines) {
  std::size_t timed = 0, bare = 0;
  bool foreign = false;
  for (const std::string_view line : lines) {
    const auto match = MatchTime(Clock::kSeconds, line);
    if (!match) continue;
    ++timed;
    bare += GoesOnAsLogger(match->text) ? 0 : 1;
    const std::string_view text = match->text;
    foreign = foreign || text.empty() || text.front() == ' ' || text.front() == '\t' || text.front() == '{' ||
              text.starts_with("Traceback (most recent call last)") || core::FindLeadingTime(text);
  }
  return timed >= kFewLines && timed * 10 >= lines.size() && MatchTime(Clock::kSeconds, lines[0]) &&
         (foreign || bare * 2 > timed);
}

}  // namespace

LinePrefix LinePrefix::Tell(std::string_view beginning) {
  LinePrefix prefix;
  std::vector<std::string_view> lines = LinesOf(beginning);
  if (lines.size() < kFewLines) return prefix;
  for (const Label label : {Label::kCompose, Label::kKubectl, Label::kSyslog, Label::kCloudBuild}) {
    std::vector<std::string_view> inside;
    std::vector<std::size_t> columns;
    for (const std::string_view line : lines) {
      const auto match = Match(label, line);
      if (!match) continue;
      inside.push_back(match->text);
      columns.push_back(match->column);
    }
    // docker compose aligns its bars; "level | text" of a logger does not.
    if (!NearlyAll(inside.size(), lines.size()) ||
        !std::ranges::all_of(columns, [&](std::size_t column) { return column == columns.front(); }))
      continue;
    prefix.label_ = label;
    prefix.bar_ = columns.front();
    lines = std::move(inside);
    break;
  }
  std::erase_if(lines, [](std::string_view line) { return core::Trim(line).empty(); });
  if (lines.empty() || prefix.label_ == Label::kSyslog) return prefix;
  if (AreNanoseconds(lines)) {
    prefix.clock_ = Clock::kNanoseconds;
  } else if (prefix.label_ == Label::kNone && AreSeconds(lines)) {
    prefix.clock_ = Clock::kSeconds;
  }
  return prefix;
}

BorrowedLine LinePrefix::Strip(std::string_view line) const {
  BorrowedLine stripped{line, {}, std::nullopt};
  if (const auto match = Match(label_, line); match && match->column == bar_)
    stripped = {match->text, match->speaker, match->at};
  if (clock_ == Clock::kNone) return stripped;
  if (const auto match = MatchTime(clock_, stripped.text)) {
    stripped.text = match->text;
    stripped.at = match->at;
  }
  return stripped;
}

}  // namespace neverready::ingest
