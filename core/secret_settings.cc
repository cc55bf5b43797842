#include "core/secret_settings.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/ascii.h"
#include "core/secret_mark.h"
#include "core/secret_shapes.h"
#include "core/secret_words.h"
#include "core/text.h"

namespace neverready::core {
namespace {

using enum SecretKind;
using Spans = std::optional<SecretSpan>;

constexpr std::size_t kLongestName = 64;

struct Value {
  std::size_t begin = 0, end = 0;
  bool quoted = false;
  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
};

// The name that ends before `at`, with quotes, brackets and blanks between; empty behind a mark, whose kind
// is no name: "[redacted:password]: connection refused".
std::string_view NameBefore(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (int i = 0; i < 2 && end > 0 && IsBlank(text[end - 1]); ++i) --end;
  for (int i = 0;
       i < 6 && end > 0 && (IsQuote(text[end - 1]) || text[end - 1] == '\\' || text[end - 1] == ']'); ++i) {
    if (MarkLengthBefore(text, end) > 0) return {};
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongestName && IsDottedChar(text[begin - 1])) --begin;
  // An escape before the name is none of it: "\npassword=".
  if (begin > 0 && text[begin - 1] == '\\' && end - begin > 1 &&
      (text[begin] == 'n' || text[begin] == 't' || text[begin] == 'r'))
    ++begin;
  while (begin < end && (text[begin] == '-' || text[begin] == '.')) ++begin;
  return text.substr(begin, end - begin);
}

// "API key", "API key provided": two words with a blank, in prose.
std::optional<SecretName> ReadTwoWords(std::string_view text, std::string_view last) {
  const auto word_before = [&](std::string_view word) {
    auto begin = static_cast<std::size_t>(word.data() - text.data());
    if (begin < 2 || text[begin - 1] != ' ') return std::string_view();
    const std::size_t end = --begin;
    while (begin > 0 && end - begin < 24 && IsDottedChar(text[begin - 1])) --begin;
    return text.substr(begin, end - begin);
  };
  if (last == "provided") last = word_before(last);
  if (ToLower(last) != "key") return std::nullopt;
  auto name = ReadSecretName(std::string(word_before(last)) + "_key");
  if (name) name->strength = NameStrength::kWeakest;
  return name;
}

// Whether a setting begins at `at`: a name and a separator.
bool BeginsSetting(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  std::size_t end = at;
  while (end < text.size() && end - at < kLongestName && IsDottedChar(text[end])) ++end;
  return end > at && end < text.size() && (text[end] == '=' || text[end] == ':');
}

// Whether a value ends at `at`, though it might go on: passwords hold commas, semicolons and brackets.
bool EndsValue(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  if (IsSpace(c) || IsQuote(c)) return true;
  if (c == '<') return next == '/';
  if (c == '\\') return next == 'n' || next == 'r' || next == 't' || IsQuote(next) || next == '\\';
  if (c == ',' || c == ';' || c == '&')
    return IsSpace(next) || IsQuote(next) || next == '\\' || next == '[' || BeginsSetting(text, at + 1);
  if (c == ')' || c == ']' || c == '}')
    return IsSpace(next) || IsQuote(next) || std::string_view(",;.:)]}").find(next) != std::string_view::npos;
  return false;
}

// The text in quotes that begins at `at` (with its backslashes); to the end of the line where it does not
// end.
Value Quoted(std::string_view text, std::size_t at) {
  std::size_t slashes = 0;
  while (text[at] == '\\') {
    ++slashes;
    ++at;
  }
  const char quote = text[at];
  Value value{at + 1, at + 1, true};
  std::size_t run = 0;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    value.end = i;
    if (text[i] == quote && run <= slashes) {
      value.end = i - std::min(run, slashes);
      return value;
    }
    if (text[i] == '\n') return value;
    run = text[i] == '\\' ? run + 1 : 0;
  }
  value.end = text.size();
  return value;
}

// The value that begins at `at`; of one that is not in quotes at most `most` bytes.
Value ValueAt(std::string_view text, std::size_t at, std::size_t most = std::string_view::npos) {
  std::size_t quote = at;
  // b'…', u'…'
  if (quote + 1 < text.size() && std::string_view("bruf").find(text[quote]) != std::string_view::npos &&
      IsQuote(text[quote + 1]))
    ++quote;
  while (quote < text.size() && text[quote] == '\\' && quote - at < 8) ++quote;
  if (quote < text.size() && IsQuote(text[quote])) {
    while (quote > at && text[quote - 1] == '\\') --quote;
    return Quoted(text, quote);
  }
  Value value{at, at, false};
  while (value.end < text.size() && value.end - at < most) {
    const std::size_t mark = text[value.end] == '[' ? MarkLength(text, value.end) : 0;
    if (mark == 0 && EndsValue(text, value.end)) break;
    value.end += std::max<std::size_t>(1, mark);
  }
  const bool last = value.end == text.size() || IsSpace(text[value.end]);
  if (last && value.end > at + 1 && (text[value.end - 1] == '.' || text[value.end - 1] == ':')) --value.end;
  return value;
}

// Whether the line goes on in words behind `at`.
bool GoesOn(std::string_view text, std::size_t at) {
  if (at < text.size() && (text[at] == ':' || text[at] == '.' || text[at] == ',')) ++at;
  if (at + 1 >= text.size() || !IsBlank(text[at]) || BeginsSetting(text, at)) return false;
  return IsLetter(text[at + 1]) || text[at + 1] == '(' || IsQuote(text[at + 1]);
}

bool IsShortNumber(std::string_view value, std::size_t most) {
  return value.size() <= most && std::ranges::all_of(value, IsDigit);
}

struct Setting {
  std::string_view name;
  SecretName kind;
  Value value;
  bool assigned = false;  // with '=', and no blank behind it
};

bool IsSecretValue(std::string_view text, const Setting& setting) {
  const std::string_view value = setting.value.In(text);
  const bool password = setting.kind.kind == kPassword;
  if (IsStatusValue(value) || IsPathValue(value) || IsReferenceValue(value) ||
      value.find("://") != std::string_view::npos)
    return false;
  if (!setting.value.quoted && (value.front() == '{' || value.front() == '[' || value.front() == '('))
    return false;
  if (value.find(kMark) != std::string_view::npos) return false;
  if (!setting.value.quoted && IsCodeValue(value)) return false;
  // auth=HTTPBasicAuth(user, …
  const std::size_t call = value.find('(');
  if (setting.kind.strength != NameStrength::kStrong && call != std::string_view::npos && call >= 3 &&
      IsPlainWord(value.substr(0, call)))
    return false;
  if (value == setting.name || (value.find('_') != std::string_view::npos && ReadSecretName(value) &&
                                std::ranges::none_of(value, [](char c) { return c >= 'a' && c <= 'z'; })))
    return false;
  if (IsShortNumber(value, password ? 3 : 6) && (!password || !setting.assigned)) return false;
  if (setting.value.quoted && value.find(' ') != std::string_view::npos && IsProse(value)) return false;
  switch (setting.kind.strength) {
    case NameStrength::kWeakest: return LooksRandom(value);
    case NameStrength::kWeak:
      if (LooksRandom(value)) return true;
      if (value.find_first_of(" /") != std::string_view::npos) return false;
      if (setting.assigned && value.size() >= 8 && std::ranges::all_of(value, IsLetter)) return true;
      return (setting.assigned || setting.value.quoted) && value.size() >= 6 && !IsPlainWord(value);
    case NameStrength::kStrong:
      if (setting.value.quoted || setting.assigned) return true;
      return !IsPlainWord(value) || !GoesOn(text, setting.value.end);
  }
  return true;
}

// The token behind "Bearer", "Basic" … at the beginning of the value of an Authorization header.
Spans SchemeToken(std::string_view text, std::size_t at, bool sure) {
  const std::size_t end = text.size();
  struct Scheme {
    std::string_view word;
    SecretKind kind;
  };
  constexpr auto kSchemes = std::to_array<Scheme>({{"bearer", kBearer},
                                                   {"basic", kBasicAuth},
                                                   {"token", kAuthorization},
                                                   {"apikey", kAuthorization},
                                                   {"api-key", kAuthorization},
                                                   {"key", kAuthorization},
                                                   {"jwt", kAuthorization},
                                                   {"negotiate", kAuthorization},
                                                   {"genie", kAuthorization},
                                                   {"genie-key", kAuthorization}});
  std::size_t stop = at;
  while (stop < end && (IsLetter(text[stop]) || text[stop] == '-')) ++stop;
  if (stop == at || stop >= end ||
      !(IsBlank(text[stop]) || text[stop] == '+' || text.compare(stop, 3, "%20") == 0))
    return std::nullopt;
  const std::string word = ToLower(text.substr(at, stop - at));
  const auto scheme = std::ranges::find_if(kSchemes, [&](const Scheme& one) { return one.word == word; });
  if (scheme == kSchemes.end() || (!sure && scheme->kind == kAuthorization)) return std::nullopt;
  std::size_t begin = stop + (text[stop] == '%' ? 3 : 1);
  while (begin < end && IsBlank(text[begin])) ++begin;
  std::size_t last = begin;
  while (last < end &&
         (IsDottedChar(text[last]) || std::string_view("+/=~:").find(text[last]) != std::string_view::npos))
    ++last;
  const std::string_view token = text.substr(begin, last - begin);
  if (token.empty() || IsStatusValue(token)) return std::nullopt;
  if (scheme->kind == kBasicAuth && (sure || token.size() >= 6) && IsBasicCredentials(token))
    return SecretSpan{begin, last, kBasicAuth};
  if (token.size() < 6) return std::nullopt;
  const bool word_like = IsPlainWord(token) && (GoesOn(text, last) || !sure);
  if (sure ? !word_like : LooksRandom(token) && scheme->kind == kBearer)
    return SecretSpan{begin, last, scheme->kind};
  return std::nullopt;
}

// The value of a header ends with its quotes, or with the line.
Value HeaderValue(std::string_view text, std::size_t at) {
  Value value = ValueAt(text, at);
  if (value.quoted) return value;
  value.begin = at;
  value.end = at;
  while (value.end < text.size() && text[value.end] != '\n' && text[value.end] != '"' &&
         text[value.end] != '\'' && text.compare(value.end, 2, "\\n") != 0 &&
         text.compare(value.end, 2, "\\r") != 0 && text.compare(value.end, 2, "\\\"") != 0)
    ++value.end;
  while (value.end > value.begin && IsSpace(text[value.end - 1])) --value.end;
  return value;
}

// Cookie: a=b; c=d. Everything, because each may be a session.
Spans CookieHeader(std::string_view text, std::size_t at) {
  constexpr std::size_t kFirstPair = 80;
  std::size_t quote = at;
  while (quote < text.size() && (IsQuote(text[quote]) || text[quote] == '\\' || text[quote] == '[')) ++quote;
  std::size_t equals = quote;
  while (equals < text.size() && equals - quote < kFirstPair &&
         (IsDottedChar(text[equals]) || text[equals] == '%'))
    ++equals;
  if (equals == quote || equals >= text.size() || text[equals] != '=') return std::nullopt;
  const Value value = HeaderValue(text, quote > at && text[at] == '[' ? at + 1 : at);
  if (value.end <= equals + 1) return std::nullopt;
  return SecretSpan{value.begin, value.end, kCookie};
}

bool EndsWithNoCase(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && StartsWithNoCase(text.substr(text.size() - end.size()), end);
}

}  // namespace

