// Parts of JSON documents, for the reports that hold a diagnosis among other things. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_JSON_VALUE_H_
#define NEVERREADY_REPORTS_JSON_VALUE_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "analyzers/diagnosis.h"
#include "core/time.h"

namespace neverready::reports {

// The object of docs/json.md, "A diagnosis".
nlohmann::ordered_json DiagnosisValue(const analyzers::Diagnosis& diagnosis);

nlohmann::ordered_json TextOrNull(const std::string& text);  // "" is null
nlohmann::ordered_json TimeOrNull(const std::optional<core::Timestamp>& time);
nlohmann::ordered_json NameOrNull(const std::optional<analyzers::Category>& category);
nlohmann::ordered_json Share(double value);  // with two digits

// As text, with `indent` blanks a level, or on one line where it is -1. Without a newline at the end. Of any
// text: what is no UTF-8 is repaired, what a terminal would hide or act on is escaped.
std::string Dump(const nlohmann::ordered_json& json, int indent);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_JSON_VALUE_H_
