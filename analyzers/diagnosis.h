// Diagnosis: the answer. The hub of the program: a plain value of strings and enums that reports, store and
// alerts read. Meaning of every field: docs/json.md. Stored: never renumber or rename.
#ifndef NEVERREADY_ANALYZERS_DIAGNOSIS_H_
#define NEVERREADY_ANALYZERS_DIAGNOSIS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/category.h"
#include "analyzers/facts.h"
#include "analyzers/revision_log.h"
#include "core/time.h"

namespace neverready::analyzers {

// In the order in which reports list them.
enum class State : std::uint8_t { kFailed, kCrashLooping, kInconclusive, kPending, kReady };
std::string_view Name(State state);
std::optional<State> ParseState(std::string_view name);
std::string_view Name(LogScope scope);
std::string_view LogName(ingest::LogKind log);  // "stderr", "system", "system_event" …

struct Evidence {
  std::optional<core::Timestamp> at;
  std::string insert_id, instance;
  std::string log;   // stdout, stderr, system, system_event, activity, requests, text, other
  std::string text;  // verbatim, one line
  bool operator==(const Evidence&) const = default;
};

struct CascadeLink {
  Category category = Category::kUnknown;
  std::string rule, summary;
  std::optional<core::Timestamp> at;
  std::optional<Evidence> evidence;
  bool operator==(const CascadeLink&) const = default;
};

struct RunnerUp {
  Category category = Category::kUnknown;
  std::string rule;
  double confidence = 0;
  bool operator==(const RunnerUp&) const = default;
};

struct EnvironmentVariable {
  enum class State : std::uint8_t { kSet, kMissing, kSecretRef };
  std::string name;
  State state = State::kSet;
  std::optional<std::string> value;  // only of names that are not secret-like
  bool operator==(const EnvironmentVariable&) const = default;
};
std::string_view Name(EnvironmentVariable::State state);

// The closed list of docs/json.md.
enum class TimelineEvent : std::uint8_t {
  kDeployed,
  kRefused,
  kInstanceStarted,
  kFirstLine,
  kListening,
  kFirstError,
  kExited,
  kKilled,
  kMemoryLimit,
  kExecFailed,
  kProbeSucceeded,
  kProbeFailed,
  kShutdown,
  kReady,
  kNotReady,
  kFirstRequest,
};
std::string_view Name(TimelineEvent event);

struct TimelineEntry {
  std::optional<core::Timestamp> at;
  TimelineEvent event = TimelineEvent::kFirstLine;
  std::string text;
  bool operator==(const TimelineEntry&) const = default;
};

struct Platform {
  std::string reason, message, probe, probe_status;
  bool operator==(const Platform&) const = default;
};

struct Fix {
  std::string text;
  std::vector<std::string> commands;
  bool operator==(const Fix&) const = default;
};

struct Diagnosis {
  RevisionKey key;
  State state = State::kInconclusive;
  bool early = false;
  std::vector<std::string> degraded;  // why a ready revision deserves attention; empty: it does not
  std::optional<Category> root_cause;
  std::string rule;
  double confidence = 0;
  std::optional<RunnerUp> runner_up;
  std::string summary;
  Facts facts;
  std::optional<Evidence> evidence;
  std::vector<CascadeLink> cascade;
  Blame blame = Blame::kUnknown;
  bool transient = false;
  std::optional<Fix> fix;
  std::vector<EnvironmentVariable> environment;
  std::uint64_t attempts = 0;
  std::optional<core::Timestamp> started_at, failed_at, ready_at;
  std::optional<Platform> platform;
  std::vector<TimelineEntry> timeline;
  std::vector<Evidence> informative;  // of an unknown cause: the most telling lines
  bool operator==(const Diagnosis&) const = default;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_DIAGNOSIS_H_
