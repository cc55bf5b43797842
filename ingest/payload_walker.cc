#include "ingest/payload_walker.h"

#include "core/text.h"

namespace neverready::ingest {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;
using simdjson::SUCCESS;

constexpr std::size_t kMaxPathDepth = 8;
constexpr std::size_t kMaxWalkDepth = 32;  // Struct's wrappers take three levels for one key

// The members of protobuf's Value, below which the value proper stands.
bool IsScalarWrapper(std::string_view key) {
  return key == "stringValue" || key == "numberValue" || key == "boolValue" || key == "string_value" ||
         key == "number_value" || key == "bool_value";
}

bool IsTreeWrapper(std::string_view key) {
  return key == "structValue" || key == "listValue" || key == "struct_value" || key == "list_value";
}

}  // namespace

error_code PayloadWalker::Object(ondemand::object object, Place place) {
  for (auto field : object) {
    std::string_view key;
    if (const error_code error = field.unescaped_key().get(key)) return error;
    ondemand::value value;
    if (const error_code error = field.value().get(value)) return error;
    if (const error_code error = Member(key, value, place)) return error;
  }
  return SUCCESS;
}

error_code PayloadWalker::Member(std::string_view key, ondemand::value value, Place place) {
  if (place.level >= kMaxWalkDepth) return SUCCESS;
  Place below{place.level + 1, false};
  if (leaves_->depth() > 0 && IsScalarWrapper(key)) return Value(value, below);
  if (leaves_->depth() > 0 && IsTreeWrapper(key)) {
    below.in_wrapper = true;
    return Value(value, below);
  }
  const bool on_top = leaves_->depth() == 0;
  if ((key == "fields" && (on_top || place.in_wrapper)) || (key == "values" && place.in_wrapper)) {
    return Value(value, below);
  }
  if (leaves_->depth() >= kMaxPathDepth) return SUCCESS;
  const std::size_t mark = leaves_->Push(key);
  const error_code error = Value(value, below);
  leaves_->Pop(mark);
  return error;
}

error_code PayloadWalker::Value(ondemand::value value, Place place) {
  ondemand::json_type type{};
  if (value.type().get(type) != SUCCESS) return SUCCESS;  // NaN and the like: no text to lose
  switch (type) {
    case ondemand::json_type::object: {
      ondemand::object object;
      if (const error_code error = value.get_object().get(object)) return error;
      return Object(object, place);
    }
    case ondemand::json_type::array: return Array(value, place);
    case ondemand::json_type::string: {
      std::string_view text;
      if (const error_code error = value.get_string().get(text)) return error;
      leaves_->Add(LeafList::Kind::kString, text);
      return SUCCESS;
    }
    case ondemand::json_type::number:
      leaves_->Add(LeafList::Kind::kNumber, core::Trim(value.raw_json_token()));
      return SUCCESS;
    case ondemand::json_type::boolean:
      leaves_->Add(LeafList::Kind::kBool, core::Trim(value.raw_json_token()));
      return SUCCESS;
    case ondemand::json_type::null: return SUCCESS;
  }
  return SUCCESS;
}

error_code PayloadWalker::Array(ondemand::value value, Place place) {
  ondemand::array array;
  if (const error_code error = value.get_array().get(array)) return error;
  if (place.level >= kMaxWalkDepth || leaves_->depth() >= kMaxPathDepth) return SUCCESS;
  std::size_t index = 0;
  for (auto element : array) {
    ondemand::value item;
    if (const error_code error = element.get(item)) return error;
    const std::size_t mark = leaves_->PushIndex(index++);
    const error_code error = Value(item, Place{place.level + 1, false});
    leaves_->Pop(mark);
    if (error) return error;
  }
  return SUCCESS;
}

}  // namespace neverready::ingest
