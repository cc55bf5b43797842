// Incidents and revisions of the store for people: one screen at a terminal, or Markdown. Log text is made
// safe before it is shown. Times are UTC. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_INCIDENT_TEXT_H_
#define NEVERREADY_REPORTS_INCIDENT_TEXT_H_

#include <string>

#include "db/incident_records.h"
#include "reports/course.h"
#include "reports/terminal.h"

namespace neverready::reports {

// Each ends with a newline.
std::string ToText(const db::IncidentRecord& record, const WayBack& way_back, const TerminalOptions& options);
std::string ToText(const db::RevisionRecord& record, const TerminalOptions& options);
// `newest_ready`: as Serving has it.
std::string ToText(const db::SituationRecord& record, const WayBack& newest_ready,
                   const TerminalOptions& options);

std::string ToMarkdown(const db::IncidentRecord& record, const WayBack& way_back);
std::string ToMarkdown(const db::RevisionRecord& record);
std::string ToMarkdown(const db::SituationRecord& record, const WayBack& newest_ready);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_INCIDENT_TEXT_H_
