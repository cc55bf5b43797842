#include "reports/incident_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/markdown.h"
#include "core/text.h"
#include "reports/markdown.h"
#include "reports/postmortem_cause.h"
#include "reports/screen.h"
#include "reports/situation.h"
#include "reports/words.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using incidents::Incident;
using incidents::Transition;

constexpr std::size_t kTransitionsAtEachEnd = 6, kMostVerdicts = 8;
const Moments kMoments(core::Zone::kUtc);

std::string TitleOf(const db::IncidentRecord& record) {
  const Incident& incident = record.incident;
  std::string title = fmt::format("Incident {}, {}: {}", record.id, incident.open ? "open" : "closed",
                                  record.service.name.empty() ? "a service" : record.service.name);
  if (incident.root_cause) title += fmt::format(", {}", Title(*incident.root_cause));
  return title;
}

std::string WhereOf(const db::StoredService& service) {
  std::string where;
  for (const std::string* part : {&service.location, &service.project, &service.environment})
    if (!part->empty()) where += (where.empty() ? "" : " · ") + *part;
  return where;
}

std::string OrNotTold(std::string time) { return time.empty() ? "at a time that is not told" : time; }

std::string Opened(const db::IncidentRecord& record) {
  std::string text =
      OrNotTold(kMoments.Full(record.incident.opened_at)) + " by " + NameOrDeploy(record.incident.opened_by);
  if (record.regression_of) text += fmt::format("; regression of incident {}", *record.regression_of);
  return text;
}

std::string Closed(const db::IncidentRecord& record) {
  const Incident& incident = record.incident;
  if (incident.open)
    return record.as_of ? "not yet, as of " + kMoments.Full(record.as_of) : std::string("not yet");
  const std::string after = Between(incident.opened_at, incident.closed_at);
  return OrNotTold(kMoments.Full(incident.closed_at)) + " by " + NameOrDeploy(incident.closed_by) +
         (after.empty() ? "" : ", after " + after);
}

// "2025-09-08 04:02:24.597  incident opened  api-00001-abc: summary"
std::string LineOf(const Transition& one) {
  const std::string time = kMoments.Cell(one.at);
  return fmt::format("{} {}, {}{}", time.empty() ? "(no time)" : time, NameOrDeploy(one.revision),
                     Words(one.kind), one.summary.empty() ? "" : ": " + one.summary);
}

// At most so many of the lines, from both ends.
std::vector<std::string> Ends(const std::vector<std::string>& lines, std::size_t each) {
  if (lines.size() <= 2 * each + 1) return lines;
  const auto count = static_cast<std::ptrdiff_t>(each);
  std::vector<std::string> some(lines.begin(), lines.begin() + count);
  some.push_back(fmt::format("… {} more", lines.size() - 2 * each));
  some.insert(some.end(), lines.end() - count, lines.end());
  return some;
}

std::vector<std::string> TransitionLines(const db::IncidentRecord& record) {
  std::vector<std::string> lines;
  for (const Transition& one : record.incident.transitions) lines.push_back(LineOf(one));
  return Ends(lines, kTransitionsAtEachEnd);
}

std::string VerdictOf(analyzers::State state, const std::optional<analyzers::Category>& cause,
                      double confidence) {
  return std::string(Name(state)) +
         (cause ? fmt::format(", {}, confidence {:.2f}", Name(*cause), confidence) : std::string());
}

// What is said today of each revision of an incident.
std::vector<std::string> VerdictLines(const db::IncidentRecord& record) {
  std::vector<std::string> lines;
  const auto add = [&](const db::RevisionRecord& revision) {
    const Diagnosis& one = revision.start.diagnosis;
    const std::size_t earlier = revision.verdicts.empty() ? 0 : revision.verdicts.size() - 1;
    lines.push_back(
        NameOrDeploy(one.key.revision) + ": " + VerdictOf(one.state, one.root_cause, one.confidence) +
        (earlier == 0 ? "" : fmt::format(" ({})", Counted(earlier, "earlier verdict", "earlier verdicts"))));
  };
  for (const db::RevisionRecord& one : record.failed) add(one);
  if (record.closed_by) add(*record.closed_by);
  return Ends(lines, kMostVerdicts / 2);
}

std::vector<std::string> EarlierLines(const db::IncidentRecord& record) {
  std::vector<std::string> lines;
  for (const db::IncidentLine& one : record.earlier) {
    const std::string after = Between(one.opened_at, one.closed_at);
    lines.push_back(fmt::format("incident {}, {}, {}{}", one.id, OrNotTold(kMoments.Full(one.opened_at)),
                                one.open ? "not closed" : "closed by " + NameOrDeploy(one.closed_by),
                                after.empty() ? "" : " after " + after));
  }
  return lines;
}

std::vector<std::string> ElsewhereLines(const db::IncidentRecord& record) {
  std::vector<std::string> lines;
  for (const db::FailureElsewhere& one : record.elsewhere)
    lines.push_back(fmt::format("{} {} {}: {}", kMoments.Cell(one.at), one.service.name,
                                NameOrDeploy(one.revision), one.summary));
  return Ends(lines, 3);
}

// How the verdict on one revision came about; nothing where it was said once.
std::vector<std::string> HistoryLines(const db::RevisionRecord& record) {
  std::vector<std::string> lines;
  for (const db::StoredVerdict& one : record.verdicts)
    lines.push_back(fmt::format("{} {}: {}", kMoments.Cell(one.recorded_at), one.why,
                                VerdictOf(one.state, one.root_cause, one.confidence)));
  return lines.size() < 2 ? std::vector<std::string>() : Ends(lines, kMostVerdicts / 2);
}

