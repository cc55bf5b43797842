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

inline constexpr std::array<CommandRow, 22> kCommands{{
    {"analyze", "[FILE...]", "Tell why a Cloud Run revision never became ready, from saved logs"},
    {"rules list", "", "List the rules"},
    {"rules show", "ID", "Show one rule"},
    {"rules test", "FILE|DIR...", "Prove the rules of files, beside the built-in ones"},
    {"rules try", "ID LINE", "Try one rule on a line and show how far it gets"},
    {"incidents", "", "List incidents: when services could not be deployed, and why"},
    {"show", "INCIDENT|REVISION", "Show an incident or a revision"},
    {"timeline", "SERVICE|INCIDENT", "Show what happened to a service, or in an incident, by time"},
    {"explain", "SERVICE|REVISION",
     "Explain why a revision is not ready, what changed with it, and who serves"},
    {"search", "TEXT...", "Search the stored lines of evidence"},
    {"report", "REPORT", "Count causes, what recurs, what was missing; how long it took"},
    {"query", "SQL", "Ask the store in SQL"},
    {"postmortem", "INCIDENT|REVISION", "Draft a post-mortem in Markdown"},
    {"db info", "", "Tell what is in the store"},
    {"db check", "", "Check whether the store is sound"},
    {"db migrate", "", "Bring the schema of the store up to date"},
    {"db reclassify", "", "Judge stored starts by the rules of today and show what changes"},
    {"db prune", "", "Take out what is old"},
    {"db vacuum", "", "Give free space back to the file system"},
    {"db backup", "FILE", "Write a compact copy of the store while others use it"},
    {"completion", "bash|zsh|fish", "Print the completion script of a shell"},
    {"man", "", "Print the manual page"},
}};

struct VariableRow {
  std::string_view name, does;
};

// All that is read from the environment. docs/manual.md and the manual page list it.
inline constexpr std::array<VariableRow, 8> kVariables{{
    {"NO_COLOR", "not empty: no colours with --color auto"},
    {"TERM", "dumb: no colours with --color auto"},
    {"GITHUB_STEP_SUMMARY", "with --format github: the file that the Markdown report is appended to"},
    {"GITHUB_ACTIONS", "true: no format prints log text that the runner would take for a command"},
    {"NEVERREADY_DB", "the store, unless --db names one"},
    {"XDG_STATE_HOME", "the folder of neverready/neverready.db, unless the store is named"},
    {"HOME", "~/.local/state stands in for XDG_STATE_HOME"},
    {"TZ", "with --local: the zone of the machine"},
}};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_COMMANDS_H_
