// A table as JSON. Each row is an object on a line of its own, its keys in the order of the columns: numbers,
// texts, null where there is no value; times RFC 3339, durations in seconds, shares 0 to 1. Invalid UTF-8
// becomes U+FFFD; characters that hide or reorder text are written as \u escapes. The same table gives the
// same bytes. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_TABLE_JSON_H_
#define NEVERREADY_REPORTS_TABLE_JSON_H_

#include <cstddef>
#include <string>

#include "core/local_time.h"
#include "core/table.h"

namespace neverready::reports {

// {"schema": "neverready.<name>/1", "rows": […], "truncated": false} and a newline. `name` is the caller's
// own word.
std::string TableToJson(const core::Table& table, const std::string& name, core::Zone zone);

// A row a line, each with its newline; nothing for an empty table.
std::string TableToNdjson(const core::Table& table, core::Zone zone);

// Only the array of rows, for a document of several tables: its closing bracket is indented by `indent`
// blanks and its rows by two more. Without a newline at the end; "[]" where there are none.
std::string RowsToJson(const core::Table& table, core::Zone zone, std::size_t indent);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_TABLE_JSON_H_
