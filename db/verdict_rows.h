// The verdicts on the revisions of a service, as incidents need them.
#ifndef NEVERREADY_DB_VERDICT_ROWS_H_
#define NEVERREADY_DB_VERDICT_ROWS_H_

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "db/connection.h"
#include "incidents/incident.h"

namespace neverready::db {

// What is said today of each revision of the service, in the order in which they became known.
core::Result<std::vector<incidents::Verdict>> LoadVerdicts(Connection* connection, std::int64_t service);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_VERDICT_ROWS_H_
