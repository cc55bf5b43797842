// The table of commands: feeds help, "did you mean", and the manual (docs/manual.md is generated from the
// program's own help).
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

inline constexpr std::array<CommandRow, 5> kCommands{{
    {"analyze", "[FILE...]", "Tell why a Cloud Run revision never became ready, from saved logs"},
    {"rules list", "", "List the rules"},
    {"rules show", "ID", "Show one rule"},
    {"rules test", "FILE|DIR...", "Prove the rules of files, beside the built-in ones"},
    {"rules try", "ID LINE", "Try one rule on a line and show how far it gets"},
}};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_COMMANDS_H_