Spans SettingAt(std::string_view text, std::size_t at) {
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  if (text[at] == ':' && (next == ':' || text.compare(at, 3, "://") == 0)) return std::nullopt;
  if (at > 0 && std::string_view("=!<>:").find(text[at - 1]) != std::string_view::npos && text[at - 1] != ':')
    return std::nullopt;
  if (at > 0 && text[at - 1] == ':' && text[at] == ':') return std::nullopt;
  std::size_t begin = at + 1;
  if (text[at] == '=' && next == '=') return std::nullopt;
  if ((text[at] == '=' && next == '>') || (text[at] == ':' && next == '=')) ++begin;
  const std::string_view name =
      NameBefore(text, text[at] == '=' && at > 0 && text[at - 1] == ':' ? at - 1 : at);
  if (name.size() < 2) return std::nullopt;
  auto kind = ReadSecretName(name);
  if (!kind) kind = ReadTwoWords(text, name);
  if (!kind) return std::nullopt;
  const std::size_t behind = begin;
  while (begin < text.size() && begin - at < 12 && IsBlank(text[begin])) ++begin;
  if (begin >= text.size()) return std::nullopt;
  if (kind->kind == kCookie && text[at] == ':') {
    if (const auto cookie = CookieHeader(text, begin)) return cookie;
  }
  if (kind->kind == kAuthorization) {
    const std::size_t scheme = std::min(text.find_first_not_of("\"'`\\[", begin), text.size());
    if (const auto token = SchemeToken(text, scheme, EndsWithNoCase(name, "authorization"))) return token;
    if (EndsWithNoCase(name, "authorization")) kind->strength = NameStrength::kWeak;
  }
  // What is long is told by its beginning, so that a text of nothing but settings costs no more than others.
  constexpr std::size_t kTelling = 512;
  const Setting setting{name, *kind, ValueAt(text, begin, kTelling), text[at] == '=' && begin == behind};
  if (setting.value.end <= setting.value.begin || !IsSecretValue(text, setting)) return std::nullopt;
  const Value whole = ValueAt(text, begin);
  return SecretSpan{whole.begin, whole.end, kind->kind};
}

