#include "reports/postmortem.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/markdown.h"
#include "reports/postmortem_cause.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::State;
using incidents::Incident;
using incidents::TransitionKind;

constexpr std::size_t kFirstRows = 40, kLastRows = 20;  // of a long timeline
constexpr std::size_t kMostNamed = 5;                   // revisions in a sentence

class Draft {
 public:
  Draft(const db::IncidentRecord& record, const WayBack& way_back, const PostmortemOptions& options)
      : record_(record),
        incident_(record.incident),
        way_back_(way_back),
        options_(options),
        moments_(options.zone),
        newest_(NewestFailure(record)) {}

  std::string Write() && {
    Head();
    Summary();
    Impact();
    Timeline();
    Cause();
    out_ += AttemptSection(record_, moments_);
    Before();
    Elsewhere();
    Resolution();
    Gaps();
    Lessons();
    out_ += fmt::format(
        "---\n\nDrafted by neverready {} from its store; times are in {}. Secrets that could be told as such were hidden before "
        "the text was stored.\n",
        options_.version, moments_.zone());
    return std::move(out_);
  }

 private:
  void Add(std::string_view text) { out_ += text; }
  void Blank(std::string_view question) { out_ += fmt::format("{}{}\n\n", kBlank, question); }
  void Row(std::string_view name, const std::string& value) {
    if (!value.empty()) out_ += fmt::format("| **{}** | {} |\n", name, value);
  }
  std::string Service() const {
    return record_.service.name.empty() ? "the service" : InLine(record_.service.name);
  }
  bool IsDeploy() const {
    return newest_ != nullptr && newest_->start.diagnosis.key.scope == analyzers::LogScope::kDeploy;
  }
  std::size_t Failures() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        incident_.transitions, [](const auto& one) { return one.kind != TransitionKind::kRecovered; }));
  }

  // What the newest failure was, after the name of the service.
  std::string_view Failed() const {
    if (newest_ == nullptr) return "failed to start";
    if (IsDeploy()) return "could not be deployed";
    const Diagnosis& one = newest_->start.diagnosis;
    if (one.state == State::kCrashLooping) return "kept crashing";
    return one.ready_at ? "lost its readiness" : "failed to start";
  }

  // "revision a" or "revisions a, b and 3 more".
  std::string Revisions() const {
    std::vector<std::string> names;
    for (const db::RevisionRecord& one : record_.failed) {
      if (!one.start.diagnosis.key.revision.empty())
        names.push_back(InLine(one.start.diagnosis.key.revision));
    }
    if (names.empty()) return {};
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kMostNamed) text += fmt::format(" and {} more", names.size() - kMostNamed);
    return text;
  }

  std::string Cause(const std::optional<analyzers::Category>& category) const {
    if (category == analyzers::Category::kUnknown) return "not told by the log";
    return category ? fmt::format("{} ({})", Title(*category), core::EscapeMarkdown(Name(*category)))
                    : std::string("not told");
  }

  std::string Status() const {
    if (!incident_.open)
      return fmt::format("**Closed**: {} became ready at {}", InLine(NameOrDeploy(incident_.closed_by)),
                         moments_.Full(incident_.closed_at));
    return record_.as_of ? fmt::format("**Open** as of {}, the newest log entry that was read",
                                       moments_.Full(record_.as_of))
                         : std::string("**Open**");
  }

  void Head() {
    Add(fmt::format("# Post-mortem: {} {}", Service(), Failed()));
    if (incident_.root_cause)
      Add(fmt::format(" ({}{})", incident_.root_cause == analyzers::Category::kUnknown ? "cause " : "",
                      Title(*incident_.root_cause)));
    Add("\n\n| | |\n|---|---|\n");
    Row("Incident", std::to_string(record_.id));
    Row("Date", moments_.Date(incident_.opened_at));
    Row("Service", record_.service.name.empty() ? std::string() : Service());
    Row("Revision", Revisions());
    Row("Project and region", Place());
    Row("Environment", InLine(record_.service.environment));
    Row("Root cause", Cause(incident_.root_cause));
    Row("Status", Status());
    Row("Author, reviewers", "**To be filled in**");
    Add("\n");
  }

  std::string Place() const {
    const auto& [id, project, location, name, environment] = record_.service;
    return InLine(project + (project.empty() || location.empty() ? "" : ", ") + location);
  }

  void Summary() {
    Add("## Summary\n\n");
    std::string text = First();
    const std::size_t causes = CausesOf(record_).size();
    text += causes > 1 ? fmt::format(" {} causes followed one another; the last is the root cause: ", causes)
                       : std::string(" Root cause: ");
    text += Sentence(incident_.summary) + Cascade();
    if (newest_ != nullptr && !IsDeploy()) text += Went(newest_->start);
    if (record_.regression_of)
      text += fmt::format(
          " The cause that it opened with had been there before: it is a regression of incident {}.",
          *record_.regression_of);
    if (incident_.open) {
      text += " No revision of the service is known to have become ready since.";
    } else {
      text += fmt::format(" {} became ready at {}", InLine(NameOrDeploy(incident_.closed_by)),
                          moments_.Full(incident_.closed_at));
      const std::string after = Between(incident_.opened_at, incident_.closed_at);
      text += after.empty() ? "." : fmt::format(", {} after the incident opened.", after);
    }
    Add(text + "\n\n");
    Blank("What was deployed, by whom and what for? Which change brought the failure in?");
  }

  // " The cascade: import error, then validation failure."
  std::string Cascade() const {
    if (newest_ == nullptr || newest_->start.diagnosis.cascade.size() < 2) return {};
    std::string text;
    for (const auto& link : newest_->start.diagnosis.cascade)
      text += (text.empty() ? " The cascade: " : ", then ") + std::string(Title(link.category));
    return text + ".";
  }

  std::string First() const {
    const std::string date = moments_.Date(incident_.opened_at);
    const std::string on = date.empty() ? std::string() : "On " + date + ", ";
    const std::string of = fmt::format(
        "of the {} service {}",
        record_.service.environment == "unknown" ? "Cloud Run" : InLine(record_.service.environment),
        Service());
    if (IsDeploy() && record_.failed.size() == 1)
      return fmt::format("{}{} {} {} refused before there was a revision.", on,
                         Counted(Failures(), "deploy", "deploys"), of, Failures() == 1 ? "was" : "were");
    const std::size_t count = record_.failed.size();
    if (count != 1) return fmt::format("{}{} {} failed.", on, Counted(count, "revision", "revisions"), of);
    const Diagnosis& one = record_.failed.front().start.diagnosis;
    std::string_view what = "never became ready";
    if (one.state == State::kCrashLooping) {
      what = "was taken for ready while its containers kept dying";
    } else if (one.ready_at) {
      what = "was ready and lost it";
    }
    return fmt::format("{}revision {} {} {}.", on.empty() ? "The " : on, InLine(one.key.revision), of, what);
  }

  // The phases of one start as sentences.
  std::string Went(const db::StoredStart& start) const {
    const Phases phases = PhasesOf(start);
    std::vector<std::string> parts;
    if (phases.started) parts.push_back(fmt::format("was started at {}", moments_.Full(phases.started)));
    const auto add = [&](std::string_view what, const std::optional<core::Timestamp>& from,
                         const std::optional<core::Timestamp>& to, const std::string& how) {
      if (!to) return;
      const std::string later = Between(from, to);
      parts.push_back(
          fmt::format("{} {}{}", what, later.empty() ? "at " + moments_.Full(to) : later + " later", how));
    };
    add("wrote its first error", phases.started, phases.first_error, "");
    const auto before = phases.first_error ? phases.first_error : phases.started;
    add("ended", before, phases.ended, " (" + phases.ended_by + ")");
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
      text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    const Diagnosis& one = start.diagnosis;
    if (!text.empty())
      text = fmt::format(" {}{} {}.", one.attempts > 1 ? "The first container" : "The container",
                         record_.failed.size() > 1 ? " of " + InLine(one.key.revision) : "", text);
    if (one.attempts > 1) text += fmt::format(" {} container starts were seen.", one.attempts);
    if (phases.verdict) {
      text += fmt::format(" The platform's verdict came at {}", moments_.Full(phases.verdict));
      if (!one.platform->reason.empty()) text += fmt::format(" ({})", InLine(one.platform->reason));
      text += ".";
    }
    return text;
  }

  std::string FirstError() const {
    std::optional<core::Timestamp> first;
    for (const db::RevisionRecord& one : record_.failed) {
      const auto at = PhasesOf(one.start).first_error;
      if (at && (!first || *at < *first)) first = at;
    }
    return moments_.Cell(first);
  }

  void Impact() {
    Add("## Impact\n\n| | |\n|---|---|\n");
    Row(fmt::format("From ({})", moments_.zone()),
        incident_.opened_at ? moments_.Cell(incident_.opened_at) + ", the verdict that opened the incident"
                            : "not told");
    Row("First error", FirstError());
    if (incident_.open) {
      Row("Until", "open");
      if (record_.as_of != incident_.opened_at)
        Row("So far",
            Between(incident_.opened_at, record_.as_of) + ", up to the newest log entry that was read");
    } else {
      Row("Until", incident_.closed_at
                       ? fmt::format("{}, when {} was ready", moments_.Cell(incident_.closed_at),
                                     InLine(NameOrDeploy(incident_.closed_by)))
                       : "not told");
      Row("Duration", Between(incident_.opened_at, incident_.closed_at));
    }
    Row("Failed verdicts", std::to_string(Failures()));
    Row("Failed revisions",
        Revisions().empty() ? "none: the deploy was refused before there was one" : Revisions());
    Add("\n");
    Blank("Who was affected, what could they not do, and for how long? What did it cost?");
    Blank("Who noticed it, when and how: an alert, a colleague, a user?");
  }

  void Timeline() {
    const std::vector<CourseRow> rows = CourseOf(record_);
    if (rows.empty()) return;
    const bool several = record_.failed.size() > 1 || record_.closed_by;
    Add(fmt::format("## Timeline\n\n| Time ({}) | {}What happened | In the log |\n|---|{}---|---|\n",
                    moments_.zone(), several ? "Revision | " : "", several ? "---|" : ""));
    const bool cut = rows.size() > kFirstRows + kLastRows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (cut && i >= kFirstRows && i + kLastRows < rows.size()) {
        if (i == kFirstRows)
          Add(fmt::format("| … | {}{} more | |\n", several ? "| " : "",
                          rows.size() - kFirstRows - kLastRows));
        continue;
      }
      const CourseRow& row = rows[i];
      const std::string_view mark = row.of_incident ? "**" : "";
      Add(fmt::format("| {} | {}{}{}{} | {} |\n", row.at ? moments_.Cell(row.at) : "not told",
                      several ? InLine(NameOrDeploy(row.who)) + " | " : "", mark, row.what, mark,
                      InLine(row.text)));
    }
    Add("\n");
    Blank("What did people do in this time, and when: noticed, decided, tried, rolled back?");
  }

  void Cause() {
    Add(CauseSection(record_, moments_));
    Blank("Why was it so? Ask \"why\" of each answer until there is something that can be changed.");
    Blank("Why was it not caught earlier: by a test, the build, a review, another environment?");
  }

  void Before() {
    if (record_.earlier.empty()) return;
    Add("## The same cause before\n\n");
    Add("| Incident | Opened | By | Root cause | What followed |\n|---|---|---|---|---|\n");
    for (const db::IncidentLine& one : record_.earlier) {
      std::string after = "not closed";
      if (!one.open) {
        const std::string time = Between(one.opened_at, one.closed_at);
        after = fmt::format("{} became ready{}", InLine(NameOrDeploy(one.closed_by)),
                            time.empty() ? "" : " after " + time);
      }
      Add(fmt::format("| {} | {} | {} | {} | {} |\n", one.id, moments_.Cell(one.opened_at),
                      InLine(NameOrDeploy(one.opened_by)), InLine(one.summary), after));
    }
    Add("\n");
    Blank("What was done then, and why did it not last?");
  }

  void Elsewhere() {
    if (record_.elsewhere.empty()) return;
    Add("## Other services at the same time\n\n");
    Add(fmt::format("Failures of the same kind within {} minutes:\n\n", db::kNearlyTheSameTime.count()));
    Add("| Time | Service | Revision | Root cause | Same cause |\n|---|---|---|---|---|\n");
    for (const db::FailureElsewhere& one : record_.elsewhere) {
      Add(fmt::format("| {} | {} | {} | {} | {} |\n", moments_.Cell(one.at),
                      InLine(one.service.project.empty() ? one.service.name
                                                         : one.service.project + "/" + one.service.name),
                      InLine(NameOrDeploy(one.revision)), InLine(one.summary),
                      one.same_cause ? "yes" : "same category"));
    }
    Add("\n");
    Blank("Have they one cause in common?");
  }

  void Resolution() {
    Add("## Resolution\n\n");
    if (incident_.open) {
      Blank("What was done, or is to be done, to end it?");
    } else {
      const std::string closer = InLine(NameOrDeploy(incident_.closed_by));
      Add(fmt::format("{} became ready at {}.\n\n", closer, moments_.Full(incident_.closed_at)));
      Blank(fmt::format("What was tried, in which order, and with what result? What is different in {}?",
                        closer));
    }
    if (way_back_.revision.empty()) return;
    Add(fmt::format("### Rollback\n\nBefore the incident {} was the newest revision that was ready",
                    InLine(way_back_.revision)));
    Add(way_back_.ready_at ? fmt::format(", since {}.\n\n", moments_.Full(way_back_.ready_at)) : ".\n\n");
    if (!way_back_.command.empty()) Add(core::CodeBlock(way_back_.command, "sh") + "\n");
    Blank("Was traffic sent back to it? When, and if not, why?");
  }

  void Gaps() {
    const std::vector<std::string> gaps = GapsOf(record_, way_back_, moments_);
    if (gaps.empty()) return;
    Add("## What is not known\n\n");
    for (const std::string& gap : gaps) Add("- " + core::EscapeMarkdown(gap) + "\n");
    Add("\n");
  }

  void Lessons() {
    Add("## Lessons\n\n");
    Blank("What went well, what went badly, and where was luck?");
    Add("## Actions\n\n| Action | Prevents, detects or mitigates | Owner | Due |\n|---|---|---|---|\n");
    Add("| **To be filled in** | | | |\n\n");
  }

  const db::IncidentRecord& record_;
  const Incident& incident_;
  const WayBack& way_back_;
  const PostmortemOptions& options_;
  Moments moments_;
  const db::RevisionRecord* newest_;
  std::string out_;
};

}  // namespace

std::string ToPostmortem(const db::IncidentRecord& record, const WayBack& way_back,
                         const PostmortemOptions& options) {
  return Draft(record, way_back, options).Write();
}

}  // namespace neverready::reports
