// neverready analyze [FILE…]
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "cli/analysis.h"
#include "cli/command.h"
#include "cli/github_step.h"
#include "cli/recorder.h"
#include "cli/time_argument.h"
#include "core/text.h"
#include "ingest/reader.h"
#include "reports/github.h"
#include "reports/json.h"
#include "reports/markdown.h"
#include "reports/terminal.h"

namespace neverready::cli {
namespace {

using analyzers::Diagnosis;
using analyzers::State;
using core::ErrorCode;
using core::Fail;
using core::Result;

void ReportInput(const ingest::ReadSummary& summary, const AnalyzeOptions& options, Io& io) {
  if (options.common.quiet) return;
  for (const std::string& warning : summary.warnings) PrintWarning(warning, io);
  for (const ingest::Malformed& bad : summary.described)
    PrintWarning(bad.file + ":" + std::to_string(bad.line) + ": skipped, " + bad.reason, io);
  const std::uint64_t told = summary.described.size() + summary.told_in_warnings;
  const std::uint64_t more = summary.malformed - std::min<std::uint64_t>(summary.malformed, told);
  if (more > 0) {
    PrintWarning(
        std::to_string(more) +
            (more == 1 ? " more malformed line was skipped (" : " more malformed lines were skipped (") +
            std::to_string(summary.malformed) + " in all)",
        io);
  }
}

// Nothing to diagnose is said loudly: it is never "healthy".
int ReportNothing(const analyzers::Totals& totals, const ingest::ReadSummary& summary, Io& io) {
  core::Error error{ErrorCode::kNotFound, {}, {}};
  if (summary.entries == 0) {
    error.message = "there is no log entry in the input" +
                    (summary.malformed > 0 ? " (" + std::to_string(summary.malformed) +
                                                 (summary.malformed == 1 ? " malformed line was skipped)"
                                                                         : " malformed lines were skipped)")
                                           : std::string());
    error.hint =
        "gcloud logging read 'resource.type=\"cloud_run_revision\"' --format=json --freshness=1d > log.json";
  } else {
    error.message = "none of the " + std::to_string(totals.entries) +
                    " log entries says anything of a Cloud Run revision";
    if (totals.foreign > 0)
      error.message += ": " + std::to_string(totals.foreign) + " belong to other resources";
    if (totals.without_text > 0)
      error.message +=
          (totals.foreign > 0 ? ", " : ": ") + std::to_string(totals.without_text) + " have no text";
    error.hint = "filter by resource.type=\"cloud_run_revision\"";
  }
  return PrintError(error, io);
}

Result<Window> ParseWindow(const AnalyzeOptions& options, std::optional<core::Timestamp> as_of) {
  Window window;
  for (const bool since : {true, false}) {
    const std::string& text = since ? options.since : options.until;
    if (text.empty()) continue;
    auto time = ParseTimeArgument(text, as_of);
    if (!time) return core::Within(since ? "--since" : "--until", time.error());
    (since ? window.since : window.until) = *time;
  }
  return window;
}

int ExitCode(const std::vector<Answer>& answers) {
  const auto any = [&](State state) {
    return std::ranges::any_of(answers, [&](const Answer& one) { return one.order.state == state; });
  };
  if (any(State::kFailed) || any(State::kCrashLooping)) return kExitFailed;
  if (any(State::kInconclusive) || any(State::kPending) || answers.empty()) return kExitUnanswered;
  return kExitReady;
}

std::string Render(const AnalyzeOptions& options, const reports::InputSummary& input,
                   const std::vector<Diagnosis>& diagnoses, const Io& io) {
  if (options.format == "markdown") return reports::ToMarkdown(input, diagnoses);
  if (options.format == "github") return reports::ToGithub(diagnoses, {IsFileHere});
  return reports::ToText(input, diagnoses,
                         {UseColor(options.common, io), io.width, options.common.verbose > 0});
}

core::Status Print(const AnalyzeOptions& options, const analyzers::RuleSet& rules,
                   const reports::InputSummary& input, const Analysis& analysis, std::vector<Answer> answers,
                   Io& io) {
  const auto put = [&](std::string text) { io.out << SafeOnGithub(std::move(text), options.format, io); };
  const bool json = options.format == "json";
  if (json || options.format == "ndjson") {
    if (json) io.out << reports::JsonOpening({NEVERREADY_VERSION, HashOf(rules)}, input);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      core::Result<std::string> text = analysis.TextOf(answers[i]);
      if (!text) return tl::unexpected(std::move(text.error()));
      if (json) io.out << (i == 0 ? "\n" : ",\n");
      put(*std::move(text));
    }
    if (json) io.out << reports::JsonClosing(answers.empty());
    return {};
  }
  std::vector<Diagnosis> diagnoses;
  diagnoses.reserve(answers.size());
  for (Answer& answer : answers) diagnoses.push_back(std::move(*answer.diagnosis));
  put(Render(options, input, diagnoses, io));
  if (options.format == "github") AppendStepSummary(input, diagnoses, io);
  return {};
}

Result<std::unique_ptr<Recorder>> OpenRecorder(const AnalyzeOptions& options, const analyzers::RuleSet& rules,
                                               Io& io) {
  RecorderOptions how;
  how.rules_hash = HashOf(rules);
  how.redact_emails = options.redact_emails;
  how.now = io.now ? io.now() : core::Timestamp();
  return Recorder::Open(options.db, rules, how);
}

void ReportRecorded(const AnalyzeOptions& options, const Recorded& recorded, Io& io) {
  if (options.common.quiet) return;
  if (recorded.nameless > 0)
    PrintWarning("a log that names no revision cannot be stored: nobody could ask for it again", io);
  io.err << "neverready: stored in " << core::SafeForTerminal(options.db) << ": " << recorded.added
         << " new, " << recorded.changed << " changed, " << recorded.unchanged << " known already\n";
}

}  // namespace

