// The facts of a finding: a small map from the closed list of keys to values, in the order of the list. Plain
// value.
#ifndef NEVERREADY_ANALYZERS_FACTS_H_
#define NEVERREADY_ANALYZERS_FACTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzers/category.h"

namespace neverready::analyzers {

// Numbers for the facts of IsNumber, a list for IsList, text for all others.
using FactValue = std::variant<std::string, std::int64_t, std::vector<std::string>>;

class Facts {
 public:
  using Map = std::map<Fact, FactValue>;

  // Sets a fact from the text of a line: numbers are read (what is no number is dropped), lists are split at
  // commas, blanks and semicolons and lose quotes and brackets, text is trimmed. Empty text sets nothing.
  void SetFromText(Fact fact, std::string_view text);
  void Set(Fact fact, FactValue value) { map_[fact] = std::move(value); }
  // As Set, unless the fact is there.
  void Offer(Fact fact, FactValue value) { map_.try_emplace(fact, std::move(value)); }
  // Takes over what is missing; lists are united.
  void Unite(const Facts& other);

  bool Has(Fact fact) const { return map_.contains(fact); }
  std::int64_t Number(Fact fact, std::int64_t otherwise = 0) const;
  std::string Text(Fact fact) const;  // any value as text ("A, B"); "" where absent
  std::vector<std::string> List(Fact fact) const;
  const Map& map() const { return map_; }
  std::size_t size() const { return map_.size(); }
  bool operator==(const Facts& other) const = default;

 private:
  Map map_;
};

std::string ToText(const FactValue& value);

// Replaces {fact} by the fact's text and {service} etc. by `extra`; a placeholder without value stays as it
// is.
std::string FillPlaceholders(std::string_view pattern, const Facts& facts,
                             const std::map<std::string, std::string>& extra = {});

// As FillPlaceholders, for people: a fact that the line did not tell reads "(unnamed host)".
std::string Sentence(std::string_view pattern, const Facts& facts);

// The names inside { } of a template, in order.
std::vector<std::string> Placeholders(std::string_view pattern);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_FACTS_H_
