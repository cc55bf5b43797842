#include "db/finder.h"

namespace neverready::db {
namespace {

using core::Result;
using core::Status;

Result<std::vector<FoundName>> Find(Connection* connection, const char* sql, const std::string& name,
                                    const NameFilter& filter) {
  std::vector<FoundName> found;
  const Status read = connection->Read(sql, {name, filter.project, filter.location, filter.service},
                                       [&](const BorrowedRow& row) {
                                         found.push_back({row.Int(0), row.Text(1), row.Text(2), row.Text(3)});
                                         return true;
                                       });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<std::vector<std::string>> Names(Connection* connection, const char* sql) {
  std::vector<std::string> names;
  const Status read = connection->Read(sql, {}, [&](const BorrowedRow& row) {
    names.push_back(row.Text(0));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return names;
}

}  // namespace

Result<std::vector<FoundName>> FindRevisions(Connection* connection, const std::string& name,
                                             const NameFilter& filter) {
  return Find(connection,
              "SELECT revisions.id, project, location, services.name FROM services"
              " JOIN revisions ON service_id = services.id AND revisions.name = ?1"
              " WHERE revisions.name <> '' AND (?2 = '' OR project = ?2) AND (?3 = '' OR location = ?3)"
              " AND (?4 = '' OR services.name = ?4) ORDER BY project, location, services.name",
              name, filter);
}

Result<std::vector<FoundName>> FindServices(Connection* connection, const std::string& name,
                                            const NameFilter& filter) {
  return Find(connection,
              "SELECT id, project, location, name FROM services WHERE name = ?1 AND name <> ''"
              " AND (?2 = '' OR project = ?2) AND (?3 = '' OR location = ?3) AND (?4 = '' OR name = ?4)"
              " ORDER BY project, location",
              name, filter);
}

Result<std::int64_t> NewestRevision(Connection* connection, std::int64_t service) {
  // All refused deploys of a service are one row, which grows: its newest time counts. A revision's first.
  return connection->ReadInt(
      "SELECT id FROM revisions JOIN diagnoses ON revision_id = id WHERE service_id = ? ORDER BY"
      " CASE scope WHEN 'deploy' THEN coalesce(failed_at, started_at, last_entry_at)"
      " ELSE coalesce(started_at, failed_at, ready_at, last_entry_at) END DESC, name DESC LIMIT 1",
      {service});
}

Result<std::vector<std::string>> RevisionNames(Connection* connection) {
  return Names(connection, "SELECT DISTINCT name FROM revisions WHERE name <> ''");
}

Result<std::vector<std::string>> ServiceNames(Connection* connection) {
  return Names(connection, "SELECT DISTINCT name FROM services WHERE name <> ''");
}

Result<std::optional<IncidentSpan>> FindIncidentSpan(Connection* connection) {
  std::optional<IncidentSpan> span;
  const Status read =
      connection->Read("SELECT min(id), max(id) FROM incidents", {}, [&](const BorrowedRow& row) {
        if (!row.IsNull(0)) span = IncidentSpan{row.Int(0), row.Int(1)};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return span;
}

}  // namespace neverready::db
