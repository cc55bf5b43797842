#include "reports/incident_json.h"

#include <nlohmann/json.hpp>

#include "reports/json_value.h"
#include "reports/situation.h"

namespace neverready::reports {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json Verdicts(const std::vector<db::StoredVerdict>& verdicts) {
  Json list = Json::array();
  for (const db::StoredVerdict& one : verdicts) {
    list.push_back({{"recorded_at", TimeOrNull(one.recorded_at)},
                    {"why", one.why},
                    {"state", Name(one.state)},
                    {"root_cause", NameOrNull(one.root_cause)},
                    {"rule", TextOrNull(one.rule)},
                    {"confidence", one.root_cause ? Share(one.confidence) : Json(nullptr)},
                    {"summary", one.summary}});
  }
  return list;
}

Json Attempts(const std::vector<db::StoredAttempt>& attempts) {
  Json list = Json::array();
  for (const db::StoredAttempt& one : attempts) {
    list.push_back({{"instance", TextOrNull(one.instance)},
                    {"container", TextOrNull(one.container)},
                    {"started_at", TimeOrNull(one.started_at)},
                    {"first_error_at", TimeOrNull(one.first_error_at)},
                    {"ended_at", TimeOrNull(one.ended_at)},
                    {"ended", one.ended},
                    {"number", one.number},
                    {"died", one.died}});
  }
  return list;
}

// What the store adds to a diagnosis.
void AddRevision(const db::RevisionRecord& record, Json* json) {
  (*json)["environment"] = record.service.environment;
  (*json)["incidents"] = record.failed_in;
  (*json)["closed_incident"] = OrNull(record.closed);
  (*json)["verdicts"] = Verdicts(record.verdicts);
  (*json)["attempts"] = Attempts(record.start.attempts);
  (*json)["entries"] = record.entries;
  (*json)["diagnosis"] = DiagnosisValue(record.start.diagnosis);
}

Json Way(const WayBack& way_back) {
  if (way_back.revision.empty()) return nullptr;
  return {{"revision", way_back.revision},
          {"ready_at", TimeOrNull(way_back.ready_at)},
          {"command", TextOrNull(way_back.command)}};
}

Json Transitions(const incidents::Incident& incident) {
  Json list = Json::array();
  for (const incidents::Transition& one : incident.transitions) {
    list.push_back({{"at", TimeOrNull(one.at)},
                    {"kind", Name(one.kind)},
                    {"revision", TextOrNull(one.revision)},
                    {"root_cause", NameOrNull(one.root_cause)},
                    {"rule", TextOrNull(one.rule)},
                    {"summary", TextOrNull(one.summary)},
                    {"fingerprint", TextOrNull(one.fingerprint)}});
  }
  return list;
}

Json Earlier(const db::IncidentRecord& record) {
  Json list = Json::array();
  for (const db::IncidentLine& one : record.earlier) {
    list.push_back({{"id", one.id},
                    {"state", one.open ? "open" : "closed"},
                    {"opened_at", TimeOrNull(one.opened_at)},
                    {"closed_at", TimeOrNull(one.closed_at)},
                    {"opened_by", TextOrNull(one.opened_by)},
                    {"closed_by", TextOrNull(one.closed_by)},
                    {"root_cause", NameOrNull(one.root_cause)},
                    {"summary", one.summary}});
  }
  return list;
}

Json Elsewhere(const db::IncidentRecord& record) {
  Json list = Json::array();
  for (const db::FailureElsewhere& one : record.elsewhere) {
    list.push_back({{"incident", one.incident},
                    {"project", TextOrNull(one.service.project)},
                    {"location", TextOrNull(one.service.location)},
                    {"service", one.service.name},
                    {"revision", TextOrNull(one.revision)},
                    {"at", TimeOrNull(one.at)},
                    {"root_cause", NameOrNull(one.root_cause)},
                    {"summary", one.summary},
                    {"same_cause", one.same_cause}});
  }
  return list;
}

Json Revisions(const db::IncidentRecord& record) {
  Json list = Json::array();
  const auto add = [&](const db::RevisionRecord& one) {
    Json json = Json::object();
    AddRevision(one, &json);
    list.push_back(std::move(json));
  };
  for (const db::RevisionRecord& one : record.failed) add(one);
  if (record.closed_by) add(*record.closed_by);
  return list;
}

std::string Document(const Json& json, int indent) { return Dump(json, indent) + "\n"; }

}  // namespace

std::string ToJson(const db::IncidentRecord& record, const WayBack& way_back, int indent) {
  const incidents::Incident& incident = record.incident;
  Json json;
  json["schema"] = "neverready.incident/1";
  json["id"] = record.id;
  json["project"] = TextOrNull(record.service.project);
  json["location"] = TextOrNull(record.service.location);
  json["service"] = TextOrNull(record.service.name);
  json["environment"] = record.service.environment;
  json["state"] = incident.open ? "open" : "closed";
  json["opened_at"] = TimeOrNull(incident.opened_at);
  json["closed_at"] = TimeOrNull(incident.closed_at);
  json["opened_by"] = TextOrNull(incident.opened_by);
  json["closed_by"] = TextOrNull(incident.closed_by);
  json["root_cause"] = NameOrNull(incident.root_cause);
  json["rule"] = TextOrNull(incident.rule);
  json["summary"] = incident.summary;
  json["fingerprint"] = TextOrNull(incident.fingerprint);
  json["regression_of"] = OrNull(record.regression_of);
  json["transitions"] = Transitions(incident);
  json["earlier"] = Earlier(record);
  json["elsewhere"] = Elsewhere(record);
  json["rollback"] = Way(way_back);
  json["unknown"] = GapsOf(record, way_back, Moments(core::Zone::kUtc));
  json["as_of"] = TimeOrNull(record.as_of);
  json["revisions"] = Revisions(record);
  return Document(json, indent);
}

std::string ToJson(const db::RevisionRecord& record, int indent) {
  Json json;
  json["schema"] = "neverready.revision/1";
  AddRevision(record, &json);
  return Document(json, indent);
}

std::string ToJson(const db::SituationRecord& record, const WayBack& newest_ready, int indent) {
  const BorrowedSituation situation = SituationOf(record);
  Json json;
  json["schema"] = "neverready.explanation/1";
  json["serving"] = Way(newest_ready);
  if (!json["serving"].is_null()) json["serving"].erase("command");
  json["change"] = Name(situation.change);
  json["before"] = nullptr;
  if (situation.before != nullptr) {
    const incidents::Verdict& before = *situation.before;
    json["before"] = {{"revision", TextOrNull(before.revision)},
                      {"state", Name(before.state)},
                      {"root_cause", NameOrNull(before.root_cause)},
                      {"summary", before.summary}};
  }
  json["in_a_row"] = situation.in_a_row;
  json["seen_before"] =
      situation.seen_before == nullptr ? Json(nullptr) : TextOrNull(situation.seen_before->revision);
  json["rollback"] = NeedsWayBack(record, newest_ready) ? Way(newest_ready) : Json(nullptr);
  json["as_of"] = TimeOrNull(record.as_of);
  AddRevision(record.revision, &json);
  return Document(json, indent);
}

}  // namespace neverready::reports
