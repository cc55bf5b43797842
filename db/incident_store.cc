#include "db/incident_store.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "db/verdict_rows.h"

namespace neverready::db {
namespace {

using core::Result;
using core::Status;
using incidents::Transition;
using incidents::TransitionKind;

std::optional<analyzers::Category> CategoryAt(const BorrowedRow& row, int column) {
  return row.IsNull(column) ? std::nullopt : analyzers::ParseCategory(row.Text(column));
}

Status LoadVerdictsOf(Connection* connection, std::int64_t revision, std::vector<StoredVerdict>* verdicts) {
  return connection->Read(
      "SELECT recorded_at, why, state, root_cause, rule, summary, fingerprint, confidence FROM verdicts"
      " WHERE revision_id = ? ORDER BY id",
      {revision}, [&](const BorrowedRow& row) {
        verdicts->push_back({row.Time(0), row.Text(1),
                             analyzers::ParseState(row.Text(2)).value_or(analyzers::State::kInconclusive),
                             CategoryAt(row, 3), row.Text(4), row.Text(5), row.Text(6), row.Real(7)});
        return true;
      });
}

Status LoadIncidentsOf(Connection* connection, RevisionRecord* record) {
  return connection->Read(
      "SELECT DISTINCT id, kind = 'recovered' FROM transitions JOIN incidents ON id = incident_id"
      " WHERE revision_id = ? ORDER BY incidents.opened_at DESC, id DESC",
      {record->id}, [&](const BorrowedRow& row) {
        if (!row.Bool(1)) {
          record->failed_in.push_back(row.Int(0));
        } else if (!record->closed) {
          record->closed = row.Int(0);
        }
        return true;
      });
}

Status LoadService(Connection* connection, const char* sql, std::int64_t id, StoredService* service) {
  return connection->Read(sql, {id}, [&](const BorrowedRow& row) {
    *service = {row.Int(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)};
    return false;
  });
}

// The incident itself, with its transitions; the ids of its revisions in the order in which they appear.
struct Chain {
  bool found = false;
  std::vector<std::int64_t> failed;
  std::optional<std::int64_t> closed_by;
};

Status LoadChain(Connection* connection, IncidentRecord* record, Chain* chain) {
  incidents::Incident& incident = record->incident;
  const Status read = connection->Read(
      "SELECT open, opened_at, closed_at, opener.name, closer.name, root_cause, rule, summary, fingerprint,"
      " regression_of FROM incidents LEFT JOIN revisions AS opener ON opener.id = opened_by"
      " LEFT JOIN revisions AS closer ON closer.id = closed_by WHERE incidents.id = ?",
      {record->id}, [&](const BorrowedRow& row) {
        chain->found = true;
        incident.open = row.Bool(0);
        incident.opened_at = row.Time(1);
        incident.closed_at = row.Time(2);
        incident.opened_by = row.Text(3);
        incident.closed_by = row.Text(4);
        incident.root_cause = CategoryAt(row, 5);
        incident.rule = row.Text(6);
        incident.summary = row.Text(7);
        incident.fingerprint = row.Text(8);
        record->regression_of = row.OptionalInt(9);
        return false;
      });
  if (!read) return read;
  return connection->Read(
      "SELECT kind, at, revisions.name, root_cause, rule, summary, fingerprint, revisions.id FROM transitions"
      " JOIN revisions ON revisions.id = revision_id WHERE incident_id = ? ORDER BY position",
      {record->id}, [&](const BorrowedRow& row) {
        const auto kind = incidents::ParseTransitionKind(row.Text(0));
        if (!kind) return true;
        incident.transitions.push_back(
            {*kind, row.Time(1), row.Text(2), CategoryAt(row, 3), row.Text(4), row.Text(5), row.Text(6)});
        const std::int64_t revision = row.Int(7);
        if (*kind == TransitionKind::kRecovered) {
          chain->closed_by = revision;
        } else if (std::ranges::find(chain->failed, revision) == chain->failed.end()) {
          chain->failed.push_back(revision);
        }
        return true;
      });
}

Status LoadEarlier(Connection* connection, IncidentRecord* record) {
  return connection->Read(
      "SELECT id, open, opened_at, closed_at, opener.name, closer.name, root_cause, summary FROM ("
      "   SELECT * FROM incidents WHERE service_id = ?1 AND id <> ?2"
      "   AND (opened_at IS NULL OR opened_at < (SELECT opened_at FROM incidents WHERE id = ?2))"
      "   AND EXISTS (SELECT 1 FROM transitions AS then_ JOIN transitions AS now_ ON"
      "     then_.fingerprint = now_.fingerprint WHERE then_.incident_id = incidents.id"
      "     AND now_.incident_id = ?2 AND now_.fingerprint <> '')"
      "   ORDER BY opened_at DESC, id DESC LIMIT ?3) AS earlier"
      " LEFT JOIN (SELECT id AS opener_id, name FROM revisions) AS opener ON opener_id = opened_by"
      " LEFT JOIN (SELECT id AS closer_id, name FROM revisions) AS closer ON closer_id = closed_by"
      " ORDER BY opened_at DESC, id DESC",
      {record->service.id, record->id, kMostEarlier}, [&](const BorrowedRow& row) {
        record->earlier.push_back({row.Int(0), row.Bool(1), row.Time(2), row.Time(3), row.Text(4),
                                   row.Text(5), CategoryAt(row, 6), row.Text(7)});
        return true;
      });
}

Status LoadElsewhere(Connection* connection, IncidentRecord* record) {
  const std::int64_t near = std::chrono::nanoseconds(kNearlyTheSameTime).count();
  // Of each incident elsewhere the first failure that is near one of these.
  return connection->Read(
      "WITH mine AS (SELECT DISTINCT at, root_cause, fingerprint FROM transitions WHERE incident_id = ?1"
      "  AND kind <> 'recovered' AND at IS NOT NULL AND root_cause <> 'unknown' ORDER BY position LIMIT ?5)"
      " SELECT theirs.incident_id, services.id, project, location, services.name, environment, revisions.name,"
      "  min(theirs.at), theirs.root_cause, theirs.summary, max(theirs.fingerprint = mine.fingerprint)"
      " FROM transitions AS theirs JOIN mine ON theirs.root_cause = mine.root_cause"
      "  AND theirs.at BETWEEN mine.at - ?2 AND mine.at + ?2"
      " JOIN revisions ON revisions.id = theirs.revision_id JOIN services ON services.id = service_id"
      " WHERE theirs.kind <> 'recovered' AND service_id <> ?3"
      " GROUP BY theirs.incident_id ORDER BY 8, 1 LIMIT ?4",
      {record->id, near, record->service.id, kMostElsewhere, kMostCompared}, [&](const BorrowedRow& row) {
        FailureElsewhere one;
        one.incident = row.Int(0);
        one.service = {row.Int(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5)};
        one.revision = row.Text(6);
        one.at = row.Time(7);
        one.root_cause = CategoryAt(row, 8);
        one.summary = row.Text(9);
        one.same_cause = row.Bool(10);
        record->elsewhere.push_back(std::move(one));
        return true;
      });
}

}  // namespace

Result<std::optional<RevisionRecord>> LoadRevision(Store* store, std::int64_t revision) {
  auto start = store->Load(revision);
  if (!start) return tl::unexpected(start.error());
  if (!*start) return std::nullopt;
  RevisionRecord record;
  record.id = revision;
  record.start = **std::move(start);
  Connection* connection = &store->connection();
  Status status =
      LoadService(connection,
                  "SELECT services.id, project, location, services.name, environment FROM services"
                  " JOIN revisions ON service_id = services.id WHERE revisions.id = ?",
                  revision, &record.service);
  record.start.environment = record.service.environment;
  if (status) status = LoadVerdictsOf(connection, revision, &record.verdicts);
  if (status) status = LoadIncidentsOf(connection, &record);
  if (!status) return tl::unexpected(status.error());
  const auto entries =
      connection->ReadInt("SELECT entries FROM raw_entries WHERE revision_id = ?", {revision});
  if (!entries) return tl::unexpected(entries.error());
  record.entries = *entries;
  return record;
}

Result<std::optional<SituationRecord>> LoadSituation(Store* store, std::int64_t revision) {
  auto loaded = LoadRevision(store, revision);
  if (!loaded) return tl::unexpected(loaded.error());
  if (!*loaded) return std::nullopt;
  SituationRecord record;
  record.revision = **std::move(loaded);
  auto verdicts = LoadVerdicts(&store->connection(), record.revision.service.id);
  if (!verdicts) return tl::unexpected(verdicts.error());
  record.verdicts = *std::move(verdicts);
  const auto as_of = store->AsOf();
  if (!as_of) return tl::unexpected(as_of.error());
  record.as_of = *as_of;
  return record;
}

Result<std::optional<IncidentRecord>> LoadIncident(Store* store, std::int64_t incident) {
  IncidentRecord record;
  record.id = incident;
  Chain chain;
  Connection* connection = &store->connection();
  Status status = LoadChain(connection, &record, &chain);
  if (status && !chain.found) return std::nullopt;
  if (status) {
    status =
        LoadService(connection,
                    "SELECT services.id, project, location, name, environment FROM services JOIN incidents"
                    " ON service_id = services.id WHERE incidents.id = ?",
                    incident, &record.service);
  }
  if (status) status = LoadEarlier(connection, &record);
  if (status) status = LoadElsewhere(connection, &record);
  if (!status) return tl::unexpected(status.error());
  for (const std::int64_t revision : chain.failed) {
    auto loaded = LoadRevision(store, revision);
    if (!loaded) return tl::unexpected(loaded.error());
    if (*loaded) record.failed.push_back(**std::move(loaded));
  }
  if (chain.closed_by) {
    auto loaded = LoadRevision(store, *chain.closed_by);
    if (!loaded) return tl::unexpected(loaded.error());
    record.closed_by = *std::move(loaded);
  }
  auto verdicts = LoadVerdicts(connection, record.service.id);
  if (!verdicts) return tl::unexpected(verdicts.error());
  record.verdicts = *std::move(verdicts);
  const auto as_of = store->AsOf();
  if (!as_of) return tl::unexpected(as_of.error());
  record.as_of = *as_of;
  return record;
}

}  // namespace neverready::db
