// The reports of db/queries.h.
#include <algorithm>
#include <string>

#include "db/queries.h"
#include "db/question.h"

namespace neverready::db {
namespace {

using core::ColumnKind;
using core::Result;
using core::Table;

constexpr bool kDetail = true;

// When a start failed.
const std::string kFailedAt = "coalesce(diagnoses.failed_at, diagnoses.started_at)";

// Starts that failed: they have a root cause, others have none.
constexpr std::string_view kFailures =
    "diagnoses CROSS JOIN revisions ON revisions.id = diagnoses.revision_id"
    " CROSS JOIN services ON services.id = revisions.service_id";

// Nanoseconds that may add up to more than 292 years.
constexpr std::string_view kTimeLost =
    "CAST(min(total(max(coalesce(closed_at, (SELECT value FROM state WHERE name = 'as_of')) - opened_at, 0)),"
    " 9.2e18) AS INTEGER)";

Result<Table> Causes(Connection* connection, const Filter& filter) {
  Question question(
      "WITH failures AS (SELECT root_cause, count(*) AS failures, count(DISTINCT service_id) AS services,");
  question.Add(" min(" + kFailedAt + ") AS first_seen, max(" + kFailedAt + ") AS last_seen FROM ");
  question.Add(kFailures).Add(" WHERE root_cause IS NOT NULL");
  question.AddServices(filter).AddCategory(filter, "root_cause").AddSpan(filter, kFailedAt);
  question.Add(
      " GROUP BY root_cause), spans AS (SELECT root_cause, count(*) AS incidents, sum(open) AS open, ");
  question.Add(kTimeLost).Add(" AS time_lost FROM incidents CROSS JOIN services ON services.id = service_id");
  question.Add(" WHERE root_cause IS NOT NULL");
  question.AddServices(filter).AddCategory(filter, "root_cause").AddSpan(filter, "opened_at", "closed_at");
  question.Add(
      " GROUP BY root_cause) SELECT root_cause, coalesce(failures, 0), coalesce(services, 0),"
      " coalesce(incidents, 0), coalesce(open, 0), time_lost, first_seen, last_seen"
      " FROM failures FULL JOIN spans USING (root_cause) ORDER BY 2 DESC, 4 DESC, 1");
  question.AddLimit(filter);
  return question.Ask(connection, {{"root_cause"},
                                   {"failures", ColumnKind::kNumber},
                                   {"services", ColumnKind::kNumber},
                                   {"incidents", ColumnKind::kNumber},
                                   {"open", ColumnKind::kNumber},
                                   {"time_lost", ColumnKind::kDuration},
                                   {"first_seen", ColumnKind::kTime},
                                   {"last_seen", ColumnKind::kTime}});
}

Result<Table> Recurring(Connection* connection, const Filter& filter) {
  // What the newest failure of a cause tells, read of the rows that are shown only.
  const auto newest = [](const std::string& column) {
    return "(SELECT transitions." + column +
           " FROM incidents AS own CROSS JOIN transitions ON transitions.incident_id = own.id"
           " WHERE own.service_id = again.service_id AND transitions.fingerprint = again.fingerprint"
           " AND transitions.at IS again.last_seen"
           " ORDER BY transitions.incident_id DESC, transitions.position DESC LIMIT 1)";
  };
  const std::string order =
      " ORDER BY incidents DESC, failures DESC, last_seen DESC, service_id, fingerprint";
  Question question(
      "WITH again AS (SELECT incidents.service_id AS service_id, transitions.fingerprint AS fingerprint,"
      " max(transitions.root_cause) AS root_cause, count(DISTINCT transitions.incident_id) AS incidents,"
      " count(*) AS failures, min(transitions.at) AS first_seen, max(transitions.at) AS last_seen"
      " FROM transitions CROSS JOIN incidents ON incidents.id = transitions.incident_id"
      " CROSS JOIN services ON services.id = incidents.service_id WHERE transitions.fingerprint <> ''");
  question.AddServices(filter).AddCategory(filter, "transitions.root_cause");
  question.AddSpan(filter, "transitions.at");
  question.Add(
      " GROUP BY incidents.service_id, transitions.fingerprint"
      " HAVING count(DISTINCT transitions.incident_id) > 1 OR max(transitions.kind = 'regression') = 1");
  question.Add(order).AddLimit(filter);
  question.Add("), told AS (SELECT *, " + newest("incident_id") + " AS last_incident, " + newest("summary") +
               " AS summary FROM again)");
  question.Add(
      " SELECT services.project, services.location, services.name, services.environment, told.root_cause,"
      " told.incidents, told.failures, told.first_seen, told.last_seen, told.last_incident,"
      " CASE ended.open WHEN 1 THEN 'open' ELSE 'closed' END, closer.name, ended.closed_at - ended.opened_at,"
      " told.fingerprint, told.summary"
      " FROM told JOIN services ON services.id = told.service_id"
      " JOIN incidents AS ended ON ended.id = told.last_incident"
      " LEFT JOIN revisions AS closer ON closer.id = ended.closed_by"
      " ORDER BY told.incidents DESC, told.failures DESC, told.last_seen DESC, told.service_id, told.fingerprint");
  return question.Ask(connection, {{"project", ColumnKind::kText, "", kDetail},
                                   {"location", ColumnKind::kText, "", kDetail},
                                   {"service"},
                                   {"environment", ColumnKind::kText, "", kDetail},
                                   {"root_cause", ColumnKind::kText, "", kDetail},
                                   {"incidents", ColumnKind::kNumber},
                                   {"failures", ColumnKind::kNumber},
                                   {"first_seen", ColumnKind::kTime, "", kDetail},
                                   {"last_seen", ColumnKind::kTime},
                                   {"last_incident", ColumnKind::kNumber, "last #"},
                                   {"last_status", ColumnKind::kText, "", kDetail},
                                   {"last_recovered_by"},
                                   {"last_duration", ColumnKind::kDuration},
                                   {"fingerprint", ColumnKind::kText, "", kDetail},
                                   {"summary"}});
}

Result<Table> Missing(Connection* connection, const Filter& filter) {
  const std::string row =
      ", services.id AS service, diagnoses.revision_id AS revision, " + kFailedAt + " AS at, ";
  Question question(
      "SELECT variable, count(*), sum(is_cause), count(DISTINCT service), min(at), max(at) FROM (");
  question.Add("SELECT facts.value AS variable" + row + "1 AS is_cause FROM ").Add(kFailures);
  question.Add(
      " CROSS JOIN facts ON facts.revision_id = diagnoses.revision_id AND facts.fact IN ('env_vars', 'setting')");
  question.Add(" WHERE diagnoses.root_cause = 'missing_env'");
  question.AddServices(filter).AddCategory(filter, "diagnoses.root_cause").AddSpan(filter, kFailedAt);
  question.Add(" UNION ALL SELECT environment.name" + row + "0 FROM environment CROSS JOIN ").Add(kFailures);
  question.Add(
      " WHERE environment.state = 'missing' AND diagnoses.revision_id = environment.revision_id"
      " AND diagnoses.root_cause IS NOT NULL AND NOT (diagnoses.root_cause = 'missing_env' AND EXISTS"
      " (SELECT 1 FROM facts WHERE facts.revision_id = environment.revision_id"
      " AND facts.fact IN ('env_vars', 'setting') AND facts.value = environment.name))");
  question.AddServices(filter).AddCategory(filter, "diagnoses.root_cause").AddSpan(filter, kFailedAt);
  question.Add(") GROUP BY variable ORDER BY 3 DESC, 2 DESC, variable").AddLimit(filter);
  return question.Ask(connection, {{"variable"},
                                   {"revisions", ColumnKind::kNumber},
                                   {"as_cause", ColumnKind::kNumber},
                                   {"services", ColumnKind::kNumber},
                                   {"first_seen", ColumnKind::kTime},
                                   {"last_seen", ColumnKind::kTime}});
}

Result<Table> Imports(Connection* connection, const Filter& filter) {
  const auto fact = [](const std::string& name) {
    return ", (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = '" + name +
           "' AND position = 0) AS " + name;
  };
  Question question("WITH failures AS MATERIALIZED (SELECT service_id, " + kFailedAt + " AS at");
  for (const char* name : {"module", "symbol", "file", "line", "runtime"}) question.Add(fact(name));
  question.Add(" FROM ").Add(kFailures).Add(" WHERE diagnoses.root_cause = 'import_error'");
  question.AddServices(filter).AddCategory(filter, "diagnoses.root_cause").AddSpan(filter, kFailedAt);
  // SQLite takes the columns beside max() of the row that has it, as long as there is no min().
  question.Add(
      "), oldest AS (SELECT module, symbol, min(at) AS first_seen FROM failures GROUP BY module, symbol),"
      " newest AS (SELECT module, symbol, count(*) AS failures, count(DISTINCT service_id) AS services,"
      " max(at) AS last_seen, file, line, runtime, count(DISTINCT file) AS files FROM failures"
      " GROUP BY module, symbol)"
      " SELECT newest.module, newest.symbol, failures, services, first_seen, last_seen, file, line, runtime, files"
      " FROM newest JOIN oldest ON newest.module IS oldest.module AND newest.symbol IS oldest.symbol"
      " ORDER BY failures DESC, last_seen DESC, 1, 2");
  question.AddLimit(filter);
  return question.Ask(connection, {{"module"},
                                   {"symbol"},
                                   {"failures", ColumnKind::kNumber},
                                   {"services", ColumnKind::kNumber},
                                   {"first_seen", ColumnKind::kTime, "", kDetail},
                                   {"last_seen", ColumnKind::kTime},
                                   {"file"},
                                   {"line", ColumnKind::kNumber, "", kDetail},
                                   {"runtime", ColumnKind::kText, "", kDetail},
                                   {"files", ColumnKind::kNumber, "", kDetail}});
}

// The phases of incidents in nanoseconds, as v_recovery has them in seconds.
Question Phases(const Filter& filter) {
  Question question(
      "SELECT incidents.id AS incident, services.project AS project, services.location AS location,"
      " services.name AS service, services.environment AS environment, root_cause, opened_by, closed_by,"
      " opened_at, closed_at AS ready_at,"
      " (SELECT min(first_error_at) FROM attempts WHERE attempts.revision_id = opened_by) AS error_at,"
      " (SELECT min(ended_at) FROM attempts WHERE attempts.revision_id = opened_by AND died = 1) AS exit_at,"
      " (SELECT min(at) FROM timeline WHERE timeline.revision_id = opened_by AND"
      "  (event = 'not_ready' OR event = 'refused' AND at >= opened_at)) AS verdict_at"
      " FROM incidents CROSS JOIN services ON services.id = service_id WHERE 1");
  question.AddServices(filter).AddCategory(filter, "root_cause").AddSpan(filter, "opened_at", "closed_at");
  if (filter.open) question.Add(" AND open = 1");
  return question;
}

constexpr std::string_view kTotal = "ready_at - min(coalesce(error_at, opened_at), opened_at)";

Result<Table> Recovery(Connection* connection, const Filter& filter) {
  Question question = Phases(filter).Within(
      "SELECT incident, project, location, service, environment, phases.root_cause, opener.name, error_at, exit_at,"
      " verdict_at, ready_at, CASE WHEN exit_at >= error_at THEN exit_at - error_at END,"
      " CASE WHEN verdict_at >= exit_at THEN verdict_at - exit_at END,"
      " CASE WHEN ready_at >= verdict_at THEN ready_at - verdict_at END, " +
          std::string(kTotal) + ", closer.name FROM (",
      ") AS phases LEFT JOIN revisions AS opener ON opener.id = opened_by"
      " LEFT JOIN revisions AS closer ON closer.id = closed_by ORDER BY 15 DESC NULLS LAST, incident DESC");
  question.AddLimit(filter);
  return question.Ask(connection, {{"incident", ColumnKind::kNumber, "#"},
                                   {"project", ColumnKind::kText, "", kDetail},
                                   {"location", ColumnKind::kText, "", kDetail},
                                   {"service"},
                                   {"environment", ColumnKind::kText, "", kDetail},
                                   {"root_cause", ColumnKind::kText, "", kDetail},
                                   {"opened_by", ColumnKind::kText, "", kDetail},
                                   {"first_error_at", ColumnKind::kTime, "", kDetail},
                                   {"exited_at", ColumnKind::kTime, "", kDetail},
                                   {"verdict_at", ColumnKind::kTime, "", kDetail},
                                   {"ready_at", ColumnKind::kTime, "", kDetail},
                                   {"error_to_exit", ColumnKind::kDuration},
                                   {"exit_to_verdict", ColumnKind::kDuration},
                                   {"verdict_to_ready", ColumnKind::kDuration},
                                   {"total", ColumnKind::kDuration},
                                   {"ready_revision"}});
}

Result<Table> Slowest(Connection* connection, const Filter& filter) {
  const std::string took = "coalesce(diagnoses.ready_at, diagnoses.failed_at) - diagnoses.started_at";
  Question question(
      "SELECT services.project, services.location, services.name, services.environment, revisions.name,"
      " diagnoses.state, " +
      took +
      ", diagnoses.started_at, diagnoses.ready_at, diagnoses.failed_at, diagnoses.attempts,"
      " diagnoses.root_cause, diagnoses.summary FROM (SELECT diagnoses.revision_id AS slow FROM ");
  // The widest columns are read of the rows that are shown only.
  const bool about_services =
      !filter.service.empty() || !filter.project.empty() || !filter.environment.empty();
  question.Add(about_services ? kFailures : std::string_view("diagnoses"));
  question.Add(" WHERE " + took + " >= 0").AddServices(filter).AddCategory(filter, "diagnoses.root_cause");
  question.AddSpan(filter, "diagnoses.started_at");
  question.Add(" ORDER BY " + took + " DESC, diagnoses.revision_id").AddLimit(filter);
  question.Add(") CROSS JOIN ").Add(kFailures).Add(" WHERE diagnoses.revision_id = slow");
  question.Add(" ORDER BY " + took + " DESC, diagnoses.revision_id");
  return question.Ask(connection, {{"project", ColumnKind::kText, "", kDetail},
                                   {"location", ColumnKind::kText, "", kDetail},
                                   {"service"},
                                   {"environment", ColumnKind::kText, "", kDetail},
                                   {"revision"},
                                   {"state"},
                                   {"took", ColumnKind::kDuration},
                                   {"started_at", ColumnKind::kTime},
                                   {"ready_at", ColumnKind::kTime, "", kDetail},
                                   {"failed_at", ColumnKind::kTime, "", kDetail},
                                   {"attempts", ColumnKind::kNumber},
                                   {"root_cause"},
                                   {"summary", ColumnKind::kText, "", kDetail}});
}

}  // namespace

std::optional<Report> ParseReport(std::string_view name) {
  for (std::size_t i = 0; i < kReports.size(); ++i) {
    if (name == kReports[i]) return static_cast<Report>(i);
  }
  return std::nullopt;
}

Result<Table> MakeReport(Connection* connection, Report report, const Filter& filter) {
  switch (report) {
    case Report::kCauses: return Causes(connection, filter);
    case Report::kRecurring: return Recurring(connection, filter);
    case Report::kMissing: return Missing(connection, filter);
    case Report::kImports: return Imports(connection, filter);
    case Report::kRecovery: return Recovery(connection, filter);
    case Report::kSlowest: return Slowest(connection, filter);
  }
  return Table();
}

Result<RecoveryTotals> SumRecovery(Connection* connection, const Filter& filter) {
  RecoveryTotals totals;
  std::vector<std::int64_t> took;
  const Question question = Phases(filter).Within("SELECT " + std::string(kTotal) + " FROM (", ")");
  const core::Status read = question.Read(connection, [&](const BorrowedRow& row) {
    ++totals.incidents;
    if (!row.IsNull(0)) took.push_back(row.Int(0));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  totals.recovered = took.size();
  if (took.empty()) return totals;
  std::ranges::sort(took);
  totals.longest = std::chrono::nanoseconds(took.back());
  const std::size_t middle = took.size() / 2;
  totals.median = std::chrono::nanoseconds(
      took.size() % 2 == 1 ? took[middle] : took[middle - 1] + (took[middle] - took[middle - 1]) / 2);
  return totals;
}

}  // namespace neverready::db
