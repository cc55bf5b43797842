#include "analyzers/diagnosis.h"

#include <array>

namespace neverready::analyzers {
namespace {

constexpr std::array<std::string_view, 5> kStates{"failed", "crash_looping", "inconclusive", "pending",
                                                  "ready"};

}  // namespace

std::string_view Name(State state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<State> ParseState(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

std::string_view Name(LogScope scope) {
  constexpr std::array<std::string_view, 3> kNames{"revision", "deploy", "file"};
  return kNames[static_cast<std::size_t>(scope)];
}

std::string_view Name(EnvironmentVariable::State state) {
  constexpr std::array<std::string_view, 3> kNames{"set", "missing", "secret_ref"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view Name(TimelineEvent event) {
  constexpr std::array<std::string_view, 16> kNames{
      "deployed", "refused", "instance_started", "first_line",   "listening",       "first_error",
      "exited",   "killed",  "memory_limit",     "exec_failed",  "probe_succeeded", "probe_failed",
      "shutdown", "ready",   "not_ready",        "first_request"};
  return kNames[static_cast<std::size_t>(event)];
}

std::string_view LogName(ingest::LogKind log) {
  constexpr std::array<std::string_view, 8> kNames{"stdout",       "stderr",   "system", "requests",
                                                   "system_event", "activity", "text",   "other"};
  return kNames[static_cast<std::size_t>(log)];
}

}  // namespace neverready::analyzers
