#include "analyzers/facts.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace neverready::analyzers {
namespace {

std::vector<std::string> SplitNames(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  const auto finish = [&] {
    // Bullets and ticks are no names.
    const bool bullet = std::ranges::none_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!bullet && name != "and" && name != "or" && std::ranges::find(names, name) == names.end())
      names.push_back(name);
    name.clear();
  };
  for (const char c : text) {
    if (c == ',' || c == ' ' || c == ';' || c == '\t' || c == '\n') {
      finish();
    } else if (std::string_view("'\"`[](){}").find(c) == std::string_view::npos) {
      name += c;
    }
  }
  finish();
  return names;
}

bool IsPlaceholderChar(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

void Facts::SetFromText(Fact fact, std::string_view text) {
  text = core::Trim(text);
  if (text.empty()) return;
  if (IsNumber(fact)) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) map_[fact] = number;
  } else if (IsList(fact)) {
    auto names = SplitNames(text);
    if (!names.empty()) map_[fact] = std::move(names);
  } else {
    map_[fact] = std::string(text);
  }
}

void Facts::Unite(const Facts& other) {
  for (const auto& [fact, value] : other.map_) {
    const auto [at, added] = map_.try_emplace(fact, value);
    if (added || !IsList(fact)) continue;
    auto& mine = std::get<std::vector<std::string>>(at->second);
    for (const std::string& name : std::get<std::vector<std::string>>(value)) {
      if (std::ranges::find(mine, name) == mine.end()) mine.push_back(name);
    }
  }
}

std::int64_t Facts::Number(Fact fact, std::int64_t otherwise) const {
  const auto found = map_.find(fact);
  const auto* number = found == map_.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return number == nullptr ? otherwise : *number;
}

std::string Facts::Text(Fact fact) const {
  const auto found = map_.find(fact);
  return found == map_.end() ? std::string() : ToText(found->second);
}

std::vector<std::string> Facts::List(Fact fact) const {
  const auto found = map_.find(fact);
  const auto* list = found == map_.end() ? nullptr : std::get_if<std::vector<std::string>>(&found->second);
  return list == nullptr ? std::vector<std::string>() : *list;
}

std::string ToText(const FactValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  std::string joined;
  for (const std::string& name : std::get<std::vector<std::string>>(value))
    joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

std::vector<std::string> Placeholders(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
       open = pattern.find('{', open + 1)) {
    std::size_t end = open + 1;
    while (end < pattern.size() && IsPlaceholderChar(pattern[end])) ++end;
    if (end > open + 1 && end < pattern.size() && pattern[end] == '}')
      names.emplace_back(pattern.substr(open + 1, end - open - 1));
  }
  return names;
}

std::string FillPlaceholders(std::string_view pattern, const Facts& facts,
                             const std::map<std::string, std::string>& extra) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{') {
      const std::size_t close = pattern.find('}', i);
      const std::string name(close == std::string_view::npos ? std::string_view()
                                                             : pattern.substr(i + 1, close - i - 1));
      const auto fact = ParseFact(name);
      const auto other = extra.find(name);
      const std::string value = fact && facts.Has(*fact) ? facts.Text(*fact)
                                : other != extra.end()   ? other->second
                                                         : std::string();
      if (!value.empty()) {
        out += value;
        i = close;
        continue;
      }
    }
    out += pattern[i];
  }
  return out;
}

std::string Sentence(std::string_view pattern, const Facts& facts) {
  std::map<std::string, std::string> unnamed;
  for (const std::string& name : Placeholders(pattern)) {
    std::string words = name == "env_vars" ? "variable" : name;
    std::ranges::replace(words, '_', ' ');
    unnamed[name] = "(unnamed " + words + ")";
  }
  return FillPlaceholders(pattern, facts, unnamed);
}

}  // namespace neverready::analyzers
