// The words that all reports for people share. What comes from the log is returned as it stands there: each
// report makes it safe for its own readers. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_WORDS_H_
#define NEVERREADY_REPORTS_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "analyzers/diagnosis.h"
#include "core/time.h"

namespace neverready::reports {

std::string_view Mark(analyzers::State state);               // "✗", "?", "…", "✓"
std::string Subject(const analyzers::Diagnosis& diagnosis);  // the revision, else the service
std::string Verdict(const analyzers::Diagnosis& diagnosis);  // "never became ready"
std::string Headline(
    const analyzers::Diagnosis& diagnosis);  // "api-00001-abc never became ready: import error"

// "04:02:20.536", in UTC; "" where the time is not known.
std::string ClockTime(const std::optional<core::Timestamp>& time);

// "api · us-central1 · shop · 2025-09-08 · 1 attempt · failed after 13.3 s"
std::string Where(const analyzers::Diagnosis& diagnosis);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_WORDS_H_
