// The rules that the program carries, proven when it was built. builtin_rules.cc is made by rulegen from
// analyzers/rules/**/*.yaml.
#ifndef NEVERREADY_ANALYZERS_BUILTIN_RULES_H_
#define NEVERREADY_ANALYZERS_BUILTIN_RULES_H_

#include <vector>

#include "analyzers/rule.h"
#include "analyzers/rule_set.h"

namespace neverready::analyzers {

// Without samples and near misses; in the order of runtime, speaker and file.
std::vector<Rule> BuiltinRules();

// Made of them when the program was built.
RuleFilters BuiltinFilters();

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_BUILTIN_RULES_H_
