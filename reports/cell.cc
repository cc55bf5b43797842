#include "reports/cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace neverready::reports {
namespace {

using core::Cell;
using core::ColumnKind;
using Form = ExactCell::Form;

// Without a detour over doubles, which would round.
void WriteSeconds(std::int64_t nanoseconds, std::string* out) {
  constexpr std::uint64_t kSecond = 1000000000;
  const bool negative = nanoseconds < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  fmt::format_to(std::back_inserter(*out), "{}{}", negative ? "-" : "", size / kSecond);
  if (size % kSecond == 0) return;
  fmt::format_to(std::back_inserter(*out), ".{:09}", size % kSecond);
  while (out->ends_with('0')) out->pop_back();
}

}  // namespace

ExactCell Exact(const Cell& cell, ColumnKind kind, core::Zone zone, std::string* room) {
  if (const auto* text = std::get_if<std::string>(&cell)) return {Form::kText, *text};
  room->clear();
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    switch (kind) {
      case ColumnKind::kTime:
        *room = core::FormatIn(zone, core::Timestamp(std::chrono::nanoseconds(*whole)));
        return {Form::kTime, *room};
      case ColumnKind::kDuration: WriteSeconds(*whole, room); return {Form::kNumber, *room};
      case ColumnKind::kText:
      case ColumnKind::kNumber:
      case ColumnKind::kShare: break;
    }
    fmt::format_to(std::back_inserter(*room), "{}", *whole);
    return {Form::kNumber, *room};
  }
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr || !std::isfinite(*number)) return {};
  const double value = kind == ColumnKind::kShare ? std::round(*number * 1e4) / 1e4 : *number;
  fmt::format_to(std::back_inserter(*room), "{}", value);
  return {Form::kNumber, *room};
}

std::vector<std::string> UniqueNames(const core::Table& table) {
  std::set<std::string> taken;
  for (const core::Column& column : table.columns) taken.insert(column.name);
  std::set<std::string> given;
  std::vector<std::string> names;
  for (const core::Column& column : table.columns) {
    std::string name = column.name;
    for (int number = 2; given.contains(name) || (name != column.name && taken.contains(name)); ++number)
      name = fmt::format("{}_{}", column.name, number);
    given.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

const Cell& CellAt(const std::vector<Cell>& row, std::size_t column) {
  static const Cell kNone;
  return column < row.size() ? row[column] : kNone;
}

}  // namespace neverready::reports
