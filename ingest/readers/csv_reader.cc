// ReadCsv of forms.h: what the Logs Explorer downloads as CSV.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "ingest/entry_parser.h"
#include "ingest/json_repair.h"
#include "ingest/readers/csv_scanner.h"
#include "ingest/readers/forms.h"

namespace neverready::ingest {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxLevels = 16;

// "jsonPayload.error.stack" is a path; the names of labels hold dots themselves.
std::vector<std::string> PathOf(const std::string& column) {
  for (const std::string_view parent : {"resource.labels.", "labels.", "user_labels."}) {
    if (!column.starts_with(parent)) continue;
    std::vector<std::string> path = PathOf(column.substr(0, parent.size() - 1));
    path.push_back(column.substr(parent.size()));
    return path;
  }
  std::vector<std::string> path;
  std::size_t begin = 0;
  while (path.size() + 1 < kMaxLevels) {
    const std::size_t dot = column.find('.', begin);
    if (dot == std::string::npos) break;
    path.push_back(column.substr(begin, dot - begin));
    begin = dot + 1;
  }
  path.push_back(column.substr(begin));
  return path;
}

bool IsInteger(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 15 && (text == "0" || text[0] != '0') &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// CSV knows no types: numbers and booleans of a payload or request are told by their look, and a whole
// payload in one column is JSON.
Json ValueOf(const std::string& name, const std::string& text) {
  const bool text_column = name != "jsonPayload" && name != "protoPayload" && name != "httpRequest";
  const bool object_column = !text_column || name == "resource" || name == "labels";
  if (object_column && core::Trim(text).starts_with('{') && !NestedTooDeep(text)) {
    Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_object()) return parsed;
  }
  if (text_column) return text;
  if (IsInteger(text)) return std::stoll(text);
  if (text == "true" || text == "false") return text == "true";
  return text;
}

class Rows {
 public:
  explicit Rows(const std::vector<std::string>& header) {
    for (const std::string& column : header) paths_.push_back(PathOf(std::string(core::Trim(column))));
  }

  std::size_t columns() const { return paths_.size(); }

  std::string ToJson(const std::vector<std::string>& fields) const {
    Json entry = Json::object();
    for (std::size_t i = 0; i < std::min(fields.size(), paths_.size()); ++i) {
      if (fields[i].empty()) continue;
      Json* at = &entry;
      for (const std::string& name : paths_[i]) {
        if (!at->is_object()) *at = Json::object();
        at = &(*at)[name];
      }
      if (at->is_null()) *at = ValueOf(paths_[i].front(), fields[i]);
    }
    return entry.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  std::vector<std::vector<std::string>> paths_;
};

}  // namespace

core::Status ReadCsv(BlockBuffer* buffer, EntrySink* sink) {
  CsvScanner records(buffer);
  CsvRecord record;
  core::Result<bool> more = records.Next(&record);
  if (!more) return tl::unexpected(more.error());
  if (!*more) return {};
  const Rows rows(record.fields);
  while (true) {
    more = records.Next(&record);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (record.too_long) {
      sink->Reject(record.line, "larger than 8 MiB");
    } else if (record.cut_off) {
      sink->RejectWithWarning(DisplayName(sink->file()) + ": the last row, which begins in line " +
                              std::to_string(record.line) + ", is cut off");
    } else if (record.fields.size() > rows.columns()) {
      sink->Reject(record.line, "a row of " + std::to_string(record.fields.size()) + " fields under " +
                                    std::to_string(rows.columns()) + " columns");
    } else if (record.fields.size() > 1 || !record.fields[0].empty()) {
      const core::Status status = sink->AddJson(rows.ToJson(record.fields), record.line);
      if (!status) sink->Reject(record.line, status.error().message);
    }
  }
}

}  // namespace neverready::ingest
