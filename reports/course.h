// How a failing start, or an incident of several, went: what reports compute from what is stored. Nothing is
// added to it. Text in results comes from the log as it stands there: each report makes it safe for its own
// readers. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_COURSE_H_
#define NEVERREADY_REPORTS_COURSE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "db/incident_records.h"
#include "incidents/incident.h"
#include "reports/moment.h"

namespace neverready::reports {

// The revision that traffic could go back to, and the line that does it.
struct WayBack {
  std::string revision;  // "": none is known
  std::optional<core::Timestamp> ready_at;
  std::string command;  // "": its name cannot stand in a command
};

// When a start failed, step by step; what the log does not tell is nothing.
struct Phases {
  std::optional<core::Timestamp> started, first_error;
  std::optional<core::Timestamp> ended;  // the first end of a container at or after the first error
  std::string ended_by;  // The first error that the container itself showed: what counts as one only at the
                         // attempt's end is that end.
  std::optional<core::Timestamp> FirstErrorOf(const db::StoredAttempt& attempt);

  // "exit code 3", "signal 9", "a failed probe" …; "" without an end
  // Of the platform: that the revision is not ready, else that a probe failed or the container could not run.
  std::optional<core::Timestamp> verdict;
};
Phases PhasesOf(const db::StoredStart& start);

// The first error that the container itself showed: what counts as one only at the attempt's end is that end.
std::optional<core::Timestamp> FirstErrorOf(const db::StoredAttempt& attempt);

// "exit code 3", "signal 9", "a failed probe", "shutdown"; "" of an attempt without an end.
std::string EndOf(const db::StoredAttempt& attempt);

// One cause of an incident, in the order in which they first came. Borrows from the record.
struct BorrowedCause {
  const incidents::Transition* first = nullptr;
  const db::RevisionRecord* revision = nullptr;  // the newest that failed so; null where none is stored
  std::size_t failures = 0;
  std::optional<core::Timestamp> last_at;
};
std::vector<BorrowedCause> CausesOf(const db::IncidentRecord& record);

// The newest revision that failed; null where none is stored. Borrows from the record.
const db::RevisionRecord* NewestFailure(const db::IncidentRecord& record);

// One row of what happened, by time.
struct CourseRow {
  std::optional<core::Timestamp> at;
  bool of_incident = false;  // a transition; else an event of a revision's log
  std::string who;           // revision; "" for a refused deploy
  std::string what;          // in the program's words
  std::string text;          // the log's, or the cause; may be ""
};
std::vector<CourseRow> CourseOf(const db::IncidentRecord& record);

// What is not known of the incident: a sentence each.
std::vector<std::string> GapsOf(const db::IncidentRecord& record, const WayBack& way_back,
                                const Moments& moments);

// "opened", "failed again of the same cause" …, in words for people.
std::string_view Words(incidents::TransitionKind kind);

// The revision's name, else "a refused deploy".
std::string NameOrDeploy(const std::string& revision);

// "1 revision", "3 revisions".
std::string Counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_COURSE_H_
