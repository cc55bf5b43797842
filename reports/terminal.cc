#include "reports/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "core/time.h"
#include "reports/screen.h"
#include "reports/words.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::EnvironmentVariable;
using analyzers::Evidence;
using analyzers::State;

constexpr std::size_t kEvidenceLines = 6;

void ShowCascade(const Diagnosis& diagnosis, const TerminalOptions& options, Screen* screen) {
  if (diagnosis.cascade.size() < 2) return;
  std::string_view label = "Cascade";
  std::size_t number = 0;
  for (const auto& link : diagnosis.cascade) {
    std::string head = fmt::format("{} {:<22} {:<13}", ++number, Name(link.category), ClockTime(link.at));
    if (screen->width() < 80) head = fmt::format("{} {} ", number, Name(link.category));
    const std::string text =
        core::SafeForTerminal(options.verbose ? link.summary + " [" + link.rule + "]" : link.summary);
    const std::size_t room = screen->width() > kScreenLabel + 2 + core::DisplayWidth(head) + 10
                                 ? screen->width() - kScreenLabel - 2 - core::DisplayWidth(head)
                                 : 10;
    screen->Row(label, head + core::Ellipsize(text, room));
    label = {};
  }
}

void ShowEnvironment(const Diagnosis& diagnosis, Screen* screen) {
  std::vector<std::string> items;
  for (const EnvironmentVariable& variable : diagnosis.environment) {
    switch (variable.state) {
      case EnvironmentVariable::State::kSet:
        items.push_back(variable.value ? variable.name + "=" + *variable.value : variable.name + " set");
        break;
      case EnvironmentVariable::State::kMissing: items.push_back(variable.name + " MISSING"); break;
      case EnvironmentVariable::State::kSecretRef: items.push_back(variable.name + " (secret)"); break;
    }
  }
  screen->Items("Environment", items);
}

void ShowFacts(const Diagnosis& diagnosis, Screen* screen) {
  std::vector<std::string> items;
  for (const auto& [fact, value] : diagnosis.facts.map())
    items.push_back(std::string(Name(fact)) + " " + analyzers::ToText(value));
  screen->Items("Facts", items);
}

void ShowEvidence(const Diagnosis& diagnosis, Screen* screen) {
  if (!diagnosis.evidence) return;
  const Evidence& evidence = *diagnosis.evidence;
  std::string place = ClockTime(evidence.at);
  place += (place.empty() ? "" : " ") + evidence.log;
  screen->Row("Evidence", screen->Dim(core::SafeForTerminal(place)));
  screen->Field("", evidence.text, "1", kEvidenceLines);
}

void ShowTimeline(const Diagnosis& diagnosis, Screen* screen) {
  std::string_view label = "Timeline";
  for (const auto& entry : diagnosis.timeline) {
    const std::string head = fmt::format("{:<13} {:<17}", ClockTime(entry.at), Name(entry.event));
    screen->Row(label, head + core::Ellipsize(core::SafeForTerminal(entry.text),
                                              screen->width() - kScreenLabel - 34));
    label = {};
  }
}

