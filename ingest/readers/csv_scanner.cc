#include "ingest/readers/csv_scanner.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "ingest/entry_parser.h"

namespace neverready::ingest {
namespace {

// Follows one record byte by byte; its state outlives the block that the bytes stand in.
class RecordState {
 public:
  explicit RecordState(std::vector<std::string>* fields) : fields_(fields) { fields_->assign(1, {}); }

  // Returns true behind the record's newline.
  bool Take(char c) {
    std::string& field = fields_->back();
    if (quoted_) {
      if (c == '"') {
        quoted_ = false;
        closed_ = true;
      } else {
        field.push_back(c);
      }
    } else if (c == '"' && closed_) {  // two quotes inside quotes are one
      field.push_back(c);
      quoted_ = true;
      closed_ = false;
    } else if (c == '"' && field.empty()) {
      quoted_ = true;
    } else if (c == ',') {
      fields_->emplace_back();
      closed_ = false;
    } else if (c == '\n') {
      if (field.ends_with('\r')) field.pop_back();
      return true;
    } else {
      field.push_back(c);
    }
    return false;
  }

  bool quoted() const { return quoted_; }

 private:
  std::vector<std::string>* fields_;
  bool quoted_ = false;
  bool closed_ = false;  // a quote was just closed, or its field goes on behind it
};

bool HasText(std::string_view name) {
  name = name.substr(0, name.find('.'));
  return name == "textPayload" || name == "text_payload" || name == "jsonPayload" || name == "json_payload" ||
         name == "protoPayload";
}

bool IsLogColumn(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames = {
      "insertId", "insert_id", "logName",          "log_name",          "timestamp",
      "severity", "resource",  "receiveTimestamp", "receive_timestamp", "httpRequest"};
  return HasText(name) || std::ranges::find(kNames, name) != kNames.end() || name.starts_with("resource.") ||
         name.starts_with("labels.") || name.starts_with("httpRequest.");
}

}  // namespace

core::Result<bool> CsvScanner::Next(CsvRecord* record) {
  *record = CsvRecord{};
  record->line = line_;
  RecordState state(&record->fields);
  std::size_t taken = 0;
  while (true) {
    const std::string_view data = buffer_->data();
    for (std::size_t at = 0; at < data.size(); ++at) {
      if (data[at] == '\n') ++line_;
      if (!state.Take(data[at])) {
        if (++taken <= kMaxEntryBytes) continue;
        record->too_long = true;
        record->fields.assign(1, {});
        continue;
      }
      buffer_->Skip(at + 1);
      return true;
    }
    buffer_->Skip(data.size());
    const core::Result<bool> more = buffer_->Fill();
    if (!more) return more;
    if (*more) continue;
    record->cut_off = state.quoted();
    return taken > 0;
  }
}

std::vector<std::string> FirstCsvRecord(std::string_view text) {
  std::vector<std::string> fields;
  RecordState state(&fields);
  for (const char c : text) {
    if (state.Take(c)) break;
  }
  return fields;
}

bool AreLogColumns(const std::vector<std::string>& columns) {
  std::size_t known = 0;
  bool text = false;
  for (const std::string& column : columns) {
    const std::string_view name = core::Trim(column);
    known += IsLogColumn(name) ? 1 : 0;
    text = text || HasText(name);
  }
  return known >= 2 && text;
}

}  // namespace neverready::ingest
