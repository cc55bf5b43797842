#include "reports/postmortem_cause.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/markdown.h"
#include "core/text.h"
#include "reports/course.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::EnvironmentVariable;
using analyzers::Evidence;

constexpr std::size_t kLongest = 2000;     // characters of a quoted text
constexpr std::size_t kLongestCell = 300;  // of a text in a line or a cell
constexpr std::size_t kMostCauses = 8, kMostVariables = 100, kAttemptsAtEachEnd = 5, kMostRevisions = 20;

std::string OrDash(std::string text) { return text.empty() ? "–" : text; }

std::string Capital(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

// "(2025-09-08 04:02:20.536 UTC, stderr, insertId 68be…)"
std::string Source(const Evidence& evidence, const Moments& moments) {
  std::string source = moments.Full(evidence.at);
  const auto add = [&](const std::string& part) {
    if (!part.empty()) source += (source.empty() ? "" : ", ") + part;
  };
  add(evidence.log);
  if (!evidence.insert_id.empty()) add("insertId " + evidence.insert_id);
  return InLine(source);
}

void ShowCascade(const Diagnosis& diagnosis, const Moments& moments, std::string* out) {
  const auto& cascade = diagnosis.cascade;
  if (cascade.size() > 1)
    *out += fmt::format("A cascade of {}, the root cause first, each with the line that proves it:\n\n",
                        cascade.size());
  std::size_t number = 0;
  for (const auto& link : cascade) {
    *out += fmt::format("**{}. {}**", ++number, Capital(Title(link.category)));
    if (link.at) *out += fmt::format(" at {}", moments.Full(link.at));
    *out += fmt::format(": {}\n\n", Sentence(link.summary));
    if (link.evidence)
      *out +=
          fmt::format("Evidence ({}):\n\n{}\n", Source(*link.evidence, moments), Quoted(link.evidence->text));
  }
  if (cascade.empty() && diagnosis.evidence)
    *out += fmt::format("Evidence ({}):\n\n{}\n", Source(*diagnosis.evidence, moments),
                        Quoted(diagnosis.evidence->text));
}

void ShowLastWords(const Diagnosis& diagnosis, const Moments& moments, std::string* out) {
  if (diagnosis.informative.empty()) return;
  std::string lines;
  for (const Evidence& line : diagnosis.informative) {
    const std::string time = moments.Full(line.at);
    lines += time + (time.empty() ? "" : " ") + core::Ellipsize(line.text, kLongestCell) + "\n";
  }
  *out += "The container's last words:\n\n" + core::CodeBlock(lines, "text") + "\n";
}

std::string WithoutBlanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

void ShowPlatform(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.platform || diagnosis.platform->message.empty()) return;
  // Most often it is the last line of the cascade already, but for its blanks.
  const std::string message = WithoutBlanks(diagnosis.platform->message);
  const bool quoted = std::ranges::any_of(diagnosis.cascade, [&](const auto& link) {
    return link.evidence && WithoutBlanks(link.evidence->text).find(message) != std::string::npos;
  });
  if (quoted) return;
  const std::string& reason = diagnosis.platform->reason;
  *out += fmt::format("The platform's verdict{}:\n\n{}\n", reason.empty() ? "" : " (" + InLine(reason) + ")",
                      Quoted(diagnosis.platform->message));
}

void ShowFacts(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.root_cause || diagnosis.facts.size() == 0) return;
  *out += "| Fact | Value |\n|---|---|\n";
  for (const auto& [fact, value] : diagnosis.facts.map())
    *out += fmt::format("| {} | {} |\n", core::EscapeMarkdown(Name(fact)), InLine(analyzers::ToText(value)));
  *out += '\n';
}

