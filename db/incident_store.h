// Reads what reports say of an incident or a revision. As of one moment where the caller has begun a
// transaction; else another process may write between two of the rows.
#ifndef NEVERREADY_DB_INCIDENT_STORE_H_
#define NEVERREADY_DB_INCIDENT_STORE_H_

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "db/incident_records.h"
#include "db/store.h"

namespace neverready::db {

// Nothing where there is no such incident.
core::Result<std::optional<IncidentRecord>> LoadIncident(Store* store, std::int64_t incident);

// Nothing where there is no verdict on such a revision.
core::Result<std::optional<RevisionRecord>> LoadRevision(Store* store, std::int64_t revision);

// The same, with the others of its service.
core::Result<std::optional<SituationRecord>> LoadSituation(Store* store, std::int64_t revision);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_INCIDENT_STORE_H_
