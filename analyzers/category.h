// The vocabulary of diagnoses: categories, roles, facts, blame. Stored: never renumber or rename.
// Defined for people in tests/cases/TAXONOMY.md. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_CATEGORY_H_
#define NEVERREADY_ANALYZERS_CATEGORY_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace neverready::analyzers {

enum class Category : std::uint8_t {
  kImportError,
  kMissingEnv,
  kValidationFailure,
  kPortTimeout,
  kAppException,
  kBadEntrypoint,
  kImageUnavailable,
  kPermissionDenied,
  kSecretUnavailable,
  kDependencyUnreachable,
  kDependencyRejected,
  kOutOfMemory,
  kResourceExhausted,
  kCrashSignal,
  kProbeFailed,
  kPortConflict,
  kHealthy,
  kUnknown,
};
inline constexpr std::size_t kCategories = 18;

enum class Role : std::uint8_t { kCause, kSymptom, kContext, kHarmless };

// Which voices a rule listens to.
enum class Voice : std::uint8_t { kApp, kPlatform, kAny };

enum class Scope : std::uint8_t { kLine, kTrace };

// Who gives way where two rules match one line: the later.
enum class Tier : std::uint8_t {
  kSpeaker,  // a program's own words
  kBackend,  // a backing service's words, as any client may print them
  kGeneral,  // a mechanism that many programs have in common
};

enum class Blame : std::uint8_t { kCode, kConfig, kPermission, kDependency, kPlatform, kUnknown };

enum class Fact : std::uint8_t {
  kModule,
  kSymbol,
  kEnvVars,
  kSetting,
  kPortExpected,
  kPortActual,
  kBindAddress,
  kExitCode,
  kSignal,
  kMemoryLimit,
  kImage,
  kSecret,
  kPermission,
  kPrincipal,
  kHost,
  kException,
  kFile,
  kLine,
  kRuntime,
  kCriticalFailures,
  kEnvironment,
  kTimeout,
};
inline constexpr std::size_t kFacts = 22;

std::string_view Name(Category category);
std::string_view Name(Role role);
std::string_view Name(Voice voice);
std::string_view Name(Scope scope);
std::string_view Name(Tier tier);
std::string_view Name(Blame blame);
std::string_view Name(Fact fact);

std::optional<Category> ParseCategory(std::string_view name);
std::optional<Role> ParseRole(std::string_view name);
std::optional<Voice> ParseVoice(std::string_view name);
std::optional<Scope> ParseScope(std::string_view name);
std::optional<Tier> ParseTier(std::string_view name);
std::optional<Blame> ParseBlame(std::string_view name);
std::optional<Fact> ParseFact(std::string_view name);

// What a category means, in a few words for people: "a module cannot be loaded".
std::string_view Meaning(Category category);

// "import error", for headlines.
std::string_view Title(Category category);

bool IsNumber(Fact fact);  // port_expected port_actual exit_code signal line critical_failures
inline bool IsList(Fact fact) { return fact == Fact::kEnvVars; }

// Who is to blame for a category when the rule does not say (docs/json.md).
Blame DefaultBlame(Category category);
// Whether trying again may help without any change.
bool DefaultTransient(Category category);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_CATEGORY_H_
