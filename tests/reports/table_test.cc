#include "reports/table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>

#include "core/text.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/time_zone.h"

namespace neverready::reports {
namespace {

using core::Cell;
using core::ColumnKind;
using core::Table;

constexpr std::int64_t kSecond = 1000000000;
constexpr std::int64_t kTime = 1757304131 * kSecond + 319000000;  // 2025-09-08T04:02:11.319Z

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Table Incidents() {
  Table table;
  table.columns = {{"id", ColumnKind::kNumber, ""},         {"service", ColumnKind::kText, ""},
                   {"started_at", ColumnKind::kTime, ""},   {"closed_at", ColumnKind::kTime, ""},
                   {"open_for", ColumnKind::kDuration, ""}, {"share", ColumnKind::kShare, "part"}};
  table.rows = {{std::int64_t{7}, "web", kTime, kTime + 90 * kSecond, 90 * kSecond, 0.456},
                {std::int64_t{12}, "netra-backend", kTime, Cell(), Cell(), 0.001}};
  return table;
}

Table Wide(std::size_t columns, std::size_t cell) {
  Table table;
  for (std::size_t i = 0; i < columns; ++i)
    table.columns.push_back({"c" + std::to_string(i), ColumnKind::kText, ""});
  table.rows = {std::vector<Cell>(columns, std::string(cell, 'x'))};
  return table;
}

std::string Text(const Table& table, std::size_t width = 100) {
  TableOptions options;
  options.width = width;
  return Render(table, TableFormat::kText, options);
}

std::string Markdown(const Table& table) { return Render(table, TableFormat::kMarkdown, {}); }

// The only row's only cell.
std::string Shown(const Cell& cell, ColumnKind kind) {
  const Table table{{{"c", kind, ""}}, {{cell}}, false};
  const std::string text = Text(table);
  return std::string(core::Trim(text.substr(text.find('\n') + 1)));
}

std::size_t WidestLine(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string_view line : core::SplitLines(text))
    widest = std::max(widest, core::DisplayWidth(line));
  return widest;
}

TEST_CASE("A table for people is aligned under a head that says the zone once", "[reports][table]") {
  CHECK(Text(Incidents()) ==
        "ID  SERVICE        STARTED AT (UTC)     CLOSED AT            OPEN FOR  PART\n"
        " 7  web            2025-09-08 04:02:11  2025-09-08 04:03:41      90 s  46 %\n"
        "12  netra-backend  2025-09-08 04:02:11  -                           -  <1 %\n");
}

TEST_CASE("The same table as Markdown", "[reports][table]") {
  CHECK(Markdown(Incidents()) ==
        "| Id | Service | Started at (UTC) | Closed at | Open for | Part |\n"
        "|---:|---|---|---|---:|---:|\n"
        "| 7 | web | 2025-09-08 04:02:11 | 2025-09-08 04:03:41 | 90 s | 46 % |\n"
        "| 12 | netra-backend | 2025-09-08 04:02:11 |  |  | &lt;1 % |\n");
}

TEST_CASE("Local times are said to be local", "[reports][table]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  TableOptions options;
  options.zone = core::Zone::kLocal;
  for (const TableFormat format : {TableFormat::kText, TableFormat::kMarkdown}) {
    const std::string text = Render(Incidents(), format, options);
    CHECK(Contains(core::ToLower(text), "started at (local)"));
    CHECK(Contains(text, "2025-09-08 06:02:11"));
    CHECK_FALSE(Contains(text, "04:02:11"));
  }
}

TEST_CASE("A number is shown as its column says", "[reports][table]") {
  CHECK(Shown(std::int64_t{-1234567}, ColumnKind::kNumber) == "-1234567");
  CHECK(Shown(0.9, ColumnKind::kNumber) == "0.90");
  CHECK(Shown(1234567.891, ColumnKind::kNumber) == "1234567.89");
  CHECK(Shown(0.00012345, ColumnKind::kNumber) == "0.000123");
  CHECK(Shown(1e300, ColumnKind::kNumber) == "1e+300");
  CHECK(Shown(std::int64_t{1500000000}, ColumnKind::kDuration) == "1.5 s");
  CHECK(Shown(std::int64_t{1500000000}, ColumnKind::kText) == "1500000000");
  CHECK(Shown(std::numeric_limits<std::int64_t>::min(), ColumnKind::kTime) == "1677-09-21 00:12:43");
  CHECK(Shown(std::numeric_limits<double>::quiet_NaN(), ColumnKind::kNumber) == "-");
  CHECK(Shown(std::string("text"), ColumnKind::kNumber) == "text");
  CHECK(Shown(std::string(), ColumnKind::kText) == "-");
}

TEST_CASE("A share is neither none nor all unless it is", "[reports][table]") {
  CHECK(Shown(0.0, ColumnKind::kShare) == "0 %");
  CHECK(Shown(0.004, ColumnKind::kShare) == "<1 %");
  CHECK(Shown(0.006, ColumnKind::kShare) == "1 %");
  CHECK(Shown(0.994, ColumnKind::kShare) == "99 %");
  CHECK(Shown(0.999, ColumnKind::kShare) == ">99 %");
  CHECK(Shown(1.0, ColumnKind::kShare) == "100 %");
  CHECK(Shown(std::int64_t{1}, ColumnKind::kShare) == "100 %");
}

TEST_CASE("The widest text gives way first", "[reports][table]") {
  Table table;
  table.columns = {{"short", ColumnKind::kText, ""}, {"long", ColumnKind::kText, ""}};
  table.rows = {{std::string(20, 'a'), std::string(90, 'b')}};
  CHECK(Text(table, 60) ==
        "SHORT                 LONG\n" + std::string(20, 'a') + "  " + std::string(37, 'b') + "…\n");
  CHECK(Text(table, 40) ==
        "SHORT                LONG\n" + std::string(18, 'a') + "…  " + std::string(18, 'b') + "…\n");
  // Of two as wide, the one at the right.
  CHECK(Text(table, 39) ==
        "SHORT                LONG\n" + std::string(18, 'a') + "…  " + std::string(17, 'b') + "…\n");
}

TEST_CASE("No column is cut below twelve, and no number at all", "[reports][table]") {
  CHECK(Text(Wide(5, 40), 30)
            .ends_with("\nxxxxxxxxxxx…  xxxxxxxxxxx…  xxxxxxxxxxx…  xxxxxxxxxxx…  xxxxxxxxxxx…\n"));
  CHECK(Text(Wide(1, 12), 1).ends_with("\nxxxxxxxxxxxx\n"));
  Table numbers{{{"a", ColumnKind::kNumber, ""}, {"at", ColumnKind::kTime, ""}},
                {{std::numeric_limits<std::int64_t>::max(), kTime}},
                false};
  CHECK(Contains(Text(numbers, 10), "9223372036854775807  2025-09-08 04:02:11"));
}

TEST_CASE("A table fits every width that leaves twelve a column", "[reports][table]") {
  for (std::size_t columns = 1; columns <= 8; ++columns) {
    for (std::size_t width = columns * 14; width <= 200; width += 7) {
      INFO(columns << " columns, width " << width);
      const std::string text = Text(Wide(columns, 60), width);
      CHECK(WidestLine(text) == std::min(width, columns * 62 - 2));
    }
  }
}

TEST_CASE("Nothing is said in the caller's words", "[reports][table]") {
  Table none = Incidents();
  none.rows.clear();
  CHECK(Text(none) == "(none)\n");
  CHECK(Markdown(none) == "(none)\n");
  TableOptions options;
  options.empty = "No incident is open.";
  options.title = "Open incidents";
  CHECK(Render(none, TableFormat::kText, options) == "No incident is open.\n");
  CHECK(Render(none, TableFormat::kMarkdown, options) == "## Open incidents\n\nNo incident is open.\n");
}

TEST_CASE("A table that was cut off says how to see more", "[reports][table]") {
  Table table = Incidents();
  CHECK_FALSE(Contains(Text(table), "limit"));
  CHECK_FALSE(Contains(Markdown(table), "limit"));
  table.truncated = true;
  CHECK(Text(table).ends_with("\n… more: --limit 4, or 0 for all\n"));
  CHECK(Markdown(table).ends_with("|\n\nThere are more: `--limit 4`, or `--limit 0` for all.\n"));
}

TEST_CASE("Only the head, the title and the end are painted", "[reports][table]") {
  Table table{{{"a", ColumnKind::kText, ""}}, {{"x"}}, true};
  TableOptions options;
  options.color = true;
  options.title = "Title";
  CHECK(Render(table, TableFormat::kText, options) ==
        "\x1b[1mTitle\x1b[0m\n\x1b[2mA\x1b[0m\nx\n\x1b[2m… more: --limit 2, or 0 for all\x1b[0m\n");
}

TEST_CASE("Rows may lack cells, or have too many", "[reports][table]") {
  const Table table{
      {{"a", ColumnKind::kText, ""}, {"b", ColumnKind::kText, ""}}, {{}, {"1", "2", "3"}}, false};
  CHECK(Text(table) == "A  B\n-  -\n1  2\n");
  CHECK(Markdown(table) == "| A | B |\n|---|---|\n|  |  |\n| 1 | 2 |\n");
}

TEST_CASE("Hostile text keeps a row a line, and harms neither terminal nor table", "[reports][table]") {
  for (const std::string& attack : fakes::HostileTexts()) {
    INFO(attack);
    const Table table{
        {{attack, ColumnKind::kText, ""}, {"n", ColumnKind::kNumber, attack}, {"t", ColumnKind::kTime, ""}},
        {{attack, attack, attack}, {"x", std::int64_t{1}, kTime}},
        false};
    const std::string text = Text(table, 80);
    CHECK(core::SplitLines(text).size() == 3);
    CHECK(core::SafeForTerminal(text) == text);
    CHECK(core::IsValidUtf8(text));
    CHECK(WidestLine(text) <= 80);
    const std::string markdown = Markdown(table);
    const auto lines = core::SplitLines(markdown);
    CHECK(lines.size() == 4);
    for (const std::string_view line : lines) CHECK(std::ranges::count(line, '|') == 4);
    CHECK(core::SafeForTerminal(markdown) == markdown);
    CHECK(core::IsValidUtf8(markdown));
    for (const char* bad : {"<img", "</script", "@all", " [a]("}) CHECK_FALSE(Contains(markdown, bad));
  }
}

TEST_CASE("GitHub's renderer finds every row, and no element of a text", "[reports][table]") {
  if (std::system("cmark-gfm --version >/dev/null 2>&1") != 0) {
    WARN("SKIPPED: cmark-gfm is not installed");
    return;
  }
  Table table{{{"a", ColumnKind::kText, ""}, {"b", ColumnKind::kNumber, ""}}, {}, false};
  for (const std::string& attack : fakes::HostileTexts()) table.rows.push_back({attack, std::int64_t{1}});
  const fakes::TemporaryFolder folder;
  const std::string html = folder.name() + "/out.html";
  const std::string command = "cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist " +
                              folder.Write("table.md", Markdown(table)) + " >" + html;
  REQUIRE(std::system(command.c_str()) == 0);
  const std::string text = fakes::ReadFile(html);
  const auto count = [&](std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(count("<tr>") == table.rows.size() + 1);
  CHECK(count("<td") == table.rows.size() * 2);
  CHECK(count("<td align=\"right\">1</td>") == table.rows.size());
  for (const char* bad : {"<a ", "<img", "<script", "<em>", "<strong>", "<code>", "<del>", "<p>", "<li>"})
    CHECK(count(bad) == 0);
}

TEST_CASE("Formats have names", "[reports][table]") {
  CHECK(ParseTableFormat("text") == TableFormat::kText);
  CHECK(ParseTableFormat("json") == TableFormat::kJson);
  CHECK(ParseTableFormat("ndjson") == TableFormat::kNdjson);
  CHECK(ParseTableFormat("csv") == TableFormat::kCsv);
  CHECK(ParseTableFormat("markdown") == TableFormat::kMarkdown);
  CHECK_FALSE(ParseTableFormat("xml"));
}

}  // namespace
}  // namespace neverready::reports
