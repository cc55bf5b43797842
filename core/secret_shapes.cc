#include "core/secret_shapes.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/secret_mark.h"
#include "core/secret_words.h"
#include "core/text.h"

namespace neverready::core {
namespace {

using enum SecretKind;
using Spans = std::optional<SecretSpan>;

std::size_t Run(std::string_view text, std::size_t at, bool (*accepts)(char)) {
  std::size_t end = at;
  while (end < text.size() && accepts(text[end])) ++end;
  return end - at;
}

bool EndsAuthority(char c) {
  return IsSpace(c) || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' ||
         c == '`' || c == '\\' || c == '|';
}

// A password is not shown in any case; a user without password only if it looks like a key.
Spans UserInfoSecret(std::string_view text, std::size_t begin, std::size_t at) {
  const std::string_view info = text.substr(begin, at - begin);
  const bool sentry = text.substr(at, 80).find("sentry") != std::string_view::npos;
  const std::size_t colon = FindOutsideMarks(info, ':');
  if (colon == std::string_view::npos || colon + 1 == info.size()) {
    const std::string_view user = info.substr(0, colon);
    if (!LooksRandom(user) || user.size() < 20 || user.find(kMark) != std::string_view::npos)
      return std::nullopt;
    return SecretSpan{begin, begin + user.size(), sentry ? kSentryKey : kToken};
  }
  const std::string_view password = info.substr(colon + 1);
  if (password.starts_with("[redacted") || password.starts_with("${") || password.starts_with("{{") ||
      password.find_first_not_of("*x.") == std::string_view::npos ||
      (password.starts_with('<') && password.ends_with('>')))
    return std::nullopt;
  if (sentry) return SecretSpan{begin, at, kSentryKey};
  return SecretSpan{begin + colon + 1, at, kPassword};
}

// hooks.slack.com/services/…, discord.com/api/webhooks/<number>/…: the path is the secret.
Spans WebhookAt(std::string_view text, std::size_t host) {
  constexpr std::size_t kShort = 12;
  for (const auto& [name, kind] :
       {std::pair{std::string_view("hooks.slack.com/services/"), kSlackWebhook},
        std::pair{std::string_view("hooks.slack.com/workflows/"), kSlackWebhook},
        std::pair{std::string_view("hooks.slack.com/triggers/"), kSlackWebhook},
        std::pair{std::string_view("discord.com/api/webhooks/"), kDiscordWebhook},
        std::pair{std::string_view("discordapp.com/api/webhooks/"), kDiscordWebhook}}) {
    if (text.compare(host, name.size(), name) != 0) continue;
    const std::size_t path = host + name.size();
    const std::size_t length = Run(text, path, [](char c) { return IsWordChar(c) || c == '/'; });
    if (length >= kShort) return SecretSpan{path, path + length, kind};
  }
  return std::nullopt;
}

// Behind the words of base64 that begin at `at`, separated by blanks, newlines or their escapes.
std::size_t EndOfBase64Words(std::string_view text, std::size_t at) {
  constexpr std::size_t kShortest = 16;
  std::size_t end = at;
  for (;;) {
    while (at < text.size() && (IsSpace(text[at]) || text[at] == '\\')) {
      const bool escape =
          text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == 'n' || text[at + 1] == 'r');
      at += escape ? 2 : 1;
    }
    const std::size_t run = Run(text, at, IsBase64);
    at += run;
    std::size_t padding = 0;
    while (at < text.size() && text[at] == '=' && padding < 2) {
      ++at;
      ++padding;
    }
    if (run < kShortest && (run < 4 || padding == 0)) return end;
    end = at;
  }
}

}  // namespace

Spans UrlSecretAt(std::string_view text, std::size_t colon) {
  constexpr std::size_t kLongestScan = 200;  // behind a slash within a password
  const std::size_t begin = colon + 3;
  std::size_t end = begin;
  while (end < text.size() && !EndsAuthority(text[end])) ++end;
  const std::size_t at = text.substr(begin, end - begin).rfind('@');
  // "postgres://app:a@b/c@db": only the paths of HTTP hold an '@'.
  const bool web = text.substr(0, colon).ends_with("http") || text.substr(0, colon).ends_with("https");
  if (at != std::string_view::npos && (web || end >= text.size() || text[end] != '/'))
    return UserInfoSecret(text, begin, begin + at);
  if (const auto hook = WebhookAt(text, begin)) return hook;
  // A password with an unescaped slash, question mark or hash: "postgres://app:a/b@db". A port has digits
  // only.
  const std::size_t mark = FindOutsideMarks(text.substr(begin, end - begin), ':');
  if (end >= text.size() || IsSpace(text[end])) return std::nullopt;
  if (at == std::string_view::npos) {
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string_view port = text.substr(begin + mark + 1, end - begin - mark - 1);
    if (std::ranges::all_of(port, IsDigit)) return std::nullopt;
  }
  std::size_t last = std::string_view::npos;
  for (std::size_t i = end; i < text.size() && i < end + kLongestScan; ++i) {
    if (IsSpace(text[i]) || text[i] == '"' || text[i] == '\'' || text[i] == '<' ||
        text.compare(i, 3, "://") == 0)
      break;
    if (text[i] == '?' && at != std::string_view::npos) break;
    if (text[i] == '@') last = i;
  }
  if (last == std::string_view::npos) last = at == std::string_view::npos ? at : begin + at;
  if (last == std::string_view::npos) return std::nullopt;
  return UserInfoSecret(text, begin, last);
}

