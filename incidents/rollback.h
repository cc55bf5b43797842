// The way back: which revision could serve instead, and the command that makes it. Pure, thread-safe.
#ifndef NEVERREADY_INCIDENTS_ROLLBACK_H_
#define NEVERREADY_INCIDENTS_ROLLBACK_H_

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "incidents/incident.h"

namespace neverready::incidents {

// The revision of a service to which traffic can go back: of those whose state is ready, degraded or not, the
// one that became so last (at ready_at, else started_at; without a time it comes last; of equals the greatest
// name). With `before`, only what was ready before that time. A revision that was ready once and fails today
// is none. Nothing where there is none. `verdicts` as in Fold; their order does not matter.
std::optional<std::string> RollbackTarget(const std::vector<Verdict>& verdicts,
                                          std::optional<core::Timestamp> before = std::nullopt);

struct Rollback {
  std::string project, location;  // left out where ""
  std::string service, revision;
};

// gcloud run services update-traffic SERVICE --region R --project P --to-revisions REV=100
//
// Names come from logs, so that the line must do nothing else when somebody pastes it: what a POSIX shell
// would not take as it stands is quoted. Returns "" where there is no service or revision, and for names that
// quoting does not make harmless: which begin as an option does, hold what a terminal would act on or hide,
// or read as several revisions (`,`, `=`, `^`). Cloud Run has none of these.
std::string RollbackCommand(const Rollback& rollback);

}  // namespace neverready::incidents

#endif  // NEVERREADY_INCIDENTS_ROLLBACK_H_
