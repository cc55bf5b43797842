// What a start is remembered by: its diagnosis, how each attempt ended, and the entries that explain it, from
// which the same diagnosis can be made again. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_EXPLANATION_H_
#define NEVERREADY_ANALYZERS_EXPLANATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "analyzers/diagnose.h"
#include "analyzers/finding.h"
#include "analyzers/revision_log.h"
#include "analyzers/state.h"

namespace neverready::analyzers {

// A revision that has no more entries is kept whole; of another, so much of one attempt.
inline constexpr std::size_t kMostExplaining = 200;
inline constexpr std::size_t kMostExplainingBytes = 64u << 10;

struct Explanation {
  Diagnosis diagnosis;
  std::vector<bool> died;                                   // by attempt
  std::vector<std::optional<core::Timestamp>> first_error;  // by attempt: its first cause or symptom
  std::vector<std::uint32_t> places;  // of the entries that explain, ascending; indexes into the log's
};

// Diagnoses and tells what the diagnosis rests on.
Explanation Explain(const RuleSet& rules, const RevisionLog& log, const DiagnoseOptions& options);

// All places where kMostExplaining and kMostExplainingBytes suffice. Else those of
// - what the platform says, at most the first and the last 1,000 of it;
// - the traces and reports that hold a finding, and each attempt's first and last line;
// - all lines of the attempt that the verdict speaks of, if the revision is not ready or is degraded: as many
//   as suffice, from both ends;
// - likewise of the first and the last four attempts whose beginning or end is missing, if the revision is
// not
//   ready: the log may have been cut there, and its other piece may come.
std::vector<std::uint32_t> ExplainingPlaces(const RevisionLog& log,
                                            const std::vector<AttemptFindings>& findings,
                                            const Verdict& verdict, bool degraded);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_EXPLANATION_H_
