// One cell of a table as programs read it: exact, without dress. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_CELL_H_
#define NEVERREADY_REPORTS_CELL_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/local_time.h"
#include "core/table.h"

namespace neverready::reports {

struct ExactCell {
  enum class Form { kNothing, kNumber, kText, kTime };
  Form form = Form::kNothing;
  // A number as JSON spells it; RFC 3339; the text itself, of any origin. Borrowed: valid as long as the cell
  // and the room that was given, until the room is used again.
  std::string_view text;
};

// Times are RFC 3339 in the zone, durations seconds with as many digits as they have ("1.5"), shares rounded
// to four. Numbers that are not finite are nothing. `room` is overwritten.
ExactCell Exact(const core::Cell& cell, core::ColumnKind kind, core::Zone zone, std::string* room);

// The names of the columns; one that comes again gets a number, so that each names one thing: "a", "a_2".
std::vector<std::string> UniqueNames(const core::Table& table);

// The cell of a row, or one without a value where the row is shorter.
const core::Cell& CellAt(const std::vector<core::Cell>& row, std::size_t column);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_CELL_H_
