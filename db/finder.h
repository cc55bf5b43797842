// From names that people type to what the store holds. Nothing here fails because a name is unknown.
#ifndef NEVERREADY_DB_FINDER_H_
#define NEVERREADY_DB_FINDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "db/connection.h"

namespace neverready::db {

// "" leaves open which.
struct NameFilter {
  std::string project, location, service;
};

struct FoundName {
  std::int64_t id = 0;  // of the revision, or of the service
  std::string project, location, service;
};

// Revisions of that name, over all services that the filter lets through, by project, location and service.
core::Result<std::vector<FoundName>> FindRevisions(Connection* connection, const std::string& name,
                                                   const NameFilter& filter);

// Services of that name.
core::Result<std::vector<FoundName>> FindServices(Connection* connection, const std::string& name,
                                                  const NameFilter& filter);

// The revision of a service that started last, or was refused last; 0 where there is no verdict on any.
core::Result<std::int64_t> NewestRevision(Connection* connection, std::int64_t service);

// All names of revisions, of services; for "did you mean".
core::Result<std::vector<std::string>> RevisionNames(Connection* connection);
core::Result<std::vector<std::string>> ServiceNames(Connection* connection);

// The ids of the oldest and the newest incident; nothing where there is none.
struct IncidentSpan {
  std::int64_t first = 0, last = 0;
};
core::Result<std::optional<IncidentSpan>> FindIncidentSpan(Connection* connection);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_FINDER_H_
