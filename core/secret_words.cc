#include "core/secret_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/text.h"

namespace neverready::core {
namespace {

using enum SecretKind;
using enum NameStrength;

template <std::size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

// "spring.datasource.dbPassword" → db, password: lower-cased words behind the last dot.
std::vector<std::string> WordsOf(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == '-' || name.back() == '_'))
    name.remove_suffix(1);
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name.remove_prefix(dot + 1);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '_' || c == '-') {
      if (words.empty() || !words.back().empty()) words.emplace_back();
      continue;
    }
    const bool hump = i > 0 && IsUpper(c) &&
                      (IsLower(name[i - 1]) || (IsUpper(name[i - 1]) && i + 1 < name.size() &&
                                                IsLower(name[i + 1]) && i + 2 < name.size()));
    if (words.empty() || hump) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  std::erase(words, std::string());
  return words;
}

// What may stand behind the decisive word without changing what is named: JWT_SECRET_STAGING, PASSWORD_2.
bool IsSuffix(std::string_view word) {
  constexpr auto kSuffixes = std::to_array<std::string_view>(
      {"prod",      "production", "staging",   "stage",   "stg",   "dev",       "development",
       "test",      "live",       "local",     "base",    "value", "old",       "new",
       "current",   "primary",    "secondary", "default", "plain", "plaintext", "text",
       "encrypted", "hash",       "base64",    "b64",     "admin", "root",      "db"});
  return std::ranges::all_of(word, IsDigit) || IsOneOf(word, kSuffixes);
}

// Whether the name holds the first two letters of any decisive word: most names end here, before anything is
// copied.
bool MayBeSecret(std::string_view name) {
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const char a = static_cast<char>(name[i] | 0x20), b = static_cast<char>(name[i + 1] | 0x20);
    if ((a == 'p' && (b == 'a' || b == 'w')) || (a == 's' && (b == 'e' || b == 'i' || b == 'a')) ||
        (a == 't' && b == 'o') || (a == 'k' && b == 'e') || (a == 'j' && b == 'w') ||
        (a == 'c' && (b == 'r' || b == 'o')) || (a == 'a' && b == 'u') || (a == 'o' && b == 't') ||
        (a == 'b' && b == 'e'))
      return true;
  }
  return false;
}

struct Ending {
  std::string_view text;  // of the name without its separators
  SecretKind kind;
  NameStrength strength;
};

constexpr auto kEndings = std::to_array<Ending>({
    {"password", kPassword, kStrong},
    {"passwd", kPassword, kStrong},
    {"passphrase", kPassword, kStrong},
    {"passcode", kPassword, kStrong},
    {"pwd", kPassword, kStrong},
    {"clientsecret", kSecret, kStrong},
    {"secret", kSecret, kStrong},
    {"awssecretaccesskey", kAwsKey, kStrong},
    {"awssecretkey", kAwsKey, kStrong},
    {"awsaccesskeyid", kAwsKey, kStrong},
    {"awssessiontoken", kAwsKey, kStrong},
    {"securitytoken", kToken, kStrong},
    {"secretaccesskey", kAwsKey, kStrong},
    {"token", kToken, kWeak},
    {"jwt", kToken, kWeak},
    {"apikey", kApiKey, kStrong},
    {"appkey", kApiKey, kStrong},
    {"accountkey", kAzureKey, kStrong},
    {"sharedaccesskey", kAzureKey, kStrong},
    {"sharedaccesssignature", kAzureKey, kStrong},
    {"storagekey", kAzureKey, kStrong},
    {"privatekey", kPrivateKey, kStrong},
    {"privatekeyid", kPrivateKey, kStrong},
    {"accesskey", kKey, kStrong},
    {"secretkey", kKey, kStrong},
    {"encryptionkey", kKey, kStrong},
    {"encryptkey", kKey, kStrong},
    {"decryptionkey", kKey, kStrong},
    {"cryptkey", kKey, kStrong},
    {"signingkey", kKey, kStrong},
    {"fernetkey", kKey, kStrong},
    {"masterkey", kKey, kStrong},
    {"licensekey", kKey, kStrong},
    {"servicekey", kKey, kStrong},
    {"servicerolekey", kKey, kStrong},
    {"anonkey", kKey, kStrong},
    {"ingestkey", kKey, kStrong},
    {"ingestionkey", kKey, kStrong},
    {"jwtkey", kKey, kStrong},
    {"sessionkey", kKey, kStrong},
    {"hmackey", kKey, kStrong},
    {"aeskey", kKey, kStrong},
    {"sshkey", kKey, kStrong},
    {"authkey", kKey, kStrong},
    {"cookiekey", kKey, kStrong},
    {"webhookkey", kKey, kStrong},
    {"sendgridkey", kKey, kStrong},
    {"openaikey", kKey, kStrong},
    {"stripekey", kKey, kStrong},
    {"instrumentationkey", kKey, kStrong},
    {"credential", kCredentials, kWeakest},
    {"credentials", kCredentials, kWeakest},
    {"creds", kCredentials, kWeakest},
    {"sessionid", kSession, kWeak},
    {"sessid", kSession, kWeak},
    {"cookie", kCookie, kWeak},
    {"cookies", kCookie, kWeak},
    {"signature", kSignature, kWeakest},
    {"authorization", kAuthorization, kWeakest},
});

