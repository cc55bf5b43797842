// neverready analyze [FILE…]
#include <algorithm>
#include <chrono>
#include <optional>

#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/time_argument.h"
#include "core/text.h"
#include "ingest/reader.h"
#include "reports/json.h"
#include "reports/terminal.h"

namespace neverready::cli {
namespace {

using analyzers::Diagnosis;
using analyzers::State;
using core::ErrorCode;
using core::Fail;
using core::Result;

ingest::InputFormat FormatOf(const std::string& name) {
  if (name == "ndjson") return ingest::InputFormat::kNdjson;
  if (name == "json") return ingest::InputFormat::kJsonArray;
  if (name == "yaml") return ingest::InputFormat::kYaml;
  if (name == "csv") return ingest::InputFormat::kCsv;
  if (name == "text") return ingest::InputFormat::kText;
  return ingest::InputFormat::kAuto;
}

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

// For people who watch: not for pipes, nor for terminals that cannot go back to the beginning of a line.
bool ShowsProgress(const CommonOptions& options, const Io& io) {
  if (options.quiet || !io.err_is_terminal || !io.clock) return false;
  const char* terminal = io.environment ? io.environment("TERM") : nullptr;
  return terminal != nullptr && std::string_view(terminal) != "dumb" && *terminal != '\0';
}

// Nothing to diagnose is said loudly: it is never "healthy".
int ReportNothing(const analyzers::Collected& collected, const ingest::ReadSummary& summary, Io& io) {
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
    error.message = "none of the " + std::to_string(collected.entries) +
                    " log entries says anything of a Cloud Run revision";
    if (collected.foreign > 0)
      error.message += ": " + std::to_string(collected.foreign) + " belong to other resources";
    if (collected.without_text > 0)
      error.message +=
          (collected.foreign > 0 ? ", " : ": ") + std::to_string(collected.without_text) + " have no text";
    error.hint = "filter by resource.type=\"cloud_run_revision\"";
  }
  return PrintError(error, io);
}

struct Window {
  std::optional<core::Timestamp> since, until;
};

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

// The revisions that the user asks about, with at least one entry in the window.
void Filter(const AnalyzeOptions& options, const Window& window, std::vector<analyzers::RevisionLog>* logs) {
  std::erase_if(*logs, [&](const analyzers::RevisionLog& log) {
    if (!options.service.empty() && log.key.service != options.service) return true;
    if (!options.revision.empty() && log.key.revision != options.revision) return true;
    if (window.since && log.last && *log.last < *window.since) return true;
    return window.until && log.first && *log.first > *window.until;
  });
}

int ExitCode(const std::vector<Diagnosis>& diagnoses) {
  const auto any = [&](State state) {
    return std::ranges::any_of(diagnoses, [&](const Diagnosis& one) { return one.state == state; });
  };
  if (any(State::kFailed) || any(State::kCrashLooping)) return kExitFailed;
  if (any(State::kInconclusive) || any(State::kPending) || diagnoses.empty()) return kExitUnanswered;
  return kExitReady;
}

void Print(const AnalyzeOptions& options, const analyzers::RuleSet& rules, const reports::InputSummary& input,
           const std::vector<Diagnosis>& diagnoses, Io& io) {
  if (options.format == "json") {
    io.out << reports::ToJson({NEVERREADY_VERSION, HashOf(rules)}, input, diagnoses);
  } else if (options.format == "ndjson") {
    for (const Diagnosis& diagnosis : diagnoses) io.out << reports::ToJsonLine(diagnosis) << '\n';
  } else {
    io.out << reports::ToText(input, diagnoses,
                              {UseColor(options.common, io), io.width, options.common.verbose > 0});
  }
}

}  // namespace

int RunAnalyze(const AnalyzeOptions& options, Io& io) {
  auto rules = LoadRules(options.rules);
  if (!rules) return PrintError(rules.error(), io);
  auto files = ingest::FindFiles(options.files);
  if (!files) return PrintError(files.error(), io);
  analyzers::Collector collector;
  ingest::ReadOptions read_options;
  read_options.format = FormatOf(options.input_format);
  std::optional<ProgressLine> progress;
  if (ShowsProgress(options.common, io)) {
    progress.emplace(&io.err, io.err_width, io.clock);
    read_options.progress = [&](const ingest::Progress& how_far) { progress->Update(how_far); };
  }
  auto summary = ingest::ReadFiles(*files, io.in, read_options,
                                   [&](const ingest::LogEntry& entry) { collector.Add(entry); });
  if (progress) progress->Erase();
  if (!summary) return PrintError(summary.error(), io);
  ReportInput(*summary, options, io);
  analyzers::Collected collected = collector.Finish();
  const reports::InputSummary input{summary->bytes,     collected.entries,
                                    summary->malformed, collected.foreign + collected.without_text,
                                    collected.first,    collected.last};
  const auto window = ParseWindow(options, collected.last);
  if (!window) return PrintError(window.error(), io);
  const bool empty = collected.revisions.empty();
  Filter(options, *window, &collected.revisions);
  std::vector<Diagnosis> diagnoses;
  for (const analyzers::RevisionLog& log : collected.revisions)
    diagnoses.push_back(Diagnose(**rules, log, {collected.last, std::nullopt}));
  SortDiagnoses(&diagnoses);
  if (!options.state.empty()) {
    std::erase_if(diagnoses, [&](const Diagnosis& one) { return Name(one.state) != options.state; });
  }
  Print(options, **rules, input, diagnoses, io);
  if (empty) return ReportNothing(collected, *summary, io);
  if (options.strict && summary->malformed > 0) {
    return PrintError(
        {ErrorCode::kInvalidArgument,
         std::to_string(summary->malformed) + (summary->malformed == 1 ? " line of the input is malformed"
                                                                       : " lines of the input are malformed"),
         "leave out --strict to diagnose the rest"},
        io);
  }
  if (diagnoses.empty())
    return PrintError({ErrorCode::kNotFound, "no revision in the input matches the filters",
                       "leave out --service, --revision, --state, --since or --until"},
                      io);
  return ExitCode(diagnoses);
}

}  // namespace neverready::cli
