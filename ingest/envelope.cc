#include "ingest/envelope.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ingest/entry_fields.h"
#include "ingest/payload_walker.h"

namespace neverready::ingest {
namespace {

using simdjson::error_code;
using simdjson::INCORRECT_TYPE;
using simdjson::SUCCESS;
using simdjson::ondemand::json_type;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

// A key without underscores, in lower case: "logName", "log_name" and Go's "LogName" are one. Long keys are
// no names of the envelope's.
class PlainKey {
 public:
  explicit PlainKey(std::string_view key) {
    if (key.size() > buffer_.size()) return;
    for (const char c : key) {
      if (c != '_') buffer_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }
  bool operator==(std::string_view other) const { return view() == other; }

 private:
  std::array<char, 32> buffer_{};
  std::size_t size_ = 0;
};

json_type TypeOf(value v) {
  json_type type = json_type::null;
  return v.type().get(type) == SUCCESS ? type : json_type::null;
}

// Calls f(key, value) for every member, where there are members; null and other values have none.
template <typename F>
error_code ForEach(value v, F f) {
  if (TypeOf(v) != json_type::object) return SUCCESS;
  object members;
  if (const error_code error = v.get_object().get(members)) return error;
  for (auto field : members) {
    std::string_view key;
    if (const error_code error = field.unescaped_key().get(key)) return error;
    value member;
    if (const error_code error = field.value().get(member)) return error;
    if (const error_code error = f(key, member)) return error;
  }
  return SUCCESS;
}

error_code GetText(value v, std::string_view* out) {
  if (TypeOf(v) != json_type::string) return SUCCESS;
  return v.get_string().get(*out);
}

error_code GetText(value v, std::string* out) {
  std::string_view text;
  const error_code error = GetText(v, &text);
  if (error == SUCCESS) out->assign(text);
  return error;
}

// A number, or a string that is one.
error_code GetNumber(value v, std::optional<double>* out) {
  double number = 0;
  if (TypeOf(v) == json_type::number) {
    if (v.get_double().get(number) == SUCCESS) *out = number;
    return SUCCESS;
  }
  std::string_view text;
  if (const error_code error = GetText(v, &text)) return error;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && fault == std::errc() && end == text.data() + text.size()) *out = number;
  return SUCCESS;
}

template <typename Integer>
error_code GetInteger(value v, Integer* out) {
  std::optional<double> number;
  const error_code error = GetNumber(v, &number);
  if (number && *number >= 0 && *number <= 2e9) *out = static_cast<Integer>(*number);
  return error;
}

std::optional<core::Timestamp> TimeOfText(std::string_view text) {
  if (const auto at = core::ParseRfc3339(text)) return at;
  const std::optional<core::LeadingTime> leading = core::FindLeadingTime(text);
  if (leading && leading->length == text.size()) return leading->at;
  return std::nullopt;
}

// RFC 3339, an epoch as number or text, or {seconds, nanos} of numbers or texts.
error_code GetTime(value v, std::optional<core::Timestamp>* out) {
  std::optional<double> seconds;
  std::int64_t nanos = 0;
  if (TypeOf(v) == json_type::string) {
    std::string_view text;
    if (const error_code error = GetText(v, &text)) return error;
    if ((*out = TimeOfText(text))) return SUCCESS;
    double number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc() && end == text.data() + text.size()) seconds = number;
  } else if (TypeOf(v) == json_type::number) {
    if (const error_code error = GetNumber(v, &seconds)) return error;
  }
  const error_code error = ForEach(v, [&](std::string_view key, value member) {
    if (key == "seconds") return GetNumber(member, &seconds);
    if (key == "nanos") return GetInteger(member, &nanos);
    return SUCCESS;
  });
  if (seconds) *out = core::FromEpoch(*seconds);
  if (*out) **out += std::chrono::nanoseconds(nanos);
  return error;
}

// "3.786648988s", or {seconds, nanos}.
error_code GetDuration(value v, std::chrono::nanoseconds* out) {
  std::string_view text;
  if (const error_code error = GetText(v, &text)) return error;
  if (const auto duration = ParseProtoDuration(text)) *out = *duration;
  std::int64_t seconds = 0, nanos = 0;
  const error_code error = ForEach(v, [&](std::string_view key, value member) {
    if (key == "seconds") return GetInteger(member, &seconds);
    if (key == "nanos") return GetInteger(member, &nanos);
    return SUCCESS;
  });
  if (seconds != 0 || nanos != 0) *out = std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanos);
  return error;
}

}  // namespace

error_code Envelope::Read(object members) {
  for (auto field : members) {
    std::string_view key;
    if (const error_code error = field.unescaped_key().get(key)) return error;
    Value member;
    if (const error_code error = field.value().get(member)) return error;
    if (const error_code error = Field(PlainKey(key).view(), member)) return error;
  }
  return SUCCESS;
}

