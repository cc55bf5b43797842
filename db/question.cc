#include "db/question.h"

#include <utility>

namespace neverready::db {

Question& Question::Add(std::string_view sql, const std::string& value) {
  values_.emplace_back(std::in_place_type<std::string>, value);
  return Add(sql);
}

Question& Question::Add(std::string_view sql, std::int64_t value) {
  values_.emplace_back(std::in_place_type<std::int64_t>, value);
  return Add(sql);
}

Question& Question::AddServices(const Filter& filter) {
  if (!filter.service.empty()) Add(" AND services.name = ?", filter.service);
  if (!filter.project.empty()) Add(" AND services.project = ?", filter.project);
  if (!filter.environment.empty()) Add(" AND services.environment = ?", filter.environment);
  return *this;
}

Question& Question::AddSpan(const Filter& filter, const std::string& column) {
  return AddSpan(filter, column, column);
}

Question& Question::AddSpan(const Filter& filter, const std::string& begin, const std::string& end) {
  const auto nanoseconds = [](core::Timestamp time) { return std::int64_t{time.time_since_epoch().count()}; };
  if (filter.since) Add(" AND (" + end + " IS NULL OR " + end + " >= ?)", nanoseconds(*filter.since));
  if (filter.until) Add(" AND (" + begin + " IS NULL OR " + begin + " <= ?)", nanoseconds(*filter.until));
  return *this;
}

Question& Question::AddCategory(const Filter& filter, const std::string& column) {
  if (!filter.category.empty()) Add(" AND " + column + " = ?", filter.category);
  return *this;
}

Question& Question::AddLimit(const Filter& filter) {
  if (filter.rows) Add(" LIMIT ?", static_cast<std::int64_t>(*filter.rows));
  return *this;
}

core::Result<core::Table> Question::Ask(Connection* connection, std::vector<core::Column> columns) const {
  core::Table table{std::move(columns), {}, false};
  const int width = static_cast<int>(table.columns.size());
  const core::Status status = Read(connection, [&](const BorrowedRow& row) {
    std::vector<core::Cell>& cells = table.rows.emplace_back();
    cells.reserve(table.columns.size());
    for (int i = 0; i < width; ++i) cells.push_back(row.Value(i));
    return true;
  });
  if (!status) return tl::unexpected(status.error());
  return table;
}

core::Status Question::Read(Connection* connection, const ReadRow& read) const {
  return connection->ReadText(sql_, values_, read);
}

}  // namespace neverready::db