// Whole words, because longer ones end alike ("bypass", "oauth", "side").
constexpr auto kLastWords = std::to_array<Ending>({
    {"pass", kPassword, kStrong},
    {"pw", kPassword, kStrong},
    {"salt", kSalt, kWeak},
    {"session", kSession, kWeakest},
    {"sid", kSession, kWeak},
    {"otp", kToken, kWeak},
    {"sig", kSignature, kWeakest},
    {"auth", kAuthorization, kWeakest},
    {"bearer", kBearer, kWeak},
});

bool IsMade(std::string_view value, std::string_view characters) {
  return !value.empty() && value.find_first_not_of(characters) == std::string_view::npos;
}

std::string_view Bare(std::string_view value) {
  constexpr std::string_view kAround = "\"'`()[]{}<>.,;:!?\\ ";
  const std::size_t first = value.find_first_not_of(kAround);
  if (first == std::string_view::npos) return {};
  return value.substr(first, value.find_last_not_of(kAround) - first + 1);
}

constexpr auto kStatusWords = std::to_array<std::string_view>({"absent",     "active",       "available",
                                                               "blank",      "bool",         "boolean",
                                                               "bytes",      "cannot",       "configured",
                                                               "corrupt",    "default",      "defined",
                                                               "denied",     "disabled",     "empty",
                                                               "enabled",    "error",        "exists",
                                                               "expected",   "expired",      "fail",
                                                               "failed",     "failure",      "false",
                                                               "filtered",   "forbidden",    "found",
                                                               "hidden",     "ignored",      "inactive",
                                                               "incorrect",  "int",          "integer",
                                                               "invalid",    "invalid_type", "latest",
                                                               "loaded",     "malformed",    "masked",
                                                               "mismatch",   "missing",      "n/a",
                                                               "na",         "nan",          "nil",
                                                               "no",         "none",         "nonexistent",
                                                               "not",        "not-set",      "not_configured",
                                                               "not_found",  "not_provided", "not_set",
                                                               "notset",     "null",         "number",
                                                               "object",     "off",          "ok",
                                                               "omitted",    "on",           "optional",
                                                               "passed",     "pending",      "present",
                                                               "provided",   "redacted",     "refused",
                                                               "rejected",   "removed",      "required",
                                                               "revoked",    "secretstr",    "set",
                                                               "skipped",    "str",          "string",
                                                               "suppressed", "todo",         "true",
                                                               "type",       "unauthorized", "unavailable",
                                                               "undefined",  "unexpected",   "unknown",
                                                               "unset",      "unspecified",  "unsupported",
                                                               "valid",      "verified",     "wrong",
                                                               "yes"});

}  // namespace

