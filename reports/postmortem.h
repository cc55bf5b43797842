// The draft of a post-mortem in Markdown: what the store knows of an incident, in the order in which people
// read it, and marked blanks for what only people know. It invents nothing: every statement comes from a
// stored row, and a section whose rows do not exist is left out. Whatever the log says, it opens no link,
// pings nobody and breaks no table. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_POSTMORTEM_H_
#define NEVERREADY_REPORTS_POSTMORTEM_H_

#include <string>
#include <string_view>

#include "core/local_time.h"
#include "db/incident_records.h"
#include "reports/course.h"

namespace neverready::reports {

// What every blank begins with.
inline constexpr std::string_view kBlank = "> **To be filled in:** ";

struct PostmortemOptions {
  core::Zone zone = core::Zone::kUtc;  // of all times
  std::string version;                 // of the program: "0.1.0"
};

// Ends with a newline. Quoted texts are cut to 2,000 characters, those in tables to 300; of long lists the
// ends are shown, and how many lie between.
std::string ToPostmortem(const db::IncidentRecord& record, const WayBack& way_back,
                         const PostmortemOptions& options);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_POSTMORTEM_H_
