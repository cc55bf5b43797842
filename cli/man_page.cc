// The page neverready(1), in the macros of man(7).
#include <string_view>

#include "cli/command_tree.h"
#include "cli/commands.h"

namespace neverready::cli {
namespace {

struct Row {
  std::string_view head, text;
};

constexpr Row kExitCodes[] = {
    {"0", "Every revision is ready; of other commands: answered, or all rules hold."},
    {"1", "A revision failed or keeps crashing; a rule is wrong, or does not match."},
    {"2",
     "None of these, but a revision is pending or inconclusive; there was nothing to diagnose; the question "
     "could not be answered."},
};

constexpr Row kExamples[] = {
    {"gcloud logging read 'resource.type=\"cloud_run_revision\"' --format=json --freshness=1h | neverready analyze -",
     "Diagnose the last hour of a project."},
    {"neverready analyze log.json || [ $? -eq 1 ]",
     "Go on where a revision failed: 1 is a finding, 2 is trouble."},
    {"neverready analyze --format github log.json",
     "In a workflow: annotations, and the report as step summary."},
    {"neverready rules show cpython.module-not-found", "What a rule listens for, and what it advises."},
};

// Text that is no request and no escape to troff; every hyphen is one that can be copied.
std::string Plain(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;
      case '\'': out += "\\(aq"; break;
      case '^': out += "\\(ha"; break;
      case '~': out += "\\(ti"; break;
      case '`': out += "\\(ga"; break;
      default: out += c;
    }
  }
  return out;
}

std::string Bold(std::string_view text) { return "\\fB" + Plain(text) + "\\fR"; }
std::string Italic(std::string_view text) { return "\\fI" + Plain(text) + "\\fR"; }

std::string Item(const std::string& head, const std::string& text) {
  return ".TP\n" + head + "\n" + text + "\n";
}

std::string Operand(const Argument& operand) {
  std::string text = Italic(operand.names.front());
  if (operand.repeats) text += "...";
  return operand.required ? text : "[" + text + "]";
}

// What the help does not name itself.
std::string Choices(const Argument& argument) {
  std::string list;
  bool told = true;
  for (const std::string& choice : argument.choices) {
    list += (list.empty() ? "" : ", ") + choice;
    told = told && argument.does.find(choice) != std::string::npos;
  }
  return told ? std::string() : " One of: " + list + ".";
}

// Help is a phrase, here it is a sentence.
std::string Sentence(const Argument& argument) {
  std::string text = argument.does;
  if (!text.ends_with('.')) text += '.';
  return Plain(text + Choices(argument));
}

std::string OptionItem(const Argument& option) {
  std::string head;
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + Bold(name);
  if (!option.value.empty()) head += " " + Italic(option.value);
  return Item(head, Sentence(option));
}

std::string Call(const CommandNode& node) {
  std::string line = Bold(node.path.empty() ? "neverready" : "neverready " + node.path);
  if (!node.options.empty()) line += " [" + Italic("OPTION") + "]...";
  for (const Argument& operand : node.operands) line += " " + Operand(operand);
  return line;
}

// Whether a command of its own, and not only a name for several.
bool IsCommand(const CommandNode& node) { return !node.path.empty() && node.commands.empty(); }

}  // namespace

std::string ManPage(const CommandNode& program) {
  std::string page =
      ".TH NEVERREADY 1 \"\" \"neverready " NEVERREADY_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\nneverready \\- tell why a Cloud Run revision never became ready\n.SH SYNOPSIS\n.nf\n";
  ForEach(program, [&](const CommandNode& node) {
    if (IsCommand(node)) page += Call(node) + "\n";
  });
  page +=
      ".fi\n.SH DESCRIPTION\n" + Plain(program.does) + "\n.PP\n" +
      Plain(
          "It reads saved logs, divides them into starts, joins stack traces, and names the earliest link that "
          "somebody must fix. It needs no account and no network. What it cannot prove it calls unknown.") +
      "\n.SH COMMANDS\n";
  ForEach(program, [&](const CommandNode& node) {
    if (!IsCommand(node)) return;
    page += ".SS " + Plain(node.path) + "\n" + Call(node) + "\n.PP\n" + Plain(node.does) + ".\n";
    for (const Argument& operand : node.operands) page += Item(Operand(operand), Sentence(operand));
    for (const Argument& option : node.options) page += OptionItem(option);
  });
  page += ".SH OPTIONS\nOptions that stand before any command:\n";
  for (const Argument& option : program.options) page += OptionItem(option);
  page += ".SH EXIT STATUS\n";
  for (const Row& row : kExitCodes) page += Item(Bold(row.head), Plain(row.text));
  page += ".SH ENVIRONMENT\n";
  for (const VariableRow& row : kVariables) page += Item(Bold(row.name), Plain(row.does) + ".");
  page += ".SH EXAMPLES\n";
  for (const Row& row : kExamples)
    page += Plain(row.text) + "\n.PP\n.in +4n\n.nf\n" + Plain(row.head) + "\n.fi\n.in\n.PP\n";
  page.resize(page.size() - 4);  // no paragraph before the next heading
  page +=
      ".SH SEE ALSO\n" + Bold("gcloud") + "(1), " + Bold("jq") + "(1)\n.PP\n" +
      Plain(
          "The manual, the contract of the JSON and how to write rules come with the program, in share/doc/neverready.") +
      "\n";
  return page;
}

}  // namespace neverready::cli