void ShowEnvironment(const Diagnosis& diagnosis, std::string_view heading, std::string* out) {
  if (diagnosis.environment.empty()) return;
  *out += fmt::format("{} Environment variables\n\n| Variable | State | Value |\n|---|---|---|\n", heading);
  std::size_t shown = 0;
  for (const EnvironmentVariable& variable : diagnosis.environment) {
    if (shown++ == kMostVariables) break;
    std::string_view state;
    switch (variable.state) {
      case EnvironmentVariable::State::kSet: state = "set"; break;
      case EnvironmentVariable::State::kMissing: state = "**missing**"; break;
      case EnvironmentVariable::State::kSecretRef: state = "from a secret"; break;
    }
    *out += fmt::format("| {} | {} | {} |\n", InLine(variable.name), state,
                        variable.value ? InLine(*variable.value) : "");
  }
  if (diagnosis.environment.size() > kMostVariables)
    *out += fmt::format("\n{} more variables are left out here.\n",
                        diagnosis.environment.size() - kMostVariables);
  *out += '\n';
}

void ShowFix(const Diagnosis& diagnosis, std::string* out) {
  if (!diagnosis.fix) return;
  *out += fmt::format("**What the rule advises:** {}\n\n",
                      core::EscapeMarkdown(core::Ellipsize(diagnosis.fix->text, kLongest)));
  for (const std::string& command : diagnosis.fix->commands) *out += Quoted(command, "sh") + "\n";
}

std::string NextBest(const Diagnosis& diagnosis) {
  if (!diagnosis.runner_up) return {};
  const analyzers::RunnerUp& next = *diagnosis.runner_up;
  return fmt::format(" The next best reading is {} (rule {}, {:.2f}).", Title(next.category),
                     InLine(next.rule), next.confidence);
}

std::string OneCause(const BorrowedCause& cause, bool single, const Moments& moments) {
  std::string out;
  const incidents::Transition& first = *cause.first;
  out += fmt::format("**{}**\n\n", Sentence(first.summary));
  if (cause.failures > 1)
    out += fmt::format("{} from {} to {}.\n\n", Counted(cause.failures, "failure", "failures"),
                       OrDash(moments.Full(first.at)), OrDash(moments.Full(cause.last_at)));
  if (cause.revision == nullptr) return out;
  const Diagnosis& diagnosis = cause.revision->start.diagnosis;
  if (!single || cause.failures > 1)
    out += fmt::format("As {} shows it:\n\n", InLine(NameOrDeploy(diagnosis.key.revision)));
  ShowCascade(diagnosis, moments, &out);
  ShowPlatform(diagnosis, &out);
  ShowLastWords(diagnosis, moments, &out);
  ShowFacts(diagnosis, &out);
  if (diagnosis.root_cause)
    out += fmt::format("Told by rule {}, confidence {:.2f}, blame {}{}.{}\n\n", InLine(diagnosis.rule),
                       diagnosis.confidence, Name(diagnosis.blame),
                       diagnosis.transient ? "; it may be transient" : "", NextBest(diagnosis));
  ShowEnvironment(diagnosis, single ? "###" : "####", &out);
  ShowFix(diagnosis, &out);
  return out;
}

// What happened between two of the phases.
void AddPhase(std::string_view name, const std::string& time, std::vector<std::string>* parts) {
  if (!time.empty()) parts->push_back(fmt::format("{} {}", name, time));
}

std::string PhaseRow(const db::RevisionRecord& revision, const Moments& moments) {
  const Diagnosis& diagnosis = revision.start.diagnosis;
  const Phases phases = PhasesOf(revision.start);
  std::string ended = moments.Cell(phases.ended);
  if (!ended.empty()) ended += " (" + phases.ended_by + ")";
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", InLine(NameOrDeploy(diagnosis.key.revision)),
                     diagnosis.attempts, OrDash(moments.Cell(phases.started)),
                     OrDash(moments.Cell(phases.first_error)), OrDash(ended),
                     OrDash(moments.Cell(phases.verdict)));
}

