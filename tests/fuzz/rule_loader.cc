// Rule files that people write: read, proven, refused with a place.
#include "analyzers/rule_loader.h"

#include "analyzers/rule_checks.h"
#include "tests/fuzz/require.h"

namespace analyzers = neverready::analyzers;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const auto rules = analyzers::ParseRules(AsText(data, size), "rules/python/cpython.yaml");
  if (!rules) {
    Require(!rules.error().message.empty(), "a refusal has a reason");
    return 0;
  }
  if (rules->size() > 4) return 0;  // proving rules compiles patterns, which is slow
  const analyzers::CheckReport report = analyzers::CheckRules(*rules, {});
  for (const auto& error : report.errors) Require(!error.message.empty(), "a mistake is explained");
  return 0;
}