int RunAnalyze(const AnalyzeOptions& options, Io& io) {
  auto rules = LoadRules(options.rules);
  if (!rules) return PrintError(rules.error(), io);
  auto files = ingest::FindFiles(options.files);
  if (!files) return PrintError(files.error(), io);
  std::unique_ptr<Recorder> recorder;
  if (!options.db.empty()) {
    auto opened = OpenRecorder(options, **rules, io);
    if (!opened) return PrintError(opened.error(), io);
    recorder = *std::move(opened);
  }
  Analysis analysis(options, **rules, recorder.get());
  const auto summary = analysis.Read(*files, io);
  if (!summary) return PrintError(summary.error(), io);
  ReportInput(*summary, options, io);
  const analyzers::Totals totals = analysis.totals();
  const auto window = ParseWindow(options, totals.last);
  if (!window) return PrintError(window.error(), io);
  const bool empty = analysis.revisions() == 0;
  auto diagnosed = analysis.Diagnose(*window);
  if (!diagnosed) return PrintError(diagnosed.error(), io);
  std::vector<Answer> answers = *std::move(diagnosed);
  if (analysis.lost() > 0 && !options.common.quiet)
    PrintWarning("the input changed while it was read: " + std::to_string(analysis.lost()) +
                     " of its entries are gone",
                 io);
  const reports::InputSummary input{summary->bytes,
                                    totals.entries,
                                    summary->malformed + analysis.lost(),
                                    totals.foreign + totals.without_text,
                                    totals.first,
                                    totals.last};
  const int code = ExitCode(answers);
  const bool none = answers.empty();
  if (const core::Status printed = Print(options, **rules, input, analysis, std::move(answers), io); !printed)
    return PrintError(printed.error(), io);
  if (recorder) {
    const auto recorded = recorder->Finish();
    if (!recorded) return PrintError(recorded.error(), io);
    ReportRecorded(options, *recorded, io);
  }
  if (empty) return ReportNothing(totals, *summary, io);
  if (options.strict && summary->malformed > 0) {
    return PrintError(
        {ErrorCode::kInvalidArgument,
         std::to_string(summary->malformed) + (summary->malformed == 1 ? " line of the input is malformed"
                                                                       : " lines of the input are malformed"),
         "leave out --strict to diagnose the rest"},
        io);
  }
  if (none)
    return PrintError({ErrorCode::kNotFound, "no revision in the input matches the filters",
                       "leave out --service, --revision, --state, --since or --until"},
                      io);
  return code;
}

}  // namespace neverready::cli
