// Any text anywhere in a diagnosis: every report is valid UTF-8 without controls, JSON can be read, and the
// runner of GitHub Actions finds no command but ours.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/markdown.h"
#include "core/text.h"
#include "reports/github.h"
#include "reports/json.h"
#include "reports/markdown.h"
#include "reports/terminal.h"
#include "tests/fuzz/require.h"

namespace analyzers = neverready::analyzers;
namespace core = neverready::core;
namespace reports = neverready::reports;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

// Hands out the parts of the input, which stand between zero bytes, and bytes as choices; then nothing.
class Parts {
 public:
  explicit Parts(std::string_view input) : rest_(input) {}

  std::string Text() {
    const std::size_t end = std::min(rest_.find('\0'), rest_.size());
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return text;
  }

  std::size_t Choice(std::size_t of) {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % of;
  }

  std::optional<core::Timestamp> Time() {
    if (Choice(4) == 0) return std::nullopt;
    return core::Timestamp{std::chrono::seconds(1757304131 + static_cast<std::int64_t>(Choice(256)))};
  }

  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;  // borrows from the input
};

analyzers::Category Category(Parts* parts) {
  return static_cast<analyzers::Category>(parts->Choice(analyzers::kCategories));
}

analyzers::Evidence Evidence(Parts* parts) {
  return {parts->Time(), parts->Text(), parts->Text(), parts->Text(), parts->Text()};
}

analyzers::Facts Facts(Parts* parts) {
  analyzers::Facts facts;
  for (std::size_t count = parts->Choice(4); count > 0; --count) {
    const auto fact = static_cast<analyzers::Fact>(parts->Choice(analyzers::kFacts));
    if (IsNumber(fact)) {
      facts.Set(fact, static_cast<std::int64_t>(parts->Choice(256)) - 3);
    } else if (analyzers::IsList(fact)) {
      facts.Set(fact, std::vector<std::string>{parts->Text(), parts->Text()});
    } else {
      facts.Set(fact, parts->Text());
    }
  }
  return facts;
}

analyzers::Diagnosis MakeDiagnosis(Parts* parts) {
  analyzers::Diagnosis diagnosis;
  diagnosis.state = static_cast<analyzers::State>(parts->Choice(5));
  diagnosis.key = {static_cast<analyzers::LogScope>(parts->Choice(3)), parts->Text(), parts->Text(),
                   parts->Text(), parts->Text()};
  if (parts->Choice(4) != 0) diagnosis.root_cause = Category(parts);
  diagnosis.summary = parts->Text();
  diagnosis.rule = parts->Text();
  diagnosis.early = parts->Choice(2) == 1;
  diagnosis.facts = Facts(parts);
  if (parts->Choice(4) != 0) diagnosis.evidence = Evidence(parts);
  for (std::size_t count = parts->Choice(3); count > 0; --count) {
    diagnosis.cascade.push_back({Category(parts), parts->Text(), parts->Text(), parts->Time(), std::nullopt});
    diagnosis.informative.push_back(Evidence(parts));
    diagnosis.timeline.push_back(
        {parts->Time(), static_cast<analyzers::TimelineEvent>(parts->Choice(16)), parts->Text()});
    diagnosis.degraded.push_back(parts->Text());
    auto& variable = diagnosis.environment.emplace_back();
    variable.name = parts->Text();
    variable.state = static_cast<analyzers::EnvironmentVariable::State>(parts->Choice(3));
    if (parts->Choice(2) == 1) variable.value = parts->Text();
  }
  if (parts->Choice(2) == 1) diagnosis.fix = analyzers::Fix{parts->Text(), {parts->Text()}};
  if (parts->Choice(2) == 1)
    diagnosis.platform = analyzers::Platform{parts->Text(), parts->Text(), parts->Text(), parts->Text()};
  diagnosis.attempts = parts->Choice(3);
  diagnosis.started_at = parts->Time();
  diagnosis.failed_at = parts->Time();
  diagnosis.ready_at = parts->Time();
  return diagnosis;
}

void RequireClean(const std::string& text) {
  Require(core::IsValidUtf8(text), "a report is valid UTF-8");
  Require(std::ranges::all_of(text, [](unsigned char c) { return c == '\n' || (c >= 0x20 && c != 0x7f); }),
          "a report has no controls but newlines");
  Require(text.find("\u202E") == std::string::npos, "a report has nothing that reorders text");
}

void RequireNoCommand(const std::string& text) {
  Require(text.find("##[") == std::string::npos, "no command of the old form");
  for (std::string_view line : core::SplitLines(text)) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    Require(!line.starts_with("::"), "no command at the beginning of a line");
  }
}

void CheckText(const reports::InputSummary& input, const std::vector<analyzers::Diagnosis>& diagnoses) {
  const std::string text = reports::ToText(input, diagnoses, {false, 80, true});
  RequireClean(text);
  RequireNoCommand(reports::WithoutWorkflowCommands(text));
  const std::string markdown = reports::ToMarkdown(input, diagnoses);
  RequireClean(markdown);
  RequireNoCommand(reports::WithoutWorkflowCommands(markdown));
  Require(reports::ToMarkdown(input, diagnoses, {2000}).size() <= 2000, "a report keeps to its room");
}

void CheckGithub(const std::vector<analyzers::Diagnosis>& diagnoses) {
  const std::string text =
      reports::ToGithub(diagnoses, {[](const std::string& path) { return path.size() % 2 == 1; }});
  RequireClean(text);
  Require(text.find("##[") == std::string::npos, "no command of the old form");
  const std::vector<std::string_view> lines = core::SplitLines(text);
  Require(!lines.empty() && lines.size() <= std::max<std::size_t>(1, diagnoses.size()),
          "at most one annotation each");
  for (const std::string_view line : lines) {
    const bool ours = line.starts_with("::error title=") || line.starts_with("::warning title=") ||
                      line.starts_with("::notice title=");
    Require(ours, "every line is an annotation");
    // ",file=…,line=…" is all that may follow the title.
    const std::string_view head = line.substr(0, line.find("::", 2));
    const auto commas = static_cast<std::size_t>(std::ranges::count(head, ','));
    Require(commas == 0 || (commas == 2 && head.find(",file=") < head.find(",line=")),
            "no property but ours");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Parts parts(AsText(data, size));
  std::vector<analyzers::Diagnosis> diagnoses;
  do {
    diagnoses.push_back(MakeDiagnosis(&parts));
  } while (!parts.empty() && diagnoses.size() < 12);
  const reports::InputSummary input{size, diagnoses.size(), size % 3, size % 2, std::nullopt, std::nullopt};
  CheckText(input, diagnoses);
  CheckGithub(diagnoses);
  std::string document = reports::JsonOpening({"0", "sha256:"}, input);
  for (std::size_t i = 0; i < diagnoses.size(); ++i)
    document += (i == 0 ? "\n" : ",\n") + reports::ToJsonElement(diagnoses[i]);
  document += reports::JsonClosing(diagnoses.empty());
  Require(nlohmann::json::accept(document), "the document is JSON");
  Require(core::IsValidUtf8(document), "the document is valid UTF-8");
  for (const analyzers::Diagnosis& diagnosis : diagnoses) {
    const std::string line = reports::ToJsonLine(diagnosis);
    Require(nlohmann::json::accept(line) && line.find('\n') == std::string::npos,
            "a line is JSON on one line");
  }
  return 0;
}
