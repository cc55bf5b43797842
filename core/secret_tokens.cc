#include "core/secret_tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/ascii.h"

namespace neverready::core {
namespace {

using enum SecretKind;
using Spans = std::optional<SecretSpan>;

bool IsPadded(char c) { return IsDottedChar(c) || c == '=' || c == '~' || c == '+' || c == '/'; }

using Accepts = bool (*)(char);

struct Shape {
  std::string_view prefix;
  SecretKind kind;
  Accepts accepts;        // the characters behind the prefix
  std::size_t least;      // of them
  std::size_t exact = 0;  // 0: any number from `least`
};

// By prefix: a longer one stands before the shorter ones that it begins with.
constexpr auto kShapes = std::to_array<Shape>({
    {"AGE-SECRET-KEY-1", kSaasToken, IsAlnum, 40},
    {"AIza", kGoogleApiKey, IsWordChar, 30},
    {"AKIA", kAwsKey, IsAlnum, 16, 16},
    {"ASIA", kAwsKey, IsAlnum, 16, 16},
    {"ATATT3", kAtlassianToken, IsPadded, 40},
    {"EAAA", kSaasToken, IsWordChar, 56},
    {"FlyV1 fm2_", kSaasToken, IsPadded, 30},
    {"GOCSPX-", kGoogleClientSecret, IsWordChar, 20},
    {"NRAK-", kNewrelicKey, IsAlnum, 20},
    {"NRII-", kNewrelicKey, IsWordChar, 20},
    {"NRJS-", kNewrelicKey, IsAlnum, 15},
    {"PMAK-", kSaasToken, IsWordChar, 40},
    {"SG.", kSendgridKey, IsDottedChar, 40},
    {"SK", kTwilioKey, IsLowerHex, 32, 32},
    {"dapi", kDatabricksToken, IsLowerHex, 32, 32},
    {"dckr_pat_", kRegistryToken, IsWordChar, 20},
    {"doo_v1_", kDigitaloceanToken, IsLowerHex, 40},
    {"dop_v1_", kDigitaloceanToken, IsLowerHex, 40},
    {"dor_v1_", kDigitaloceanToken, IsLowerHex, 40},
    {"dp.pt.", kSaasToken, IsAlnum, 30},
    {"dp.st.", kSaasToken, IsDottedChar, 30},
    {"figd_", kSaasToken, IsWordChar, 30},
    {"gho_", kGithubToken, IsAlnum, 20},
    {"ghp_", kGithubToken, IsAlnum, 20},
    {"ghr_", kGithubToken, IsAlnum, 20},
    {"ghs_", kGithubToken, IsDottedChar, 20},
    {"ghu_", kGithubToken, IsAlnum, 20},
    {"github_pat_", kGithubToken, IsWordChar, 30},
    {"glc_", kGrafanaToken, IsPadded, 32},
    {"glcbt-", kGitlabToken, IsWordChar, 20},
    {"gldt-", kGitlabToken, IsWordChar, 20},
    {"glft-", kGitlabToken, IsWordChar, 20},
    {"glpat-", kGitlabToken, IsDottedChar, 20},
    {"glptt-", kGitlabToken, IsWordChar, 20},
    {"glrt-", kGitlabToken, IsDottedChar, 20},
    {"glsa_", kGrafanaToken, IsWordChar, 32},
    {"gsk_", kAiKey, IsAlnum, 40},
    {"hf_", kHuggingfaceToken, IsAlnum, 30},
    {"hvb.", kVaultToken, IsWordChar, 24},
    {"hvr.", kVaultToken, IsWordChar, 24},
    {"hvs.", kVaultToken, IsWordChar, 20},
    {"key-", kMailgunKey, IsLowerHex, 32, 32},
    {"lin_api_", kSaasToken, IsAlnum, 30},
    {"npm_", kNpmToken, IsAlnum, 36},
    {"ntn_", kSaasToken, IsAlnum, 40},
    {"pplx-", kAiKey, IsAlnum, 40},
    {"pscale_oauth_", kDatabaseToken, IsDottedChar, 30},
    {"pscale_pw_", kDatabaseToken, IsDottedChar, 30},
    {"pscale_tkn_", kDatabaseToken, IsDottedChar, 30},
    {"pul-", kSaasToken, IsLowerHex, 40, 40},
    {"pypi-", kPypiToken, IsWordChar, 50},
    {"r8_", kAiKey, IsAlnum, 36},
    {"rk_live_", kStripeKey, IsAlnum, 16},
    {"rk_test_", kStripeKey, IsAlnum, 16},
    {"rubygems_", kRegistryToken, IsLowerHex, 48},
    {"sbp_", kDatabaseToken, IsLowerHex, 40},
    {"secret_", kSaasToken, IsAlnum, 43, 43},
    {"shpat_", kShopifyToken, IsAlnum, 32},
    {"shpca_", kShopifyToken, IsAlnum, 32},
    {"shppa_", kShopifyToken, IsAlnum, 32},
    {"shpss_", kShopifyToken, IsAlnum, 32},
    {"sk-ant-", kAnthropicKey, IsWordChar, 20},
    {"sk-", kOpenaiKey, IsWordChar, 20},
    {"sk_live_", kStripeKey, IsAlnum, 16},
    {"sk_test_", kStripeKey, IsAlnum, 16},
    {"sntrys_", kSentryKey, IsPadded, 40},
    {"sntryu_", kSentryKey, IsLowerHex, 40},
    {"sq0atp-", kSaasToken, IsWordChar, 22},
    {"sq0csp-", kSaasToken, IsWordChar, 40},
    {"whsec_", kStripeKey, IsBase64, 20},
    {"xai-", kAiKey, IsAlnum, 40},
    {"xapp-", kSlackToken, IsWordChar, 20},
    {"xkeysib-", kSaasToken, IsWordChar, 40},
    {"xoxa-", kSlackToken, IsWordChar, 15},
    {"xoxb-", kSlackToken, IsWordChar, 15},
    {"xoxe-", kSlackToken, IsWordChar, 15},
    {"xoxe.", kSlackToken, IsDottedChar, 20},
    {"xoxo-", kSlackToken, IsWordChar, 15},
    {"xoxp-", kSlackToken, IsWordChar, 15},
    {"xoxr-", kSlackToken, IsWordChar, 15},
    {"xoxs-", kSlackToken, IsWordChar, 15},
    {"ya29.", kGoogleToken, IsDottedChar, 20},
    {"1//", kGoogleRefreshToken, IsWordChar, 30},
});

// Where the shapes of each first byte stand in kShapes.
struct Ranges {
  std::array<std::uint8_t, 256> first{}, end{};
};
constexpr Ranges kRanges = [] {
  Ranges ranges;
  for (std::size_t i = 0; i < kShapes.size(); ++i) {
    const auto c = static_cast<unsigned char>(kShapes[i].prefix.front());
    if (ranges.end[c] == 0) ranges.first[c] = static_cast<std::uint8_t>(i);
    ranges.end[c] = static_cast<std::uint8_t>(i + 1);
  }
  return ranges;
}();

std::size_t Run(std::string_view text, std::size_t at, Accepts accepts) {
  std::size_t end = at;
  while (end < text.size() && accepts(text[end])) ++end;
  return end - at;
}

// Nothing before `at` belongs to the same word: an escape (\n, %3D) does not.
bool BeginsWord(std::string_view text, std::size_t at) {
  if (at == 0 || (!IsAlnum(text[at - 1]) && text[at - 1] != '_')) return true;
  if (at >= 2 && text[at - 2] == '\\' &&
      std::string_view("nrtbf").find(text[at - 1]) != std::string_view::npos)
    return true;
  return at >= 3 && text[at - 3] == '%' && IsAlnum(text[at - 2]);
}

// A slug ("sk-learn-contrib-…", "hf_transformers") is made of words; a token has digits or capitals.
bool IsMixed(std::string_view text) {
  return std::ranges::any_of(text, IsDigit) ||
         (std::ranges::any_of(text, IsUpper) && std::ranges::any_of(text, IsLower));
}

Spans ShapeAt(std::string_view text, std::size_t at) {
  // What is long is told by its beginning, so that no text costs more than a multiple of its length.
  constexpr std::size_t kTelling = 128;
  const auto c = static_cast<unsigned char>(text[at]);
  for (std::size_t i = kRanges.first[c]; i < kRanges.end[c]; ++i) {
    const Shape& shape = kShapes[i];
    if (text.compare(at, shape.prefix.size(), shape.prefix) != 0) continue;
    const std::size_t body = at + shape.prefix.size();
    const std::size_t length =
        Run(text.substr(0, std::min(text.size(), body + kTelling)), body, shape.accepts);
    if (length < shape.least || (shape.exact != 0 && length != shape.exact)) continue;
    if (shape.exact != 0 && body + length < text.size() && IsAlnum(text[body + length])) continue;
    if (!IsMixed(text.substr(body, length))) continue;
    std::size_t end = body + Run(text, body, shape.accepts);
    while (end > body && text[end - 1] == '.') --end;
    return SecretSpan{at, end, shape.kind};
  }
  return std::nullopt;
}

// eyJ… . … . …: a JSON object in base64, and at least one part more.
Spans JwtAt(std::string_view text, std::size_t at) {
  if (text.compare(at, 3, "eyJ") != 0 || (at > 0 && text[at - 1] == '-')) return std::nullopt;
  const std::size_t head = Run(text, at, IsWordChar);
  if (head < 12 || at + head >= text.size() || text[at + head] != '.') return std::nullopt;
  const std::size_t body = Run(text, at + head + 1, IsWordChar);
  if (body < 4) return std::nullopt;
  std::size_t end = at + head + 1 + body;
  while (end + 1 < text.size() && text[end] == '.' && (IsWordChar(text[end + 1]) || text[end + 1] == '.'))
    end += 1 + Run(text, end + 1, IsWordChar);
  return SecretSpan{at, end, kJwt};
}

// Digits, a colon and 35 characters: a bot of Telegram; "/bot<token>/" in its URLs.
Spans TelegramAt(std::string_view text, std::size_t at) {
  const std::size_t digits = Run(text, at, IsDigit);
  if (digits < 8 || digits > 10 || at + digits >= text.size() || text[at + digits] != ':')
    return std::nullopt;
  const std::size_t body = Run(text, at + digits + 1, IsWordChar);
  if (body != 35 || !IsMixed(text.substr(at + digits + 1, body))) return std::nullopt;
  return SecretSpan{at, at + digits + 36, kTelegramToken};
}

// Three parts with dots: the number of the bot in base64, six characters, 27 or more.
Spans DiscordAt(std::string_view text, std::size_t at) {
  const std::size_t first = Run(text, at, IsAlnum);
  if (first < 23 || first > 28 || at + first >= text.size() || text[at + first] != '.') return std::nullopt;
  const std::size_t second = Run(text, at + first + 1, IsWordChar);
  const std::size_t dot = at + first + 1 + second;
  if (second != 6 || dot >= text.size() || text[dot] != '.') return std::nullopt;
  const std::size_t third = Run(text, dot + 1, IsWordChar);
  if (third < 27 || !IsMixed(text.substr(at, first))) return std::nullopt;
  return SecretSpan{at, dot + 1 + third, kDiscordToken};
}

// Tokens that are told by something in their middle, and those of a fixed length.
Spans OddTokenAt(std::string_view text, std::size_t at) {
  const std::size_t run = Run(text, at, IsAlnum);
  const std::size_t end = at + run;
  if (run == 32 && text.compare(end, 3, "-us") == 0 && end + 3 < text.size() && IsDigit(text[end + 3]) &&
      std::ranges::all_of(text.substr(at, run), IsLowerHex))
    return SecretSpan{at, end + 3 + Run(text, end + 3, IsDigit), kMailchimpKey};
  if (run == 14 && text.compare(end, 9, ".atlasv1.") == 0 && Run(text, end + 9, IsWordChar) >= 30)
    return SecretSpan{at, end + 9 + Run(text, end + 9, IsWordChar), kHashicorpToken};
  // "abc8Q~" and 34 more: a client secret of Entra ID.
  if (run >= 5 && run <= 6 && end < text.size() && text[end] == '~' && text.compare(end - 2, 2, "8Q") == 0) {
    const std::size_t rest = Run(text, end + 1, [](char c) { return IsDottedChar(c) || c == '~'; });
    if (rest >= 31 && rest <= 36) return SecretSpan{at, end + 1 + rest, kAzureKey};
  }
  return std::nullopt;
}

}  // namespace

Spans TokenAt(std::string_view text, std::size_t at) {
  if (!BeginsWord(text, at)) return std::nullopt;
  const char c = text[at];
  if (const auto found = ShapeAt(text, at)) return found;
  if (c == 'e') {
    if (const auto found = JwtAt(text, at)) return found;
  }
  if (IsDigit(c)) {
    if (const auto found = TelegramAt(text, at)) return found;
  }
  // "bot123456789:…" in the URLs of Telegram.
  if (c == 'b' && text.compare(at, 3, "bot") == 0 && at + 3 < text.size() && IsDigit(text[at + 3])) {
    if (const auto found = TelegramAt(text, at + 3)) return found;
  }
  if (c == 'M' || c == 'N' || c == 'O') {
    if (const auto found = DiscordAt(text, at)) return found;
  }
  return OddTokenAt(text, at);
}

}  // namespace neverready::core
