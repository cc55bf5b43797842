// Inside a step of GitHub Actions: the runner reads both streams and obeys commands in them, and shows a
// summary that it takes from a file.
#ifndef NEVERREADY_CLI_GITHUB_STEP_H_
#define NEVERREADY_CLI_GITHUB_STEP_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/diagnosis.h"
#include "cli/app.h"
#include "reports/json.h"

namespace neverready::cli {

// `text` in the output format `format`, fit to be printed here: where GITHUB_ACTIONS says that a runner reads
// it, without anything in log text that the runner would take for a command. JSON stays the same document.
std::string SafeOnGithub(std::string text, std::string_view format, const Io& io);

// Appends the Markdown report to the file that GITHUB_STEP_SUMMARY names, up to what GitHub takes of one step
// (1 MiB). Nothing without that variable; where it cannot be written, a warning.
void AppendStepSummary(const reports::InputSummary& input, const std::vector<analyzers::Diagnosis>& diagnoses,
                       Io& io);

// Whether a relative path names a file below the current folder.
bool IsFileHere(const std::string& path);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_GITHUB_STEP_H_
