#include "cli/github_step.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using fakes::Ran;
using fakes::RunApp;
using fakes::TemporaryFolder;

const std::string kExample = "examples/netra-backend-staging-00170-55z.ndjson";
const std::string kHostile = "tests/golden/hostile.ndjson";

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Ran Github(const std::string& input, const std::string& summary) {
  return RunApp({"analyze", "--format", "github", input}, {"", {{"GITHUB_STEP_SUMMARY", summary}}, false});
}

// As the runner reads a line: without its blanks, a command at its beginning, or of the old form anywhere.
bool HasCommand(const std::string& text) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    for (const char* blank : {"\u00a0", " ", "\t"}) {
      while (line.starts_with(blank)) line.erase(0, std::string_view(blank).size());
    }
    if (line.starts_with("::") || Contains(line, "##[")) return true;
  }
  return false;
}

TEST_CASE("The report is appended to the step summary", "[cli][github]") {
  const TemporaryFolder folder;
  const std::string file = folder.name() + "/summary.md";
  const Ran first = Github(kExample, file);
  CHECK(first.code == 1);
  CHECK(first.err.empty());
  const std::string report = RunApp({"analyze", "--format", "markdown", kExample}).out;
  CHECK(fakes::ReadFile(file) == report);
  Github(kExample, file);
  CHECK(fakes::ReadFile(file) == report + "\n\n" + report);
  CHECK(first.out == RunApp({"analyze", "--format", "github", kExample}).out);
}

TEST_CASE("Other formats leave the step summary alone", "[cli][github]") {
  const TemporaryFolder folder;
  const std::string file = folder.Write("summary.md", "mine");
  for (const char* format : {"text", "json", "ndjson", "markdown"})
    RunApp({"analyze", "--format", format, kExample}, {"", {{"GITHUB_STEP_SUMMARY", file}}, false});
  CHECK(fakes::ReadFile(file) == "mine");
}

TEST_CASE("A summary that cannot be written is a warning", "[cli][github]") {
  const Ran ran = Github(kExample, "/no/such/folder/summary.md");
  CHECK(ran.code == 1);
  CHECK(Contains(ran.err, "neverready: warning: cannot write the step summary '/no/such/folder/summary.md'"));
  CHECK(ran.out.starts_with("::error title="));
}

TEST_CASE("A step summary stays below 1 MiB", "[cli][github]") {
  const TemporaryFolder folder;
  const std::string full = folder.Write("full.md", std::string(1024 * 1024 - 100, 'x'));
  const Ran ran = Github(kExample, full);
  CHECK(ran.code == 1);
  CHECK(Contains(ran.err, "the step summary is full"));
  CHECK(fakes::ReadFile(full).size() == 1024 * 1024 - 100);
  const std::string nearly = folder.Write("nearly.md", std::string(1024 * 1024 - 4096, 'x'));
  RunApp({"analyze", "--format", "github", kHostile, kExample},
         {"", {{"GITHUB_STEP_SUMMARY", nearly}}, false});
  const std::string text = fakes::ReadFile(nearly);
  CHECK(text.size() <= 1024 * 1024);
  CHECK(Contains(text, "left out here for want of room"));
}

TEST_CASE("Nothing to diagnose is said in every format", "[cli][github]") {
  const TemporaryFolder folder;
  const std::string log = folder.Write("empty.ndjson", "");
  for (const auto& [format, said] : std::vector<std::pair<std::string, std::string>>{
           {"markdown", "# Nothing to diagnose\n"},
           {"github", "::warning title=neverready%3A nothing to diagnose::"}}) {
    const Ran ran = RunApp({"analyze", "--format", format, log});
    CHECK(ran.code == 2);
    CHECK(ran.out.starts_with(said));
    CHECK(Contains(ran.err, "neverready: error: "));
    const Ran filtered = RunApp({"analyze", "--format", format, "--service", "nobody", kExample});
    CHECK(filtered.code == 2);
    CHECK(filtered.out.starts_with(said));
  }
}

TEST_CASE("A runner finds no command in any format", "[cli][github]") {
  for (const char* format : {"text", "markdown", "json", "ndjson"}) {
    INFO(format);
    const Ran outside = RunApp({"analyze", "-v", "--format", format, kHostile});
    CHECK(HasCommand(outside.out));
    const Ran inside =
        RunApp({"analyze", "-v", "--format", format, kHostile}, {"", {{"GITHUB_ACTIONS", "true"}}, false});
    CHECK_FALSE(HasCommand(inside.out));
    CHECK(inside.code == outside.code);
    if (std::string_view(format) == "json")
      CHECK(nlohmann::json::parse(inside.out) == nlohmann::json::parse(outside.out));
  }
  const Ran ran = RunApp({"analyze", "no/##[error]file"}, {"", {{"GITHUB_ACTIONS", "true"}}, false});
  CHECK(Contains(ran.err, "no/## [error]file"));
}

}  // namespace
}  // namespace neverready::cli
