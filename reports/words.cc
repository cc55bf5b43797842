#include "reports/words.h"

#include <fmt/format.h>

namespace neverready::reports {

using analyzers::Diagnosis;
using analyzers::State;

std::string_view Mark(State state) {
  switch (state) {
    case State::kFailed:
    case State::kCrashLooping: return "✗";
    case State::kInconclusive: return "?";
    case State::kPending: return "…";
    case State::kReady: return "✓";
  }
  return "?";
}

std::string Subject(const Diagnosis& diagnosis) {
  if (!diagnosis.key.revision.empty()) return diagnosis.key.revision;
  if (!diagnosis.key.service.empty()) return diagnosis.key.service;
  return "the logged start";
}

std::string Verdict(const Diagnosis& diagnosis) {
  switch (diagnosis.state) {
    case State::kFailed:
      if (diagnosis.key.scope == analyzers::LogScope::kDeploy) return "the deploy was refused";
      if (diagnosis.early) return "will not become ready";
      return diagnosis.ready_at ? "was ready and is not any more" : "never became ready";
    case State::kCrashLooping: return "is falsely ready: its containers keep dying";
    case State::kInconclusive: return "cannot be told from this log";
    case State::kPending: return "is still starting";
    case State::kReady: return diagnosis.degraded.empty() ? "is ready" : "is ready, but";
  }
  return {};
}

std::string Headline(const Diagnosis& diagnosis) {
  std::string headline = Subject(diagnosis) + " " + Verdict(diagnosis);
  if (diagnosis.root_cause) headline += fmt::format(": {}", Title(*diagnosis.root_cause));
  return headline;
}

std::string ClockTime(const std::optional<core::Timestamp>& time) {
  if (!time) return {};
  std::string text = core::FormatRfc3339(*time);
  text = text.substr(11);
  text.pop_back();
  const std::size_t dot = text.find('.');
  return dot == std::string::npos ? text : text.substr(0, dot + 4);
}

std::string Where(const Diagnosis& diagnosis) {
  std::string where;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) where += (where.empty() ? "" : " · ") + part;
  };
  if (diagnosis.key.service != Subject(diagnosis)) add(diagnosis.key.service);
  add(diagnosis.key.location);
  add(diagnosis.key.project);
  if (diagnosis.started_at) add(core::FormatRfc3339(*diagnosis.started_at).substr(0, 10));
  if (diagnosis.attempts > 0)
    add(fmt::format("{} {}", diagnosis.attempts, diagnosis.attempts == 1 ? "attempt" : "attempts"));
  if (diagnosis.started_at && diagnosis.failed_at && *diagnosis.failed_at > *diagnosis.started_at) {
    add((diagnosis.attempts > 1 ? "failing for " : "failed after ") +
        core::FormatDuration(*diagnosis.failed_at - *diagnosis.started_at));
  }
  return where;
}

}  // namespace neverready::reports
