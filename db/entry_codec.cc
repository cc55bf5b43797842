#include "db/entry_codec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/text.h"

namespace neverready::db {
namespace {

using ingest::AuditRecord;
using ingest::Condition;
using ingest::EnvVar;
using ingest::HttpRequest;
using ingest::LogEntry;
using ingest::LogKind;
using ingest::Probe;
using ingest::Severity;
using ingest::Split;
using ingest::TextPart;
using ingest::TextRole;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxDepth = 32;

// Every key stands once, for both ways. The bindings name every member, so that a new one breaks the build
// here. `io` is a Writer or a Reader.

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, TextPart>
void Visit(Io& io, T& part) {
  auto& [role, key, text] = part;
  io("text", text);
  io("key", key);
  io("role", role, TextRole::kMessage);
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, Condition>
void Visit(Io& io, T& condition) {
  auto& [type, status, reason, message, severity, last_transition] = condition;
  io("type", type);
  io("status", status);
  io("reason", reason);
  io("message", message);
  io("severity", severity);
  io("since", last_transition);
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, EnvVar>
void Visit(Io& io, T& variable) {
  auto& [name, secret] = variable;
  io("name", name);
  io("secret", secret, false);
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, Probe>
void Visit(Io& io, T& probe) {
  auto& [kind, initial_delay, period, timeout, failure_threshold, port, path] = probe;
  const Probe fresh;
  io("kind", kind);
  io("delay", initial_delay, fresh.initial_delay);
  io("period", period, fresh.period);
  io("timeout", timeout, fresh.timeout);
  io("threshold", failure_threshold, fresh.failure_threshold);
  io("port", port, fresh.port);
  io("path", path);
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, HttpRequest>
void Visit(Io& io, T& http) {
  auto& [status, method, url, latency] = http;
  io("status", status, 0);
  io("method", method);
  io("url", url);
  io("latency", latency, std::chrono::nanoseconds(0));
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, Split>
void Visit(Io& io, T& split) {
  auto& [uid, index, total] = split;
  io("uid", uid);
  io("index", index, std::int64_t{0});
  io("total", total, std::int64_t{0});
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, AuditRecord>
void Visit(Io& io, T& audit) {
  auto& [method, resource_name, kind, object_name, service, status_code, status_message, principal,
         conditions, latest_created_revision, latest_ready_revision, image, container_port, memory_limit,
         cpu_limit, service_account, startup_probe, env, default_startup_probe] = audit;
  io("method", method);
  io("resource", resource_name);
  io("kind", kind);
  io("object", object_name);
  io("svc", service);
  io("code", status_code);
  io("message", status_message);
  io("principal", principal);
  io("conditions", conditions);
  io("created", latest_created_revision);
  io("ready", latest_ready_revision);
  io("image", image);
  io("port", container_port, std::int64_t{0});
  io("memory", memory_limit);
  io("cpu", cpu_limit);
  io("account", service_account);
  io("probe", startup_probe);
  io("env", env);
  io("default_probe", default_startup_probe, false);
}

template <typename Io, typename T>
requires std::same_as<std::remove_const_t<T>, LogEntry>
void Visit(Io& io, T& entry) {
  auto& [timestamp, insert_id, log, log_name, severity, resource_type, project, location, service, revision,
         instance, container, app_logger, text, audit, http, split, source, position] = entry;
  io("at", timestamp);
  io("id", insert_id);
  io("log", log, LogKind::kText);
  io("name", log_name);
  io("sev", severity, Severity::kDefault);
  io("type", resource_type);
  io("proj", project);
  io("loc", location);
  io("svc", service);
  io("rev", revision);
  io("inst", instance);
  io("cont", container);
  io("logger", app_logger);
  io("text", text);
  io("audit", audit);
  io("http", http);
  io("split", split);
}

// Appends a JSON string. Bytes that are no UTF-8 become U+FFFD.
void AppendString(std::string_view text, std::string* out) {
  std::string repaired;
  if (!core::IsValidUtf8(text)) text = repaired = core::RepairUtf8(text);
  *out += '"';
  std::size_t plain = 0;  // begin of what needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out->append(text, plain, i - plain);
    plain = i + 1;
    switch (text[i]) {
      case '"': *out += "\\\""; break;
      case '\\': *out += "\\\\"; break;
      case '\n': *out += "\\n"; break;
      case '\t': *out += "\\t"; break;
      default:
        *out += "\\u00";
        *out += static_cast<char>('0' + (byte >> 4));
        *out += "0123456789abcdef"[byte & 15];
    }
  }
  out->append(text, plain, text.size() - plain);
  *out += '"';
}

// Writes text at once: a tree of values would cost several times as much, and each healthy start is written.
class Writer {
 public:
  explicit Writer(std::string* out) : out_(out) { *out_ += '{'; }

  void operator()(const char* key, const std::string& text) {
    if (text.empty()) return;
    Key(key);
    AppendString(text, out_);
  }
  template <typename T>
  void operator()(const char* key, const T& value, const T& fresh) {
    if (value == fresh) return;
    Key(key);
    Value(value);
  }
  template <typename T>
  void operator()(const char* key, const std::optional<T>& value) {
    if (!value) return;
    Key(key);
    Value(*value);
  }
  template <typename T>
  void operator()(const char* key, const std::vector<T>& list) {
    if (list.empty()) return;
    Key(key);
    *out_ += '[';
    for (const T& item : list) {
      if (&item != &list.front()) *out_ += ',';
      Value(item);
    }
    *out_ += ']';
  }

  void End() { *out_ += '}'; }

 private:
  void Key(const char* key) {
    if (out_->back() != '{') *out_ += ',';
    *out_ += '"';
    *out_ += key;
    *out_ += "\":";
  }

  void Number(std::int64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out_->append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }

  template <typename T>
  void Value(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      *out_ += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
      Number(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, std::chrono::nanoseconds>) {
      Number(value.count());
    } else if constexpr (std::is_same_v<T, core::Timestamp>) {
      Number(value.time_since_epoch().count());
    } else if constexpr (std::is_class_v<T>) {
      Writer writer(out_);
      Visit(writer, value);
      writer.End();
    } else {
      Number(value);
    }
  }

  std::string* out_;
};

constexpr Severity kSeverities[] = {Severity::kDefault,  Severity::kDebug,   Severity::kInfo,
                                    Severity::kNotice,   Severity::kWarning, Severity::kError,
                                    Severity::kCritical, Severity::kAlert,   Severity::kEmergency};

bool FromNumber(std::int64_t number, LogKind* kind) {
  *kind = static_cast<LogKind>(number);
  return number >= 0 && number <= static_cast<std::int64_t>(LogKind::kOther);
}

bool FromNumber(std::int64_t number, TextRole* role) {
  *role = static_cast<TextRole>(number);
  return number >= 0 && number <= static_cast<std::int64_t>(TextRole::kFields);
}

bool FromNumber(std::int64_t number, Severity* severity) {
  *severity = static_cast<Severity>(number);
  return std::ranges::find(kSeverities, *severity) != std::end(kSeverities);
}

bool FromNumber(std::int64_t number, int* value) {
  *value = static_cast<int>(number);
  return std::in_range<int>(number);
}

bool FromNumber(std::int64_t number, std::int64_t* value) {
  *value = number;
  return true;
}

bool FromNumber(std::int64_t number, std::chrono::nanoseconds* value) {
  *value = std::chrono::nanoseconds(number);
  return true;
}

bool FromNumber(std::int64_t number, core::Timestamp* value) {
  *value = core::Timestamp(std::chrono::nanoseconds(number));
  return true;
}

// Reads until something is wrong; then `problem()` says what.
class Reader {
 public:
  explicit Reader(Json* object, std::string path = {}) : object_(object), path_(std::move(path)) {}

  const std::string& problem() const { return problem_; }

  template <typename T>
  void operator()(const char* key, T& value, const T& /*fresh*/) {
    (*this)(key, value);
  }
  template <typename T>
  void operator()(const char* key, T& value) {
    Json* json = Find(key);
    if (json != nullptr) Read(json, key, &value);
  }
  template <typename T>
  void operator()(const char* key, std::optional<T>& value) {
    Json* json = Find(key);
    if (json != nullptr) Read(json, key, &value.emplace());
  }
  template <typename T>
  void operator()(const char* key, std::vector<T>& list) {
    Json* json = Find(key);
    if (json == nullptr) return;
    if (!json->is_array()) return Fail(key, "is not a list");
    list.reserve(json->size());
    std::size_t index = 0;
    for (Json& item : *json) {
      if (!problem_.empty()) return;
      Read(&item, std::string(key) + "[" + std::to_string(index++) + "]", &list.emplace_back());
    }
  }

 private:
  Json* Find(const char* key) {
    if (!problem_.empty()) return nullptr;
    const auto found = object_->find(key);
    return found == object_->end() ? nullptr : &*found;
  }

  void Fail(const std::string& key, const char* what) { problem_ = path_ + key + " " + what; }

  template <typename T>
  void Read(Json* json, const std::string& key, T* value) {
    if constexpr (std::is_same_v<T, std::string>) {
      if (!json->is_string()) return Fail(key, "is not a text");
      *value = std::move(json->get_ref<std::string&>());
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!json->is_boolean()) return Fail(key, "is neither true nor false");
      *value = json->get<bool>();
    } else if constexpr (requires { FromNumber(std::int64_t{}, value); }) {
      if (!json->is_number_integer()) return Fail(key, "is not a whole number");
      if (json->is_number_unsigned() &&
          json->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return Fail(key, "is out of range");
      if (!FromNumber(json->get<std::int64_t>(), value)) Fail(key, "is out of range");
    } else {
      if (!json->is_object()) return Fail(key, "is not an object");
      Reader reader(json, path_ + key + ".");
      Visit(reader, *value);
      problem_ = reader.problem();
    }
  }

  Json* object_;
  std::string path_, problem_;
};

// Before a tree is built of it: the library takes a tree of any depth apart by recursion.
bool IsTooDeep(std::string_view json) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '\\' && quoted) {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      if (++depth > kMaxDepth) return true;
    } else if (!quoted && (c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

tl::unexpected<core::Error> Damaged(const std::string& how) {
  return core::Fail(core::ErrorCode::kDataLoss, "the stored entry cannot be read: " + how);
}

}  // namespace

std::string EncodeEntry(const LogEntry& entry) {
  std::string line;
  Writer writer(&line);
  Visit(writer, entry);
  writer.End();
  return line;
}

core::Result<LogEntry> DecodeEntry(std::string_view line) {
  if (line.size() > kMaxLineBytes)
    return Damaged("it is larger than " + std::to_string(kMaxLineBytes >> 20) + " MiB");
  if (IsTooDeep(line)) return Damaged("it is nested more than " + std::to_string(kMaxDepth) + " levels deep");
  Json json;
  try {
    json = Json::parse(line);
  } catch (const Json::parse_error& error) {
    return Damaged("it is no JSON from byte " + std::to_string(error.byte) + " on");
  } catch (const Json::exception&) {  // a number beyond all range
    return Damaged("it holds a number that is out of range");
  }
  if (!json.is_object()) return Damaged("it is no JSON object");
  LogEntry entry;
  Reader reader(&json);
  Visit(reader, entry);
  if (!reader.problem().empty()) return Damaged(reader.problem());
  return entry;
}

std::string EncodeEntries(const std::vector<LogEntry>& entries) {
  std::string lines;
  for (const LogEntry& entry : entries) {
    if (!lines.empty()) lines += '\n';
    lines += EncodeEntry(entry);
  }
  return lines;
}

core::Result<std::vector<LogEntry>> DecodeEntries(std::string_view lines) {
  std::vector<LogEntry> entries;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    core::Result<LogEntry> entry = DecodeEntry(lines.substr(0, end));
    if (!entry) return core::Within("entry " + std::to_string(entries.size() + 1), std::move(entry.error()));
    entries.push_back(std::move(*entry));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return entries;
}

}  // namespace neverready::db
