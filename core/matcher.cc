#include "core/matcher.h"

#include <charconv>

namespace neverready::core {

Matcher::Matcher(std::string_view expression) : pattern_(Pattern::Compile(expression).value()) {}

bool Matcher::Find(std::string_view text) {
  text_ = text;
  return pattern_.Find(text, 0, &spans_);
}

std::string_view Matcher::operator[](std::size_t group) const {
  if (group >= spans_.size() || !spans_[group].found) return {};
  return text_.substr(spans_[group].begin, spans_[group].end - spans_[group].begin);
}

std::int64_t Matcher::Number(std::size_t group) const {
  std::int64_t number = 0;
  const std::string_view digits = (*this)[group];
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace neverready::core
