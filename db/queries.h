// Questions to the store, each answered with a table. The names of columns are stable: they are JSON keys and
// CSV heads. Columns marked as detail are for programs.
//
// A span of time that a filter asks for takes in what has no time at all: it may have been then.
#ifndef NEVERREADY_DB_QUERIES_H_
#define NEVERREADY_DB_QUERIES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/table.h"
#include "core/time.h"
#include "db/connection.h"

namespace neverready::db {

struct Filter {
  std::string service, project, environment, category;  // empty: any
  std::optional<core::Timestamp> since, until;          // both ends belong to it
  bool open = false;                                    // only incidents that are
  std::optional<std::size_t> rows;                      // at most; none: all
};

// Incidents that the span touches, newest first.
core::Result<core::Table> Incidents(Connection* connection, const Filter& filter);

// What happened to the revisions of `filter.service`, and what that meant for the service, by time. Where
// there is more than `filter.rows`, the newest.
core::Result<core::Table> ServiceTimeline(Connection* connection, const Filter& filter);
// The same of one incident: its transitions, and what led up to each (docs/queries.md, v_timeline).
core::Result<core::Table> IncidentTimeline(Connection* connection, std::int64_t incident,
                                           const Filter& filter);

// Lines of evidence that have all words of the text, newest first, in any case. A word is letters, digits and
// _; what is joined by other characters ("starlette.websockets") or stands in double quotes must follow one
// another; `web*` is any word that begins so. No text is wrong. Text without such words is looked for letter
// by letter.
core::Result<core::Table> Search(Connection* connection, std::string_view text, const Filter& filter);

enum class Report : std::uint8_t {
  kCauses,     // per root cause: how often, where, when, and how long services were down for it
  kRecurring,  // per service and cause: those that came back, and what ended them last time
  kMissing,    // per variable or setting: where it was missing
  kImports,    // per module and symbol: where it could not be loaded
  kRecovery,   // per incident: first error, exit, platform's verdict, ready again; the longest first,
               // open ones at the end
  kSlowest,    // starts by the time from their first sign to readiness, else to failure; the longest first
};
inline constexpr std::array kReports = {"causes", "recurring", "missing", "imports", "recovery", "slowest"};
std::optional<Report> ParseReport(std::string_view name);

core::Result<core::Table> MakeReport(Connection* connection, Report report, const Filter& filter);

// Of all incidents that `Report::kRecovery` shows, however many rows: what they took.
struct RecoveryTotals {
  std::size_t incidents = 0, recovered = 0;
  std::chrono::nanoseconds median{0}, longest{0};  // of those that recovered
};
core::Result<RecoveryTotals> SumRecovery(Connection* connection, const Filter& filter);

struct ServiceName {
  std::string project, location, name;
};
core::Result<std::vector<ServiceName>> Services(Connection* connection);
core::Result<bool> HasIncident(Connection* connection, std::int64_t incident);

// The newest time that anything in the store is of; nothing of an empty store.
core::Result<std::optional<core::Timestamp>> NewestTime(Connection* connection);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_QUERIES_H_
