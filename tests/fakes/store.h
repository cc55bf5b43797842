// Stores for tests, filled as `analyze --db` fills them.
#ifndef NEVERREADY_TESTS_FAKES_STORE_H_
#define NEVERREADY_TESTS_FAKES_STORE_H_

#include <string>
#include <vector>

#include "db/records.h"
#include "ingest/log_entry.h"
#include "tests/fakes/log_builder.h"

namespace neverready::fakes {

// Diagnoses the entries and stores what they say, beside what the store holds; it is made where it is not
// there.
void StoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries);
inline void StoreLog(const std::string& path, const LogBuilder& log) { StoreLog(path, log.entries()); }

// Stores starts as they are, without entries, and the incidents that follow from them.
void StoreStarts(const std::string& path, const std::vector<db::StoredStart>& starts);

// All that the store holds: each value of each table as text, a line each. Times stand as numbers.
std::vector<std::string> AllStored(const std::string& path);

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_STORE_H_
