// Completion scripts of three shells. Each follows the words before the cursor down the tree of commands,
// then offers what the place takes: the values of an option, options, commands, files or the ids of rules.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/command_tree.h"

namespace neverready::cli {
namespace {

std::string Replace(std::string_view text, char from, std::string_view to) {
  std::string out;
  for (const char c : text) {
    if (c == from) {
      out += to;
    } else {
      out += c;
    }
  }
  return out;
}

std::string Join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += between;
    out += word;
  }
  return out;
}

// "rules list" → "list".
std::string LastWord(const std::string& path) {
  const std::size_t blank = path.rfind(' ');
  return blank == std::string::npos ? path : path.substr(blank + 1);
}

// A path as the scripts count it: with a blank before each word.
std::string Counted(const std::string& path) { return path.empty() ? path : " " + path; }

std::vector<std::string> CommandNames(const CommandNode& node) {
  std::vector<std::string> names;
  for (const CommandNode& inner : node.commands) names.push_back(LastWord(inner.path));
  return names;
}

std::vector<std::string> OptionNames(const CommandNode& node) {
  std::vector<std::string> names;
  for (const Argument& option : node.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

// The script's statement that offers the values of an argument; "" where nothing is known of them.
std::string BashOffer(const Argument& argument) {
  if (!argument.choices.empty()) return fmt::format("_neverready_words '{}'", Join(argument.choices, " "));
  if (TakesFile(argument)) return "_neverready_files";
  if (TakesRule(argument)) return "_neverready_rules";
  return {};
}

std::string BashCommands(const CommandNode& program) {
  std::vector<std::string> paths;
  ForEach(program, [&](const CommandNode& node) {
    if (!node.path.empty()) paths.push_back("'" + Counted(node.path) + "'");
  });
  return Join(paths, " | ");
}

// Names of options that take a value, of all commands.
std::string ValueOptions(const CommandNode& program) {
  std::vector<std::string> names;
  ForEach(program, [&](const CommandNode& node) {
    for (const Argument& option : node.options) {
      for (const std::string& name : option.names) {
        if (!option.value.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
      }
    }
  });
  return Join(names, " | ");
}

std::string BashValues(const CommandNode& program) {
  std::string cases;
  ForEach(program, [&](const CommandNode& node) {
    for (const Argument& option : node.options) {
      if (option.value.empty()) continue;
      std::vector<std::string> heads;
      for (const std::string& name : option.names)
        heads.push_back("'" + Counted(node.path) + " " + name + "'");
      const std::string offer = BashOffer(option);
      cases += fmt::format("    {}){}{}; return ;;\n", Join(heads, " | "), offer.empty() ? "" : " ",
                           offer.empty() ? " :" : offer);
    }
  });
  return cases;
}

std::string BashOptions(const CommandNode& program) {
  std::string cases;
  ForEach(program, [&](const CommandNode& node) {
    cases += fmt::format("      '{}') _neverready_words '{}' ;;\n", Counted(node.path),
                         Join(OptionNames(node), " "));
  });
  return cases;
}

std::string BashOperands(const CommandNode& program) {
  std::string cases;
  ForEach(program, [&](const CommandNode& node) {
    if (!node.commands.empty())
      cases += fmt::format("    '{} 0') _neverready_words '{}' ;;\n", Counted(node.path),
                           Join(CommandNames(node), " "));
    std::size_t place = 0;
    for (const Argument& operand : node.operands) {
      const std::string offer = BashOffer(operand);
      const std::string which = operand.repeats ? "'*" : std::to_string(place++) + "'";
      if (!offer.empty()) cases += fmt::format("    '{} {}) {} ;;\n", Counted(node.path), which, offer);
    }
  });
  return cases;
}

// A text inside single quotes of zsh or bash.
std::string ShellQuoted(std::string_view text) { return "'" + Replace(text, '\'', "'\\''") + "'"; }

// Inside a specification of zsh's _arguments or _describe.
std::string ZshText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string ZshAction(const Argument& argument) {
  if (!argument.choices.empty()) return "(" + Join(argument.choices, " ") + ")";
  if (TakesFile(argument)) return "_files";
  if (TakesRule(argument)) return "_neverready_rule_ids";
  return " ";
}

std::string ZshFunction(const std::string& path) { return "_neverready" + Replace(Counted(path), ' ', "_"); }

std::string ZshOption(const Argument& option) {
  const std::string value =
      option.value.empty() ? std::string() : fmt::format(":{}:{}", ZshText(option.value), ZshAction(option));
  std::string specs;
  for (const std::string& name : option.names) {
    // Names of one option are given once, but for one that takes values and may be repeated.
    const std::string before = option.value.empty() && option.names.size() > 1
                                   ? "(" + Join(option.names, " ") + ")"
                               : TakesFile(option) ? "*"
                                                   : "";
    const std::string takes = option.value.empty() ? "" : name.starts_with("--") ? "=" : "+";
    specs += " \\\n    " + ShellQuoted(before + name + takes + "[" + ZshText(option.does) + "]" + value);
  }
  return specs;
}

std::string ZshNode(const CommandNode& node) {
  std::string script = fmt::format("{}() {{\n", ZshFunction(node.path));
  if (!node.commands.empty()) script += "  local curcontext=\"$curcontext\" state\n  local -a commands\n";
  if (node.path.empty()) script += "  local neverready_program=$words[1]\n";
  script += node.commands.empty() ? "  _arguments -s" : "  _arguments -C -s";
  for (const Argument& option : node.options) script += ZshOption(option);
  for (const Argument& operand : node.operands)
    script += " \\\n    " + ShellQuoted(fmt::format("{}:{}:{}", operand.repeats ? "*" : "",
                                                    ZshText(operand.names.front()), ZshAction(operand)));
  if (node.commands.empty()) return script + "\n}\n\n";
  script +=
      " \\\n    '1: :->command' \\\n    '*:: :->rest' && return\n  case $state in\n    command)\n      commands=(\n";
  for (const CommandNode& inner : node.commands)
    script += "        " + ShellQuoted(LastWord(inner.path) + ":" + ZshText(inner.does)) + "\n";
  script +=
      "      )\n      _describe -t commands command commands\n      ;;\n    rest)\n      case $words[1] in\n";
  for (const CommandNode& inner : node.commands)
    script += fmt::format("        {}) {} ;;\n", LastWord(inner.path), ZshFunction(inner.path));
  return script + "      esac\n      ;;\n  esac\n}\n\n";
}

std::string FishQuoted(std::string_view text) {
  return "'" + Replace(Replace(text, '\\', "\\\\"), '\'', "\\'") + "'";
}

std::string FishLine(const CommandNode& node, const std::string& rest) {
  return fmt::format("complete -c neverready -n '__neverready_at \"{}\"' {}\n", Counted(node.path), rest);
}

std::string FishValues(const Argument& argument) {
  if (!argument.choices.empty()) return "-x -a " + FishQuoted(Join(argument.choices, " "));
  if (TakesFile(argument)) return "-r -F";
  if (TakesRule(argument)) return "-x -a '(__neverready_rule_ids)'";
  return "-x";
}

std::string FishNode(const CommandNode& node) {
  std::string script;
  for (const CommandNode& inner : node.commands)
    script += FishLine(node, "-a " + LastWord(inner.path) + " -d " + FishQuoted(inner.does));
  for (const Argument& operand : node.operands) {
    if (TakesFile(operand)) {
      script += FishLine(node, "-F");
    } else if (TakesRule(operand) || !operand.choices.empty()) {
      script += FishLine(node, FishValues(operand));
    }
  }
  for (const Argument& option : node.options) {
    std::string names;
    for (const std::string& name : option.names)
      names += name.starts_with("--") ? "-l " + name.substr(2) + " " : "-s " + name.substr(1) + " ";
    if (!option.value.empty()) names += FishValues(option) + " ";
    script += FishLine(node, names + "-d " + FishQuoted(option.does));
  }
  return script;
}

constexpr std::string_view kBashHead =
    R"bash(# Completion of neverready for bash, printed by: neverready completion bash
_neverready_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_neverready_files() {
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$cur"))
}

_neverready_rules() {
  _neverready_words "$("${COMP_WORDS[0]/#\~/$HOME}" rules list -q 2>/dev/null | while read -r id _; do echo "$id"; done)"
}

_neverready() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path='' operand=0 word i
  COMPREPLY=()
  # bash makes three words of "--format=json".
  if [ "$cur" = = ]; then
    cur=
  elif [ "$prev" = = ]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
)bash";

}  // namespace

std::string BashCompletion(const CommandNode& program) {
  std::string script(kBashHead);
  script += fmt::format("      {})\n", ValueOptions(program));
  script +=
      "        i=$((i + 1))\n        [ \"${COMP_WORDS[i]}\" = = ] && i=$((i + 1))\n        continue\n        ;;\n";
  script += "      -?*) continue ;;\n    esac\n    case \"$path $word\" in\n";
  script +=
      fmt::format("      {})\n        path=\"$path $word\" operand=0\n        ;;\n", BashCommands(program));
  script += "      *) operand=$((operand + 1)) ;;\n    esac\n  done\n  case \"$path $prev\" in\n" +
            BashValues(program) + "  esac\n  if [[ $cur == -?* || $cur == - ]]; then\n    case $path in\n" +
            BashOptions(program) + "    esac\n    return\n  fi\n  case \"$path $operand\" in\n" +
            BashOperands(program) + "  esac\n}\n\ncomplete -F _neverready neverready\n";
  return script;
}

std::string ZshCompletion(const CommandNode& program) {
  std::string script =
      "#compdef neverready\n# Completion of neverready for zsh, printed by: neverready completion zsh\n\n"
      "_neverready_rule_ids() {\n  local -a ids\n"
      "  ids=(${${(f)\"$(_call_program rules $neverready_program rules list -q 2>/dev/null)\"}%% *})\n"
      "  compadd -a ids\n}\n\n";
  ForEach(program, [&](const CommandNode& node) { script += ZshNode(node); });
  // Autoloaded, the file is the function's body; sourced, it says what it completes.
  return script +
         "if [ \"$funcstack[1]\" = _neverready ]; then\n  _neverready \"$@\"\nelse\n  compdef _neverready neverready\nfi\n";
}

std::string FishCompletion(const CommandNode& program) {
  std::vector<std::string> paths;
  ForEach(program, [&](const CommandNode& node) {
    if (!node.path.empty()) paths.push_back("'" + Counted(node.path) + "'");
  });
  std::string script =
      "# Completion of neverready for fish, printed by: neverready completion fish\n"
      "function __neverready_at\n    set -l path ''\n    for word in (commandline -opc)[2..-1]\n"
      "        if contains -- \"$path $word\" " +
      Join(paths, " ") +
      "\n            set path \"$path $word\"\n        end\n    end\n    test \"$path\" = \"$argv\"\nend\n\n"
      "function __neverready_rule_ids\n    set -l program (commandline -opc)[1]\n"
      "    $program rules list -q 2>/dev/null | string replace -r ' .*' ''\nend\n\n"
      "complete -c neverready -f\n";
  ForEach(program, [&](const CommandNode& node) { script += FishNode(node); });
  return script;
}

}  // namespace neverready::cli
