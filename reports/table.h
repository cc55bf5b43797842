// A table as people or programs want it, in one of five formats. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_TABLE_H_
#define NEVERREADY_REPORTS_TABLE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/local_time.h"
#include "core/table.h"

namespace neverready::reports {

enum class TableFormat { kText, kJson, kNdjson, kCsv, kMarkdown };

// In the order of TableFormat.
inline constexpr std::array kTableFormats = {"text", "json", "ndjson", "csv", "markdown"};

// Nothing for any other word.
std::optional<TableFormat> ParseTableFormat(std::string_view name);

struct TableOptions {
  std::string name;                    // of the JSON schema: "incidents" is neverready.incidents/1
  std::string title;                   // of text and Markdown: above the table; empty: none
  std::string empty = "(none)";        // of text and Markdown: instead of a table without rows
  core::Zone zone = core::Zone::kUtc;  // of all times
  std::size_t width = 100;             // columns of text
  bool color = false;                  // of text
};

// Text: aligned columns with a head; it fits the width where that is possible without cutting a column to
// less than 12, the widest columns giving way first. Markdown: a row a row, texts cut to 300 characters. In
// both a time is "2025-09-08 04:02:11", and the head of the first column of times says the zone; a duration
// is as core::FormatDuration has it, a share in percent; and a truncated table says which --limit shows more.
// Text of any origin is made safe for what it is shown on. JSON and NDJSON: reports/table_json.h; CSV:
// reports/table_csv.h; of these only JSON tells that a table is truncated. What is not empty ends with a
// newline.
std::string Render(const core::Table& table, TableFormat format, const TableOptions& options);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_TABLE_H_
