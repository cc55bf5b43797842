#include "ingest/payload_keys.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/text.h"

namespace neverready::ingest {
namespace {

// By weight. "event" is structlog's, "@m" Serilog's, "short_message" GELF's, "body" OpenTelemetry's.
constexpr std::string_view kMessageKeys[] = {
    "message", "msg", "log",           "textpayload", "text_payload", "event",       "error",        "err",
    "@m",      "@mt", "short_message", "text",        "body",         "description", "error_message"};

// Where a message may stand one level down: under itself, in loguru's record, in an error without any message
// beside it.
constexpr std::string_view kMessageHolders[] = {"message", "msg",  "log",   "record", "event",
                                                "payload", "data", "error", "err",    "exception"};

// Anywhere in a path. Sorted.
constexpr std::string_view kBoring[] = {"@l",
                                        "@t",
                                        "@timestamp",
                                        "@version",
                                        "@x_trace",
                                        "asctime",
                                        "caller",
                                        "commit-sha",
                                        "correlation_id",
                                        "correlationid",
                                        "created",
                                        "datetime",
                                        "headers",
                                        "hostname",
                                        "insert_id",
                                        "insertid",
                                        "labels",
                                        "level",
                                        "level_name",
                                        "level_value",
                                        "levelname",
                                        "levelno",
                                        "log.level",
                                        "log.logger",
                                        "log_level",
                                        "logger",
                                        "logger_name",
                                        "loggername",
                                        "loglevel",
                                        "lvl",
                                        "msecs",
                                        "pid",
                                        "process",
                                        "process_name",
                                        "processname",
                                        "relativecreated",
                                        "request_id",
                                        "requestid",
                                        "reqid",
                                        "request-id",
                                        "service",
                                        "severity",
                                        "severity_number",
                                        "span",
                                        "span_id",
                                        "spanid",
                                        "spans",
                                        "thread",
                                        "thread_id",
                                        "thread_name",
                                        "threadid",
                                        "threadname",
                                        "time",
                                        "timestamp",
                                        "timestampnanos",
                                        "timestampseconds",
                                        "trace",
                                        "trace_flags",
                                        "trace_id",
                                        "trace_sampled",
                                        "traceid",
                                        "ts",
                                        "user_agent",
                                        "useragent",
                                        "version",
                                        "{originalformat}"};

// As the first key only.
constexpr std::string_view kBoringOnTop[] = {"category", "channel", "date", "eventid", "httprequest",
                                             "instant",  "name",    "req",  "res",     "sourcelocation",
                                             "stream",   "target",  "v"};

// Where a logger stands in its own source; the same keys below an error tell where that happened.
constexpr std::string_view kWhereabouts[] = {"file",     "func",   "funcname", "func_name",
                                             "function", "line",   "lineno",   "line_number",
                                             "method",   "module", "pathname"};

constexpr std::string_view kErrorPrefixes[] = {"err",   "exc",    "stack", "traceback",
                                               "cause", "reason", "detail"};

// A key in lower case, without memory of its own. Longer keys than all of the above count as the empty one.
class LowerKey {
 public:
  explicit LowerKey(std::string_view key) {
    if (key.size() > buffer_.size()) return;
    size_ = key.size();
    std::transform(key.begin(), key.end(), buffer_.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 24> buffer_{};
  std::size_t size_ = 0;
};

template <std::size_t n>
std::size_t IndexOf(const std::string_view (&keys)[n], std::string_view key) {
  if (key.empty()) return kNoRank;
  for (std::size_t i = 0; i < n; ++i) {
    if (keys[i].size() == key.size() && keys[i].front() == key.front() && keys[i] == key) return i;
  }
  return kNoRank;
}

template <std::size_t n>
bool Has(const std::string_view (&keys)[n], std::string_view key) {
  return IndexOf(keys, key) != kNoRank;
}

bool IsErrorKey(std::string_view key) {
  return std::any_of(std::begin(kErrorPrefixes), std::end(kErrorPrefixes),
                     [&](std::string_view prefix) { return core::StartsWithNoCase(key, prefix); }) ||
         core::StartsWithNoCase(key, "@x");
}

// Calls f(key, is_first) for each key of `path` until it returns true; tells whether one did.
template <typename F>
bool AnyKey(std::string_view path, F f) {
  bool first = true;
  while (true) {
    const std::size_t dot = path.find('.');
    if (f(path.substr(0, dot), first)) return true;
    if (dot == std::string_view::npos) return false;
    path.remove_prefix(dot + 1);
    first = false;
  }
}

}  // namespace

std::size_t MessageRank(std::string_view path) {
  const std::size_t dot = path.find('.');
  const LowerKey first(path.substr(0, dot));
  const std::size_t rank = IndexOf(kMessageKeys, first.view());
  if (dot == std::string_view::npos) return rank;
  const std::size_t holder = IndexOf(kMessageHolders, first.view());
  const LowerKey second(path.substr(dot + 1));
  const std::size_t inner = IndexOf(kMessageKeys, second.view());
  if (holder == kNoRank || inner == kNoRank) return kNoRank;
  // Every string on top is better, save where the message itself is an object: "message.msg" is a "message".
  const std::size_t base = holder < 3 ? 0 : std::size(kMessageKeys);
  return base + (holder < 3 ? rank : holder) + (inner == 0 ? 0 : 1);
}

bool IsBoring(std::string_view path) {
  if (core::StartsWithNoCase(path, "logging.googleapis.com/")) return true;
  const LowerKey whole(path);
  if (whole.view() == "log.level" || whole.view() == "log.logger" || whole.view() == "context.name")
    return true;
  bool below_error = false;
  return AnyKey(path, [&](std::string_view key, bool first) {
    const LowerKey lower(key);
    if (Has(kBoring, lower.view()) || (first && Has(kBoringOnTop, lower.view()))) return true;
    if (IsErrorKey(key)) below_error = true;
    return !below_error && Has(kWhereabouts, lower.view());
  });
}

bool IsErrorLike(std::string_view path) {
  return AnyKey(path, [](std::string_view key, bool) { return IsErrorKey(key); });
}

}  // namespace neverready::ingest
