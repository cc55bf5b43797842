#include "reports/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "core/time.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::EnvironmentVariable;
using analyzers::Evidence;
using analyzers::State;

constexpr std::size_t kLabel = 13;  // columns of the labels at the left
constexpr std::size_t kEvidenceLines = 6;

// A line of a log that is a command of GitHub Actions ("::error file=a::b") would be obeyed where a job
// prints the report: the runner looks behind the indentation.
std::string Inert(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  std::string out(text);
  if (begin != std::string_view::npos && text.substr(begin).starts_with("::") &&
      text.find("::", begin + 3) != std::string_view::npos)
    out.insert(begin + 1, " ");
  for (std::size_t at = out.find("##["); at != std::string::npos; at = out.find("##[", at))
    out.insert(at + 2, " ");
  return out;
}

class Screen {
 public:
  explicit Screen(const TerminalOptions& options)
      : options_(options), width_(std::clamp<std::size_t>(options.width, 60, 160)) {}

  std::string Paint(std::string_view text, const char* code) const {
    return options_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  std::string Bold(std::string_view text) const { return Paint(text, "1"); }
  std::string Dim(std::string_view text) const { return Paint(text, "2"); }

  void Line(std::string_view text = {}) { out_ += fmt::format("{}\n", text); }

  // A labelled paragraph, wrapped at the width; `paint` colours each of its lines.
  void Field(std::string_view label, const std::string& text, const char* paint = nullptr,
             std::size_t most = 40) {
    std::string_view head = label;
    std::size_t shown = 0;
    for (const std::string& line : core::Wrap(core::SafeForTerminal(text), width_ - kLabel - 2)) {
      if (shown++ == most) {
        Row("", Dim("…"));
        return;
      }
      Row(head, paint == nullptr ? line : Paint(line, paint));
      head = {};
    }
  }

  // Short items side by side; none is broken over two lines unless it is wider than the screen.
  void Items(std::string_view label, const std::vector<std::string>& items) {
    std::string line;
    const auto flush = [&] {
      if (!line.empty()) Row(label, line);
      if (!line.empty()) label = {};
      line.clear();
    };
    for (const std::string& item : items) {
      const std::string safe = core::SafeForTerminal(item);
      const std::size_t joined = core::DisplayWidth(line) + 3 + core::DisplayWidth(safe);
      if (!line.empty() && joined > width_ - kLabel - 2) flush();
      line += (line.empty() ? "" : " · ") + core::Ellipsize(safe, width_ - kLabel - 2);
    }
    flush();
  }

  void Row(std::string_view label, std::string_view text) {
    out_ += "  " + Dim(fmt::format("{:<{}}", label, kLabel)) + Inert(text) + "\n";
  }

  std::size_t width() const { return width_; }
  std::string Take() && { return std::move(out_); }

 private:
  const TerminalOptions& options_;
  std::size_t width_;
  std::string out_;
};

const char* Color(State state) {
  switch (state) {
    case State::kFailed:
    case State::kCrashLooping: return "1;31";
    case State::kInconclusive:
    case State::kPending: return "1;33";
    case State::kReady: return "1;32";
  }
  return "0";
}

std::string_view Mark(State state) {
  switch (state) {
    case State::kFailed:
    case State::kCrashLooping: return "✗";
    case State::kInconclusive: return "?";
    case State::kPending: return "…";
    case State::kReady: return "✓";
  }
  return "?";
}

std::string Subject(const Diagnosis& diagnosis) {
  if (!diagnosis.key.revision.empty()) return diagnosis.key.revision;
  if (!diagnosis.key.service.empty()) return diagnosis.key.service;
  return "the logged start";
}

std::string Verdict(const Diagnosis& diagnosis) {
  switch (diagnosis.state) {
    case State::kFailed:
      if (diagnosis.key.scope == analyzers::LogScope::kDeploy) return "the deploy was refused";
      if (diagnosis.early) return "will not become ready";
      return diagnosis.ready_at ? "was ready and is not any more" : "never became ready";
    case State::kCrashLooping: return "is falsely ready: its containers keep dying";
    case State::kInconclusive: return "cannot be told from this log";
    case State::kPending: return "is still starting";
    case State::kReady: return diagnosis.degraded.empty() ? "is ready" : "is ready, but";
  }
  return {};
}

std::string ClockTime(const std::optional<core::Timestamp>& time) {
  if (!time) return {};
  std::string text = core::FormatRfc3339(*time);
  text = text.substr(11);
  text.pop_back();
  const std::size_t dot = text.find('.');
  return dot == std::string::npos ? text : text.substr(0, dot + 4);
}

std::string Where(const Diagnosis& diagnosis) {
  std::string where;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) where += (where.empty() ? "" : " · ") + part;
  };
  if (diagnosis.key.service != Subject(diagnosis)) add(diagnosis.key.service);
  add(diagnosis.key.location);
  add(diagnosis.key.project);
  if (diagnosis.started_at) add(core::FormatRfc3339(*diagnosis.started_at).substr(0, 10));
  if (diagnosis.attempts > 0)
    add(fmt::format("{} {}", diagnosis.attempts, diagnosis.attempts == 1 ? "attempt" : "attempts"));
  if (diagnosis.started_at && diagnosis.failed_at && *diagnosis.failed_at > *diagnosis.started_at) {
    add((diagnosis.attempts > 1 ? "failing for " : "failed after ") +
        core::FormatDuration(*diagnosis.failed_at - *diagnosis.started_at));
  }
  return core::SafeForTerminal(where);
}

