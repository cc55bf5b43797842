// The analysis for people at a terminal: one screen for one revision, a table first for several. Log text is
// made safe before it is shown.
#ifndef NEVERREADY_REPORTS_TERMINAL_H_
#define NEVERREADY_REPORTS_TERMINAL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "analyzers/diagnosis.h"
#include "reports/json.h"

namespace neverready::reports {

struct TerminalOptions {
  bool color = false;
  std::size_t width = 100;  // columns; 60 to 160 are used
  bool verbose = false;     // timeline, platform's message, rule ids of the cascade
};

// Ends with a newline.
std::string ToText(const InputSummary& input, const std::vector<analyzers::Diagnosis>& diagnoses,
                   const TerminalOptions& options);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_TERMINAL_H_