error_code Envelope::Field(std::string_view key, Value v) {
  if (key == "timestamp") return GetTime(v, &entry_->timestamp);
  if (key == "receivetimestamp") return GetTime(v, &received_);
  if (key == "severity") return SeverityOf(v);
  if (key == "labels") return Labels(v);
  if (key == "resource") return Resource(v);
  if (key == "httprequest") return Http(v);
  if (key == "split") return SplitOf(v);
  if (key == "payload") return Payload(key, v);
  if (key != "textpayload" && key != "jsonpayload" && key != "protopayload" && key != "logname" &&
      key != "insertid") {
    return SUCCESS;
  }
  is_envelope_ = true;
  if (key == "logname") return GetText(v, &entry_->log_name);
  if (key == "insertid") return GetText(v, &entry_->insert_id);
  return Payload(key, v);
}

// Also the client libraries' `payload`, which holds any of the three; in Node's raw form it only names the
// one.
error_code Envelope::Payload(std::string_view key, Value v) {
  if (TypeOf(v) == json_type::string) {
    std::string_view given;
    if (const error_code error = GetText(v, &given)) return error;
    const bool names =
        key == "payload" && (given == "textPayload" || given == "jsonPayload" || given == "protoPayload");
    if (!names) text_ = given;
    return SUCCESS;
  }
  if (TypeOf(v) != json_type::object) return SUCCESS;
  object members;
  if (const error_code error = v.get_object().get(members)) return error;
  if (key != "jsonpayload") {
    std::string_view raw;
    if (const error_code error = members.raw_json().get(raw)) return error;
    if (key == "protopayload" || raw.find("google.cloud.audit.AuditLog") != std::string_view::npos) {
      audit_ = raw;
      return SUCCESS;
    }
    if (const error_code error = members.reset().error()) return error;
  }
  has_payload_ = true;
  return PayloadWalker(payload_).Walk(members);
}

error_code Envelope::SeverityOf(Value v) {
  std::optional<double> rank;
  if (TypeOf(v) == json_type::string) {
    std::string_view text;
    if (const error_code error = GetText(v, &text)) return error;
    if (const auto severity = ParseSeverity(text)) {
      entry_->severity = *severity;
    } else if (const auto number = ParseInteger(text)) {
      entry_->severity = SeverityOfRank(*number);
    }
    return SUCCESS;
  }
  const error_code error = GetNumber(v, &rank);
  if (rank) entry_->severity = SeverityOfRank(static_cast<std::int64_t>(std::clamp(*rank, 0.0, 1000.0)));
  return error;
}

error_code Envelope::Labels(Value v) {
  return ForEach(v, [this](std::string_view key, Value member) {
    if (key == "instanceId" || key == "instance_id") return GetText(member, &entry_->instance);
    if (key == "container_name") return GetText(member, &entry_->container);
    if (key == "python_logger") return GetText(member, &entry_->app_logger);
    return SUCCESS;
  });
}

error_code Envelope::Resource(Value v) {
  return ForEach(v, [this](std::string_view key, Value member) {
    const PlainKey plain(key);
    if (plain == "type") return GetText(member, &entry_->resource_type);
    if (plain == "labels") return ResourceLabels(member);
    return SUCCESS;
  });
}

error_code Envelope::ResourceLabels(Value v) {
  std::string_view configuration;
  const error_code error = ForEach(v, [&](std::string_view key, Value member) {
    const PlainKey plain(key);
    if (plain == "projectid") return GetText(member, &entry_->project);
    if (plain == "location") return GetText(member, &entry_->location);
    if (plain == "servicename") return GetText(member, &entry_->service);
    if (plain == "revisionname") return GetText(member, &entry_->revision);
    if (plain == "configurationname") return GetText(member, &configuration);
    return SUCCESS;
  });
  if (entry_->service.empty())
    entry_->service.assign(configuration);  // a service's configuration bears its name
  return error;
}

error_code Envelope::Http(Value v) {
  if (TypeOf(v) != json_type::object) return SUCCESS;
  HttpRequest& http = entry_->http.emplace();
  return ForEach(v, [&](std::string_view key, Value member) {
    const PlainKey plain(key);
    if (plain == "requestmethod") return GetText(member, &http.method);
    if (plain == "requesturl") return GetText(member, &http.url);
    if (plain == "status") return GetInteger(member, &http.status);
    if (plain == "latency") return GetDuration(member, &http.latency);
    return SUCCESS;
  });
}

error_code Envelope::SplitOf(Value v) {
  Split split;
  const error_code error = ForEach(v, [&](std::string_view key, Value member) {
    const PlainKey plain(key);
    if (plain == "uid") return GetText(member, &split.uid);
    if (plain == "index") return GetInteger(member, &split.index);
    if (plain == "totalsplits") return GetInteger(member, &split.total);
    return SUCCESS;
  });
  if (!split.uid.empty()) entry_->split = std::move(split);
  return error;
}

}  // namespace neverready::ingest
