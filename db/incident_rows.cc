// Store::Writer, as far as it is about incidents.
#include <algorithm>
#include <map>
#include <set>

#include "db/store.h"
#include "db/verdict_rows.h"

namespace neverready::db {
namespace {

using core::Result;
using core::Status;
using incidents::Incident;
using incidents::Transition;
using incidents::Verdict;

std::optional<std::string> NameOf(std::optional<analyzers::Category> category) {
  if (!category) return std::nullopt;
  return std::string(Name(*category));
}

// The ids of a service's revisions, by name.
using RevisionIds = std::map<std::string, std::int64_t>;

std::optional<std::int64_t> IdOf(const RevisionIds& ids, const std::string& name) {
  const auto found = ids.find(name);
  return found == ids.end() ? std::nullopt : std::optional(found->second);
}

// What is stored of an incident, as far as it tells whether it is the same.
struct StoredIncident {
  std::int64_t id = 0;
  std::set<std::int64_t> failed;  // its revisions
  bool taken = false;
};

Result<std::vector<StoredIncident>> LoadIncidents(Connection* connection, std::int64_t service) {
  std::vector<StoredIncident> stored;
  const Status read = connection->Read(
      "SELECT id, revision_id FROM incidents LEFT JOIN transitions ON incident_id = id AND kind <> 'recovered'"
      " WHERE service_id = ? ORDER BY id, position",
      {service}, [&](const BorrowedRow& row) {
        if (stored.empty() || stored.back().id != row.Int(0)) stored.push_back({row.Int(0), {}, false});
        if (!row.IsNull(1)) stored.back().failed.insert(row.Int(1));
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return stored;
}

// The oldest stored incident that shares a revision; null where none does.
StoredIncident* Match(const Incident& incident, const RevisionIds& ids, std::vector<StoredIncident>* stored) {
  for (StoredIncident& one : *stored) {
    if (one.taken) continue;
    const bool shares = std::ranges::any_of(incident.transitions, [&](const Transition& transition) {
      const auto id = IdOf(ids, transition.revision);
      return transition.kind != incidents::TransitionKind::kRecovered && id && one.failed.contains(*id);
    });
    if (shares) return &one;
  }
  return nullptr;
}

}  // namespace

Result<std::vector<Verdict>> Store::Writer::Verdicts(std::int64_t service) {
  return LoadVerdicts(connection_, service);
}

Status Store::Writer::PutIncidents(std::int64_t service, const std::vector<Incident>& incidents) {
  RevisionIds revisions;
  Status status = connection_->Read("SELECT name, id FROM revisions WHERE service_id = ?", {service},
                                    [&](const BorrowedRow& row) {
                                      revisions[row.Text(0)] = row.Int(1);
                                      return true;
                                    });
  auto stored = LoadIncidents(connection_, service);
  if (status && !stored) status = tl::unexpected(stored.error());
  const auto run = [&](const char* sql, Parameters parameters) {
    if (status) status = connection_->Run(sql, parameters);
  };
  // Only one may be open at any moment, so that none is while they are written.
  run("UPDATE incidents SET open = 0 WHERE service_id = ? AND open = 1", {service});
  std::vector<std::int64_t> ids;
  for (const Incident& incident : incidents) {
    if (!status) return status;
    StoredIncident* same = Match(incident, revisions, &*stored);
    if (same == nullptr) {
      run("INSERT INTO incidents (service_id, open, rule, summary, fingerprint) VALUES (?,0,'','','')",
          {service});
      ids.push_back(connection_->last_id());
    } else {
      same->taken = true;
      ids.push_back(same->id);
      run("DELETE FROM transitions WHERE incident_id = ?", {same->id});
    }
  }
  for (const StoredIncident& one : *stored) {
    if (!one.taken) run("DELETE FROM incidents WHERE id = ?", {one.id});
  }
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const Incident& incident = incidents[i];
    const bool closed = !incident.open;
    run("UPDATE incidents SET opened_at = ?2, closed_at = ?3, open = ?4, opened_by = ?5, closed_by = ?6,"
        " root_cause = ?7, rule = ?8, summary = ?9, fingerprint = ?10, regression_of = ?11 WHERE id = ?1",
        {ids[i], incident.opened_at, incident.closed_at, incident.open, IdOf(revisions, incident.opened_by),
         closed ? IdOf(revisions, incident.closed_by) : std::nullopt, NameOf(incident.root_cause),
         incident.rule, incident.summary, incident.fingerprint,
         incident.regression_of ? std::optional(ids[*incident.regression_of]) : std::nullopt});
    std::int64_t position = 0;
    for (const Transition& transition : incident.transitions) {
      run("INSERT INTO transitions (incident_id, position, at, kind, revision_id, root_cause, rule, summary,"
          " fingerprint) VALUES (?,?,?,?,?,?,?,?,?)",
          {ids[i], position++, transition.at, Name(transition.kind), IdOf(revisions, transition.revision),
           NameOf(transition.root_cause), transition.rule, transition.summary, transition.fingerprint});
    }
  }
  return status;
}

}  // namespace neverready::db
