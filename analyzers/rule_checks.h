// The proof of a set of rules: checks 4 to 10 of docs/rules.md. Pure. The same for built-in rules (when the
// program is built) and for users' rules.
#ifndef NEVERREADY_ANALYZERS_RULE_CHECKS_H_
#define NEVERREADY_ANALYZERS_RULE_CHECKS_H_

#include <string>
#include <vector>

#include "analyzers/rule_set.h"
#include "core/result.h"

namespace neverready::analyzers {

struct CheckReport {
  std::vector<core::Error> errors;  // at most one a rule and check, in the order of the rules
  std::size_t rules = 0, samples = 0, near_misses = 0;  // looked at
};

// Proves each of `rules` on its own and then beside `others` (the built-in rules; rules of `rules` with the
// same id replace them). Never fails itself: what cannot be checked is an error in the report.
CheckReport CheckRules(const std::vector<Rule>& rules, const std::vector<Rule>& others);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_RULE_CHECKS_H_
