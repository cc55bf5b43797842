// The care of a store: what is in it, whether it is sound, what can go. One thread at a time.
#ifndef NEVERREADY_DB_CARE_H_
#define NEVERREADY_DB_CARE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/table.h"
#include "core/time.h"
#include "db/connection.h"

namespace neverready::db {

// Columns `what` and `value`, a row a figure.
core::Result<core::Table> Describe(Connection* connection);

// What is wrong, as sentences; none: sound. Reads everything: pages, references, names, stored entries, and
// the search index where the store may be written. Fails where it cannot be read at all.
core::Result<std::vector<std::string>> Check(Connection* connection);

struct PruneOptions {
  std::optional<core::Timestamp> entries_before;  // raw entries of revisions that were heard of last before
  // All of revisions that were heard of last before, and of incidents that were closed before; what belongs
  // to an incident that stays, stays.
  std::optional<core::Timestamp> all_before;
  std::optional<std::int64_t> max_bytes;  // raw entries go, the oldest first, until the rest takes less
};

struct Pruned {
  std::size_t entries_of = 0;  // revisions that lost their raw entries
  std::size_t revisions = 0, incidents = 0;
  std::int64_t bytes_before = 0, bytes_after = 0;  // in use; the file shrinks by Vacuum
};

// In transactions of a few hundred revisions, so that nobody waits long.
core::Result<Pruned> Prune(Connection* connection, const PruneOptions& options);

// Bytes in use, free pages left out.
core::Result<std::int64_t> UsedBytes(Connection* connection);

// Gives free pages back to the file system. Needs room for a copy meanwhile.
core::Status Vacuum(Connection* connection);

// A compact copy of the store as of now, while others go on writing; `file` is not there yet.
core::Status CopyTo(Connection* connection, const std::string& file);

}  // namespace neverready::db

#endif  // NEVERREADY_DB_CARE_H_
