// A revision among the others of its service: which came before it, what changed with it, who serves. Pure,
// thread-safe.
#ifndef NEVERREADY_REPORTS_SITUATION_H_
#define NEVERREADY_REPORTS_SITUATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/incident_records.h"
#include "reports/course.h"
#include "reports/moment.h"

namespace neverready::reports {

// Of a revision, measured by the one before it. JSON: never rename.
enum class Change : std::uint8_t {
  kFirst,         // no verdict on an earlier revision is stored
  kSameCause,     // both failed, of the same cause
  kOtherCause,    // both failed, of different causes
  kBroke,         // the one before became ready, this one failed
  kRecovered,     // the one before failed, this one is ready
  kStillReady,    // both became ready
  kUndetermined,  // one of them is pending or inconclusive
};
std::string_view Name(Change change);  // "first", "same_cause" …

struct BorrowedSituation {
  Change change = Change::kFirst;
  const incidents::Verdict* before = nullptr;  // of the revision before; null where none is stored
  std::size_t in_a_row = 1;                    // with kSameCause: failures of this cause without a break
  // Of a failure: the newest earlier revision that failed of the same cause, with others in between.
  const incidents::Verdict* seen_before = nullptr;
};
// Borrows from the record. Revisions are put in order by their start.
BorrowedSituation SituationOf(const db::SituationRecord& record);

// What changed, in one or two sentences.
std::string ToSentence(const BorrowedSituation& situation, const db::SituationRecord& record,
                       const Moments& moments);

// Who serves as far as the store tells; `newest_ready` as incidents/rollback.h has it.
std::string Serving(const db::SituationRecord& record, const WayBack& newest_ready, const Moments& moments);

// Whether going back is worth a line: this revision is not ready, and no later one became so.
bool NeedsWayBack(const db::SituationRecord& record, const WayBack& newest_ready);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_SITUATION_H_
