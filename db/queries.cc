#include "db/queries.h"

#include <algorithm>

#include "db/question.h"

namespace neverready::db {
namespace {

using core::ColumnKind;
using core::Result;
using core::Table;

constexpr bool kDetail = true;

// What a timeline shows of `services` and `revisions`, by the time `at`. The row of a revision belongs to the
// incident whose next transition it led up to, else to the last that names the revision, as in v_timeline.
constexpr std::string_view kTransitionRows =
    "SELECT transitions.at AS at, services.project AS project, services.location AS location,"
    " services.name AS service, revisions.name AS revision, transitions.incident_id AS incident,"
    " 'incident' AS source, transitions.kind AS event, transitions.summary AS text,"
    " transitions.position AS position"
    " FROM incidents CROSS JOIN services ON services.id = incidents.service_id"
    " CROSS JOIN transitions ON transitions.incident_id = incidents.id"
    " LEFT JOIN revisions ON revisions.id = transitions.revision_id WHERE 1";
constexpr std::string_view kRevisionRows =
    " UNION ALL SELECT timeline.at, services.project, services.location, services.name, revisions.name,"
    " coalesce((SELECT incident_id FROM transitions WHERE transitions.revision_id = revisions.id"
    "  AND coalesce(transitions.at, 0) >= coalesce(timeline.at, 0)"
    "  ORDER BY coalesce(transitions.at, 0), incident_id LIMIT 1),"
    " (SELECT incident_id FROM transitions WHERE transitions.revision_id = revisions.id"
    "  ORDER BY coalesce(transitions.at, 0) DESC, incident_id DESC LIMIT 1)),"
    " 'revision', timeline.event, timeline.text, timeline.position"
    " FROM services CROSS JOIN revisions ON revisions.service_id = services.id"
    " CROSS JOIN timeline ON timeline.revision_id = revisions.id WHERE 1";

Result<Table> AskTimeline(Connection* connection, Question question, const Filter& filter) {
  // What happened to a revision comes before what that meant. Newest first, for the limit to keep these.
  question.Add(") ORDER BY at DESC, source, incident DESC, revision DESC, position DESC").AddLimit(filter);
  auto table = question.Ask(connection, {{"at", ColumnKind::kTime},
                                         {"project", ColumnKind::kText, "", kDetail},
                                         {"location", ColumnKind::kText, "", kDetail},
                                         {"service", ColumnKind::kText, "", kDetail},
                                         {"revision"},
                                         {"incident", ColumnKind::kNumber, "#"},
                                         {"source", ColumnKind::kText, "", kDetail},
                                         {"event"},
                                         {"text"}});
  if (!table) return table;
  std::ranges::reverse(table->rows);
  // People need to be told which service only where there are several of the name.
  for (std::size_t column : {1U, 2U}) {
    table->columns[column].detail = std::ranges::all_of(
        table->rows, [&](const auto& row) { return row[column] == table->rows.front()[column]; });
  }
  return table;
}

}  // namespace

Result<Table> Incidents(Connection* connection, const Filter& filter) {
  Question question(
      "SELECT incidents.id, CASE open WHEN 1 THEN 'open' ELSE 'closed' END, services.project, services.location,"
      " services.name, services.environment, incidents.root_cause, opened_at, closed_at, closed_at - opened_at,"
      " (SELECT count(*) FROM transitions WHERE incident_id = incidents.id AND kind <> 'recovered'),"
      " opener.name, closer.name, regression_of, incidents.rule, incidents.fingerprint, incidents.summary"
      " FROM incidents JOIN services ON services.id = incidents.service_id"
      " LEFT JOIN revisions AS opener ON opener.id = opened_by"
      " LEFT JOIN revisions AS closer ON closer.id = closed_by WHERE 1");
  question.AddServices(filter).AddCategory(filter, "incidents.root_cause");
  question.AddSpan(filter, "opened_at", "closed_at");
  if (filter.open) question.Add(" AND open = 1");
  question.Add(" ORDER BY opened_at DESC, incidents.id DESC").AddLimit(filter);
  return question.Ask(connection, {{"incident", ColumnKind::kNumber, "#"},
                                   {"status"},
                                   {"project", ColumnKind::kText, "", kDetail},
                                   {"location", ColumnKind::kText, "", kDetail},
                                   {"service"},
                                   {"environment", ColumnKind::kText, "", kDetail},
                                   {"root_cause"},
                                   {"opened_at", ColumnKind::kTime},
                                   {"closed_at", ColumnKind::kTime, "", kDetail},
                                   {"duration", ColumnKind::kDuration},
                                   {"failures", ColumnKind::kNumber, "", kDetail},
                                   {"opened_by", ColumnKind::kText, "", kDetail},
                                   {"closed_by", ColumnKind::kText, "", kDetail},
                                   {"regression_of", ColumnKind::kNumber, "", kDetail},
                                   {"rule", ColumnKind::kText, "", kDetail},
                                   {"fingerprint", ColumnKind::kText, "", kDetail},
                                   {"summary"}});
}

Result<Table> ServiceTimeline(Connection* connection, const Filter& filter) {
  Question question("SELECT at, project, location, service, revision, incident, source, event, text FROM (");
  question.Add(kTransitionRows).AddServices(filter).AddSpan(filter, "transitions.at");
  question.Add(kRevisionRows).AddServices(filter).AddSpan(filter, "timeline.at");
  return AskTimeline(connection, std::move(question), filter);
}

Result<Table> IncidentTimeline(Connection* connection, std::int64_t incident, const Filter& filter) {
  Question question("SELECT at, project, location, service, revision, incident, source, event, text FROM (");
  question.Add("SELECT * FROM (").Add(kTransitionRows).Add(" AND incidents.id = ?", incident);
  question.AddSpan(filter, "transitions.at");
  question.Add(kRevisionRows)
      .Add(" AND services.id = (SELECT service_id FROM incidents WHERE id = ?)", incident)
      .Add(" AND revisions.id IN (SELECT revision_id FROM transitions WHERE incident_id = ?)", incident);
  question.AddSpan(filter, "timeline.at").Add(") WHERE incident = ?", incident);
  return AskTimeline(connection, std::move(question), filter);
}

Result<std::vector<ServiceName>> Services(Connection* connection) {
  std::vector<ServiceName> services;
  const core::Status read =
      connection->Read("SELECT project, location, name FROM services ORDER BY name, project, location", {},
                       [&](const BorrowedRow& row) {
                         services.push_back({row.Text(0), row.Text(1), row.Text(2)});
                         return true;
                       });
  if (!read) return tl::unexpected(read.error());
  return services;
}

Result<bool> HasIncident(Connection* connection, std::int64_t incident) {
  const auto found = connection->ReadInt("SELECT count(*) FROM incidents WHERE id = ?", {incident});
  if (!found) return tl::unexpected(found.error());
  return *found != 0;
}

Result<std::optional<core::Timestamp>> NewestTime(Connection* connection) {
  std::optional<core::Timestamp> newest;
  // The second only where nothing was read of a log.
  const core::Status read = connection->Read(
      "SELECT coalesce((SELECT value FROM state WHERE name = 'as_of'),"
      " (SELECT max(coalesce(last_entry_at, failed_at, ready_at, started_at)) FROM diagnoses))",
      {}, [&](const BorrowedRow& row) {
        newest = row.Time(0);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return newest;
}

}  // namespace neverready::db
