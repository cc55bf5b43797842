// One diagnosis as rows of the tables that hang on `diagnoses`, and back. What was written reads back equal.
#ifndef NEVERREADY_DB_DIAGNOSIS_ROWS_H_
#define NEVERREADY_DB_DIAGNOSIS_ROWS_H_

#include <cstdint>
#include <optional>

#include "core/result.h"
#include "db/connection.h"
#include "db/records.h"

namespace neverready::db {

struct RowKeys {
  std::int64_t revision = 0, rule_pack = 0, generation = 0;
};

// Inserts; the revision has no diagnosis yet. Within the caller's transaction.
core::Status InsertDiagnosis(Connection* connection, const RowKeys& keys, const StoredStart& start);

// Nothing where there is no diagnosis. kDataLoss where a name in it is not known.
core::Result<std::optional<StoredStart>> LoadDiagnosis(Connection* connection, std::int64_t revision);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_DIAGNOSIS_ROWS_H_
