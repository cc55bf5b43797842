#include "cli/analysis.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "cli/progress.h"
#include "core/parallel.h"
#include "reports/json.h"

namespace neverready::cli {
namespace {

using analyzers::Diagnosis;

constexpr std::size_t kMany = 1'000;  // revisions

ingest::InputFormat FormatOf(const std::string& name) {
  if (name == "ndjson") return ingest::InputFormat::kNdjson;
  if (name == "json") return ingest::InputFormat::kJsonArray;
  if (name == "yaml") return ingest::InputFormat::kYaml;
  if (name == "csv") return ingest::InputFormat::kCsv;
  if (name == "text") return ingest::InputFormat::kText;
  return ingest::InputFormat::kAuto;
}

// For people who watch: not for pipes, nor for terminals that cannot go back to the beginning of a line.
bool ShowsProgress(const CommonOptions& options, const Io& io) {
  if (options.quiet || !io.err_is_terminal || !io.clock) return false;
  const char* terminal = io.environment ? io.environment("TERM") : nullptr;
  return terminal != nullptr && std::string_view(terminal) != "dumb" && *terminal != '\0';
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

}  // namespace

core::Result<ingest::ReadSummary> Analysis::Read(const std::vector<std::string>& files, Io& io) {
  std::vector<analyzers::Collector> collectors(options_.threads);
  std::vector<ingest::Visitor> visitors;
  visitors.reserve(collectors.size());
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
  if (recorder_ != nullptr && summary) {
    if (core::Status joined = recorder_->Join(&collectors.front()); !joined)
      return tl::unexpected(std::move(joined.error()));
  }
  gathered_.emplace(collectors.front().Gather());
  as_of_ = recorder_ == nullptr ? totals().last : recorder_->SetNewest(totals().last);
  return summary;
}

core::Result<std::vector<Answer>> Analysis::Diagnose(const Window& window) {
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
  if (error_) return tl::unexpected(*error_);
  return all;
}

core::Result<std::string> Analysis::TextOf(const Answer& answer) const {
  std::string text(answer.size, '\0');
  for (std::size_t done = 0; done < text.size();) {
    const core::Result<std::size_t> n =
        texts_.ReadAt(answer.offset + done, text.data() + done, text.size() - done);
    if (!n) return tl::unexpected(n.error());
    done += *n;
  }
  return text;
}

void Analysis::DiagnoseOne(std::size_t index, const Window& window, std::vector<Answer>* answers) {
  const bool file = gathered_->key(index).scope == analyzers::LogScope::kFile;
  if (!file && !IsWanted(options_, gathered_->key(index))) return;
  analyzers::AssembledLog assembled = Assemble(index);
  const analyzers::RevisionLog& log = assembled.log;
  if (!IsWanted(options_, log.key) || !HasEntryIn(window, log)) return;
  if (gathered_->size() == 1) Prepare(log);
  Diagnosis diagnosis = Judge(std::move(assembled));
  if (!options_.state.empty() && Name(diagnosis.state) != options_.state) return;
  Answer& answer = answers->emplace_back();
  answer.order = OrderOf(diagnosis);
  answer.index = index;
  if (options_.format == "json") {
    KeepText(reports::ToJsonElement(diagnosis), &answer);
  } else if (options_.format == "ndjson") {
    KeepText(reports::ToJsonLine(diagnosis) + "\n", &answer);
  } else {
    // Of a ready one among many the reports show a line.
    if (gathered_->size() > kMany && diagnosis.state == analyzers::State::kReady &&
        options_.common.verbose == 0 && diagnosis.degraded.empty()) {
      diagnosis.timeline = {};
      diagnosis.environment = {};
    }
    answer.diagnosis = std::make_unique<Diagnosis>(std::move(diagnosis));
  }
}

analyzers::AssembledLog Analysis::Assemble(std::size_t index) {
  const auto load = [this](std::vector<ingest::Spot> spots, const auto& take) {
    lost_ += archive_->Load(std::move(spots), take);
  };
  const analyzers::RevisionKey& key = gathered_->key(index);
  if (recorder_ == nullptr) return gathered_->Assemble(index, load, {});
  const bool file = key.scope == analyzers::LogScope::kFile;
  analyzers::AssembledLog assembled =
      gathered_->Assemble(index, load, file ? std::vector<ingest::LogEntry>() : recorder_->Known(key));
  if (!file || assembled.log.key.scope == analyzers::LogScope::kFile) return assembled;
  // Only now it is known which revision the text speaks of.
  const analyzers::RevisionKey named = assembled.log.key;
  return analyzers::Reassemble(named, recorder_->Known(named), std::move(assembled.entries));
}

Diagnosis Analysis::Judge(analyzers::AssembledLog assembled) {
  const analyzers::DiagnoseOptions how{as_of_, std::nullopt, !options_.no_redact, options_.redact_emails};
  if (recorder_ == nullptr) return analyzers::Diagnose(rules_, assembled.log, how);
  analyzers::Explanation explanation = analyzers::Explain(rules_, assembled.log, how);
  recorder_->Record(std::move(assembled), explanation, how);
  return std::move(explanation.diagnosis);
}

void Analysis::KeepText(const std::string& text, Answer* answer) {
  const std::lock_guard lock(texts_mutex_);
  answer->offset = texts_.size();
  answer->size = text.size();
  const core::Status status = texts_.Append(text.data(), text.size());
  if (!status && !error_) error_ = status.error();
}

// Of one revision only a part of the work can be shared.
void Analysis::Prepare(const analyzers::RevisionLog& log) const {
  constexpr std::size_t kMostLines = 2'000;
  if (options_.threads < 2 || log.lines.size() > kMostLines) return;
  std::vector<std::string_view> lines;
  for (const analyzers::Line& line : log.lines) lines.push_back(line.text);
  rules_.Prepare(lines, options_.threads);
}

}  // namespace neverready::cli
