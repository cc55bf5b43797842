// The versions of the store's schema: db/schema/NNNN_name.sql, embedded, each applied in a transaction of its
// own. PRAGMA user_version holds the number of the last.
#ifndef NEVERREADY_DB_MIGRATIONS_H_
#define NEVERREADY_DB_MIGRATIONS_H_

#include <string_view>
#include <vector>

#include "core/result.h"
#include "db/connection.h"

namespace neverready::db {

// PRAGMA application_id of a store ("nrdy"). Stored: never renumber.
inline constexpr std::int64_t kApplicationId = 0x6E726479;

const std::vector<std::string_view>& SchemaScripts();  // in order, from version 1

// The version that this program writes.
inline std::int64_t NewestVersion() { return static_cast<std::int64_t>(SchemaScripts().size()); }

// The version of an open database; 0 of an empty one. Fails with kInvalidArgument where it is newer than this
// program, or another program's.
core::Result<std::int64_t> ReadVersion(Connection* connection);

// Brings the database to version `to`, step by step; a step that fails leaves the version before. Two
// processes that migrate at once do not harm each other. Returns the version that was there.
core::Result<std::int64_t> Migrate(Connection* connection, std::int64_t to = NewestVersion());

}  // namespace neverready::db

#endif  // NEVERREADY_DB_MIGRATIONS_H_