void ShowDiagnosis(const Diagnosis& diagnosis, const TerminalOptions& options, Screen* screen) {
  const std::string headline =
      fmt::format("{} {}", Mark(diagnosis.state), core::SafeForTerminal(Headline(diagnosis)));
  screen->Line(screen->Paint(headline, ColorOf(diagnosis.state)));
  if (const std::string where = core::SafeForTerminal(Where(diagnosis)); !where.empty())
    screen->Line("  " + screen->Dim(where));
  screen->Line();
  if (!diagnosis.root_cause) {
    screen->Field("Verdict", diagnosis.summary + ".");
    for (const std::string& reason : diagnosis.degraded) screen->Field("Attention", reason);
  } else {
    screen->Field("Cause", diagnosis.summary, "1");
    screen->Row("", screen->Dim(fmt::format(
                        "{} · {} · confidence {:.2f} · blame {}{}", Name(*diagnosis.root_cause),
                        core::SafeForTerminal(diagnosis.rule), diagnosis.confidence, Name(diagnosis.blame),
                        diagnosis.transient ? " · may be transient" : "")));
    ShowEvidence(diagnosis, screen);
  }
  ShowCascade(diagnosis, options, screen);
  if (diagnosis.root_cause) ShowFacts(diagnosis, screen);
  ShowEnvironment(diagnosis, screen);
  std::string_view label = "Last words";
  for (const Evidence& line : diagnosis.informative) {
    screen->Row(label, core::Ellipsize(ClockTime(line.at) + " " + core::SafeForTerminal(line.text),
                                       screen->width() - kScreenLabel - 2));
    label = {};
  }
  if (diagnosis.fix) {
    screen->Field("Fix", diagnosis.fix->text);
    for (const std::string& command : diagnosis.fix->commands)
      screen->Row("", screen->Paint("$ " + core::SafeForTerminal(command), "36"));
  }
  if (!options.verbose) return;
  if (diagnosis.runner_up)
    screen->Row("Runner-up", fmt::format("{} ({}, {:.2f})", Name(diagnosis.runner_up->category),
                                         core::SafeForTerminal(diagnosis.runner_up->rule),
                                         diagnosis.runner_up->confidence));
  if (diagnosis.platform)
    screen->Field("Platform",
                  (diagnosis.platform->reason.empty() ? "" : diagnosis.platform->reason + ": ") +
                      diagnosis.platform->message,
                  nullptr, 4);
  ShowTimeline(diagnosis, screen);
}

void ShowTable(const std::vector<Diagnosis>& diagnoses, Screen* screen) {
  std::size_t longest = 8;
  for (const Diagnosis& diagnosis : diagnoses)
    longest = std::max(longest, std::min<std::size_t>(core::DisplayWidth(Subject(diagnosis)), 48));
  screen->Line(screen->Dim(
      fmt::format("  {:<{}}  {:<14} {:<22} {}", "REVISION", longest, "STATE", "CAUSE", "SUMMARY")));
  for (const Diagnosis& diagnosis : diagnoses) {
    const std::string cause(diagnosis.root_cause ? Name(*diagnosis.root_cause) : "-");
    const std::string subject = core::Ellipsize(core::SafeForTerminal(Subject(diagnosis)), longest);
    const std::string head =
        fmt::format("{} {}{}  {:<14} {:<22} ", Mark(diagnosis.state), subject,
                    std::string(longest - core::DisplayWidth(subject), ' '), Name(diagnosis.state), cause);
    const std::size_t used = core::DisplayWidth(head);
    const std::size_t room = screen->width() > used + 10 ? screen->width() - used : 10;
    screen->Line(screen->Paint(head, ColorOf(diagnosis.state)) +
                 core::Ellipsize(core::SafeForTerminal(diagnosis.summary), room));
  }
}

}  // namespace

std::string ToText(const InputSummary& input, const std::vector<Diagnosis>& diagnoses,
                   const TerminalOptions& options) {
  Screen screen(options.color, options.width);
  if (diagnoses.empty()) return {};
  const bool several = diagnoses.size() > 1;
  if (several) ShowTable(diagnoses, &screen);
  for (const Diagnosis& diagnosis : diagnoses) {
    // Among several, a ready revision is only worth its line in the table.
    if (several && diagnosis.state == State::kReady && diagnosis.degraded.empty() && !options.verbose)
      continue;
    if (several) screen.Line();
    ShowDiagnosis(diagnosis, options, &screen);
  }
  if (options.verbose || input.ignored > 0) {
    screen.Line();
    const std::string counts =
        fmt::format("{} entries read; {} of other resources or without text left out; {} malformed",
                    input.entries, input.ignored, input.malformed);
    for (const std::string& line : core::Wrap(counts, screen.width() - 2))
      screen.Line("  " + screen.Dim(line));
  }
  return std::move(screen).Take();
}

}  // namespace neverready::reports