Spans OptionAt(std::string_view text, std::size_t at) {
  if (text.compare(at, 2, "--") != 0 || (at > 0 && !IsSpace(text[at - 1]) && !IsQuote(text[at - 1])))
    return std::nullopt;
  std::size_t end = at + 2;
  while (end < text.size() && end - at < kLongestName && IsDottedChar(text[end])) ++end;
  if (end == at + 2 || end + 1 >= text.size() || text[end] != ' ') return std::nullopt;
  const auto kind = ReadSecretName(text.substr(at + 2, end - at - 2));
  if (!kind || IsBlank(text[end + 1]) || text[end + 1] == '-') return std::nullopt;
  const Value value = ValueAt(text, end + 1);
  if (value.end <= value.begin) return std::nullopt;
  const std::string_view word = value.In(text);
  if (IsProse(word) || word == "option" || word == "flag" || word == "or" || word == "and" ||
      word == "argument" || word == "to")
    return std::nullopt;
  Setting setting{text.substr(at + 2, end - at - 2), *kind, value, false};
  if (!IsSecretValue(text, setting)) return std::nullopt;
  return SecretSpan{value.begin, value.end, kind->kind};
}

Spans ElementAt(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestName && IsDottedChar(text[begin - 1])) --begin;
  if (begin == 0 || begin == at || text[begin - 1] != '<') return std::nullopt;
  const std::string_view name = text.substr(begin, at - begin);
  const auto kind = ReadSecretName(name);
  if (!kind) return std::nullopt;
  const std::size_t end = text.find('<', at);
  if (end == std::string_view::npos || end == at + 1 || text.compare(end + 1, 1, "/") != 0)
    return std::nullopt;
  const Setting setting{name, *kind, Value{at + 1, end, true}, false};
  if (!IsSecretValue(text, setting)) return std::nullopt;
  return SecretSpan{at + 1, end, kind->kind};
}

