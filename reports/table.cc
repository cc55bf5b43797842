#include "reports/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/markdown.h"
#include "core/text.h"
#include "reports/cell.h"
#include "reports/table_csv.h"
#include "reports/table_json.h"

namespace neverready::reports {
namespace {

using core::Cell;
using core::Column;
using core::ColumnKind;
using core::Table;

constexpr std::size_t kLeast = 12;               // columns below which nothing is cut
constexpr std::size_t kGap = 2;                  // blanks between columns
constexpr std::size_t kLongestInMarkdown = 300;  // characters of a cell

// "2025-09-08 04:02:11" of "2025-09-08T04:02:11.319Z".
std::string ShortTime(std::int64_t nanoseconds, core::Zone zone) {
  std::string time = core::FormatIn(zone, core::Timestamp(std::chrono::nanoseconds(nanoseconds)));
  time.resize(19);
  time[10] = ' ';
  return time;
}

// Neither none nor all unless it is.
std::string Percent(double share) {
  if (share > 0 && share < 0.005) return "<1 %";
  if (share < 1 && share >= 0.995) return ">99 %";
  return fmt::format("{:.0f} %", share * 100);
}

// Enough for people; programs get all digits.
std::string Decimal(double value) {
  const double size = std::abs(value);
  return size == 0 || (size >= 0.01 && size < 1e15) ? fmt::format("{:.2f}", value)
                                                    : fmt::format("{:.3g}", value);
}

// A cell without text, for people; "" for one without a value.
std::string Words(const Cell& cell, ColumnKind kind, core::Zone zone) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    switch (kind) {
      case ColumnKind::kTime: return ShortTime(*whole, zone);
      case ColumnKind::kDuration: return core::FormatDuration(std::chrono::nanoseconds(*whole));
      case ColumnKind::kShare: return Percent(static_cast<double>(*whole));
      case ColumnKind::kText:
      case ColumnKind::kNumber: break;
    }
    return std::to_string(*whole);
  }
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr || !std::isfinite(*number)) return {};
  return kind == ColumnKind::kShare ? Percent(*number) : Decimal(*number);
}

bool StandsAtTheRight(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText:
    case ColumnKind::kTime: return false;
    case ColumnKind::kNumber:
    case ColumnKind::kDuration:
    case ColumnKind::kShare: return true;
  }
  return false;
}

// What stands over the columns, in small letters.
std::vector<std::string> Titles(const Table& table, core::Zone zone) {
  std::vector<std::string> titles;
  bool zone_is_said = false;
  for (const Column& column : table.columns) {
    std::string title = column.title;
    if (title.empty()) {
      title = column.name;
      std::ranges::replace(title, '_', ' ');
    }
    if (column.kind == ColumnKind::kTime && !std::exchange(zone_is_said, true))
      title += zone == core::Zone::kUtc ? " (UTC)" : " (local)";
    titles.push_back(std::move(title));
  }
  return titles;
}

