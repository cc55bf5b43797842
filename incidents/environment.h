// Which environment a service belongs to, from its names. Pure, thread-safe.
#ifndef NEVERREADY_INCIDENTS_ENVIRONMENT_H_
#define NEVERREADY_INCIDENTS_ENVIRONMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neverready::incidents {

// Stored: never rename.
enum class Environment : std::uint8_t {
  kProduction,
  kStaging,
  kDevelopment,  // whatever no user sees: tests, quality assurance, previews
  kUnknown,
};
inline constexpr std::size_t kEnvironments = 4;
std::string_view Name(Environment environment);  // "production", "staging", "development", "unknown"
std::optional<Environment> ParseEnvironment(std::string_view name);

struct EnvironmentPattern {
  std::string glob;  // of `*` and `?`; with a slash over PROJECT/SERVICE, else over the service's name
  Environment environment = Environment::kUnknown;
};

struct EnvironmentHints {
  std::string project, service;
  std::string label;                         // the service's label `environment`, else `env`; "" without one
  std::vector<EnvironmentPattern> patterns;  // as configured; the first that matches counts
};

// The first that says something: a pattern; the label; the service's name; the project's name.
//
// Label and names speak through whole words, in any case of ASCII letters; what is neither letter nor digit
// divides words, so that "api-prod-eu" has one and "product-api" has none:
//   production   prod, production, live
//   staging      staging, stage, stg
//   development  dev, development, test, qa, preview
// Of several in one name the first in this list counts, since taking production for less costs most. A label
// without such a word is kUnknown, whatever the names say: somebody said something else.
Environment EnvironmentOf(const EnvironmentHints& hints);

}  // namespace neverready::incidents

#endif  // NEVERREADY_INCIDENTS_ENVIRONMENT_H_
