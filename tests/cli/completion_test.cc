// The completions and the manual page, used as their users do.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "cli/command_tree.h"
#include "cli/commands.h"
#include "core/text.h"
#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using fakes::RunApp;
using fakes::TemporaryFolder;
using Strings = std::vector<std::string>;

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

bool Installed(const std::string& program) {
  if (std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0) return true;
  WARN("SKIPPED: " << program << " is not installed");
  return false;
}

struct Printed {
  int status = 0;
  std::string text;  // both streams
};

Printed Shell(const std::string& command) {
  FILE* pipe = popen(("(" + command + ") 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Printed printed;
  std::array<char, 4096> block{};
  for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe)) > 0;)
    printed.text.append(block.data(), size);
  printed.status = pclose(pipe);
  return printed;
}

std::string Completion(const std::string& shell) {
  const fakes::Ran ran = RunApp({"completion", shell});
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  return ran.out;
}

// What bash offers for the last of the words.
Strings Bash(const Strings& words) {
  const TemporaryFolder folder;
  std::string script =
      Completion("bash") + "\nCOMP_WORDS=(" + std::filesystem::absolute(NEVERREADY_BINARY).string();
  for (const std::string& word : words) script += " '" + word + "'";
  script +=
      ")\nCOMP_CWORD=" + std::to_string(words.size()) + "\n_neverready\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const Printed printed = Shell("bash " + folder.Write("drive.bash", script));
  CHECK(printed.status == 0);
  Strings offers;
  std::istringstream in(printed.text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) offers.push_back(line);
  }
  return offers;
}

bool Has(const Strings& list, const std::string& word) { return std::ranges::find(list, word) != list.end(); }

TEST_CASE("bash completes commands and their commands", "[cli][completion]") {
  if (!Installed("bash")) return;
  CHECK(Bash({""}) == Strings{"analyze", "rules", "incidents", "timeline", "search", "report", "query", "db",
                              "show", "explain", "postmortem", "completion", "man"});
  CHECK(Bash({"an"}) == Strings{"analyze"});
  CHECK(Bash({"rules", ""}) == Strings{"list", "show", "test", "try"});
  CHECK(Bash({"rules", "s"}) == Strings{"show"});
  CHECK(Bash({"nonsense", ""}).empty());
  CHECK(Bash({"completion", ""}) == Strings{"bash", "zsh", "fish"});
  CHECK(Bash({"completion", "bash", ""}).empty());
}

TEST_CASE("bash completes options and their values", "[cli][completion]") {
  if (!Installed("bash")) return;
  CHECK(Bash({"analyze", "--form"}) == Strings{"--format"});
  CHECK(Has(Bash({"analyze", "-"}), "--no-builtin-rules"));
  CHECK(Bash({"--v"}) == Strings{"--version"});
  CHECK(Bash({"analyze", "--format", ""}) == Strings{"text", "json", "ndjson", "markdown", "github"});
  CHECK(Bash({"analyze", "--format", "=", "m"}) == Strings{"markdown"});
  CHECK(Bash({"analyze", "--format", "="}).size() == 5);
  CHECK(Bash({"analyze", "--state", "c"}) == Strings{"crash_looping"});
  CHECK(Bash({"rules", "list", "--category", "o"}) == Strings{"out_of_memory"});
  CHECK(Bash({"rules", "list", "--color", "auto", "--cat"}) == Strings{"--category"});
  CHECK(Bash({"rules", "list", "--color", "=", "auto", "--cat"}) == Strings{"--category"});
  CHECK(Bash({"analyze", "--since", ""}).empty());
}

TEST_CASE("bash completes files", "[cli][completion]") {
  if (!Installed("bash")) return;
  CHECK(Bash({"analyze", "exam"}) == Strings{"examples"});
  CHECK(Bash({"analyze", "a.json", "READ"}) == Strings{"README.md"});
  CHECK(Bash({"analyze", "--rules", "READ"}) == Strings{"README.md"});
  CHECK(Bash({"rules", "test", "READ"}) == Strings{"README.md"});
  CHECK(Bash({"analyze", "no-such-file"}).empty());
}

TEST_CASE("bash asks the program for the ids of rules", "[cli][completion]") {
  if (!Installed("bash")) return;
  CHECK(Bash({"rules", "show", "cpython.module-not"}) == Strings{"cpython.module-not-found"});
  CHECK(Bash({"rules", "try", "cpython.module-not"}) == Strings{"cpython.module-not-found"});
  CHECK(Bash({"rules", "try", "cpython.module-not-found", ""}).empty());
}

TEST_CASE("The completion for zsh is sound", "[cli][completion]") {
  if (!Installed("zsh")) return;
  const TemporaryFolder folder;
  CHECK(Shell("zsh -n " + folder.Write("_neverready", Completion("zsh"))).text.empty());
  // Each specification is one that _arguments can parse; it says so only when it is used.
  const std::string check = folder.Write("load.zsh", "fpath=(" + folder.name() +
                                                         " $fpath)\nautoload -U compinit && compinit -u -D\n"
                                                         "print $_comps[neverready]\n");
  CHECK(Shell("zsh -f " + check).text == "_neverready\n");
}

