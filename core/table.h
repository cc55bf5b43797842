// The answer to a question as a value: named columns, rows of cells. How it looks is reports/table.h's
// affair. Plain values.
#ifndef NEVERREADY_CORE_TABLE_H_
#define NEVERREADY_CORE_TABLE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace neverready::core {

// std::monostate: there is no value. Text may hold anything, invalid UTF-8 included.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

// What the numbers of a column are; a text is shown as it is in every kind of column.
enum class ColumnKind {
  kText,      // begins at the left and gives way where the table is too wide; numbers are plain
  kNumber,    // stands at the right
  kTime,      // integers: nanoseconds since 1970-01-01 UTC
  kDuration,  // integers: nanoseconds
  kShare,     // 0 to 1
};

struct Column {
  std::string name;  // a JSON key and the head of a CSV column: snake_case, stable
  ColumnKind kind = ColumnKind::kText;
  std::string title = {};  // over the column for people; empty: the name with blanks instead of underscores
  bool detail = false;     // text and Markdown leave it out unless asked for more
};

struct Table {
  std::vector<Column> columns;
  // Cells that a row lacks have no value; those beyond the columns count for nothing.
  std::vector<std::vector<Cell>> rows;
  bool truncated = false;  // there are more rows than these: a limit cut them off
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_TABLE_H_
