// Reading and diagnosing, as `analyze` does it: on several threads, in bounded memory.
#ifndef NEVERREADY_CLI_ANALYSIS_H_
#define NEVERREADY_CLI_ANALYSIS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "cli/app.h"
#include "cli/options.h"
#include "cli/recorder.h"
#include "core/result.h"
#include "ingest/archive.h"
#include "ingest/reader.h"
#include "ingest/readers/spool.h"

namespace neverready::cli {

struct Window {
  std::optional<core::Timestamp> since, until;
};

// A diagnosis, or where the text stands that is printed of it: of many revisions only that is kept.
struct Answer {
  analyzers::DiagnosisOrder order;
  std::size_t index = 0;  // among the revisions
  std::uint64_t offset = 0;
  std::size_t size = 0;
  std::unique_ptr<analyzers::Diagnosis> diagnosis;  // instead, in formats that need all at once
};

class Analysis {
 public:
  // Borrows all three for its own lifetime; `recorder`, unless null, stores what is diagnosed.
  Analysis(const AnalyzeOptions& options, const analyzers::RuleSet& rules, Recorder* recorder)
      : options_(options), rules_(rules), recorder_(recorder) {}

  // Reads everything; once, before all else.
  core::Result<ingest::ReadSummary> Read(const std::vector<std::string>& files, Io& io);

  const analyzers::Totals& totals() const { return gathered_->totals(); }
  std::size_t revisions() const { return gathered_->size(); }

  // The answers on the revisions that the options ask about, in order; once. Fails where their texts cannot
  // be kept: the temporary folder is full.
  core::Result<std::vector<Answer>> Diagnose(const Window& window);

  // The text of an answer.
  core::Result<std::string> TextOf(const Answer& answer) const;

  // Entries that were noted and could not be read again: the file was changed meanwhile.
  std::size_t lost() const { return lost_; }

 private:
  void DiagnoseOne(std::size_t index, const Window& window, std::vector<Answer>* answers);
  analyzers::AssembledLog Assemble(std::size_t index);
  analyzers::Diagnosis Judge(analyzers::AssembledLog assembled);
  void KeepText(const std::string& text, Answer* answer);
  void Prepare(const analyzers::RevisionLog& log) const;

  const AnalyzeOptions& options_;
  const analyzers::RuleSet& rules_;
  Recorder* recorder_;
  std::optional<core::Timestamp> as_of_;
  std::unique_ptr<ingest::Archive> archive_;
  std::optional<analyzers::Gathered> gathered_;
  std::atomic<std::size_t> lost_{0};
  std::mutex texts_mutex_;
  ingest::Spool texts_{32u << 20};
  std::optional<core::Error> error_;
};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_ANALYSIS_H_
