// Incidents and revisions of the store as JSON: docs/json.md, "show and explain". Key order is stable; times
// are UTC. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_INCIDENT_JSON_H_
#define NEVERREADY_REPORTS_INCIDENT_JSON_H_

#include <string>

#include "db/incident_records.h"
#include "reports/course.h"

namespace neverready::reports {

// Each is one document; with `indent` blanks a level, or on one line where it is -1; ends with a newline.
std::string ToJson(const db::IncidentRecord& record, const WayBack& way_back, int indent);
std::string ToJson(const db::RevisionRecord& record, int indent);
// `newest_ready`: as Serving has it.
std::string ToJson(const db::SituationRecord& record, const WayBack& newest_ready, int indent);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_INCIDENT_JSON_H_
