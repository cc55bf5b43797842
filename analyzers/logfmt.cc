#include "analyzers/logfmt.h"

namespace neverready::analyzers {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsKeyChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._$/:<>#@*-").find(c) != std::string_view::npos;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ParseLogfmt(std::string_view line) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (line.find('=') == std::string_view::npos ||
      (line.find("msg=") == std::string_view::npos && line.find("err") == std::string_view::npos &&
       line.find("message=") == std::string_view::npos && line.find("event=") == std::string_view::npos))
    return pairs;
  bool record = false, message = false;
  for (std::size_t at = 0; at < line.size();) {
    while (at < line.size() && IsBlank(line[at])) ++at;
    const std::size_t begin = at;
    while (at < line.size() && IsKeyChar(line[at])) ++at;
    if (at == begin || at >= line.size() || line[at] != '=') {
      while (at < line.size() && !IsBlank(line[at])) ++at;  // a bare word
      continue;
    }
    std::string key(line.substr(begin, at - begin)), value;
    ++at;
    if (at < line.size() && (line[at] == '"' || line[at] == '\'')) {
      const char quote = line[at];
      for (++at; at < line.size() && line[at] != quote; ++at) {
        if (line[at] == '\\' && at + 1 < line.size()) {
          ++at;
          value += line[at] == 'n' ? '\n' : line[at] == 't' ? '\t' : line[at];
        } else {
          value += line[at];
        }
      }
      ++at;
    } else {
      while (at < line.size() && !IsBlank(line[at])) value += line[at++];
    }
    record = record || key == "level" || key == "lvl" || key == "time" || key == "ts" || key == "t" ||
             key == "severity" || key == "timestamp";
    message = message || key == "event" || key == "msg" || key == "message" || key == "err" || key == "error";
    pairs.emplace_back(std::move(key), std::move(value));
  }
  if (!record || !message) pairs.clear();
  return pairs;
}

}  // namespace neverready::analyzers