Spans WordedAt(std::string_view text, std::size_t at) {
  if (at > 0 && (IsDottedChar(text[at - 1]))) return std::nullopt;
  const char c = text[at];
  if (c == 'B' || c == 'b') {
    const std::string_view word = text.substr(at, 7);
    if (!StartsWithNoCase(word, "bearer ") && !StartsWithNoCase(word, "basic ") &&
        !StartsWithNoCase(word, "bearer%") && !StartsWithNoCase(word, "bearer+"))
      return std::nullopt;
    return SchemeToken(text, at, false);
  }
  for (const std::string_view word : {"PASSWORD '", "IDENTIFIED BY '", "password '", "identified by '"}) {
    if (text.compare(at, word.size(), word) != 0) continue;
    // "revision identified by '5f1c2aa09b7e'" is prose; SQL names a user first.
    const std::string_view before = text.substr(0, at);
    if (word.front() == 'i' && before.find("user") == std::string_view::npos &&
        before.find('@') == std::string_view::npos)
      continue;
    const Value value = Quoted(text, at + word.size() - 1);
    // "password 'x' is too short" speaks of a password; so does "WITH PASSWORD 'x'". A word alone may be a
    // name.
    if (value.end <= value.begin || IsStatusValue(value.In(text)) || IsProse(value.In(text)))
      return std::nullopt;
    return SecretSpan{value.begin, value.end, kPassword};
  }
  return std::nullopt;
}

}  // namespace neverready::core
