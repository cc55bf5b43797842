// From YAML to rules: checks 1 to 3 of docs/rules.md (well-formed, ids, known words). Pure; the caller reads
// the files.
#ifndef NEVERREADY_ANALYZERS_RULE_LOADER_H_
#define NEVERREADY_ANALYZERS_RULE_LOADER_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rule.h"
#include "core/result.h"

namespace neverready::analyzers {

// Reads one rule file. `file` is its name as messages show it; its last folder becomes the rules' runtime and
// its stem must be the speaker. Fails with kInvalidArgument at the first mistake, naming file and line.
core::Result<std::vector<Rule>> ParseRules(std::string_view yaml, const std::string& file);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_RULE_LOADER_H_
