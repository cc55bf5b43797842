// LogEntry: one entry of Cloud Logging (https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry),
// reduced to what explains a start, whatever form it was saved in. Plain values of this process's own memory:
// an entry may be kept after its reader has gone. Readers reuse one LogEntry for many lines (Clear), so
// consumers copy what they keep.
#ifndef NEVERREADY_INGEST_LOG_ENTRY_H_
#define NEVERREADY_INGEST_LOG_ENTRY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace neverready::ingest {

// Which log an entry stands in. Stored: never renumber or rename.
enum class LogKind {
  kStdout = 0,       // run.googleapis.com%2Fstdout
  kStderr = 1,       // run.googleapis.com%2Fstderr
  kSystem = 2,       // run.googleapis.com%2Fvarlog%2Fsystem: what the platform says
  kRequests = 3,     // run.googleapis.com%2Frequests
  kSystemEvent = 4,  // cloudaudit.googleapis.com%2Fsystem_event: readiness changes
  kActivity = 5,     // cloudaudit.googleapis.com%2Factivity: API calls
  kText = 6,         // plain text, or an application's structured lines without an envelope
  kOther =
      7,  // any other log of the resource (files under /var/log, client-library logs …): application text
};

// Ranks as in the LogSeverity enum of the API (DEFAULT 0 … EMERGENCY 800).
enum class Severity {
  kDefault = 0,
  kDebug = 100,
  kInfo = 200,
  kNotice = 300,
  kWarning = 400,
  kError = 500,
  kCritical = 600,
  kAlert = 700,
  kEmergency = 800
};

// What kind of place a piece of text had in the payload. It decides how much the piece weighs as a voice of
// the app.
enum class TextRole {
  kMessage,  // textPayload, or the message of a structured line
  kDetail,   // a string beside the message: error, stack, exc_info, detail.info …
  kFields,   // the scalars beside the message as `key=value key=value`, made by the reader, for ports and
             // counts; never quoted
};

struct TextPart {
  TextRole role = TextRole::kMessage;
  std::string key;   // path of the field, e.g. "error.stack"; empty for textPayload
  std::string text;  // valid UTF-8; may hold newlines; escapes and controls still in it
};

struct Condition {  // of a Revision or Service inside an audit entry; v1 spelling
  std::string type, status, reason, message, severity, last_transition;
};

struct EnvVar {
  std::string name;
  bool secret = false;  // by secretKeyRef; values are never read
};

struct Probe {       // seconds; as configured or as the server filled in
  std::string kind;  // "tcp", "http", "grpc"; empty: none seen
  std::int64_t initial_delay = 0, period = 10, timeout = 1, failure_threshold = 3, port = 0;
  std::string path;
};

// What an audit entry (protoPayload of type AuditLog) says. Both API versions, all ages of wording.
struct AuditRecord {
  std::string method;  // "/Services.ReplaceService", "google.cloud.run.v1.Services.CreateService", or empty
  std::string resource_name;  // "namespaces/P/revisions/R", "projects/P/locations/L/services/S"
  std::string kind;           // "Revision", "Service" or "" as told by response, @type or resource name
  std::string object_name;    // short name of the revision or service, if told
  std::string service;        // short name of the service that the object belongs to, if told
  std::optional<std::int64_t> status_code;  // google.rpc.Code; absent means success or not told
  std::string status_message;
  std::string principal;  // who called
  std::vector<Condition> conditions;
  std::string latest_created_revision, latest_ready_revision;  // of a Service
  // Of the (first, or only) container that has a port, as far as the spec was in the entry.
  std::string image;
  std::int64_t container_port = 0;
  std::string memory_limit, cpu_limit;
  std::string service_account;
  std::optional<Probe> startup_probe;
  std::vector<EnvVar> env;             // of all containers
  bool default_startup_probe = false;  // label run.googleapis.com/startupProbeType: Default
};

struct HttpRequest {
  int status = 0;
  std::string method, url;
  std::chrono::nanoseconds latency{0};
};

struct Split {  // LogSplit: parts of one message over 256 KB
  std::string uid;
  std::int64_t index = 0, total = 0;
};

struct LogEntry {
  std::optional<core::Timestamp> timestamp;
  std::string insert_id;
  LogKind log = LogKind::kText;
  std::string log_name;  // as given
  Severity severity = Severity::kDefault;
  std::string resource_type;  // "cloud_run_revision" …; empty for text
  std::string project, location, service, revision;
  std::string instance;        // labels.instanceId
  std::string container;       // labels.container_name
  std::string app_logger;      // logger name that a structured line gave of itself; may be empty
  std::vector<TextPart> text;  // in order of weight: the message first
  std::optional<AuditRecord> audit;
  std::optional<HttpRequest> http;
  std::optional<Split> split;

  // Where it was read: for messages to people and as the last criterion of order.
  std::uint32_t source = 0;    // index of the file in the reader's list
  std::uint64_t position = 0;  // line number (text) or offset of the first byte (JSON), from 1

  void Clear();  // back to a fresh entry, keeping memory
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_LOG_ENTRY_H_
