#include "reports/table_csv.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/text.h"
#include "reports/cell.h"

namespace neverready::reports {
namespace {

using Form = ExactCell::Form;

bool IsLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Whether a text needs neither cleaning nor quotes and begins no formula. Most are such.
bool IsPlain(std::string_view text) {
  return text.empty() || (IsLetterOrDigit(text.front()) && std::ranges::all_of(text, [](char c) {
                            return c >= ' ' && c <= '~' && c != ',' && c != ';' && c != '"';
                          }));
}

bool IsNumber(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  // from_chars takes "inf" and "nan" too.
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return false;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// Whether a spreadsheet that begins a field here takes it for a formula.
bool BeginsFormula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \""), text.size()));
  for (const std::string_view sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(sign)) return true;
  }
  return false;
}

std::string Guarded(std::string_view text) {
  if (IsNumber(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (BeginsFormula(text.substr(at))) out += '\'';
    const std::size_t end = std::min(text.find_first_of(";\n", at), text.size() - 1) + 1;
    out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

void WriteText(std::string_view text, std::string* out) {
  if (IsPlain(text)) {
    *out += text;
    return;
  }
  const std::string safe = Guarded(core::SafeForTerminal(text));
  if (safe.find_first_of(",\"\n") == std::string::npos) {
    *out += safe;
    return;
  }
  *out += '"';
  for (const char c : safe) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

}  // namespace

std::string TableToCsv(const core::Table& table, core::Zone zone) {
  std::string out, room;
  const auto separate = [&](std::size_t column) {
    // A record of one empty field would be an empty line, which readers skip.
    if (table.columns.size() == 1 && (out.empty() || out.back() == '\n')) out += "\"\"";
    out += column + 1 < table.columns.size() ? ',' : '\n';
  };
  const std::vector<std::string> names = UniqueNames(table);
  for (std::size_t i = 0; i < names.size(); ++i) {
    WriteText(names[i], &out);
    separate(i);
  }
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const ExactCell cell = Exact(CellAt(row, i), table.columns[i].kind, zone, &room);
      switch (cell.form) {
        case Form::kNothing: break;
        case Form::kText: WriteText(cell.text, &out); break;
        case Form::kNumber:
        case Form::kTime: out += cell.text; break;
      }
      separate(i);
    }
  }
  return out;
}

}  // namespace neverready::reports
