// The table of commands: feeds help, "did you mean", completions and the manual (docs/manual.md is generated
// from the program's own help, the manual page from cli/command_tree.h).
#ifndef NEVERREADY_CLI_COMMANDS_H_
#define NEVERREADY_CLI_COMMANDS_H_

#include <array>
#include <string_view>

namespace neverready::cli {

struct CommandRow {
  std::string_view name;      // "rules list"
  std::string_view operands;  // "[FILE…]"
  std::string_view does;
};

inline constexpr std::array<CommandRow, 10> kCommands{{
    {"analyze", "[FILE...]", "Tell why a Cloud Run revision never became ready, from saved logs"},
    {"show", "INCIDENT|REVISION", "Show an incident or a revision of the store"},
    {"explain", "SERVICE|REVISION", "Explain from the store why a revision is not ready, what changed and who serves"},
    {"postmortem", "INCIDENT|REVISION", "Draft a post-mortem in Markdown from the store"},
    {"rules list", "", "List the rules"},
    {"rules show", "ID", "Show one rule"},
    {"rules test", "FILE|DIR...", "Prove the rules of files, beside the built-in ones"},
    {"rules try", "ID LINE", "Try one rule on a line and show how far it gets"},
    {"completion", "bash|zsh|fish", "Print the completion script of a shell"},
    {"man", "", "Print the manual page"},
}};

struct VariableRow {
  std::string_view name, does;
};

// All that is read from the environment. docs/manual.md and the manual page list it.
inline constexpr std::array<VariableRow, 7> kVariables{{
    {"NO_COLOR", "not empty: no colours with --color auto"},
    {"TERM", "dumb: no colours with --color auto"},
    {"GITHUB_STEP_SUMMARY", "with --format github: the file that the Markdown report is appended to"},
    {"GITHUB_ACTIONS", "true: no format prints log text that the runner would take for a command"},
    {"NEVERREADY_DB", "the store, where a command is not given --db"},
    {"XDG_STATE_HOME", "without both: the store is neverready/neverready.db in this folder"},
    {"HOME", "without all three: the store is .local/state/neverready/neverready.db in this folder"},
}};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_COMMANDS_H_