std::string Durations(const db::RevisionRecord& revision, const db::IncidentRecord& record) {
  const Phases phases = PhasesOf(revision.start);
  std::vector<std::string> parts;
  AddPhase("from start to first error", Between(phases.started, phases.first_error), &parts);
  AddPhase("from first error to end", Between(phases.first_error, phases.ended), &parts);
  if (!phases.first_error) AddPhase("from start to end", Between(phases.started, phases.ended), &parts);
  AddPhase("from end to the platform's verdict", Between(phases.ended, phases.verdict), &parts);
  if (!phases.ended)
    AddPhase("from start to the platform's verdict", Between(phases.started, phases.verdict), &parts);
  const auto& failed = revision.start.diagnosis.failed_at;
  AddPhase("from failure to the next ready revision", Between(failed, record.incident.closed_at), &parts);
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : "; ") + part;
  if (line.empty()) return {};
  return fmt::format("- {}: {}\n", InLine(NameOrDeploy(revision.start.diagnosis.key.revision)), line);
}

void ShowAttempts(const db::RevisionRecord& revision, const Moments& moments, std::string* out) {
  const auto& attempts = revision.start.attempts;
  if (attempts.size() < 2) return;
  *out += fmt::format(
      "### Attempts of {}\n\n| # | Started | First error | Ended | By | Lasted |\n|---|---|---|---|---|---|\n",
      InLine(NameOrDeploy(revision.start.diagnosis.key.revision)));
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const bool shown = i < kAttemptsAtEachEnd || i + kAttemptsAtEachEnd >= attempts.size();
    if (!shown) {
      if (i == kAttemptsAtEachEnd)
        *out += fmt::format("| … | {} more | | | | |\n", attempts.size() - 2 * kAttemptsAtEachEnd);
      continue;
    }
    const db::StoredAttempt& one = attempts[i];
    *out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", i + 1, OrDash(moments.Cell(one.started_at)),
                        OrDash(moments.Cell(FirstErrorOf(one))), OrDash(moments.Cell(one.ended_at)),
                        OrDash(EndOf(one)), OrDash(Between(one.started_at, one.ended_at)));
  }
  *out += '\n';
}

}  // namespace

std::string InLine(std::string_view text) {
  return core::EscapeMarkdown(core::Ellipsize(text, kLongestCell));
}

std::string Quoted(std::string_view text, std::string_view language) {
  return core::CodeBlock(core::Ellipsize(text, kLongest), language);
}

std::string Sentence(std::string_view text) {
  const bool ends = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
  return InLine(text) + (ends ? "" : ".");
}

std::string CauseSection(const db::IncidentRecord& record, const Moments& moments) {
  const std::vector<BorrowedCause> causes = CausesOf(record);
  if (causes.empty()) return {};
  std::string out = "## Root cause\n\n";
  if (causes.size() == 1) return out + OneCause(causes.front(), true, moments);
  out += fmt::format("There were {} causes, one after the other.\n\n", causes.size());
  for (std::size_t i = 0; i < causes.size() && i < kMostCauses; ++i) {
    const auto& category = causes[i].first->root_cause;
    out += fmt::format("### {}. {}\n\n", i + 1, category ? Capital(Title(*category)) : "Unknown");
    out += OneCause(causes[i], false, moments);
  }
  if (causes.size() > kMostCauses)
    out += fmt::format("{} more causes are left out here.\n\n", causes.size() - kMostCauses);
  return out;
}

std::string AttemptSection(const db::IncidentRecord& record, const Moments& moments) {
  std::string rows, durations, attempts;
  std::size_t shown = 0;
  for (const db::RevisionRecord& revision : record.failed) {
    // Refused deploys started nothing.
    if (revision.start.diagnosis.key.scope == analyzers::LogScope::kDeploy || ++shown > kMostRevisions)
      continue;
    rows += PhaseRow(revision, moments);
    durations += Durations(revision, record);
    ShowAttempts(revision, moments, &attempts);
  }
  if (rows.empty()) return {};
  std::string out = fmt::format(
      "## Attempts and phase times\n\n| Revision | Container starts | Started ({0}) | First error | End | Platform's verdict "
      "|\n|---|---|---|---|---|---|\n",
      moments.zone());
  out += rows + "\n";
  if (shown > kMostRevisions)
    out += fmt::format("{} more revisions are left out here.\n\n", shown - kMostRevisions);
  if (!durations.empty()) out += durations + "\n";
  return out + attempts;
}

}  // namespace neverready::reports
