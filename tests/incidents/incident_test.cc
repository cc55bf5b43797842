#include "incidents/incident.h"

#include <catch2/catch.hpp>

namespace neverready::incidents {
namespace {

TEST_CASE("Kinds of transitions keep their stored names", "[incidents]") {
  const std::vector<std::string_view> names{"opened", "regression", "repeat", "cause_changed", "recovered"};
  REQUIRE(names.size() == kTransitionKinds);
  for (std::size_t i = 0; i < kTransitionKinds; ++i) {
    const auto kind = static_cast<TransitionKind>(i);
    CHECK(Name(kind) == names[i]);
    CHECK(ParseTransitionKind(names[i]) == kind);
  }
  for (const char* other : {"", "Opened", "opened ", "closed"})
    CHECK_FALSE(ParseTransitionKind(other).has_value());
}

}  // namespace
}  // namespace neverready::incidents
