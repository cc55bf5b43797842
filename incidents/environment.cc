#include "incidents/environment.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/text.h"

namespace neverready::incidents {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, kEnvironments> kNames{"production", "staging", "development",
                                                             "unknown"};

struct Word {
  std::string_view text;
  Environment environment;
};
constexpr std::array kWords{
    Word{"prod", Environment::kProduction},     Word{"production", Environment::kProduction},
    Word{"live", Environment::kProduction},     Word{"staging", Environment::kStaging},
    Word{"stage", Environment::kStaging},       Word{"stg", Environment::kStaging},
    Word{"dev", Environment::kDevelopment},     Word{"development", Environment::kDevelopment},
    Word{"test", Environment::kDevelopment},    Word{"qa", Environment::kDevelopment},
    Word{"preview", Environment::kDevelopment},
};

// Bytes beyond ASCII are parts of letters.
bool IsPartOfWord(char c) { return core::IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80; }

// kUnknown without a word of the list.
Environment FromWords(std::string_view name) {
  const std::string lower = core::ToLower(name);
  auto found = Environment::kUnknown;
  for (std::size_t at = 0; at < lower.size();) {
    std::size_t end = at;
    while (end < lower.size() && IsPartOfWord(lower[end])) ++end;
    const std::string_view text = std::string_view(lower).substr(at, end - at);
    for (const Word& word : kWords) {
      if (word.text == text) found = std::min(found, word.environment);
    }
    at = end + 1;
  }
  return found;
}

bool Matches(const EnvironmentPattern& pattern, const EnvironmentHints& hints) {
  const bool whole = pattern.glob.find('/') != std::string::npos;
  return core::GlobMatch(pattern.glob, whole ? hints.project + "/" + hints.service : hints.service);
}

}  // namespace

std::string_view Name(Environment environment) { return kNames[static_cast<std::size_t>(environment)]; }

std::optional<Environment> ParseEnvironment(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Environment>(i);
  }
  return std::nullopt;
}

Environment EnvironmentOf(const EnvironmentHints& hints) {
  for (const EnvironmentPattern& pattern : hints.patterns) {
    if (Matches(pattern, hints)) return pattern.environment;
  }
  if (!core::Trim(hints.label).empty()) return FromWords(hints.label);
  const Environment service = FromWords(hints.service);
  return service != Environment::kUnknown ? service : FromWords(hints.project);
}

}  // namespace neverready::incidents