std::string OneLine(std::string_view text) {
  std::string line = core::SafeForTerminal(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

// The limit that shows twice as much.
std::size_t NextLimit(const Table& table) { return std::max<std::size_t>(table.rows.size(), 1) * 2; }

class TextTable {
 public:
  TextTable(const Table& table, const TableOptions& options) : table_(table), options_(options) {
    Row head;
    for (const std::string& title : Titles(table, options.zone)) head.push_back(Upper(Cut(OneLine(title))));
    can_give_way_.resize(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      can_give_way_[i] = table.columns[i].kind == ColumnKind::kText;
    lines_.reserve(table.rows.size() + 1);
    lines_.push_back(std::move(head));
    for (const auto& row : table.rows) lines_.push_back(Show(row));
    FindWidths();
  }

  std::string Take() {
    std::string out = options_.title.empty() ? "" : Painted(OneLine(options_.title), "1") + "\n";
    for (const Row& line : lines_)
      out += (&line == lines_.data() ? Painted(Joined(line), "2") : Joined(line)) + "\n";
    if (table_.truncated)
      out += Painted(fmt::format("… more: --limit {}, or 0 for all", NextLimit(table_)), "2") + "\n";
    return out;
  }

 private:
  using Row = std::vector<std::string>;

  static std::string Upper(std::string text) {
    for (char& c : text) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
  }

  // No cell is wider than the whole table.
  std::string Cut(const std::string& text) const {
    return core::Ellipsize(text, std::max(options_.width, kLeast));
  }

  std::string Painted(const std::string& text, const char* code) const {
    return options_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }

  Row Show(const std::vector<Cell>& row) {
    Row line;
    line.reserve(table_.columns.size());
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Cell& cell = CellAt(row, i);
      if (const auto* text = std::get_if<std::string>(&cell)) {
        line.push_back(Cut(OneLine(*text)));
        can_give_way_[i] = true;
      } else {
        line.push_back(Words(cell, table_.columns[i].kind, options_.zone));
      }
      if (line.back().empty()) line.back() = "-";
    }
    return line;
  }

  void FindWidths() {
    widths_.assign(table_.columns.size(), 0);
    for (const Row& line : lines_) {
      for (std::size_t i = 0; i < line.size(); ++i)
        widths_[i] = std::max(widths_[i], core::DisplayWidth(line[i]));
    }
    std::size_t total = widths_.empty() ? 0 : kGap * (widths_.size() - 1);
    for (const std::size_t width : widths_) total += width;
    // One column at a time off the widest, the last of them first: at most as many steps as there are columns
    // too many.
    while (total > options_.width) {
      std::size_t widest = widths_.size();
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (can_give_way_[i] && widths_[i] > kLeast &&
            (widest == widths_.size() || widths_[i] >= widths_[widest]))
          widest = i;
      }
      if (widest == widths_.size()) return;
      --widths_[widest];
      --total;
    }
  }

  std::string Joined(const Row& line) const {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string text = core::Ellipsize(line[i], widths_[i]);
      const std::string blanks(widths_[i] - core::DisplayWidth(text), ' ');
      if (i > 0) out.append(kGap, ' ');
      out += StandsAtTheRight(table_.columns[i].kind) ? blanks + text : text + blanks;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
  }

  const Table& table_;
  const TableOptions& options_;
  std::vector<Row> lines_;  // the head first
  std::vector<std::size_t> widths_;
  std::vector<bool> can_give_way_;
};

std::string ToText(const Table& table, const TableOptions& options) {
  return TextTable(table, options).Take();
}

std::string MarkdownCell(const Cell& cell, ColumnKind kind, core::Zone zone) {
  if (const auto* text = std::get_if<std::string>(&cell))
    return core::EscapeMarkdown(core::Ellipsize(core::SafeForTerminal(*text), kLongestInMarkdown));
  const std::string words = Words(cell, kind, zone);
  // "<1 ms"; a number needs no escapes, and "1.5" would look odd with them.
  return words.starts_with('<') || words.starts_with('>') ? core::EscapeMarkdown(words) : words;
}

std::string ToMarkdown(const Table& table, const TableOptions& options) {
  std::string out = "|", rule = "|";
  for (std::string title : Titles(table, options.zone)) {
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
      title[0] = static_cast<char>(title[0] - 'a' + 'A');
    out += " " + MarkdownCell(title, ColumnKind::kText, options.zone) + " |";
  }
  for (const Column& column : table.columns) rule += StandsAtTheRight(column.kind) ? "---:|" : "---|";
  out += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    out += '|';
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      out += " " + MarkdownCell(CellAt(row, i), table.columns[i].kind, options.zone) + " |";
    out += '\n';
  }
  if (table.truncated)
    out += fmt::format("\nThere are more: `--limit {}`, or `--limit 0` for all.\n", NextLimit(table));
  return out;
}

}  // namespace

std::optional<TableFormat> ParseTableFormat(std::string_view name) {
  const auto found = std::ranges::find(kTableFormats, name);
  if (found == kTableFormats.end()) return std::nullopt;
  return static_cast<TableFormat>(found - kTableFormats.begin());
}

std::string Render(const Table& table, TableFormat format, const TableOptions& options) {
  const bool empty = table.rows.empty();
  switch (format) {
    case TableFormat::kText: return empty ? options.empty + "\n" : ToText(table, options);
    case TableFormat::kJson: return TableToJson(table, options.name, options.zone);
    case TableFormat::kNdjson: return TableToNdjson(table, options.zone);
    case TableFormat::kCsv: return TableToCsv(table, options.zone);
    case TableFormat::kMarkdown: break;
  }
  const std::string title = options.title.empty() ? "" : "## " + core::EscapeMarkdown(options.title) + "\n\n";
  return title + (empty ? options.empty + "\n" : ToMarkdown(table, options));
}

}  // namespace neverready::reports