std::optional<SecretName> ReadSecretName(std::string_view name) {
  if (!MayBeSecret(name)) return std::nullopt;
  std::vector<std::string> words = WordsOf(name);
  while (words.size() > 1 && IsSuffix(words.back())) words.pop_back();
  if (words.empty()) return std::nullopt;
  std::string& last = words.back();
  while (!last.empty() && IsDigit(last.back())) last.pop_back();
  for (const Ending& ending : kLastWords) {
    if (last == ending.text) return SecretName{ending.kind, ending.strength};
  }
  std::string squeezed;
  for (const std::string& word : words) squeezed += word;
  for (const std::string_view other :
       {"pagetoken", "synctoken", "nonsecret", "unexpectedtoken", "continuationtoken", "publickeytoken"}) {
    if (squeezed.ends_with(other)) return std::nullopt;
  }
  const Ending* best = nullptr;
  for (const Ending& ending : kEndings) {
    if (squeezed.ends_with(ending.text) && (best == nullptr || ending.text.size() > best->text.size()))
      best = &ending;
  }
  if (best == nullptr) return std::nullopt;
  // "Secret: db-password" names a resource.
  if (squeezed == "secret") return SecretName{kSecret, kWeak};
  if (best->kind == kToken && words.size() > 1) {
    constexpr auto kSure = std::to_array<std::string_view>(
        {"access", "auth", "refresh", "api", "bot", "id", "bearer", "service", "session"});
    if (IsOneOf(words[words.size() - 2], kSure)) return SecretName{kToken, kStrong};
  }
  return SecretName{best->kind, best->strength};
}

bool IsStatusValue(std::string_view value) {
  if (value.starts_with("[redacted") || value.starts_with("[REDACTED") || value.starts_with("[Filtered"))
    return true;
  if (value.starts_with("${") || value.starts_with("$(") || value.starts_with("{{") ||
      value.starts_with("<%") || value.starts_with("[object") || value.starts_with("projects/") ||
      value.starts_with("\xe2\x80\xa6"))
    return true;
  if (value.starts_with('<') && value.ends_with('>')) return true;
  if (value.starts_with('%') && value.size() <= 3) return true;
  if (IsMade(value, "*xX.-_#?|>\xe2\x80\xa6\xa2\x97\x8f")) return true;  // ***, xxxx, …, •••, ●●●
  // A tick or a cross.
  const auto lead = static_cast<unsigned char>(value.empty() ? ' ' : value.front());
  if ((lead == 0xE2 || lead == 0xF0) && value.size() <= 7 && std::ranges::none_of(value, IsAlnum))
    return true;
  if (value.find("***") != std::string_view::npos) return true;  // masked by its owner
  const std::string_view bare = Bare(value);
  if (bare.empty()) return true;
  // "$DB_PASSWORD"
  if (bare.front() == '$' && bare.size() > 2 &&
      std::ranges::all_of(bare.substr(1), [](char c) { return IsUpper(c) || c == '_' || IsDigit(c); }))
    return true;
  if (bare.size() > 20) return false;
  return IsOneOf(ToLower(bare), kStatusWords);
}

