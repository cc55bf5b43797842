#include "ingest/audit_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "ingest/entry_fields.h"

namespace neverready::ingest {
namespace {

namespace dom = simdjson::dom;
using simdjson::SUCCESS;

// A value of the payload, or nothing. Borrows from the parser.
class Json {
 public:
  Json() = default;
  explicit Json(dom::element element) : element_(element) {}

  bool is_object() const { return element_ && element_->is_object(); }
  bool is_array() const { return element_ && element_->is_array(); }
  bool is_null() const { return !element_ || element_->is_null(); }
  std::optional<std::string_view> text() const { return Get<std::string_view>(); }
  std::optional<std::int64_t> number() const { return Get<std::int64_t>(); }

  // Nothing where there is no such member.
  Json operator[](std::string_view key) const {
    const auto object = Get<dom::object>();
    dom::element member;
    return object && object->at_key(key).get(member) == SUCCESS ? Json(member) : Json();
  }

  // Of an array; none of everything else.
  std::vector<Json> elements() const {
    std::vector<Json> elements;
    if (const auto array = Get<dom::array>()) {
      for (const dom::element element : *array) elements.emplace_back(element);
    }
    return elements;
  }

 private:
  template <typename T>
  std::optional<T> Get() const {
    T value;
    if (!element_ || element_->get<T>().get(value) != SUCCESS) return std::nullopt;
    return value;
  }