TEST_CASE("The completion for fish is sound and completes", "[cli][completion]") {
  if (!Installed("fish")) return;
  const TemporaryFolder folder;
  const std::string script = folder.Write("neverready.fish", Completion("fish"));
  CHECK(Shell("fish -n " + script).text.empty());
  const std::string bin = std::filesystem::absolute(NEVERREADY_BINARY).parent_path().string();
  const auto offers = [&](const std::string& line) {
    return Shell("HOME=" + folder.name() + " PATH=" + bin + ":$PATH fish -c 'source " + script +
                 "; complete -C \"" + line + "\" | cut -f1'")
        .text;
  };
  CHECK(offers("neverready ") ==
        "analyze\ncompletion\ndb\nexplain\nincidents\nman\npostmortem\nquery\nreport\nrules\nsearch\nshow\n"
        "timeline\n");
  CHECK(offers("neverready rules s") == "show\n");
  CHECK(offers("neverready analyze --format m") == "markdown\n");
  CHECK(offers("neverready rules show cpython.module-not") == "cpython.module-not-found\n");
  CHECK(offers("neverready analyze READ") == "README.md\n");
}

TEST_CASE("What a check allows is no part of a value's name", "[cli][completion][man]") {
  CHECK(Contains(RunApp({"man"}).out, "\\fB\\-\\-threads\\fR \\fIN\\fR\n"));
  CHECK(Contains(Completion("zsh"), "]:N: '"));
}

TEST_CASE("Completions need a shell that is known", "[cli][completion]") {
  for (const Strings& arguments : std::vector<Strings>{{"completion"}, {"completion", "tcsh"}}) {
    const fakes::Ran ran = RunApp(arguments);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(Contains(ran.err, "try: neverready completion --help"));
  }
}

// Options of a command, as its own help lists them.
Strings OptionsOf(Strings command) {
  command.emplace_back("--help");
  Strings options;
  std::istringstream in(RunApp(command).out);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("  -")) continue;
    std::string names = line.substr(2, line.find(' ', 2) - 2);
    std::ranges::replace(names, ',', ' ');
    std::istringstream words(names);
    for (std::string name; words >> name;) options.push_back(name);
  }
  return options;
}

Strings Words(std::string_view text) {
  std::istringstream in{std::string(text)};
  Strings words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The manual page as it is read: without requests for fonts, and with plain hyphens.
std::string PlainPage() {
  std::string page = RunApp({"man"}).out;
  for (const char* gone : {"\\fB", "\\fI", "\\fR"}) {
    for (std::size_t at = page.find(gone); at != std::string::npos; at = page.find(gone)) page.erase(at, 3);
  }
  for (std::size_t at = page.find("\\-"); at != std::string::npos; at = page.find("\\-")) page.erase(at, 1);
  return page;
}

TEST_CASE("Every command and option is in the manual page and in each completion", "[cli][man][completion]") {
  const std::string page = PlainPage(), bash = Completion("bash"), zsh = Completion("zsh"),
                    fish = Completion("fish");
  for (const CommandRow& row : kCommands) {
    const std::string name(row.name);
    INFO(name);
    const std::size_t begin = page.find("\n.SS " + name + "\n");
    REQUIRE(begin != std::string::npos);
    const std::string section = page.substr(begin, page.find("\n.S", begin + 1) - begin);
    CHECK(Contains(section, row.does));
    CHECK(Contains(bash, "' " + name + "'"));
    CHECK(Contains(zsh, Words(name).back() + ")"));
    CHECK(Contains(fish, "' " + name + "'"));
    const Strings options = OptionsOf(Words(name));
    REQUIRE(options.size() >= 2);
    for (const std::string& option : options) {
      INFO(option);
      CHECK((Contains(section, "\n" + option + "\n") || Contains(section, "\n" + option + " ") ||
             Contains(section, "\n" + option + ",") || Contains(section, ", " + option)));
      CHECK(Contains(bash, option));
      CHECK((Contains(zsh, option + "[") || Contains(zsh, option + "=[") || Contains(zsh, option + "+[")));
      CHECK(Contains(fish, (option.starts_with("--") ? " -l " : " -s ") +
                               option.substr(option.starts_with("--") ? 2 : 1)));
    }
  }
}

TEST_CASE("The manual page has the sections that one looks for, in ASCII", "[cli][man]") {
  const std::string page = RunApp({"man"}).out;
  std::size_t last = 0;
  for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS",
                              "ENVIRONMENT", "EXAMPLES", "SEE ALSO"}) {
    const std::size_t at = page.find(std::string("\n.SH ") + section + "\n");
    INFO(section);
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
  }
  CHECK(std::ranges::all_of(page, [](unsigned char c) { return c < 0x80; }));
  for (const VariableRow& row : kVariables) CHECK(Contains(page, row.name));
}

TEST_CASE("man shows the page without a warning", "[cli][man]") {
  if (!Installed("man")) return;
  const TemporaryFolder folder;
  const std::string file = folder.Write("neverready.1", RunApp({"man"}).out);
  const Printed printed = Shell("MANWIDTH=100 LC_ALL=C.UTF-8 man --warnings -l " + file + " 2>&1 >/dev/null");
  CHECK(printed.text.empty());
  const std::string shown = Shell("MANWIDTH=100 LC_ALL=C.UTF-8 man -l " + file + " | col -bx").text;
  CHECK(Contains(shown, "neverready rules try [OPTION]... ID LINE"));
  CHECK(Contains(shown, "EXIT STATUS"));
}

}  // namespace
}  // namespace neverready::cli
