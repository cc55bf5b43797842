// The part of a post-mortem that tells why: causes with cascade and evidence, environment, attempts. Pure,
// thread-safe.
#ifndef NEVERREADY_REPORTS_POSTMORTEM_CAUSE_H_
#define NEVERREADY_REPORTS_POSTMORTEM_CAUSE_H_

#include <string>
#include <string_view>

#include "db/incident_records.h"
#include "reports/moment.h"

namespace neverready::reports {

// Text of any origin in a line or a cell: escaped, cut to 300 characters; in a block of its own: to 2,000.
std::string InLine(std::string_view text);
std::string Quoted(std::string_view text, std::string_view language = "text");

// As InLine, ending with a full stop.
std::string Sentence(std::string_view text);

// "## Root cause" with a section a cause where there are several.
std::string CauseSection(const db::IncidentRecord& record, const Moments& moments);

// "## Attempts and phase times"; "" where the store holds neither.
std::string AttemptSection(const db::IncidentRecord& record, const Moments& moments);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_POSTMORTEM_CAUSE_H_
