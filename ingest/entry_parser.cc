#include "ingest/entry_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "core/text.h"
#include "ingest/audit_parser.h"
#include "ingest/entry_fields.h"
#include "ingest/envelope.h"
#include "ingest/json_repair.h"
#include "ingest/payload_text.h"
#include "ingest/payload_walker.h"

namespace neverready::ingest {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;
using simdjson::SUCCESS;

core::Status Refuse(std::string reason) {
  return core::Fail(core::ErrorCode::kInvalidArgument, std::move(reason));
}

bool LooksLikeObject(std::string_view text) {
  text = core::Trim(text);
  return text.size() >= 2 && text.front() == '{' && text.back() == '}';
}

// A simdjson parser with the padded copy of what it reads. Views into the document live until the next Load.
class Document {
 public:
  error_code Load(std::string_view json) {
    const std::size_t padded = json.size() + simdjson::SIMDJSON_PADDING;
    if (padded > buffer_.size()) {
      const std::size_t capacity = std::max<std::size_t>(json.size() * 2, 16 << 10);
      buffer_.resize(capacity + simdjson::SIMDJSON_PADDING);
      if (const error_code error = parser_.allocate(capacity)) return error;
    }
    std::memcpy(buffer_.data(), json.data(), json.size());
    std::memset(buffer_.data() + json.size(), 0, simdjson::SIMDJSON_PADDING);
    return parser_.iterate(buffer_.data(), json.size(), buffer_.size()).get(document_);
  }

  // Calls f(object) on the document's object, from its beginning, and checks that nothing follows it.
  template <typename F>
  error_code Read(F f) {
    document_.rewind();
    ondemand::object object;
    if (const error_code error = document_.get_object().get(object)) return error;
    if (const error_code error = f(object)) return error;
    const char* rest = nullptr;
    const bool at_end = document_.current_location().get(rest) == simdjson::OUT_OF_BOUNDS;
    return at_end ? SUCCESS : simdjson::TRAILING_CONTENT;
  }

 private:
  std::vector<char> buffer_;
  ondemand::parser parser_;
  ondemand::document document_;
};

// Entries of queries that left the log's name out: by what they hold; the rest may be anybody's text.
LogKind KindWithoutName(const LogEntry& entry) {
  if (entry.audit)
    return entry.audit->method.starts_with("google.") ? LogKind::kActivity : LogKind::kSystemEvent;
  if (entry.http) return LogKind::kRequests;
  return LogKind::kText;
}

}  // namespace

struct EntryParser::Buffers {
  Document outer, inner;
  LeafList outer_leaves, inner_leaves;
  PartPool parts;

  // Reads one object; `entry` is fresh.
  core::Status ReadObject(std::string_view json, LogEntry* entry);
  core::Status FinishEnvelope(const Envelope& envelope, LogEntry* entry);
  core::Status AddAudit(std::string_view json, LogEntry* entry);
  void FinishAppLine(LogEntry* entry);
  bool UnpackText(std::string_view text, LogEntry* entry);
  bool ReadInner(std::string_view json);
};

EntryParser::EntryParser() : buffers_(std::make_unique<Buffers>()) {}
EntryParser::~EntryParser() = default;

core::Status EntryParser::Parse(std::string_view json, LogEntry* entry) {
  buffers_->parts.Recycle(entry);
  entry->Clear();
  json = core::Trim(json);
  if (json.empty() || json.front() != '{') return Refuse("not a JSON object");
  if (json.size() > kMaxEntryBytes) return Refuse("larger than 8 MiB");
  if (NestedTooDeep(json)) return Refuse("nested more than 256 levels deep");
  core::Status status = buffers_->ReadObject(json, entry);
  if (!status) {
    const std::string repaired = RepairJson(json);
    if (repaired != json && repaired.size() <= 2 * kMaxEntryBytes) {
      entry->Clear();
      status = buffers_->ReadObject(repaired, entry);
    }
  }
  if (!status) entry->Clear();
  return status;
}

