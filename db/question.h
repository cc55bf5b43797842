// SQL that is put together for a question: fixed pieces of text, and values that are bound to it. Nothing
// that a user wrote becomes SQL.
#ifndef NEVERREADY_DB_QUESTION_H_
#define NEVERREADY_DB_QUESTION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "db/queries.h"

namespace neverready::db {

class Question {
 public:
  explicit Question(std::string_view sql = {}) : sql_(sql) {}

  // Pieces in their order; each `?` of a piece takes the next value.
  Question& Add(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  Question& Add(std::string_view sql, const std::string& value);
  Question& Add(std::string_view sql, std::int64_t value);

  // What there is, between two pieces without values.
  Question& Within(std::string_view before, std::string_view after) {
    sql_ = std::string(before) + sql_ + std::string(after);
    return *this;
  }

  // " AND services.name = ?" and so on, as far as the filter says anything of the table `services`.
  Question& AddServices(const Filter& filter);
  // " AND (column IS NULL OR …)"; `column` is SQL.
  Question& AddSpan(const Filter& filter, const std::string& column);
  // The same of something that lasts.
  Question& AddSpan(const Filter& filter, const std::string& begin, const std::string& end);
  Question& AddCategory(const Filter& filter, const std::string& column);
  Question& AddLimit(const Filter& filter);

  core::Result<core::Table> Ask(Connection* connection, std::vector<core::Column> columns) const;
  core::Status Read(Connection* connection, const ReadRow& read) const;

 private:
  std::string sql_;
  std::vector<StoredValue> values_;
};

}  // namespace neverready::db

#endif  // NEVERREADY_DB_QUESTION_H_
