#include "incidents/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/category.h"
#include "analyzers/facts.h"
#include "core/ascii.h"
#include "core/secret_mark.h"
#include "core/text.h"

namespace neverready::incidents {
namespace {

using analyzers::Category;
using analyzers::Fact;
using analyzers::Facts;

// Sorted by name.
std::vector<Fact> Culprits(Category category, const Facts& facts) {
  switch (category) {
    case Category::kImportError: return {Fact::kModule, Fact::kSymbol};
    case Category::kMissingEnv: return {facts.Has(Fact::kEnvVars) ? Fact::kEnvVars : Fact::kSetting};
    case Category::kValidationFailure: return {facts.Has(Fact::kSetting) ? Fact::kSetting : Fact::kEnvVars};
    case Category::kPermissionDenied: return {Fact::kPermission, Fact::kPrincipal};
    case Category::kSecretUnavailable: return {Fact::kSecret};
    case Category::kImageUnavailable: return {Fact::kImage};
    case Category::kDependencyUnreachable:
    case Category::kDependencyRejected: return {Fact::kHost};
    case Category::kPortTimeout:
    case Category::kPortConflict: return {Fact::kBindAddress, Fact::kPortActual};
    case Category::kAppException: return {Fact::kException, Fact::kFile};
    case Category::kBadEntrypoint: return {Fact::kFile};
    case Category::kCrashSignal: return {Fact::kSignal};
    case Category::kOutOfMemory:
    case Category::kResourceExhausted:
    case Category::kProbeFailed:
    case Category::kHealthy:
    case Category::kUnknown: return {};
  }
  return {};
}

// All functions below take lower-case text.

// "projects/p/secrets/s/versions/3" and the "s:3", "s:latest" of a service's spec.
std::string_view WithoutVersion(std::string_view secret) {
  secret = secret.substr(0, secret.find("/versions/"));
  const std::size_t colon = secret.rfind(':');
  if (colon == std::string_view::npos) return secret;
  const std::string_view version = secret.substr(colon + 1);
  const bool is_version =
      version == "latest" || (!version.empty() && std::ranges::all_of(version, core::IsDigit));
  return is_version ? secret.substr(0, colon) : secret;
}

// A colon before the last slash is that of a registry's port.
std::string_view WithoutTag(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t slash = image.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t colon = core::FindOutsideMarks(image.substr(name), ':');
  return colon == std::string_view::npos ? image : image.substr(0, name + colon);
}

// Line and column.
std::string_view WithoutLine(std::string_view path) {
  for (int i = 0; i < 2; ++i) {
    std::size_t digits = path.size();
    while (digits > 0 && core::IsDigit(path[digits - 1])) --digits;
    if (digits == path.size() || digits == 0 || path[digits - 1] != ':') break;
    path.remove_suffix(path.size() - digits + 1);
  }
  return path;
}

bool IsUuid(std::string_view text) {
  constexpr std::string_view kShape = "00000000-0000-0000-0000-000000000000";
  return std::ranges::equal(text, kShape,
                            [](char c, char shape) { return shape == '-' ? c == '-' : core::IsLowerHex(c); });
}

bool IsId(std::string_view word) {
  constexpr std::size_t kHash = 8, kAddress = 4;
  if (word.starts_with("0x"))
    return word.size() >= 2 + kAddress && std::ranges::all_of(word.substr(2), core::IsLowerHex);
  return word.size() >= kHash && std::ranges::all_of(word, core::IsLowerHex) &&
         std::ranges::any_of(word, core::IsDigit);
}

std::string WithoutIds(std::string_view text) {
  constexpr std::size_t kUuid = 36;
  std::string out;
  while (!text.empty()) {
    std::size_t length = 0;
    while (length < text.size() && core::IsAlnum(text[length])) ++length;
    const bool uuid = IsUuid(text.substr(0, kUuid)) && (text.size() == kUuid || !core::IsAlnum(text[kUuid]));
    if (uuid) length = kUuid;
    if (length == 0) {
      out += text.front();
      length = 1;
    } else if (uuid || IsId(text.substr(0, length))) {
      out += '*';
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string Culprit(Fact fact, std::string_view value) {
  const std::string lower = core::ToLower(core::Trim(value));
  if (fact == Fact::kSecret) return std::string(WithoutVersion(lower));
  if (fact == Fact::kImage) return std::string(WithoutTag(lower));
  if (fact == Fact::kModule || fact == Fact::kFile) return WithoutIds(WithoutLine(lower));
  if (fact == Fact::kSymbol || fact == Fact::kException) return WithoutIds(lower);
  return lower;
}

void AppendEscaped(std::string_view value, std::string* out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte != 0x7F && c != ',' && c != '%') {
      *out += c;
    } else {
      *out += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
  }
}

}  // namespace

std::string Fingerprint(const analyzers::Diagnosis& diagnosis) {
  if (!diagnosis.root_cause) return {};
  const Facts& facts = diagnosis.facts;
  std::string out(analyzers::Name(*diagnosis.root_cause));
  for (const Fact fact : Culprits(*diagnosis.root_cause, facts)) {
    std::vector<std::string> values =
        analyzers::IsList(fact) ? facts.List(fact) : std::vector<std::string>{facts.Text(fact)};
    for (std::string& value : values) value = Culprit(fact, value);
    std::erase(values, std::string());
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.empty()) continue;
    out += ' ';
    out += analyzers::Name(fact);
    char separator = '=';
    for (const std::string& value : values) {
      out += separator;
      AppendEscaped(value, &out);
      separator = ',';
    }
  }
  return out;
}

}  // namespace neverready::incidents
