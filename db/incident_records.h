// What the store knows of an incident or a revision, with all that a report says about it. Plain values.
#ifndef NEVERREADY_DB_INCIDENT_RECORDS_H_
#define NEVERREADY_DB_INCIDENT_RECORDS_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/category.h"
#include "analyzers/diagnosis.h"
#include "core/time.h"
#include "db/records.h"
#include "incidents/incident.h"

namespace neverready::db {

struct StoredService {
  std::int64_t id = 0;
  std::string project, location;  // "" where the log does not tell
  std::string name;
  std::string environment;  // production, staging, development, unknown
};

// What was said of a revision at some time.
struct StoredVerdict {
  std::optional<core::Timestamp> recorded_at;  // when it was learned
  std::string why;                             // first, better_informed, reclassified
  analyzers::State state = analyzers::State::kInconclusive;
  std::optional<analyzers::Category> root_cause;
  std::string rule, summary, fingerprint;
  double confidence = 0;
};

struct RevisionRecord {
  std::int64_t id = 0;
  StoredService service;
  StoredStart start;
  std::int64_t entries = 0;             // log entries that are kept; 0: none, or none any more
  std::vector<StoredVerdict> verdicts;  // as they were learned; the last is today's
  std::vector<std::int64_t> failed_in;  // incidents, the newest first
  std::optional<std::int64_t> closed;   // the newest incident that it closed
};

// An incident in a line.
struct IncidentLine {
  std::int64_t id = 0;
  bool open = false;
  std::optional<core::Timestamp> opened_at, closed_at;
  std::string opened_by, closed_by;  // revisions; "" for a refused deploy, and while open
  std::optional<analyzers::Category> root_cause;
  std::string summary;
};

// A failure of another service at nearly the same time.
struct FailureElsewhere {
  std::int64_t incident = 0;
  StoredService service;
  std::string revision;  // "" for a refused deploy
  std::optional<core::Timestamp> at;
  std::optional<analyzers::Category> root_cause;
  std::string summary;
  bool same_cause = false;  // the fingerprint is equal, not only the category
};

// How far a failure elsewhere may be from one of the incident.
inline constexpr std::chrono::minutes kNearlyTheSameTime{5};
inline constexpr int kMostEarlier = 10, kMostElsewhere = 20;
// The first so many failures of an incident are compared with those of other services.
inline constexpr int kMostCompared = 50;

struct IncidentRecord {
  std::int64_t id = 0;
  StoredService service;
  incidents::Incident incident;               // without regression_of, which is an index there
  std::optional<std::int64_t> regression_of;  // an id
  std::vector<RevisionRecord> failed;         // revisions, in the order in which they first failed in it
  std::optional<RevisionRecord> closed_by;    // which ended it
  std::vector<IncidentLine> earlier;          // of the same service and a cause of this one, the newest first
  std::vector<FailureElsewhere> elsewhere;    // of the same cause or category, by time
  std::vector<incidents::Verdict> verdicts;   // on all revisions of the service, as of today
  std::optional<core::Timestamp> as_of;       // the newest entry that was ever read, of any service
};

// A revision among the others of its service.
struct SituationRecord {
  RevisionRecord revision;
  std::vector<incidents::Verdict> verdicts;  // on all revisions of the service, as of today
  std::optional<core::Timestamp> as_of;
};

}  // namespace neverready::db

#endif  // NEVERREADY_DB_INCIDENT_RECORDS_H_
