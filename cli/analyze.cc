// neverready analyze [FILE…]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "cli/command.h"
#include "cli/github_step.h"
#include "cli/progress.h"
#include "cli/time_argument.h"
#include "core/parallel.h"
#include "core/text.h"
#include "ingest/archive.h"
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

// Whether the user asks about the revision.
bool IsWanted(const AnalyzeOptions& options, const analyzers::RevisionKey& key) {
  if (!options.service.empty() && key.service != options.service) return false;
  return options.revision.empty() || key.revision == options.revision;
}

bool HasEntryIn(const Window& window, const analyzers::RevisionLog& log) {
  if (window.since && log.last && *log.last < *window.since) return false;
  return !window.until || !log.first || *log.first <= *window.until;
}

// A diagnosis, or what is printed of it: of many revisions only the text is kept.
struct Answer {
  analyzers::DiagnosisOrder order;
  std::size_t index = 0;  // among the revisions
  std::string text;
  Diagnosis diagnosis;
};

class Analysis {
 public:
  Analysis(const AnalyzeOptions& options, const analyzers::RuleSet& rules)
      : options_(options), rules_(rules) {}

  // Reads everything; as many threads as the options say.
  core::Result<ingest::ReadSummary> Read(const std::vector<std::string>& files, Io& io) {
    std::vector<analyzers::Collector> collectors(options_.threads);
    std::vector<ingest::Visitor> visitors;
    for (analyzers::Collector& collector : collectors) {
      visitors.push_back({[&collector](const ingest::LogEntry& entry) { collector.Add(entry); },
                          [&collector](const ingest::BorrowedGlimpse& glimpse) { collector.Note(glimpse); }});
    }
    ingest::ReadOptions read_options;
    read_options.format = FormatOf(options_.input_format);
    std::optional<ProgressLine> progress;
    if (ShowsProgress(options_.common, io)) {
      progress.emplace(&io.err, io.err_width, io.clock);
      read_options.progress = [&](const ingest::Progress& how_far) { progress->Update(how_far); };
    }
    archive_ = std::make_unique<ingest::Archive>(read_options.spool_bytes);
    auto summary = ingest::ReadFiles(files, io.in, read_options, visitors, archive_.get());
    if (progress) progress->Erase();
    for (std::size_t i = 1; i < collectors.size(); ++i) collectors.front().Absorb(std::move(collectors[i]));
    gathered_.emplace(collectors.front().Gather());
    return summary;
  }

  const analyzers::Totals& totals() const { return gathered_->totals(); }
  std::size_t revisions() const { return gathered_->size(); }

  // The answers in order; once.
  std::vector<Answer> Diagnose(const Window& window) {
    std::vector<std::vector<Answer>> answers(options_.threads);
    core::ForEachIndex(gathered_->size(), options_.threads, [&](std::size_t index, std::size_t worker) {
      DiagnoseOne(index, window, &answers[worker]);
    });
    std::vector<Answer> all;
    for (std::vector<Answer>& some : answers)
      all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    std::ranges::sort(all, [](const Answer& a, const Answer& b) {
      return std::tie(a.order, a.index) < std::tie(b.order, b.index);
    });
    return all;
  }

  // Entries that were noted and could not be read again: the file was changed meanwhile.
  std::size_t lost() const { return lost_; }

 private:
  void DiagnoseOne(std::size_t index, const Window& window, std::vector<Answer>* answers) {
    const bool file = gathered_->key(index).scope == analyzers::LogScope::kFile;
    if (!file && !IsWanted(options_, gathered_->key(index))) return;
    const analyzers::RevisionLog log =
        gathered_->MakeLog(index, [this](std::vector<ingest::Spot> spots, const auto& take) {
          lost_ += archive_->Load(std::move(spots), take);
        });
    if (!IsWanted(options_, log.key) || !HasEntryIn(window, log)) return;
    if (gathered_->size() == 1) Prepare(log);
    Diagnosis diagnosis = analyzers::Diagnose(
        rules_, log, {totals().last, std::nullopt, !options_.no_redact, options_.redact_emails});
    if (!options_.state.empty() && Name(diagnosis.state) != options_.state) return;
    Answer& answer = answers->emplace_back();
    answer.order = OrderOf(diagnosis);
    answer.index = index;
    if (options_.format == "json") {
      answer.text = reports::ToJsonElement(diagnosis);
    } else if (options_.format == "ndjson") {
      answer.text = reports::ToJsonLine(diagnosis) + "\n";
    } else {
      answer.diagnosis = std::move(diagnosis);
    }
  }

  // Of one revision only a part of the work can be shared.
  void Prepare(const analyzers::RevisionLog& log) const {
    constexpr std::size_t kMostLines = 2'000;
    if (options_.threads < 2 || log.lines.size() > kMostLines) return;
    std::vector<std::string_view> lines;
    for (const analyzers::Line& line : log.lines) lines.push_back(line.text);
    rules_.Prepare(lines, options_.threads);
  }

  const AnalyzeOptions& options_;
  const analyzers::RuleSet& rules_;
  std::unique_ptr<ingest::Archive> archive_;
  std::optional<analyzers::Gathered> gathered_;
  std::atomic<std::size_t> lost_{0};
};

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

void Print(const AnalyzeOptions& options, const analyzers::RuleSet& rules, const reports::InputSummary& input,
           std::vector<Answer> answers, Io& io) {
  const auto put = [&](std::string text) { io.out << SafeOnGithub(std::move(text), options.format, io); };
  if (options.format == "json") {
    io.out << reports::JsonOpening({NEVERREADY_VERSION, HashOf(rules)}, input);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      io.out << (i == 0 ? "\n" : ",\n");
      put(std::move(answers[i].text));
    }
    io.out << reports::JsonClosing(answers.empty());
  } else if (options.format == "ndjson") {
    for (Answer& answer : answers) put(std::move(answer.text));
  } else {
    std::vector<Diagnosis> diagnoses;
    for (Answer& answer : answers) diagnoses.push_back(std::move(answer.diagnosis));
    put(Render(options, input, diagnoses, io));
    if (options.format == "github") AppendStepSummary(input, diagnoses, io);
  }
}

}  // namespace

int RunAnalyze(const AnalyzeOptions& options, Io& io) {
  auto rules = LoadRules(options.rules);
  if (!rules) return PrintError(rules.error(), io);
  auto files = ingest::FindFiles(options.files);
  if (!files) return PrintError(files.error(), io);
  Analysis analysis(options, **rules);
  const auto summary = analysis.Read(*files, io);
  if (!summary) return PrintError(summary.error(), io);
  ReportInput(*summary, options, io);
  const analyzers::Totals totals = analysis.totals();
  const auto window = ParseWindow(options, totals.last);
  if (!window) return PrintError(window.error(), io);
  const bool empty = analysis.revisions() == 0;
  std::vector<Answer> answers = analysis.Diagnose(*window);
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
  Print(options, **rules, input, std::move(answers), io);
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
