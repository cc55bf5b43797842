// What GitHub Actions reads from the output of a step: workflow commands, at the beginning of a line
// ("::error title=…::…", also behind blanks) or, in the older form, anywhere in it ("##[error]…"). Log text
// must never become one. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_GITHUB_H_
#define NEVERREADY_REPORTS_GITHUB_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/diagnosis.h"

namespace neverready::reports {

struct GithubOptions {
  // Whether a relative path names a file of the checkout; empty: none does.
  std::function<bool(const std::string&)> in_checkout;
};

// Annotations, one a line: an error for each revision that failed or keeps crashing, a warning for each that
// is pending, inconclusive or ready but degraded, and one notice if all are ready. GitHub shows ten of a
// kind: the tenth tells how many more there are, and names them. `file` and `line` are given where the
// innermost frame's file, with up to three leading folders taken off, is in the checkout.
std::string ToGithub(const std::vector<analyzers::Diagnosis>& diagnoses, const GithubOptions& options);

// The same text with a blank inside everything that the runner would take for a command of either form.
std::string WithoutWorkflowCommands(std::string_view text);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_GITHUB_H_
