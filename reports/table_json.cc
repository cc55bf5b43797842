#include "reports/table_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "reports/cell.h"

namespace neverready::reports {
namespace {

using nlohmann::json;
using Form = ExactCell::Form;

bool IsPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

void WriteString(std::string_view text, std::string* out) {
  // Most texts are: a third of the time.
  if (std::ranges::all_of(text, IsPlain)) {
    *out += '"';
    *out += text;
    *out += '"';
    return;
  }
  *out += core::EscapeHiddenInJson(json(text).dump(-1, ' ', false, json::error_handler_t::replace));
}

// Writes rows as objects, one after the other.
class RowWriter {
 public:
  RowWriter(const core::Table& table, core::Zone zone) : table_(table), zone_(zone) {
    for (const std::string& name : UniqueNames(table)) {
      std::string key = keys_.empty() ? "" : ", ";
      WriteString(name, &key);
      keys_.push_back(key + ": ");
    }
  }

  void Write(const std::vector<core::Cell>& row, std::string* out) {
    *out += '{';
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      *out += keys_[i];
      const ExactCell cell = Exact(CellAt(row, i), table_.columns[i].kind, zone_, &room_);
      switch (cell.form) {
        case Form::kNothing: *out += "null"; break;
        case Form::kNumber: *out += cell.text; break;
        case Form::kText:
        case Form::kTime: WriteString(cell.text, out); break;
      }
    }
    *out += '}';
  }

 private:
  const core::Table& table_;
  core::Zone zone_;
  std::vector<std::string> keys_;  // with what stands before and behind them
  std::string room_;
};

}  // namespace

std::string RowsToJson(const core::Table& table, core::Zone zone, std::size_t indent) {
  if (table.rows.empty()) return "[]";
  RowWriter writer(table, zone);
  const std::string margin(indent, ' ');
  std::string out = "[";
  for (const auto& row : table.rows) {
    out += out.size() == 1 ? "\n" : ",\n";
    out += margin;
    out += "  ";
    writer.Write(row, &out);
  }
  return out + "\n" + margin + "]";
}

std::string TableToJson(const core::Table& table, const std::string& name, core::Zone zone) {
  return "{\n  \"schema\": \"neverready." + name + "/1\",\n  \"rows\": " + RowsToJson(table, zone, 2) +
         ",\n  \"truncated\": " + (table.truncated ? "true" : "false") + "\n}\n";
}

std::string TableToNdjson(const core::Table& table, core::Zone zone) {
  RowWriter writer(table, zone);
  std::string out;
  for (const auto& row : table.rows) {
    writer.Write(row, &out);
    out += '\n';
  }
  return out;
}

}  // namespace neverready::reports
