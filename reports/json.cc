#include "reports/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "reports/json_value.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::Evidence;
using analyzers::FactValue;
using Json = nlohmann::ordered_json;

Json ToJson(const FactValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json ToJson(const Evidence& evidence) {
  return {{"timestamp", TimeOrNull(evidence.at)},
          {"insert_id", TextOrNull(evidence.insert_id)},
          {"log", evidence.log},
          {"instance", TextOrNull(evidence.instance)},
          {"text", evidence.text}};
}

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? ToJson(*value) : Json(nullptr);
}

Json Facts(const analyzers::Facts& facts) {
  Json json = Json::object();
  for (const auto& [fact, value] : facts.map()) json[std::string(Name(fact))] = ToJson(value);
  return json;
}

Json Cascade(const Diagnosis& diagnosis) {
  Json cascade = Json::array();
  for (const auto& link : diagnosis.cascade) {
    cascade.push_back({{"category", Name(link.category)},
                       {"rule", link.rule},
                       {"at", TimeOrNull(link.at)},
                       {"summary", link.summary},
                       {"evidence", OrNull(link.evidence)}});
  }
  return cascade;
}

Json Environment(const Diagnosis& diagnosis) {
  Json table = Json::array();
  for (const auto& variable : diagnosis.environment) {
    Json row = {{"name", variable.name}, {"state", Name(variable.state)}};
    if (variable.value) row["value"] = *variable.value;
    table.push_back(std::move(row));
  }
  return table;
}

Json Timeline(const Diagnosis& diagnosis) {
  Json timeline = Json::array();
  for (const auto& entry : diagnosis.timeline)
    timeline.push_back({{"at", TimeOrNull(entry.at)}, {"event", Name(entry.event)}, {"text", entry.text}});
  return timeline;
}

Json Degraded(const Diagnosis& diagnosis) {
  if (diagnosis.degraded.empty()) return nullptr;
  std::string reasons;
  for (const std::string& reason : diagnosis.degraded) reasons += (reasons.empty() ? "" : "; ") + reason;
  return reasons;
}

}  // namespace

Json TextOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json TimeOrNull(const std::optional<core::Timestamp>& time) {
  return time ? Json(core::FormatRfc3339(*time)) : Json(nullptr);
}

Json NameOrNull(const std::optional<analyzers::Category>& category) {
  return category ? Json(Name(*category)) : Json(nullptr);
}

// Two digits: more would claim what was not measured.
Json Share(double value) { return std::round(value * 100) / 100; }

Json DiagnosisValue(const Diagnosis& diagnosis) {
  const bool caused = diagnosis.root_cause.has_value();
  Json json;
  json["scope"] = Name(diagnosis.key.scope);
  json["project"] = TextOrNull(diagnosis.key.project);
  json["location"] = TextOrNull(diagnosis.key.location);
  json["service"] = TextOrNull(diagnosis.key.service);
  json["revision"] = TextOrNull(diagnosis.key.revision);
  json["state"] = Name(diagnosis.state);
  json["early"] = diagnosis.early;
  json["degraded"] = Degraded(diagnosis);
  json["root_cause"] = NameOrNull(diagnosis.root_cause);
  json["rule"] = TextOrNull(diagnosis.rule);
  json["confidence"] = caused ? Share(diagnosis.confidence) : Json(nullptr);
  json["runner_up"] = nullptr;
  if (diagnosis.runner_up) {
    json["runner_up"] = {{"category", Name(diagnosis.runner_up->category)},
                         {"rule", diagnosis.runner_up->rule},
                         {"confidence", Share(diagnosis.runner_up->confidence)}};
  }
  json["summary"] = diagnosis.summary;
  json["facts"] = Facts(diagnosis.facts);
  json["evidence"] = OrNull(diagnosis.evidence);
  json["cascade"] = Cascade(diagnosis);
  json["blame"] =
      caused && diagnosis.blame != analyzers::Blame::kUnknown ? Json(Name(diagnosis.blame)) : Json(nullptr);
  json["transient"] = diagnosis.transient;
  json["fix"] = nullptr;
  if (diagnosis.fix) json["fix"] = {{"text", diagnosis.fix->text}, {"commands", diagnosis.fix->commands}};
  json["environment"] = Environment(diagnosis);
  json["attempts"] = diagnosis.attempts;
  json["started_at"] = TimeOrNull(diagnosis.started_at);
  json["failed_at"] = TimeOrNull(diagnosis.failed_at);
  json["ready_at"] = TimeOrNull(diagnosis.ready_at);
  json["platform"] = nullptr;
  if (diagnosis.platform) {
    const auto& platform = *diagnosis.platform;
    json["platform"] = {{"reason", TextOrNull(platform.reason)},
                        {"message", platform.message},
                        {"probe", TextOrNull(platform.probe)},
                        {"probe_status", TextOrNull(platform.probe_status)}};
  }
  json["timeline"] = Timeline(diagnosis);
  if (!diagnosis.informative.empty()) {
    Json lines = Json::array();
    for (const Evidence& line : diagnosis.informative) lines.push_back(ToJson(line));
    json["informative"] = std::move(lines);
  }
  return json;
}

std::string Dump(const Json& json, int indent) {
  return core::EscapeHiddenInJson(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

std::string JsonOpening(const ToolInfo& tool, const InputSummary& input) {
  Json json;
  json["schema"] = "neverready.analysis/1";
  json["tool"] = {{"name", "neverready"}, {"version", tool.version}, {"rules", tool.rules}};
  json["input"] = {
      {"bytes", input.bytes},     {"entries", input.entries},         {"malformed", input.malformed},
      {"ignored", input.ignored}, {"first", TimeOrNull(input.first)}, {"last", TimeOrNull(input.last)}};
  std::string text = Dump(json, 2);
  text.resize(text.size() - 2);  // "\n}"
  return text + ",\n  \"diagnoses\": [";
}

std::string ToJsonElement(const Diagnosis& diagnosis) {
  const std::string text = Dump(DiagnosisValue(diagnosis), 2);
  std::string indented = "    ";
  indented.reserve(text.size() * 5 / 4);
  // A string of JSON holds no newline.
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "    ";
  }
  return indented;
}

std::string JsonClosing(bool no_elements) { return no_elements ? "]\n}\n" : "\n  ]\n}\n"; }

std::string ToJsonLine(const Diagnosis& diagnosis) { return Dump(DiagnosisValue(diagnosis), -1); }

}  // namespace neverready::reports
