#include "analyzers/normalise.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "core/time.h"

namespace neverready::analyzers {
namespace {

struct LevelWord {
  std::string_view word;  // lower case
  Severity level;
};

constexpr std::array<LevelWord, 36> kLevels{{
    {"trace", Severity::kDebug},         {"trc", Severity::kDebug},
    {"verbose", Severity::kDebug},       {"fine", Severity::kDebug},
    {"finer", Severity::kDebug},         {"finest", Severity::kDebug},
    {"debug", Severity::kDebug},         {"dbg", Severity::kDebug},
    {"dbug", Severity::kDebug},          {"config", Severity::kDebug},
    {"info", Severity::kInfo},           {"inf", Severity::kInfo},
    {"information", Severity::kInfo},    {"log", Severity::kInfo},
    {"note", Severity::kInfo},           {"success", Severity::kInfo},
    {"notice", Severity::kNotice},       {"warn", Severity::kWarning},
    {"wrn", Severity::kWarning},         {"warning", Severity::kWarning},
    {"error", Severity::kError},         {"err", Severity::kError},
    {"eror", Severity::kError},          {"fail", Severity::kError},
    {"severe", Severity::kError},        {"critical", Severity::kCritical},
    {"crit", Severity::kCritical},       {"fatal", Severity::kCritical},
    {"ftl", Severity::kCritical},        {"panic", Severity::kCritical},
    {"pnc", Severity::kCritical},        {"dpanic", Severity::kCritical},
    {"alert", Severity::kAlert},         {"emerg", Severity::kEmergency},
    {"emergency", Severity::kEmergency}, {"crt", Severity::kCritical},
}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsNameChar(char c) {
  return IsAlpha(c) || IsDigit(c) || std::string_view("._$/:<>#@*-").find(c) != std::string_view::npos;
}

std::size_t CountWhile(std::string_view text, bool (*is)(char)) {
  std::size_t n = 0;
  while (n < text.size() && is(text[n])) ++n;
  return n;
}

// "17:53:29", "17:53:29.905", "5:53:37 PM", "10:00AM": a time of day without a date.
std::size_t TimeOfDay(std::string_view text) {
  std::size_t at = CountWhile(text, IsDigit);
  if (at == 0 || at > 2 || at >= text.size() || text[at] != ':') return 0;
  const std::size_t minutes = CountWhile(text.substr(at + 1), IsDigit);
  if (minutes != 2) return 0;
  at += 3;
  if (at < text.size() && text[at] == ':') at += 1 + CountWhile(text.substr(at + 1), IsDigit);
  if (at < text.size() && (text[at] == '.' || text[at] == ','))
    at += 1 + CountWhile(text.substr(at + 1), IsDigit);
  const std::string_view rest = text.substr(at);
  for (const std::string_view half : {" AM", " PM", "AM", "PM"}) {
    if (rest.starts_with(half)) return at + half.size();
  }
  return at >= 7 && (rest.empty() || IsBlank(rest[0]) || rest[0] == ']' || rest[0] == '|') ? at : 0;
}

class Scanner {
 public:
  explicit Scanner(std::string_view line) : line_(line) {}

  BorrowedPrefix Scan() {
    SkipProgramName();
    Opening();
    for (int round = 0; round < 12 && at_ < line_.size(); ++round) {
      SkipSeparators();
      if (!(Time() || ChannelLevel() || Level() || Bracket() || Klog() || ProcessId() || LoggerName())) break;
    }
    SkipSeparators();
    BorrowedPrefix prefix;
    prefix.body = core::Trim(line_.substr(std::min(at_, line_.size())));
    prefix.level = level_;
    prefix.prefixed = seen_;
    return prefix;
  }

 private:
  std::string_view Rest() const { return line_.substr(at_); }

  void SkipSeparators() {
    while (at_ < line_.size()) {
      if (IsBlank(line_[at_])) {
        ++at_;
        continue;
      }
      if (at_ == 0 || !taken_) return;
      const std::string_view rest = Rest();
      const std::size_t run = std::min(rest.find_first_not_of("-|:>"), rest.size());
      if (run == 0 || run > 3 || (run < rest.size() && !IsBlank(rest[run]))) return;
      at_ += run;
    }
  }

  // How some loggers begin, before time or level: Ruby's "E, [2026-01-18T02:24:01 #1] ERROR -- : ", logrus'
  // "ERRO[0000] ", Nest's "[Nest] 1  - 01/18/2026, 2:24:01 AM   ERROR [Context] ".
  void Opening() {
    if (line_.size() > 3 && std::string_view("DIWEFA").find(line_[0]) != std::string_view::npos &&
        line_.substr(1).starts_with(", ["))
      Take(3);
    const std::size_t letters = CountWhile(line_, IsUpper);
    if (letters == 4 && line_.substr(4).starts_with("[") && CountWhile(line_.substr(5), IsDigit) >= 1) {
      const std::size_t end = line_.find(']');
      const std::string_view word = line_.substr(0, 4);
      if (end < 12) {
        SetLevel(word == "ERRO"                     ? Severity::kError
                 : word == "FATA" || word == "PANI" ? Severity::kCritical
                 : word == "WARN"                   ? Severity::kWarning
                 : word == "DEBU"                   ? Severity::kDebug
                                                    : Severity::kInfo);
        Take(end + 1);
      }
    }
    if (!line_.starts_with("[Nest]")) return;
    for (const std::string_view half : {" AM ", " PM "}) {
      const std::size_t at = line_.find(half);
      if (at == std::string_view::npos || at > 50) continue;
      seen_ = true;
      Take(at + half.size());
      return;
    }
  }

  // Monolog's "app.ERROR: ", Laravel's "production.ERROR: ".
  bool ChannelLevel() {
    const std::string_view rest = Rest();
    const std::size_t channel =
        CountWhile(rest, [](char c) { return IsAlpha(c) || IsDigit(c) || c == '_' || c == '-'; });
    if (channel == 0 || channel >= rest.size() || rest[channel] != '.') return false;
    const std::string_view after = rest.substr(channel + 1);
    const std::size_t length = CountWhile(after, IsUpper);
    if (length < 3 || !after.substr(length).starts_with(":")) return false;
    const auto level = ParseLevelWord(after.substr(0, length));
    if (!level) return false;
    SetLevel(*level);
    return Take(channel + 1 + length + 1);
  }

  // Go's log prefix: "accounts 2026/11/23 18:03:54 …", "edge-proxy: 2026/11/23 …".
  void SkipProgramName() {
    const std::size_t blank = line_.find(' ');
    if (blank == std::string_view::npos || blank == 0 || blank > 30 || blank + 5 >= line_.size()) return;
    if (!IsAlpha(line_[0])) return;
    const std::string_view after = line_.substr(blank + 1);
    if (CountWhile(after, IsDigit) == 4 && (after[4] == '/' || after[4] == '-') &&
        core::FindLeadingTime(after))
      at_ = blank + 1;
  }

  bool Take(std::size_t n) {
    at_ += n;
    taken_ = true;
    return true;
  }

  bool Time() {
    const std::string_view rest = Rest();
    if (rest.empty() || !(IsDigit(rest[0]) || rest[0] == '[' || IsUpper(rest[0]))) return false;
    if (const std::size_t end = rest.find(']');
        rest[0] == '[' && end < 80 && TimedBracket(rest.substr(1, end - 1))) {
      return Take(end + 1);
    }
    if (const auto time = core::FindLeadingTime(rest)) {
      seen_ = true;
      return Take(time->length);
    }
    const std::size_t length = TimeOfDay(rest);
    if (length == 0) return false;
    seen_ = true;
    return Take(length);
  }

  // A bare level: "ERROR ", "ERROR: ", "error | ", "ERROR:name:". Mixed-case "Error:" is how exceptions
  // begin, not a level.
  bool Level() {
    const std::string_view rest = Rest();
    const std::size_t length = CountWhile(rest, IsAlpha);
    if (length < 3 || length > 11) return false;
    const std::string_view word = rest.substr(0, length);
    const auto level = ParseLevelWord(word);
    if (!level) return false;
    const bool upper = std::ranges::all_of(word, IsUpper);
    const bool lower = std::ranges::all_of(word, IsLower);
    const char next = length < rest.size() ? rest[length] : '\0';
    const bool ends = next == '\0' || IsBlank(next) || next == ':' || next == '|' || next == ']';
    if (!ends) return false;
    if (!upper && !(lower && (next == ':' || seen_))) return false;
    if (lower && (word == "panic" || word == "fatal"))
      return false;  // Go's own headline, git's and others' last words
    // "LOG" and "NOTE", "CONFIG" are words, too.
    if ((word == "LOG" || word == "NOTE" || word == "CONFIG" || word == "SUCCESS" || word == "FINE" ||
         word == "TRACE" || word == "FAIL") &&
        !seen_ && next != ':')
      return false;
    SetLevel(*level);
    Take(length);
    if (next != ':') return true;
    Take(1);
    // "ERROR:root:text" of python's basicConfig.
    const std::string_view name = Rest();
    const std::size_t colon = name.find(':');
    if (!name.empty() && IsAlpha(name[0]) && colon != std::string_view::npos && colon < 60 &&
        name.substr(0, colon).find(' ') == std::string_view::npos)
      Take(colon + 1);
    return true;
  }

  bool Bracket() {
    const std::string_view rest = Rest();
    if (rest.empty() || (rest[0] != '[' && rest[0] != '(')) return false;
    const char close = rest[0] == '[' ? ']' : ')';
    const std::size_t end = rest.find(close);
    if (end == std::string_view::npos || end > 80 || end == 1) return false;
    const std::string_view inner = core::Trim(rest.substr(1, end - 1));
    if (rest[0] == '(') {
      const std::size_t digits = CountWhile(inner, IsDigit);
      const bool pino = digits > 0 && inner.substr(digits).starts_with(" on ");
      if (!inner.starts_with("pid") && digits != inner.size() && !pino) return false;
      Take(end + 1);
      if (Rest().starts_with(":")) Take(1);
      return true;
    }
    if (const auto level = ParseLevelWord(inner)) {
      SetLevel(*level);
      return Take(end + 1);
    }
    if (TimedBracket(inner)) return Take(end + 1);
    const bool word = std::ranges::all_of(inner, [](char c) { return IsNameChar(c) || c == ' '; });
    if (!word || (inner.find(' ') != std::string_view::npos && !seen_)) return false;
    return Take(end + 1);
  }

  // A time and more in one bracket: Serilog's "[02:24:01 ERR]", env_logger's "[2026-01-18T02:24:01Z ERROR
  // app::db]", Ruby's "[… #1]".
  bool TimedBracket(std::string_view inner) {
    std::size_t length = TimeOfDay(inner);
    if (length == 0) {
      const auto time = core::FindLeadingTime(inner);
      if (!time) return false;
      length = time->length;
    }
    seen_ = true;
    const std::string_view rest = core::Trim(inner.substr(std::min(length, inner.size())));
    if (const auto level = ParseLevelWord(rest.substr(0, rest.find(' ')))) SetLevel(*level);
    return true;
  }

  // "E1123 17:53:29.905345       1 main.go:33] text"
  bool Klog() {
    const std::string_view rest = Rest();
    if (seen_ || rest.size() < 20 || std::string_view("IWEF").find(rest[0]) == std::string_view::npos ||
        CountWhile(rest.substr(1), IsDigit) != 4)
      return false;
    const std::size_t end = rest.find("] ");
    if (end == std::string_view::npos || end > 80) return false;
    SetLevel(rest[0] == 'I'   ? Severity::kInfo
             : rest[0] == 'W' ? Severity::kWarning
             : rest[0] == 'E' ? Severity::kError
                              : Severity::kCritical);
    return Take(end + 2);
  }

  // Behind a time or level: "1 ---", "0 ", "1#1:", "12345".
  bool ProcessId() {
    const std::string_view rest = Rest();
    if (!seen_ || rest.empty() || !IsDigit(rest[0])) return false;
    std::size_t length = CountWhile(rest, IsDigit);
    if (length > 7) return false;
    if (length < rest.size() && rest[length] == '#')
      length += 1 + CountWhile(rest.substr(length + 1), IsDigit);
    if (length < rest.size() && rest[length] == ':') ++length;
    if (length < rest.size() && !IsBlank(rest[length])) return false;
    const std::string_view after = core::Trim(rest.substr(length));
    const bool more = after.starts_with("[") || after.starts_with("---") || after.starts_with("*") ||
                      rest[length - 1] == ':' || level_ != Severity::kDefault;
    return more && rest[length - 1] != '.' ? Take(length) : false;
  }

  // Behind a time or level: "com.acme.Main - ", "c.a.Main : ", "module:function:12 - ", "a.b.c | ",
  // "app.startup: ", "in app: ".
  bool LoggerName() {
    const std::string_view rest = Rest();
    if (!seen_ || rest.empty() || !IsAlpha(rest[0])) return false;
    if (rest.starts_with("in ")) {
      const std::size_t colon = rest.find(": ");
      const std::string_view name = rest.substr(3, std::min(colon, rest.size()) - 3);
      if (colon != std::string_view::npos && !name.empty() && std::ranges::all_of(name, IsNameChar))
        return Take(colon + 2);
      return false;
    }
    const std::size_t length = CountWhile(rest, IsNameChar);
    const std::string_view name = rest.substr(0, length);
    const std::string_view after = rest.substr(length);
    const std::size_t blanks = CountWhile(after, IsBlank);
    const std::string_view mark = after.substr(blanks, 2);
    if (blanks > 0 && (mark == "- " || mark == ": " || mark == "| " || mark == "--")) {
      return Take(length + blanks + 2);
    }
    if (name.ends_with(":") &&
        (name.find('.') != std::string_view::npos || name.find("::") != std::string_view::npos) &&
        std::ranges::none_of(name, IsUpper) && name.find('/') == std::string_view::npos && blanks > 0) {
      return Take(length);
    }
    return false;
  }

  void SetLevel(Severity level) {
    seen_ = true;
    if (level_ == Severity::kDefault) level_ = level;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  bool taken_ = false;
  bool seen_ = false;  // a time or level
  Severity level_ = Severity::kDefault;
};

bool LooksLikeFoldedTrace(std::string_view text) {
  for (const std::string_view mark : {"\\n  File ", "\\n    at ", "\\n\\tat ", "\\nTraceback",
                                      "Traceback (most recent call last):\\n", "\\nCaused by:", "\\n  at "}) {
    if (text.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

std::string Unfold(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() &&
        (text[i + 1] == 'n' || text[i + 1] == 't' || text[i + 1] == '"')) {
      out += text[i + 1] == 'n' ? '\n' : text[i + 1] == 't' ? '\t' : '"';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::optional<Severity> ParseLevelWord(std::string_view word) {
  if (word.size() < 3 || word.size() > 11) return std::nullopt;
  const std::string lower = core::ToLower(word);
  for (const LevelWord& level : kLevels) {
    if (level.word == lower) return level.level;
  }
  return std::nullopt;
}

BorrowedPrefix ParsePrefix(std::string_view line) { return Scanner(line).Scan(); }

std::vector<std::string> CleanLines(std::string_view text) {
  std::string unfolded, clean;
  if (text.find("\\n") != std::string_view::npos && LooksLikeFoldedTrace(text)) {
    unfolded = Unfold(text);
    text = unfolded;
  }
  // A carriage return inside a line rewinds it on a terminal (progress bars); as a line break it goes.
  core::StripControls(text, &clean);
  std::vector<std::string> lines;
  for (std::string_view line : core::SplitLines(clean)) {
    while (!line.empty() && (IsBlank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
    if (line.empty() && lines.empty()) continue;
    lines.emplace_back(line);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace neverready::analyzers