  std::optional<dom::element> element_;
};

// "secretKeyRef" as "secret_key_ref".
std::string SnakeCase(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

// The member `key`, in camelCase or snake_case; null where there is none.
Json At(const Json& object, std::string_view key) {
  const Json found = object[key];
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return found.is_null() && std::ranges::any_of(key, upper) ? object[SnakeCase(key)] : found;
}

template <typename... Keys>
Json At(const Json& object, std::string_view key, const Keys&... more) {
  return At(At(object, key), more...);
}

std::string Text(const Json& value) { return std::string(value.text().value_or("")); }

// Numbers may stand as strings: int64 does so in protobuf's JSON form.
std::optional<std::int64_t> Number(const Json& value) {
  if (const auto text = value.text()) return ParseInteger(*text);
  return value.number();
}

std::string FirstOf(std::string a, std::string b) { return a.empty() ? std::move(b) : std::move(a); }

bool IsShouting(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// HEALTH_CHECK_CONTAINER_ERROR as HealthCheckContainerError; v1 spellings stay.
std::string V1Name(const std::string& name) {
  if (name == "MIN_INSTANCES_NOT_PROVISIONED") return "NotProvisioned";
  if (!IsShouting(name)) return name;
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += !upper && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    upper = false;
  }
  return out;
}

std::string ConditionStatus(const Json& condition) {
  const Json state = At(condition, "state");
  if (state.is_null()) return Text(At(condition, "status"));
  if (state.text() == "CONDITION_SUCCEEDED") return "True";
  if (state.text() == "CONDITION_FAILED") return "False";
  return "Unknown";
}

void AddCondition(const Json& json, std::vector<Condition>* out) {
  Condition condition;
  condition.type = Text(At(json, "type"));
  if (condition.type.empty()) return;
  condition.status = ConditionStatus(json);
  for (const char* key : {"reason", "revisionReason", "executionReason"}) {
    if (condition.reason.empty()) condition.reason = V1Name(Text(At(json, key)));
  }
  condition.message = Text(At(json, "message"));
  condition.severity = V1Name(Text(At(json, "severity")));
  condition.last_transition = Text(At(json, "lastTransitionTime"));
  out->push_back(std::move(condition));
}

void AddConditions(const Json& object, AuditRecord* record) {
  const Json terminal = At(object, "terminalCondition");
  if (terminal.is_object()) AddCondition(terminal, &record->conditions);
  for (const Json& list : {At(object, "status", "conditions"), At(object, "conditions")}) {
    for (const Json& condition : list.elements()) AddCondition(condition, &record->conditions);
  }
}

Probe ParseProbe(const Json& json) {
  Probe probe;
  probe.initial_delay = Number(At(json, "initialDelaySeconds")).value_or(probe.initial_delay);
  probe.period = Number(At(json, "periodSeconds")).value_or(probe.period);
  probe.timeout = Number(At(json, "timeoutSeconds")).value_or(probe.timeout);
  probe.failure_threshold = Number(At(json, "failureThreshold")).value_or(probe.failure_threshold);
  struct Form {
    const char *key, *kind;
  };
  for (const Form form : {Form{"tcpSocket", "tcp"}, Form{"httpGet", "http"}, Form{"grpc", "grpc"}}) {
    const Json handler = At(json, form.key);
    if (!handler.is_object()) continue;
    probe.kind = form.kind;
    probe.port = Number(At(handler, "port")).value_or(0);
    probe.path = Text(At(handler, "path"));
  }
  return probe;
}

// The container that serves: the first one with a port, else the first one.
Json ServingContainer(const std::vector<Json>& containers) {
  for (const Json& container : containers) {
    if (!At(container, "ports").elements().empty()) return container;
  }
  return containers.empty() ? Json() : containers.front();
}

// The part of a Revision or Service that holds its containers: v1 has it under `spec` (a Service further
// down, in its template), v2 on top or in `template`.
Json RevisionSpec(const Json& object) {
  for (const Json& spec :
       {At(object, "spec", "template", "spec"), At(object, "spec"), At(object, "template"), object}) {
    if (At(spec, "containers").is_array()) return spec;
  }
  return {};
}

void AddSpec(const Json& object, AuditRecord* record) {
  const Json spec = RevisionSpec(object);
  const std::vector<Json> containers = At(spec, "containers").elements();
  if (containers.empty()) return;
  const Json container = ServingContainer(containers);
  record->image = Text(At(container, "image"));
  const std::vector<Json> ports = At(container, "ports").elements();
  if (!ports.empty()) record->container_port = Number(At(ports.front(), "containerPort")).value_or(0);
  record->memory_limit = Text(At(container, "resources", "limits", "memory"));
  record->cpu_limit = Text(At(container, "resources", "limits", "cpu"));
  record->service_account = FirstOf(Text(At(spec, "serviceAccountName")), Text(At(spec, "serviceAccount")));
  const Json probe = At(container, "startupProbe");
  if (probe.is_object()) record->startup_probe = ParseProbe(probe);
  for (const Json& any : containers) {
    for (const Json& variable : At(any, "env").elements()) {
      const bool secret = At(variable, "valueFrom", "secretKeyRef").is_object() ||
                          At(variable, "valueSource", "secretKeyRef").is_object();
      std::string name = Text(At(variable, "name"));
      if (!name.empty()) record->env.push_back({std::move(name), secret});
    }
  }
}

bool HasDefaultProbeLabel(const Json& object) {
  for (const Json& labels :
       {At(object, "metadata", "labels"), At(object, "spec", "template", "metadata", "labels"),
        At(object, "labels"), At(object, "template", "labels")}) {
    if (At(labels, "run.googleapis.com/startupProbeType").text() == "Default") return true;
  }
  return false;
}

std::string KindOfType(std::string_view type) {
  const std::string_view name =
      type.substr(type.rfind('.') == std::string_view::npos ? 0 : type.rfind('.') + 1);
  return name == "Revision" || name == "Service" ? std::string(name) : std::string();
}

// The short name behind "/revisions/" or "/services/" in a resource name.
std::string NameBehind(std::string_view resource_name, std::string_view collection) {
  const std::string with_slash = "/" + std::string(collection) + "/";
  const size_t found = resource_name.find(with_slash);
  if (found == std::string_view::npos) return {};
  const std::string_view rest = resource_name.substr(found + with_slash.size());
  return std::string(rest.substr(0, rest.find('/')));
}

// Who the object is, as far as it says so itself.
void AddIdentity(const Json& object, AuditRecord* record) {
  if (!object.is_object()) return;
  const std::string kind =
      FirstOf(KindOfType(Text(At(object, "kind"))), KindOfType(Text(At(object, "@type"))));
  const std::string full_name = Text(At(object, "name"));
  if (record->kind.empty()) record->kind = kind;
  if (record->object_name.empty() && (!kind.empty() || At(object, "metadata").is_object())) {
    record->object_name = FirstOf(Text(At(object, "metadata", "name")), std::string(LastSegment(full_name)));
  }
  const Json labels = At(object, "metadata", "labels");
  for (std::string name :
       {Text(At(labels, "serving.knative.dev/service")), NameBehind(full_name, "services"),
        kind == "Revision" ? std::string(LastSegment(Text(At(object, "service")))) : std::string(),
        Text(At(labels, "serving.knative.dev/configuration"))}) {
    if (record->service.empty()) record->service = std::move(name);
  }
}

// What the resource name adds, where no object said it.
void AddIdentityOfResource(AuditRecord* record) {
  const std::string revision = NameBehind(record->resource_name, "revisions");
  const std::string service = NameBehind(record->resource_name, "services");
  if (record->kind.empty()) record->kind = !revision.empty() ? "Revision" : !service.empty() ? "Service" : "";
  if (record->object_name.empty() && record->kind == "Revision") record->object_name = revision;
  if (record->object_name.empty() && record->kind == "Service") record->object_name = service;
  if (record->service.empty()) record->service = service;
  if (record->service.empty() && record->kind == "Service") record->service = record->object_name;
}

// The Revision or Service inside a response: a long-running operation wraps it.
Json ObjectOfResponse(const Json& response) {
  if (!Text(At(response, "@type")).ends_with(".Operation")) return response;
  for (const char* key : {"response", "metadata"}) {
    if (At(response, key).is_object()) return At(response, key);
  }
  return response;
}

Json ObjectOfRequest(const Json& request) {
  for (const char* key : {"service", "revision"}) {
    if (At(request, key).is_object()) return At(request, key);
  }
  return request;
}

AuditRecord FromAuditLog(const Json& payload) {
  AuditRecord record;
  record.method = Text(At(payload, "methodName"));
  record.resource_name = Text(At(payload, "resourceName"));
  record.principal = Text(At(payload, "authenticationInfo", "principalEmail"));
  record.status_code = Number(At(payload, "status", "code"));
  if (record.status_code == 0) record.status_code.reset();
  record.status_message = Text(At(payload, "status", "message"));
  const Json response = ObjectOfResponse(At(payload, "response"));
  const Json request = ObjectOfRequest(At(payload, "request"));
  AddIdentity(response, &record);
  AddIdentity(request, &record);
  AddIdentityOfResource(&record);
  AddConditions(response, &record);
  const auto revision_of = [&](const char* v1, const char* v2) {
    return FirstOf(Text(At(response, "status", v1)), std::string(LastSegment(Text(At(response, v2)))));
  };
  record.latest_created_revision = revision_of("latestCreatedRevisionName", "latestCreatedRevision");
  record.latest_ready_revision = revision_of("latestReadyRevisionName", "latestReadyRevision");
  const Json described = RevisionSpec(response).is_null() ? request : response;
  AddSpec(described, &record);
  record.default_startup_probe = HasDefaultProbeLabel(response) || HasDefaultProbeLabel(request);
  return record;
}

}  // namespace

core::Result<AuditRecord> ParseAudit(std::string_view json) {
  if (json.size() > kMaxAuditBytes) {
    return core::Fail(core::ErrorCode::kInvalidArgument, "an audit payload larger than 2 MiB");
  }
  thread_local dom::parser parser;
  dom::element root;
  const Json payload = parser.parse(json.data(), json.size()).get(root) == SUCCESS ? Json(root) : Json();
  if (!payload.is_object())
    return core::Fail(core::ErrorCode::kInvalidArgument, "an audit payload that is no JSON object");
  return FromAuditLog(payload);
}

}  // namespace neverready::ingest