std::vector<std::string> IncidentLines(const db::RevisionRecord& record) {
  std::vector<std::string> lines;
  std::string ids;
  for (const std::int64_t id : record.failed_in) ids += (ids.empty() ? "" : ", ") + std::to_string(id);
  if (!ids.empty()) lines.push_back("failed in incident " + ids);
  if (record.closed) lines.push_back(fmt::format("closed incident {}", *record.closed));
  return lines;
}

// Label and lines of what stands below the diagnosis, for both forms.
struct Part {
  std::string_view label;
  std::vector<std::string> lines;
};

std::vector<Part> PartsOf(const db::IncidentRecord& record, const WayBack& way_back) {
  return {{"Opened", {Opened(record)}},
          {"Closed", {Closed(record)}},
          {"Course", TransitionLines(record)},
          {"Verdicts", VerdictLines(record)},
          {"Before", EarlierLines(record)},
          {"Elsewhere", ElsewhereLines(record)},
          {"Not known", Ends(GapsOf(record, way_back, kMoments), 4)}};
}

std::vector<Part> PartsOf(const db::SituationRecord& record, const WayBack& newest_ready) {
  return {{"Serves", {Serving(record, newest_ready, kMoments)}},
          {"Changed", {ToSentence(SituationOf(record), record, kMoments)}},
          {"Incident", IncidentLines(record.revision)}};
}

std::vector<Part> PartsOf(const db::RevisionRecord& record) {
  return {{"Incident", IncidentLines(record)}, {"Verdicts", HistoryLines(record)}};
}

void Show(const std::vector<Part>& parts, Screen* screen) {
  for (const Part& part : parts) {
    std::string_view label = part.label;
    for (const std::string& line : part.lines) {
      screen->Field(label, line, nullptr, 3);
      label = {};
    }
  }
}

void ShowCommand(const WayBack& way_back, Screen* screen) {
  if (!way_back.command.empty())
    screen->Row("Rollback", screen->Paint("$ " + core::SafeForTerminal(way_back.command), "36"));
}

std::string Bullets(const std::vector<Part>& parts) {
  std::string out;
  for (const Part& part : parts) {
    if (part.lines.empty()) continue;
    if (part.lines.size() == 1) {
      out += fmt::format("**{}:** {}\n\n", part.label, core::EscapeMarkdown(part.lines.front()));
      continue;
    }
    out += fmt::format("**{}:**\n\n", part.label);
    for (const std::string& line : part.lines) out += "- " + InLine(line) + "\n";
    out += '\n';
  }
  return out;
}

std::string CommandBlock(const WayBack& way_back) {
  return way_back.command.empty() ? std::string()
                                  : "**Rollback:**\n\n" + core::CodeBlock(way_back.command, "sh") + "\n";
}

std::string Trimmed(std::string text) {
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace

std::string ToText(const db::IncidentRecord& record, const WayBack& way_back,
                   const TerminalOptions& options) {
  Screen screen(options.color, options.width);
  const std::string title = (record.incident.open ? "✗ " : "✓ ") + core::SafeForTerminal(TitleOf(record));
  screen.Line(screen.Paint(title, record.incident.open ? "1;31" : "1;32"));
  if (const std::string where = core::SafeForTerminal(WhereOf(record.service)); !where.empty())
    screen.Line("  " + screen.Dim(where));
  screen.Line();
  screen.Field("Cause", record.incident.summary, "1");
  Show(PartsOf(record, way_back), &screen);
  if (record.incident.open) ShowCommand(way_back, &screen);
  return std::move(screen).Take();
}

std::string ToText(const db::RevisionRecord& record, const TerminalOptions& options) {
  Screen screen(options.color, options.width);
  Show(PartsOf(record), &screen);
  return ToText(InputSummary{}, {record.start.diagnosis}, options) + std::move(screen).Take();
}

std::string ToText(const db::SituationRecord& record, const WayBack& newest_ready,
                   const TerminalOptions& options) {
  Screen screen(options.color, options.width);
  Show(PartsOf(record, newest_ready), &screen);
  if (NeedsWayBack(record, newest_ready)) ShowCommand(newest_ready, &screen);
  return ToText(InputSummary{}, {record.revision.start.diagnosis}, options) + std::move(screen).Take();
}

std::string ToMarkdown(const db::IncidentRecord& record, const WayBack& way_back) {
  std::string out = fmt::format("## {} {}\n\n", record.incident.open ? "✗" : "✓", InLine(TitleOf(record)));
  if (const std::string where = WhereOf(record.service); !where.empty()) out += InLine(where) + "\n\n";
  out += fmt::format("**Root cause:** {}\n\n", InLine(record.incident.summary));
  out += Bullets(PartsOf(record, way_back));
  if (record.incident.open) out += CommandBlock(way_back);
  return Trimmed(std::move(out));
}

std::string ToMarkdown(const db::RevisionRecord& record) {
  return Trimmed(ToMarkdownSection(record.start.diagnosis) + Bullets(PartsOf(record)));
}

std::string ToMarkdown(const db::SituationRecord& record, const WayBack& newest_ready) {
  std::string out =
      ToMarkdownSection(record.revision.start.diagnosis) + Bullets(PartsOf(record, newest_ready));
  if (NeedsWayBack(record, newest_ready)) out += CommandBlock(newest_ready);
  return Trimmed(std::move(out));
}

}  // namespace neverready::reports
