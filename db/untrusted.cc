#include "db/untrusted.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace neverready::db {
namespace {

using core::ErrorCode;
using core::Fail;

constexpr std::string_view kMay = "a question may only read: one SELECT, WITH, VALUES or EXPLAIN";

// They tell of the schema and change nothing.
constexpr std::array<std::string_view, 10> kHarmlessPragmas{
    "table_info",  "table_xinfo",      "table_list",   "index_list",   "index_info",
    "index_xinfo", "foreign_key_list", "user_version", "data_version", "application_id"};
// These would take a new value as their argument.
constexpr std::array<std::string_view, 2> kWithoutArgument{"user_version", "application_id"};
constexpr std::array<std::string_view, 5> kDangerousFunctions{"load_extension", "writefile", "readfile",
                                                              "edit", "fts3_tokenizer"};

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

std::string_view Text(const char* text) { return text == nullptr ? std::string_view() : text; }

// FTS5 and json_each prepare statements of their own: they declare themselves by an update of the schema
// table, which a database that is open for reading cannot make, and FTS5 reads its data_version.
int OnlyReading(void* /*data*/, int action, const char* first, const char* second, const char* /*database*/,
                const char* /*trigger*/) noexcept {
  bool may = false;
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: may = true; break;
    case SQLITE_FUNCTION: may = !IsOneOf(Text(second), kDangerousFunctions); break;
    case SQLITE_UPDATE: may = Text(first) == "sqlite_master"; break;
    case SQLITE_PRAGMA:
      may = IsOneOf(Text(first), kHarmlessPragmas) &&
            (second == nullptr || !IsOneOf(Text(first), kWithoutArgument));
      break;
    default: break;
  }
  return may ? SQLITE_OK : SQLITE_DENY;
}

}  // namespace

void Restrict(sqlite3* database) {
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(kLongestValue));
  sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
  sqlite3_limit(database, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1'000);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_set_authorizer(database, &OnlyReading, nullptr);
}

core::Status CheckQuestion(sqlite3* database, const std::string& sql) {
  if (sql.find('\0') != std::string::npos)
    return Fail(ErrorCode::kInvalidArgument, "the question holds a NUL character", std::string(kMay));
  int statements = 0;
  for (const char* rest = sql.c_str(); *rest != '\0';) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(database, rest, -1, &statement, &rest);
    // Comments and semicolons are none.
    const bool is_one = statement != nullptr || result != SQLITE_OK;
    const bool reads = statement == nullptr || sqlite3_stmt_readonly(statement) != 0;
    sqlite3_finalize(statement);
    if (is_one && ++statements > 1)
      return Fail(ErrorCode::kInvalidArgument, "the question has more than one statement", std::string(kMay));
    if (!reads) return Fail(ErrorCode::kInvalidArgument, "the question would write", std::string(kMay));
    if (result != SQLITE_OK) break;
  }
  if (statements == 0) return Fail(ErrorCode::kInvalidArgument, "the question is empty", std::string(kMay));
  return {};
}

MemoryLimit::MemoryLimit()
    : before_(sqlite3_hard_heap_limit64(sqlite3_memory_used() + static_cast<sqlite3_int64>(kMostMemory))) {}
MemoryLimit::~MemoryLimit() { sqlite3_hard_heap_limit64(before_); }

}  // namespace neverready::db
