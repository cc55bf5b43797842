// The analysis as JSON: docs/json.md is the contract. Key order is stable; the same diagnoses give the same
// bytes.
#ifndef NEVERREADY_REPORTS_JSON_H_
#define NEVERREADY_REPORTS_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/diagnosis.h"
#include "core/time.h"

namespace neverready::reports {

// What was read, for the heads of reports.
struct InputSummary {
  std::uint64_t bytes = 0, entries = 0, malformed = 0;
  std::uint64_t ignored =
      0;  // entries of other resource types, and entries without text that carry no status
  std::optional<core::Timestamp> first, last;
};

struct ToolInfo {
  std::string version;  // "0.1.0"
  std::string rules;    // "sha256:…" over the rules in use
};

// The document in parts, indented by two blanks: the opening, the elements with ",\n" between them and "\n"
// before the first, the closing, which ends with a newline.
std::string JsonOpening(const ToolInfo& tool, const InputSummary& input);
std::string ToJsonElement(const analyzers::Diagnosis& diagnosis);
std::string JsonClosing(bool no_elements);

// One diagnosis on one line, without a newline.
std::string ToJsonLine(const analyzers::Diagnosis& diagnosis);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_JSON_H_
