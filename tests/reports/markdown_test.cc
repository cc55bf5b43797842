#include "reports/markdown.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>

#include "core/text.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/log_builder.h"
#include "tests/fakes/run_app.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::State;
using fakes::LogBuilder;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const std::string kExample = "examples/netra-backend-staging-00170-55z.ndjson";

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t Count(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

Diagnosis Failed(const std::string& revision = "api-00001-abc") {
  LogBuilder log(revision);
  log.Start().App("ModuleNotFoundError: No module named 'ledger'").Exit(1).ProbeFailed("CANCELLED", 8080);
  return fakes::Diagnose(log);
}

Diagnosis Ready(const std::string& revision = "web-00001-abc") {
  LogBuilder log(revision);
  log.Start().ProbeOk(8080).Ready();
  return fakes::Diagnose(log);
}

TEST_CASE("The bundled incident as Markdown", "[reports][markdown][golden]") {
  const fakes::Ran ran = fakes::RunApp({"analyze", "--format", "markdown", kExample});
  CHECK(ran.code == 1);
  fakes::CheckGolden("tests/golden/incident.md", ran.out);
}

TEST_CASE("Ready revisions as Markdown", "[reports][markdown][golden]") {
  fakes::CheckGolden("tests/golden/healthy.md", ToMarkdown({}, {Ready(), Ready("web-00002-def")}));
}

TEST_CASE("A hostile log as Markdown", "[reports][markdown][golden]") {
  fakes::CheckGolden("tests/golden/hostile.md",
                     fakes::RunApp({"analyze", "--format", "markdown", "tests/golden/hostile.ndjson"}).out);
}

TEST_CASE("One revision needs no title, several get one", "[reports][markdown]") {
  CHECK(ToMarkdown({}, {Failed()}).starts_with("## ✗ api-00001-abc never became ready: import error\n"));
  CHECK(ToMarkdown({}, {Failed(), Ready()}).starts_with("# 1 of 2 revisions is not ready\n"));
  CHECK(ToMarkdown({}, {Failed(), Failed("b-00001-abc")}).starts_with("# 2 of 2 revisions are not ready\n"));
  CHECK(ToMarkdown({}, {Ready(), Ready("b-00001-abc")}).starts_with("# All 2 revisions are ready\n"));
}

TEST_CASE("What is not simply ready gets a section", "[reports][markdown]") {
  LogBuilder slow("slow-00001-abc"), pending("api-00009-abc");
  slow.Start().Wait(150s).ProbeOk(8080).Ready();
  pending.Start();
  const std::string text =
      ToMarkdown({}, {Failed(), fakes::Diagnose(pending), fakes::Diagnose(slow), Ready()});
  CHECK(Count(text, "\n## ") == 3);
  CHECK(Contains(text, "**Attention:** slow start: 150 s of a budget of 240 s."));
  CHECK(Contains(text, "**State:** pending."));
  CHECK(Contains(text, "| ✓ web-00001-abc | web |"));
}

TEST_CASE("Nothing to diagnose is said", "[reports][markdown]") {
  CHECK(Contains(ToMarkdown({}, {}), "Nothing to diagnose"));
}

TEST_CASE("What was read is told at the end", "[reports][markdown]") {
  CHECK(ToMarkdown({0, 1, 0, 0, {}, {}}, {Failed()}).ends_with("\n1 log entry read.\n"));
  CHECK(ToMarkdown({0, 9, 2, 3, {}, {}}, {Failed()})
            .ends_with("\n9 log entries read, 2 malformed, 3 of other resources or without text.\n"));
}

TEST_CASE("Sections and rows are left out whole where room is short", "[reports][markdown]") {
  std::vector<Diagnosis> diagnoses;
  for (int i = 10; i < 40; ++i) diagnoses.push_back(Failed("api-000" + std::to_string(i) + "-abc"));
  for (int i = 10; i < 40; ++i) diagnoses.push_back(Ready("web-000" + std::to_string(i) + "-abc"));
  const std::string whole = ToMarkdown({}, diagnoses);
  CHECK_FALSE(Contains(whole, "left out"));
  for (std::size_t most = 1024; most < whole.size(); most += 1777) {
    const std::string text = ToMarkdown({}, diagnoses, {most});
    INFO(most);
    CHECK(text.size() <= most);
    const std::size_t shown = Count(text, "\n## ") + Count(text, "| ✓ ");
    CHECK(Contains(text, "**" + std::to_string(60 - shown) + " more revision"));
    CHECK(Count(text, "<details>") == Count(text, "</details>"));
  }
  CHECK(ToMarkdown({}, diagnoses, {whole.size() + 300}) == whole);
}

TEST_CASE("Long texts are cut", "[reports][markdown]") {
  const std::string text = ToMarkdown({}, {fakes::Hostile(std::string(300000, 'x'))});
  CHECK(text.size() < 40000);
  CHECK(Contains(text, "…"));
}

// Every line outside of code blocks that begins a table's row has the cells of its head.
void CheckTables(const std::string& text) {
  std::size_t bars = 0;
  std::string fence;
  for (const std::string_view line : core::SplitLines(text)) {
    if (!fence.empty()) {
      if (line == fence) fence.clear();
      continue;
    }
    if (line.starts_with("```")) fence = std::string(line.substr(0, line.find_first_not_of('`')));
    if (!line.starts_with("| ")) {
      if (!line.starts_with("|-")) bars = 0;
      continue;
    }
    const auto count = static_cast<std::size_t>(std::count(line.begin(), line.end(), '|'));
    if (bars == 0) bars = count;
    INFO(line);
    CHECK(count == bars);
  }
  CHECK(fence.empty());
}

const std::array kAttacks{"a | b\n|---|---|\n| c |",
                          "```\n# out\n```",
                          "````",
                          "@everyone #123 GH-4",
                          "![x](http://evil.example)",
                          "<script>alert(1)</script><details>",
                          "</summary></details>",
                          "# heading\n- item\n1. item",
                          "[x](javascript:y)",
                          "\x1b[31mred\x1b]0;t\x07",
                          "\u202Egnp.exe",
                          "::error::pwned\n##[error]x",
                          "\\",
                          "\\|",
                          "`",
                          "a\\",
                          "\xff\xfe",
                          "https://evil.example www.evil.example",
                          "$x$ ~~y~~ **z** __w__",
                          "a\n\n    code\n===\n"};

TEST_CASE("Whatever the log says, tables and blocks stay whole", "[reports][markdown]") {
  for (const char* attack : kAttacks) {
    for (const State state : {State::kFailed, State::kInconclusive, State::kReady}) {
      INFO(attack);
      Diagnosis ready;
      ready.state = State::kReady;
      ready.key = {analyzers::LogScope::kRevision, attack, attack, attack, attack};
      const std::string text = ToMarkdown({}, {fakes::Hostile(attack, state), ready});
      CheckTables(text);
      CHECK(core::IsValidUtf8(text));
      CHECK(Count(text, "\n<details>") == 1);
      for (const char* bad : {"\x1b", "\x07", "\u202E"}) CHECK_FALSE(Contains(text, bad));
    }
  }
}

// As GitHub's own renderer reads it, with what it adds to CommonMark.
std::string Rendered(const std::string& markdown) {
  const fakes::TemporaryFolder folder;
  const std::string command = "cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist " +
                              folder.Write("report.md", markdown);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string html;
  std::array<char, 4096> block{};
  for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe.get())) > 0;)
    html.append(block.data(), size);
  return html;
}

TEST_CASE("A renderer makes no link, image, heading or element of log text", "[reports][markdown]") {
  if (std::system("cmark-gfm --version >/dev/null 2>&1") != 0) {
    WARN("SKIPPED: cmark-gfm is not installed");
    return;
  }
  const std::string plain = Rendered(ToMarkdown({}, {fakes::Hostile("x")}));
  REQUIRE(Contains(plain, "<td>module</td>"));
  for (const char* attack : kAttacks) {
    INFO(attack);
    const std::string html = Rendered(ToMarkdown({}, {fakes::Hostile(attack)}));
    for (const char* bad : {"<a ", "<img", "<script", "<h1", "<ul", "<del>", "<em>", "@everyone</td>"})
      CHECK_FALSE(Contains(html, bad));
    for (const char* element :
         {"<td", "<tr", "<pre>", "<code", "<h2>", "<p>", "<li>", "<strong>", "<summary>"}) {
      INFO(element);
      CHECK(Count(html, element) == Count(plain, element));
    }
  }
}

}  // namespace
}  // namespace neverready::reports