void EntryParser::ParseText(std::string_view line, LogEntry* entry) {
  if (LooksLikeObject(line) && Parse(line, entry)) return;
  buffers_->parts.Recycle(entry);
  entry->Clear();
  if (const std::optional<core::LeadingTime> leading = core::FindLeadingTime(line))
    entry->timestamp = leading->at;
  if (core::IsValidUtf8(line)) {
    buffers_->parts.Add(TextRole::kMessage, "", line, entry);
  } else {
    buffers_->parts.Add(TextRole::kMessage, "", core::RepairUtf8(line), entry);
  }
}

core::Status EntryParser::Buffers::ReadObject(std::string_view json, LogEntry* entry) {
  outer_leaves.Clear();
  Envelope envelope(&outer_leaves, entry);
  error_code error = outer.Load(json);
  if (!error) error = outer.Read([&](ondemand::object object) { return envelope.Read(object); });
  if (!error && envelope.is_envelope()) return FinishEnvelope(envelope, entry);
  if (!error) {
    // No envelope: what looked like its members are the application's own.
    entry->Clear();
    outer_leaves.Clear();
    error = outer.Read([&](ondemand::object object) { return PayloadWalker(&outer_leaves).Walk(object); });
  }
  if (error) return Refuse(ExplainJson(json));
  FinishAppLine(entry);
  return {};
}

core::Status EntryParser::Buffers::FinishEnvelope(const Envelope& envelope, LogEntry* entry) {
  if (!entry->timestamp) entry->timestamp = envelope.received();
  if (envelope.audit()) {
    if (core::Status status = AddAudit(*envelope.audit(), entry); !status) return status;
  }
  entry->log = entry->log_name.empty() ? KindWithoutName(*entry) : KindOfLog(entry->log_name);
  if (entry->project.empty()) entry->project.assign(ProjectOfLog(entry->log_name));
  if (envelope.has_payload()) TellPayload(outer_leaves, &parts, entry);
  if (envelope.text() && !UnpackText(*envelope.text(), entry) && !envelope.text()->empty()) {
    parts.Add(TextRole::kMessage, "", *envelope.text(), entry);
  }
  return {};
}

core::Status EntryParser::Buffers::AddAudit(std::string_view json, LogEntry* entry) {
  core::Result<AuditRecord> record = ParseAudit(json);
  if (!record) return tl::unexpected(std::move(record.error()));
  entry->audit = std::move(*record);
  if (entry->service.empty()) entry->service = entry->audit->service;
  if (entry->audit->service.empty()) entry->audit->service = entry->service;
  if (!entry->audit->status_message.empty()) {
    parts.Add(TextRole::kMessage, "status.message", entry->audit->status_message, entry);
  }
  return {};
}

void EntryParser::Buffers::FinishAppLine(LogEntry* entry) {
  entry->timestamp = FindPayloadTime(outer_leaves);
  const LeafList::Leaf* log = outer_leaves.FindString("log");
  const bool docker =
      log != nullptr && outer_leaves.FindString("stream") != nullptr && outer_leaves.leaves().size() <= 4;
  if (!docker) return TellPayload(outer_leaves, &parts, entry);
  std::string_view text = log->text;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!UnpackText(text, entry) && !text.empty()) parts.Add(TextRole::kMessage, "log", text, entry);
}

// A text that is itself one JSON object: takes it apart. The texts come from `inner`, which nobody else uses
// meanwhile.
bool EntryParser::Buffers::UnpackText(std::string_view text, LogEntry* entry) {
  if (!LooksLikeObject(text) || NestedTooDeep(text)) return false;
  text = core::Trim(text);
  if (!ReadInner(text)) {
    const std::string repaired = RepairJson(text);
    if (repaired == text || !ReadInner(repaired)) return false;
  }
  TellPayload(inner_leaves, &parts, entry);
  return true;
}

bool EntryParser::Buffers::ReadInner(std::string_view json) {
  inner_leaves.Clear();
  if (inner.Load(json) != SUCCESS) return false;
  return inner.Read([this](ondemand::object object) { return PayloadWalker(&inner_leaves).Walk(object); }) ==
         SUCCESS;
}

}  // namespace neverready::ingest