void ShowCascade(const Diagnosis& diagnosis, const TerminalOptions& options, Screen* screen) {
  if (diagnosis.cascade.size() < 2) return;
  std::string_view label = "Cascade";
  std::size_t number = 0;
  for (const auto& link : diagnosis.cascade) {
    std::string head = fmt::format("{} {:<22} {:<13}", ++number, Name(link.category), ClockTime(link.at));
    if (screen->width() < 80) head = fmt::format("{} {} ", number, Name(link.category));
    const std::string text =
        core::SafeForTerminal(options.verbose ? link.summary + " [" + link.rule + "]" : link.summary);
    const std::size_t room = screen->width() > kLabel + 2 + core::DisplayWidth(head) + 10
                                 ? screen->width() - kLabel - 2 - core::DisplayWidth(head)
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
  screen->Row("Evidence", screen->Dim(place));
  screen->Field("", evidence.text, "1", kEvidenceLines);
}

void ShowTimeline(const Diagnosis& diagnosis, Screen* screen) {
  std::string_view label = "Timeline";
  for (const auto& entry : diagnosis.timeline) {
    const std::string head = fmt::format("{:<13} {:<17}", ClockTime(entry.at), Name(entry.event));
    screen->Row(label,
                head + core::Ellipsize(core::SafeForTerminal(entry.text), screen->width() - kLabel - 34));
    label = {};
  }
}

void ShowDiagnosis(const Diagnosis& diagnosis, const TerminalOptions& options, Screen* screen) {
  std::string headline = fmt::format("{} {} {}", Mark(diagnosis.state),
                                     core::SafeForTerminal(Subject(diagnosis)), Verdict(diagnosis));
  if (diagnosis.root_cause) headline += fmt::format(": {}", Title(*diagnosis.root_cause));
  screen->Line(screen->Paint(headline, Color(diagnosis.state)));
  if (const std::string where = Where(diagnosis); !where.empty()) screen->Line("  " + screen->Dim(where));
  screen->Line();
  if (!diagnosis.root_cause) {
    screen->Field("Verdict", diagnosis.summary + ".");
    for (const std::string& reason : diagnosis.degraded) screen->Field("Attention", reason);
  } else {
    screen->Field("Cause", diagnosis.summary, "1");
    screen->Row(
        "", screen->Dim(fmt::format("{} · {} · confidence {:.2f} · blame {}{}", Name(*diagnosis.root_cause),
                                    diagnosis.rule, diagnosis.confidence, Name(diagnosis.blame),
                                    diagnosis.transient ? " · may be transient" : "")));
    ShowEvidence(diagnosis, screen);
  }
  ShowCascade(diagnosis, options, screen);
  if (diagnosis.root_cause) ShowFacts(diagnosis, screen);
  ShowEnvironment(diagnosis, screen);
  std::string_view label = "Last words";
  for (const Evidence& line : diagnosis.informative) {
    screen->Row(label, core::Ellipsize(ClockTime(line.at) + " " + core::SafeForTerminal(line.text),
                                       screen->width() - kLabel - 2));
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
                                         diagnosis.runner_up->rule, diagnosis.runner_up->confidence));
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
    screen->Line(screen->Paint(head, Color(diagnosis.state)) +
                 core::Ellipsize(core::SafeForTerminal(diagnosis.summary), room));
  }
}

}  // namespace

std::string ToText(const InputSummary& input, const std::vector<Diagnosis>& diagnoses,
                   const TerminalOptions& options) {
  Screen screen(options);
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
