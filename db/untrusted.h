// What SQL that somebody else wrote may do on a connection: read, within limits.
#ifndef NEVERREADY_DB_UNTRUSTED_H_
#define NEVERREADY_DB_UNTRUSTED_H_

#include <cstddef>
#include <string>

#include "core/result.h"

struct sqlite3;

namespace neverready::db {

inline constexpr std::size_t kLongestValue = 8 << 20;    // bytes of one value
inline constexpr std::size_t kLargestAnswer = 64 << 20;  // bytes of all of them
inline constexpr std::size_t kMostMemory = 512 << 20;    // bytes that SQLite takes in the meantime

// Only SELECT and what it needs: full-text search, JSON, recursion, EXPLAIN, pragmas that tell of the schema.
// For the life of the connection.
void Restrict(sqlite3* database);

// Fails with kInvalidArgument unless the text is exactly one statement, which does not write. Says nothing of
// statements that SQLite refuses to compile.
core::Status CheckQuestion(sqlite3* database, const std::string& sql);

// While it lives, SQLite takes at most kMostMemory in this process, of whatever connection.
class MemoryLimit {
 public:
  MemoryLimit();
  ~MemoryLimit();
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  long long before_;
};

}  // namespace neverready::db

#endif  // NEVERREADY_DB_UNTRUSTED_H_
