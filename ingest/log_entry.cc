#include "ingest/log_entry.h"

namespace neverready::ingest {

void LogEntry::Clear() {
  timestamp.reset();
  log = LogKind::kText;
  severity = Severity::kDefault;
  for (std::string* field : {&insert_id, &log_name, &resource_type, &project, &location, &service, &revision,
                             &instance, &container, &app_logger}) {
    field->clear();
  }
  text.clear();
  audit.reset();
  http.reset();
  split.reset();
  source = 0;
  position = 0;
}

}  // namespace neverready::ingest
