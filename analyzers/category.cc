#include "analyzers/category.h"

namespace neverready::analyzers {
namespace {

struct CategoryRow {
  std::string_view name, title, meaning;
};

// In the order of the enum.
constexpr std::array<CategoryRow, kCategories> kCategoryRows{{
    {"import_error", "import error", "code, a module, a symbol or a shared library cannot be loaded"},
    {"missing_env", "missing setting", "a required environment variable or setting is not set"},
    {"validation_failure", "validation failure", "a configuration value or a start-up check was refused"},
    {"port_timeout", "port timeout", "nothing reachable listened on $PORT in time"},
    {"app_exception", "application exception", "an uncaught exception in the application's own code"},
    {"bad_entrypoint", "bad entrypoint", "the container's command cannot be executed"},
    {"image_unavailable", "image unavailable", "the image is missing, unreadable or of the wrong kind"},
    {"permission_denied", "permission denied", "an IAM permission is missing"},
    {"secret_unavailable", "secret unavailable", "a secret or its version does not exist or is disabled"},
    {"dependency_unreachable", "dependency unreachable", "a backing service could not be reached"},
    {"dependency_rejected", "dependency rejected", "a backing service answered and refused"},
    {"out_of_memory", "out of memory", "a memory limit was exceeded"},
    {"resource_exhausted", "resource exhausted", "a quota, disk, descriptor or thread limit was reached"},
    {"crash_signal", "crash", "the process died of a signal"},
    {"probe_failed", "probe failed", "a custom probe got a wrong answer while the application was up"},
    {"port_conflict", "port conflict", "the port was already in use"},
    {"healthy", "healthy", "the revision became ready and stayed alive"},
    {"unknown", "unknown", "it failed and nothing in the log tells why"},
}};

constexpr std::array<std::string_view, kFacts> kFactNames{
    "module",    "symbol",    "env_vars",     "setting", "port_expected", "port_actual",       "bind_address",
    "exit_code", "signal",    "memory_limit", "image",   "secret",        "permission",        "principal",
    "host",      "exception", "file",         "line",    "runtime",       "critical_failures", "environment",
    "timeout"};
constexpr std::array<std::string_view, 4> kRoleNames{"cause", "symptom", "context", "harmless"};
constexpr std::array<std::string_view, 3> kVoiceNames{"app", "platform", "any"};
constexpr std::array<std::string_view, 2> kScopeNames{"line", "trace"};
constexpr std::array<std::string_view, 3> kTierNames{"speaker", "backend", "general"};
constexpr std::array<std::string_view, 6> kBlameNames{"code",       "config",   "permission",
                                                      "dependency", "platform", "unknown"};

template <typename Enum, std::size_t N>
std::optional<Enum> Parse(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Name(Category category) { return kCategoryRows[static_cast<std::size_t>(category)].name; }
std::string_view Meaning(Category category) {
  return kCategoryRows[static_cast<std::size_t>(category)].meaning;
}
std::string_view Title(Category category) { return kCategoryRows[static_cast<std::size_t>(category)].title; }
std::string_view Name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }
std::string_view Name(Voice voice) { return kVoiceNames[static_cast<std::size_t>(voice)]; }
std::string_view Name(Scope scope) { return kScopeNames[static_cast<std::size_t>(scope)]; }
std::string_view Name(Tier tier) { return kTierNames[static_cast<std::size_t>(tier)]; }
std::string_view Name(Blame blame) { return kBlameNames[static_cast<std::size_t>(blame)]; }
std::string_view Name(Fact fact) { return kFactNames[static_cast<std::size_t>(fact)]; }

std::optional<Category> ParseCategory(std::string_view name) {
  for (std::size_t i = 0; i < kCategories; ++i) {
    if (kCategoryRows[i].name == name) return static_cast<Category>(i);
  }
  return std::nullopt;
}
std::optional<Role> ParseRole(std::string_view name) { return Parse<Role>(kRoleNames, name); }
std::optional<Voice> ParseVoice(std::string_view name) { return Parse<Voice>(kVoiceNames, name); }
std::optional<Scope> ParseScope(std::string_view name) { return Parse<Scope>(kScopeNames, name); }
std::optional<Tier> ParseTier(std::string_view name) { return Parse<Tier>(kTierNames, name); }
std::optional<Blame> ParseBlame(std::string_view name) { return Parse<Blame>(kBlameNames, name); }
std::optional<Fact> ParseFact(std::string_view name) { return Parse<Fact>(kFactNames, name); }

bool IsNumber(Fact fact) {
  return fact == Fact::kPortExpected || fact == Fact::kPortActual || fact == Fact::kExitCode ||
         fact == Fact::kSignal || fact == Fact::kLine || fact == Fact::kCriticalFailures;
}

Blame DefaultBlame(Category category) {
  switch (category) {
    case Category::kImportError:
    case Category::kAppException:
    case Category::kCrashSignal: return Blame::kCode;
    case Category::kMissingEnv:
    case Category::kValidationFailure:
    case Category::kBadEntrypoint:
    case Category::kPortTimeout:
    case Category::kPortConflict:
    case Category::kProbeFailed:
    case Category::kOutOfMemory:
    case Category::kResourceExhausted: return Blame::kConfig;
    case Category::kPermissionDenied:
    case Category::kSecretUnavailable:
    case Category::kImageUnavailable: return Blame::kPermission;
    case Category::kDependencyUnreachable:
    case Category::kDependencyRejected: return Blame::kDependency;
    case Category::kHealthy:
    case Category::kUnknown: return Blame::kUnknown;
  }
  return Blame::kUnknown;
}

bool DefaultTransient(Category category) { return category == Category::kDependencyUnreachable; }

}  // namespace neverready::analyzers
