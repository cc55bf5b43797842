#include "reports/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/markdown.h"
#include "core/text.h"
#include "reports/words.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::EnvironmentVariable;
using analyzers::Evidence;
using analyzers::State;
using core::EscapeMarkdown;

constexpr std::size_t kLongest = 2000;     // characters of a quoted text
constexpr std::size_t kLongestCell = 300;  // of a text in a table or a list

std::string Cell(std::string_view text, std::size_t longest = kLongestCell) {
  return EscapeMarkdown(core::Ellipsize(text, longest));
}

// One line of the log, or the lines of one text.
std::string Quote(std::string_view text, std::string_view language = "text") {
  return core::CodeBlock(core::Ellipsize(text, kLongest), language);
}

bool IsSimplyReady(const Diagnosis& diagnosis) {
  return diagnosis.state == State::kReady && diagnosis.degraded.empty();
}

std::string Place(const Evidence& evidence) {
  const std::string time = ClockTime(evidence.at);
  return Cell(time.empty() ? evidence.log : time + " UTC, " + evidence.log);
}

void ShowCause(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.root_cause) {
    *out += fmt::format("**State:** {}. {}.\n\n", EscapeMarkdown(Name(diagnosis.state)),
                        Cell(diagnosis.summary, kLongest));
    for (const std::string& reason : diagnosis.degraded)
      *out += fmt::format("**Attention:** {}.\n\n", Cell(reason));
    return;
  }
  *out += fmt::format("**Root cause:** {}\n\n", Cell(diagnosis.summary, kLongest));
  *out += fmt::format("State {} · cause {} · rule {} · confidence {:.2f} · blame {}{}\n\n",
                      EscapeMarkdown(Name(diagnosis.state)), EscapeMarkdown(Name(*diagnosis.root_cause)),
                      Cell(diagnosis.rule), diagnosis.confidence, Name(diagnosis.blame),
                      diagnosis.transient ? " · may be transient" : "");
  if (!diagnosis.evidence) return;
  *out +=
      fmt::format("**Evidence** ({}):\n\n{}\n", Place(*diagnosis.evidence), Quote(diagnosis.evidence->text));
}

void ShowCascade(const Diagnosis& diagnosis, std::string* out) {
  if (diagnosis.cascade.size() < 2) return;
  *out += "**Cascade:**\n\n";
  std::size_t number = 0;
  for (const auto& link : diagnosis.cascade) {
    const std::string time = ClockTime(link.at);
    *out += fmt::format("{}. {}{}: {}\n", ++number, EscapeMarkdown(Name(link.category)),
                        time.empty() ? "" : " at " + time, Cell(link.summary));
  }
  *out += '\n';
}

void ShowFacts(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.root_cause || diagnosis.facts.size() == 0) return;
  *out += "| Fact | Value |\n|---|---|\n";
  for (const auto& [fact, value] : diagnosis.facts.map())
    *out += fmt::format("| {} | {} |\n", EscapeMarkdown(Name(fact)), Cell(analyzers::ToText(value)));
  *out += '\n';
}

void ShowMissing(const Diagnosis& diagnosis, std::string* out) {
  std::string names;
  for (const EnvironmentVariable& variable : diagnosis.environment) {
    if (variable.state == EnvironmentVariable::State::kMissing)
      names += (names.empty() ? "" : ", ") + Cell(variable.name);
  }
  if (!names.empty()) *out += fmt::format("**Missing variables:** {}\n\n", names);
}

void ShowFix(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.fix) return;
  *out += fmt::format("**What to do:** {}\n\n", Cell(diagnosis.fix->text, kLongest));
  for (const std::string& command : diagnosis.fix->commands) *out += Quote(command, "sh") + "\n";
}

void ShowLastWords(const Diagnosis& diagnosis, std::string* out) {
  if (diagnosis.informative.empty()) return;
  std::string lines;
  for (const Evidence& line : diagnosis.informative)
    lines += ClockTime(line.at) + " " + core::Ellipsize(line.text, kLongestCell) + "\n";
  *out += "**Last words:**\n\n" + core::CodeBlock(lines, "text") + "\n";
}