bool IsCodeValue(std::string_view value) {
  std::size_t at = 0;
  bool dotted = false;
  while (at < value.size() && (IsLetter(value[at]) || value[at] == '_' || value[at] == '.' ||
                               value[at] == '?' || (at > 0 && IsDigit(value[at])))) {
    dotted = dotted || value[at] == '.';
    ++at;
  }
  if (at == 0) return false;
  if (at < value.size()) {
    const bool call = value[at] == '(' || value[at] == '[';
    const std::size_t next = at + 1;
    // os.environ["X"], get_token(), str(x): what stands in the brackets begins like code or ends the call.
    return call && at >= 3 &&
           (next == value.size() || value[next] == ')' || value[next] == '"' || value[next] == '\'' ||
            dotted);
  }
  constexpr auto kRoots = std::to_array<std::string_view>(
      {"process",     "os",      "settings", "config", "self", "this",   "env",   "cfg",
       "options",     "opts",    "args",     "params", "app",  "conf",   "req",   "request",
       "ctx",         "context", "user",     "data",   "body", "values", "Rails", "ENV",
       "credentials", "core",    "pydantic", "typing", "java", "org",    "com",   "builtins"});
  return dotted && IsOneOf(value.substr(0, value.find_first_of(".?")), kRoots);
}

bool IsPathValue(std::string_view value) {
  if (value.starts_with("projects/") || value.starts_with("gs://") || value.starts_with("./") ||
      value.starts_with("../") || value.starts_with("~/"))
    return true;
  if (value.size() < 2 || value.front() != '/') return false;
  if (value.find_first_of("+=") != std::string_view::npos) return false;
  std::size_t longest = 0, slashes = 0, since = 0;
  for (const char c : value) {
    slashes += c == '/' ? 1 : 0;
    since = c == '/' ? 0 : since + 1;
    longest = std::max(longest, since);
  }
  return longest <= 24 && (slashes > 1 || value.find('.') != std::string_view::npos);
}

bool IsReferenceValue(std::string_view value) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view version = value.substr(colon + 1);
  const bool numbered = !version.empty() && version.size() <= 4 && std::ranges::all_of(version, IsDigit);
  return (numbered || version == "latest") && std::ranges::all_of(value.substr(0, colon), [](char c) {
           return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '-' || c == '_';
         });
}

bool IsPlainWord(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return IsLetter(c) || c == '\'' || c == '-' || c == '_' || c == '.' || c == ':' || c == ',';
  });
}

bool IsProse(std::string_view words) {
  constexpr auto kProse = std::to_array<std::string_view>(
      {"is",     "must",    "should",   "not",        "required", "invalid", "missing", "least",
       "cannot", "failed",  "expected", "found",      "field",    "was",     "be",      "has",
       "have",   "been",    "expired",  "denied",     "too",      "short",   "long",    "provided",
       "set",    "contain", "contains", "configured", "empty",    "for",     "of",      "does",
       "could",  "are",     "wrong",    "incorrect"});
  while (!words.empty()) {
    const std::size_t blank = std::min(words.find(' '), words.size());
    if (IsOneOf(ToLower(Bare(words.substr(0, blank))), kProse)) return true;
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  return false;
}

bool LooksRandom(std::string_view value) {
  if (value.size() < 8 || value.find(' ') != std::string_view::npos) return false;
  std::size_t digits = 0, letters = 0, signs = 0, humps = 0;
  bool words = true;  // "scram-sha-256", "oauth2-proxy", "v1.2.3"
  std::size_t run_letters = 0, run_digits = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (IsLetter(c)) {
      ++letters;
      ++run_letters;
      if (run_digits > 0) words = false;
      if (i > 0 && IsUpper(c) && IsLower(value[i - 1])) ++humps;
    } else if (IsDigit(c)) {
      ++digits;
      ++run_digits;
      if (run_digits > (run_letters > 0 ? 2U : 4U)) words = false;
    } else {
      if (c != '-' && c != '_' && c != '.' && c != '/' && c != ':') ++signs;
      run_letters = run_digits = 0;
    }
  }
  if (digits > 0 && letters > 0 && !words) return true;
  if (signs > 0 && letters > 0 && (digits > 0 || humps > 0 || value.size() >= 12)) return true;
  if (humps >= 3 && value.size() >= 16) return true;
  return value.size() >= 32 &&
         IsMade(value, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+=");
}

}  // namespace neverready::core
