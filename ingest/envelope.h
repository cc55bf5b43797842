// Reads the envelope of a LogEntry while simdjson walks it. Part of EntryParser: nobody else includes this.
// One thread.
#ifndef NEVERREADY_INGEST_ENVELOPE_H_
#define NEVERREADY_INGEST_ENVELOPE_H_

#include <simdjson.h>

#include <optional>
#include <string_view>

#include "ingest/log_entry.h"
#include "ingest/payload_text.h"

namespace neverready::ingest {

// Takes camelCase, snake_case and Go's CamelCase, timestamps and severities in all forms, null for
// everything. What has an unexpected type is left out.
class Envelope {
 public:
  // Borrows both for its own lifetime. A JSON payload's leaves are appended to `payload`.
  Envelope(LeafList* payload, LogEntry* entry) : payload_(payload), entry_(entry) {}

  // Fails where a string cannot be read or the JSON ends.
  simdjson::error_code Read(simdjson::ondemand::object members);

  // After Read. The views borrow from the parser of the object.
  bool is_envelope() const { return is_envelope_; }  // it has one of the members that only LogEntry has
  bool has_payload() const { return has_payload_; }  // jsonPayload
  std::optional<std::string_view> text() const { return text_; }    // textPayload
  std::optional<std::string_view> audit() const { return audit_; }  // protoPayload, as raw JSON
  std::optional<core::Timestamp> received() const { return received_; }

 private:
  using Value = simdjson::ondemand::value;
  using Code = simdjson::error_code;

  Code Field(std::string_view key, Value value);
  Code Payload(std::string_view key, Value value);
  Code SeverityOf(Value value);
  Code Labels(Value value);
  Code Resource(Value value);
  Code ResourceLabels(Value value);
  Code Http(Value value);
  Code SplitOf(Value value);

  LeafList* payload_;
  LogEntry* entry_;
  bool is_envelope_ = false, has_payload_ = false;
  std::optional<std::string_view> text_, audit_;
  std::optional<core::Timestamp> received_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_ENVELOPE_H_
