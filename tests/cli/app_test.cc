#include "cli/app.h"

#include <catch2/catch.hpp>

#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using fakes::Ran;
using fakes::RunApp;

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("Help is data and answers with 0", "[cli][help]") {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"--help"}, {"-h"}, {"analyze", "--help"}, {"rules", "--help"}, {"rules", "try", "--help"}}) {
    const Ran ran = RunApp(arguments);
    INFO(arguments.front());
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    CHECK(Contains(ran.out, "neverready"));
  }
  CHECK(Contains(RunApp({"--help"}).out, "analyze"));
  CHECK(Contains(RunApp({"analyze", "--help"}).out, "--format"));
  CHECK(Contains(RunApp({"rules", "try", "--help"}).out, "neverready rules try"));
}

TEST_CASE("Help tells the exit codes", "[cli][help]") {
  CHECK(Contains(RunApp({"analyze", "--help"}).out,
                 "0 every revision is ready; 1 one failed or keeps crashing; 2 none of these"));
}

TEST_CASE("The version is one line", "[cli][help]") {
  const Ran ran = RunApp({"--version"});
  CHECK(ran.code == 0);
  CHECK(ran.out.find("neverready ") == 0);
  CHECK(ran.out.find('\n') == ran.out.size() - 1);
}

TEST_CASE("Without a command the help goes to standard error", "[cli][help]") {
  const Ran ran = RunApp({});
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(Contains(ran.err, "analyze"));
}

TEST_CASE("An unknown command gets a suggestion", "[cli][errors]") {
  const Ran ran = RunApp({"analyse", "x"});
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err ==
        "neverready: error: neverready has no command 'analyse'\n  try: did you mean 'analyze'?\n");
  CHECK(RunApp({"rules", "lsit"}).err ==
        "neverready: error: 'rules' has no command 'lsit'\n  try: did you mean 'list'?\n");
  CHECK(RunApp({"gearbox"}).err ==
        "neverready: error: neverready has no command 'gearbox'\n  try: one of: analyze, rules, "
        "incidents, timeline, search, report, query, db, show, explain, postmortem, completion, man\n");
}

TEST_CASE("An unknown option gets a suggestion", "[cli][errors]") {
  const Ran ran = RunApp({"analyze", "--servce", "api", "examples"});
  CHECK(ran.code == 2);
  CHECK(ran.err == "neverready: error: unknown option '--servce'\n  try: did you mean '--service'?\n");
  CHECK(RunApp({"analyze", "--forma=json", "examples"}).err ==
        "neverready: error: unknown option '--forma=json'\n  try: did you mean '--format'?\n");
  CHECK(RunApp({"rules", "list", "--categry", "x"}).err ==
        "neverready: error: unknown option '--categry'\n  try: did you mean '--category'?\n");
}

TEST_CASE("A value that is not allowed is refused with the help as the next step", "[cli][errors]") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"analyze", "--format", "xml", "examples"},
                                             {"analyze", "--state", "fine", "examples"},
                                             {"analyze", "--color", "red", "examples"},
                                             {"analyze"}}) {
    const Ran ran = RunApp(arguments);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find("neverready: error: ") == 0);
    CHECK(Contains(ran.err, "try: neverready analyze --help"));
  }
}

TEST_CASE("Errors carry no control sequences of the command line", "[cli][errors]") {
  const Ran ran = RunApp({"analyze", "/nowhere/\x1b[2J\x1b]0;title\a.log"});
  CHECK(ran.code == 2);
  CHECK_FALSE(Contains(ran.err, "\x1b"));
}

}  // namespace
}  // namespace neverready::cli
