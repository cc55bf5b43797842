// The program's commands, options, operands and their help as plain values: what app.cc tells of its parser.
// Completions and the manual page are made of it, so that they cannot say anything else.
#ifndef NEVERREADY_CLI_COMMAND_TREE_H_
#define NEVERREADY_CLI_COMMAND_TREE_H_

#include <string>
#include <vector>

namespace neverready::cli {

// An option, or an operand.
struct Argument {
  std::vector<std::string> names;  // "-v", "--verbose"; of an operand its only name, "FILE"
  std::string value;               // what it takes: "FORMAT", "FILE|DIR", "ID"; "" for a flag
  std::vector<std::string> choices;
  std::string does;
  bool required = false, repeats = false;  // of operands
};

inline bool TakesFile(const Argument& argument) { return argument.value.starts_with("FILE"); }
inline bool TakesRule(const Argument& argument) { return argument.value == "ID"; }

struct CommandNode {
  std::string path;  // "rules list"; "" for the program itself
  std::string does;
  std::vector<Argument> options, operands;
  std::vector<CommandNode> commands;
};

// Calls `visit` with a node and all below it, in the order of the help.
template <typename Visit>
void ForEach(const CommandNode& node, const Visit& visit) {
  visit(node);
  for (const CommandNode& inner : node.commands) ForEach(inner, visit);
}

// Scripts to be sourced or installed. Of the program itself they need its name on the path, and ask it for
// the ids of rules.
std::string BashCompletion(const CommandNode& program);
std::string ZshCompletion(const CommandNode& program);
std::string FishCompletion(const CommandNode& program);

// The page neverready(1) for man, in ASCII.
std::string ManPage(const CommandNode& program);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_COMMAND_TREE_H_
