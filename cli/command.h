// What commands share: printing errors, loading rules. The only place that reads rule files.
#ifndef NEVERREADY_CLI_COMMAND_H_
#define NEVERREADY_CLI_COMMAND_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rule_set.h"
#include "cli/app.h"
#include "cli/options.h"
#include "core/result.h"

namespace neverready::cli {

// One file per command.
int RunAnalyze(const AnalyzeOptions& options, Io& io);
int RunDb(const DbOptions& options, Io& io);
int RunRules(const RulesOptions& options, Io& io);
int RunShow(const AskOptions& options, Io& io);
int RunExplain(const AskOptions& options, Io& io);
int RunPostmortem(const AskOptions& options, Io& io);
int RunQuestion(const QuestionOptions& options, Io& io);

// "neverready: error: …" with the hint behind "try:". Returns kExitUnanswered. Messages may quote the input:
// secrets in them are hidden whatever the options say.
int PrintError(const core::Error& error, Io& io);
void PrintWarning(std::string_view text, Io& io);

bool UseColor(const CommonOptions& options, const Io& io);

// Rules of files and folders (*.yaml, by name), parsed, not proven.
core::Result<std::vector<analyzers::Rule>> ReadRules(const std::vector<std::string>& paths);

// Lives until the program ends: taking thousands of rules apart would cost a short run a tenth of its time.
using Rules = const analyzers::RuleSet*;

// "sha256:…" over what the rules say.
std::string HashOf(const analyzers::RuleSet& rules);

// The rules to diagnose with: built-in ones unless left out, and the user's, proven beside them.
core::Result<Rules> LoadRules(const RuleOptions& options);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_COMMAND_H_
