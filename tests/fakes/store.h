// Stores for tests, filled as `analyze --db` fills them.
#ifndef NEVERREADY_TESTS_FAKES_STORE_H_
#define NEVERREADY_TESTS_FAKES_STORE_H_

#include <string>
#include <vector>

#include "core/result.h"
#include "db/connection.h"
#include "db/records.h"
#include "ingest/log_entry.h"
#include "tests/fakes/log_builder.h"

namespace neverready::fakes {

// Diagnoses the entries and stores what they say, beside what the store holds; it is made where it is not
// there.
void StoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries);
inline void StoreLog(const std::string& path, const LogBuilder& log) { StoreLog(path, log.entries()); }

struct StoreWith {
  db::ConnectionOptions connection;
  std::size_t batch = 500;  // revisions a transaction
};
// The same where it may fail.
core::Status TryStoreLog(const std::string& path, const std::vector<ingest::LogEntry>& entries,
                         const StoreWith& with = {});

// Stores starts as they are, without entries, and the incidents that follow from them.
void StoreStarts(const std::string& path, const std::vector<db::StoredStart>& starts);

// All that the store holds: each value of each table as text, a line each. Times stand as numbers.
std::vector<std::string> AllStored(const std::string& path);

// What does not depend on the order and the portions in which logs came (tests/faults/content.sql): one line
// a row, in order.
std::vector<std::string> ContentOf(const std::string& path);

// "" where the contents are equal, else the first rows that only one of them has.
std::string DifferenceOf(const std::vector<std::string>& wanted, const std::vector<std::string>& got);

// What SQLite says of the file: "ok" of a sound one.
std::string SoundnessOf(const std::string& path);

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_STORE_H_
