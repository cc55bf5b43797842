// The analysis as a pure function: no clock, network, disk, environment or printing inside.
#ifndef NEVERREADY_ANALYZERS_DIAGNOSE_H_
#define NEVERREADY_ANALYZERS_DIAGNOSE_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzers/diagnosis.h"
#include "analyzers/revision_log.h"
#include "analyzers/rule_set.h"
#include "core/time.h"

namespace neverready::analyzers {

struct DiagnoseOptions {
  std::optional<core::Timestamp> as_of;  // the newest timestamp of the whole input, or the time of the poll
  std::optional<std::chrono::nanoseconds>
      start_budget;            // unset: as the log's own audit entries tell, else 240 s
  bool redact = true;          // hide secrets (core/redact)
  bool redact_emails = false;  // and addresses
};

Diagnosis Diagnose(const RuleSet& rules, const RevisionLog& log, const DiagnoseOptions& options);

// Where a diagnosis stands among others: by state (failed, crash_looping, inconclusive, pending, ready),
// start, project, location, service, revision.
struct DiagnosisOrder {
  State state = State::kInconclusive;
  std::optional<core::Timestamp> started_at;
  std::string project, location, service, revision;
  auto operator<=>(const DiagnosisOrder&) const = default;
};
DiagnosisOrder OrderOf(const Diagnosis& diagnosis);

void SortDiagnoses(std::vector<Diagnosis>* diagnoses);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_DIAGNOSE_H_
