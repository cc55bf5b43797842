#include "tests/fakes/yaml_writer.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace neverready::fakes {
namespace {

using Json = nlohmann::ordered_json;

std::string Indent(std::size_t depth) { return std::string(depth * 2, ' '); }

// Single quotes, folded at blanks between two words.
std::string SingleQuoted(const std::string& text, std::size_t depth) {
  std::string out = "'";
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
    if (text[i] == ' ' && between && column > 60) {
      out += "\n" + Indent(depth + 1);
      column = 0;
      continue;
    }
    out += text[i];
    if (text[i] == '\'') out += '\'';
    ++column;
  }
  return out + "'";
}

// Lines as they are, where a literal block can hold them.
bool FitsBlock(const std::string& text) {
  if (text.find('\n') == std::string::npos || text.find("\n\n\n") != std::string::npos) return false;
  return text.front() != '\n' && text.front() != ' ' && text.front() != '\t' && text.back() != '\n' &&
         std::ranges::none_of(
             text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
}

std::string Block(const std::string& text, std::size_t depth) {
  std::string out = "|-";
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += "\n";
    if (end > begin) out += Indent(depth + 1) + text.substr(begin, end - begin);
    begin = end + 1;
  }
  return out;
}

// Words that are no text without quotes.
bool IsTyped(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text == "true" || text == "false" || text == "null" || text == "yes" || text == "no" ||
         text == "on" || text == "off";
}

std::string Text(const std::string& text, std::size_t depth) {
  if (!text.empty() && FitsBlock(text)) return Block(text, depth);
  const bool control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
  if (control) {
    // The escapes of JSON are some of YAML's.
    std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    for (std::size_t at = quoted.find("\\u001b"); at != std::string::npos; at = quoted.find("\\u001b", at))
      quoted.replace(at, 6, "\\e");
    return quoted;
  }
  const bool plain = !text.empty() && text.size() < 60 &&
                     std::ranges::all_of(text,
                                         [](char c) {
                                           return std::isalpha(static_cast<unsigned char>(c)) || c == ' ' ||
                                                  c == '/' || c == '_';
                                         }) &&
                     text.front() != ' ' && text.back() != ' ' && !IsTyped(text);
  return plain ? text : SingleQuoted(text, depth);
}

void Write(const Json& value, std::size_t depth, std::string* out);

// What stands behind a "key:" or a "-".
void WriteBehind(const Json& value, std::size_t depth, std::string* out) {
  if ((value.is_object() || value.is_array()) && !value.empty()) {
    *out += "\n";
    Write(value, depth + 1, out);
  } else if (value.is_string()) {
    *out += " " + Text(value.get<std::string>(), depth) + "\n";
  } else {
    *out += " " + value.dump() + "\n";
  }
}

void Write(const Json& value, std::size_t depth, std::string* out) {
  if (value.is_array()) {
    for (const Json& item : value) {
      *out += Indent(depth) + "-";
      WriteBehind(item, depth, out);
    }
    return;
  }
  for (const auto& [key, member] : value.items()) {
    *out += Indent(depth) + Text(key, 0) + ":";
    WriteBehind(member, depth, out);
  }
}

}  // namespace

std::string WriteYaml(const Json& entry) {
  std::string out = "---\n";
  Write(entry, 0, &out);
  return out;
}

}  // namespace neverready::fakes