void ShowTimeline(const Diagnosis& diagnosis, std::string* out) {
  if (diagnosis.timeline.empty()) return;
  *out +=
      fmt::format("<details><summary>Timeline ({} {})</summary>\n\n| Time | Event | Text |\n|---|---|---|\n",
                  diagnosis.timeline.size(), diagnosis.timeline.size() == 1 ? "event" : "events");
  for (const auto& entry : diagnosis.timeline)
    *out += fmt::format("| {} | {} | {} |\n", ClockTime(entry.at), EscapeMarkdown(Name(entry.event)),
                        Cell(entry.text));
  *out += "\n</details>\n\n";
}

std::string Title(const std::vector<Diagnosis>& diagnoses) {
  if (diagnoses.size() == 1) return {};
  const auto ready = static_cast<std::size_t>(
      std::ranges::count_if(diagnoses, [](const Diagnosis& one) { return one.state == State::kReady; }));
  if (ready == diagnoses.size()) return fmt::format("# All {} revisions are ready\n\n", ready);
  return fmt::format("# {} of {} revisions {} not ready\n\n", diagnoses.size() - ready, diagnoses.size(),
                     diagnoses.size() - ready == 1 ? "is" : "are");
}

std::string ReadyRow(const Diagnosis& diagnosis) {
  std::string since;
  if (diagnosis.ready_at) since = core::FormatRfc3339(*diagnosis.ready_at);
  return fmt::format("| {} {} | {} | {} | {} |\n", Mark(diagnosis.state), Cell(Subject(diagnosis)),
                     Cell(diagnosis.key.service), Cell(diagnosis.key.location), since);
}

// Takes parts while they fit into what is left, and counts the others.
class Page {
 public:
  explicit Page(std::size_t max_bytes)
      // Room for the sentence at the end.
      : room_(max_bytes == 0 ? SIZE_MAX : std::max<std::size_t>(max_bytes, 1024) - 300) {}

  bool Fits(std::size_t bytes) const { return out_.size() + bytes <= room_; }
  void Add(const std::string& part) { out_ += part; }
  bool Offer(const std::string& part) {
    if (!Fits(part.size())) return false;
    Add(part);
    return true;
  }
  std::string Take() && { return std::move(out_); }

 private:
  std::size_t room_;
  std::string out_;
};

}  // namespace

std::string ToMarkdownSection(const Diagnosis& diagnosis) {
  std::string out = fmt::format("## {} {}\n\n", Mark(diagnosis.state), Cell(Headline(diagnosis)));
  if (const std::string where = Where(diagnosis); !where.empty()) out += Cell(where, kLongest) + "\n\n";
  ShowCause(diagnosis, &out);
  ShowCascade(diagnosis, &out);
  ShowFacts(diagnosis, &out);
  ShowMissing(diagnosis, &out);
  ShowLastWords(diagnosis, &out);
  ShowFix(diagnosis, &out);
  ShowTimeline(diagnosis, &out);
  return out;
}

std::string ToMarkdown(const InputSummary& input, const std::vector<Diagnosis>& diagnoses,
                       const MarkdownOptions& options) {
  if (diagnoses.empty()) return "# Nothing to diagnose\n\nThe input says nothing of a Cloud Run revision.\n";
  Page page(options.max_bytes);
  std::size_t left_out = 0;
  page.Add(Title(diagnoses));
  for (const Diagnosis& diagnosis : diagnoses) {
    if (!IsSimplyReady(diagnosis) && !page.Offer(ToMarkdownSection(diagnosis))) ++left_out;
  }
  const std::string head = "| Ready | Service | Location | Since |\n|---|---|---|---|\n";
  bool table = false;
  for (const Diagnosis& diagnosis : diagnoses) {
    if (!IsSimplyReady(diagnosis)) continue;
    const std::string row = table ? ReadyRow(diagnosis) : head + ReadyRow(diagnosis);
    if (page.Offer(row)) {
      table = true;
    } else {
      ++left_out;
    }
  }
  if (table) page.Add("\n");
  if (left_out > 0) {
    page.Add(
        fmt::format("**{} more {} left out here for want of room;** `neverready analyze --format markdown` "
                    "shows all.\n\n",
                    left_out, left_out == 1 ? "revision is" : "revisions are"));
  }
  page.Add(fmt::format("{} log {} read", input.entries, input.entries == 1 ? "entry" : "entries"));
  if (input.malformed > 0) page.Add(fmt::format(", {} malformed", input.malformed));
  if (input.ignored > 0) page.Add(fmt::format(", {} of other resources or without text", input.ignored));
  page.Add(".\n");
  return std::move(page).Take();
}

}  // namespace neverready::reports
