// A rule: what one line, or one joined stack trace, means. docs/rules.md is the guide for authors. Plain
// values.
#ifndef NEVERREADY_ANALYZERS_RULE_H_
#define NEVERREADY_ANALYZERS_RULE_H_

#include <optional>
#include <string>
#include <vector>

#include "analyzers/category.h"
#include "analyzers/facts.h"

namespace neverready::analyzers {

struct Sample {
  std::string text;
  Facts facts;           // exactly what the pattern captures
  std::size_t line = 0;  // in the rule file
};

struct NearMiss {
  std::string text, why;
  std::size_t line = 0;
};

struct Rule {
  std::string id, speaker, runtime;  // "cpython.module-not-found", "cpython", "python" (the folder)
  Category category = Category::kUnknown;
  Role role = Role::kCause;
  Voice on = Voice::kApp;
  Scope scope = Scope::kLine;
  Tier tier = Tier::kSpeaker;
  std::string pattern, says;
  std::vector<std::string> beats;
  std::optional<Blame> blame;
  std::optional<bool> transient;
  std::string fix_text;
  std::vector<std::string> fix_commands;
  Facts set;  // fixed facts
  // Proof. Not kept in the program's own rules, which were checked when it was built.
  std::vector<Sample> samples;
  std::vector<NearMiss> near_misses;
  std::string file;  // for messages
  std::size_t line = 0;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_RULE_H_