Spans GoDsnPasswordAt(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 128;
  const std::string_view behind = text.substr(at + 1, 5);
  if (!behind.starts_with("tcp(") && !behind.starts_with("unix(") && !behind.starts_with("tcp6("))
    return std::nullopt;
  std::size_t begin = at;
  std::size_t colon = std::string_view::npos;
  while (begin > 0 && at - begin < kLongest && !EndsAuthority(text[begin - 1])) {
    begin -= std::max<std::size_t>(1, MarkLengthBefore(text, begin));
    if (text[begin] == ':') colon = begin;
  }
  if (colon == std::string_view::npos || colon + 1 >= at) return std::nullopt;
  if (text.compare(colon + 1, 9, "[redacted") == 0) return std::nullopt;
  return SecretSpan{colon + 1, at, kPassword};
}

Spans EmailAt(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 64;
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongest && (IsDottedChar(text[begin - 1]) || text[begin - 1] == '+'))
    --begin;
  if (begin == at) return std::nullopt;
  std::size_t end = at + 1;
  std::size_t dot = 0;
  while (end < text.size() && end - at < 200 &&
         (IsAlnum(text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.') dot = end;
    ++end;
  }
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  if (dot >= end) dot = text.substr(0, end).rfind('.');
  if (dot == std::string_view::npos || dot <= at + 1 || end - dot < 3 || IsDigit(text[dot + 1]))
    return std::nullopt;
  return SecretSpan{begin, end, kEmail};
}

Spans PemKeyAt(std::string_view text, std::size_t at) {
  constexpr std::string_view kBegin = "-----BEGIN ", kKey = "PRIVATE KEY", kEnd = "-----END ";
  if (text.compare(at, kBegin.size(), kBegin) != 0) return std::nullopt;
  const std::string_view label = text.substr(at + kBegin.size(), 60);
  const std::size_t key = label.find(kKey);
  const std::size_t dashes = label.find("-----");
  if (key == std::string_view::npos || dashes == std::string_view::npos || dashes < key) return std::nullopt;
  const std::size_t body = at + kBegin.size() + dashes + 5;
  if (Trim(text.substr(body, 20)).starts_with("[redacted")) return std::nullopt;
  constexpr std::size_t kLongestKey = 1 << 13;
  std::size_t end = text.substr(0, std::min(text.size(), body + kLongestKey)).find(kEnd, body);
  // One that was cut off ends where no base64 stands any more.
  if (end == std::string_view::npos || text.substr(body, end - body).find('"') != std::string_view::npos)
    end = EndOfBase64Words(text, body);
  const std::string_view inside = text.substr(body, end - body);
  if (std::ranges::count_if(inside, IsBase64) < 8) return std::nullopt;
  return SecretSpan{body, end, kPrivateKey};
}

bool IsPemBodyLine(std::string_view text) {
  text = Trim(text);
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  if (text.size() < 16 || text.size() > 76 || Run(text, 0, IsBase64) != text.size()) return false;
  const bool all = std::ranges::any_of(text, IsDigit) && std::ranges::any_of(text, IsUpper) &&
                   std::ranges::any_of(text, IsLower);
  if (text.starts_with("MII") && text.size() >= 40) return true;
  const std::size_t size = text.size() + padding;
  if (size == 64 || size == 76) return all;
  return padding > 0 && size % 4 == 0 && all;
}

bool IsBasicCredentials(std::string_view base64) {
  const auto value = [](char c) {
    if (IsUpper(c)) return c - 'A';
    if (IsLower(c)) return c - 'a' + 26;
    if (IsDigit(c)) return c - '0' + 52;
    return c == '+' ? 62 : 63;
  };
  bool colon = false;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : base64) {
    if (c == '=') break;
    if (!IsBase64(c)) return false;
    bits = (bits << 6) | static_cast<std::uint32_t>(value(c));
    have += 6;
    if (have < 8) continue;
    have -= 8;
    const auto byte = static_cast<unsigned char>((bits >> have) & 0xFF);
    if (byte < 0x20 || byte == 0x7F) return false;
    colon = colon || byte == ':';
  }
  return colon;
}

}  // namespace neverready::core
