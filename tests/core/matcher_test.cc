#include "core/matcher.h"

#include <catch2/catch.hpp>

namespace neverready::core {
namespace {

TEST_CASE("A matcher gives the groups of its latest match", "[core][matcher]") {
  Matcher matcher(R"re((\w+):(\d+)?)re");
  REQUIRE(matcher.Find("at db:5432, then"));
  CHECK(matcher[0] == "db:5432");
  CHECK(matcher[1] == "db");
  CHECK(matcher.Number(2) == 5432);
  CHECK(matcher.end() == 10);
  REQUIRE(matcher.Find("db:"));
  CHECK(matcher[2].empty());
  CHECK(matcher.Number(2) == 0);
  CHECK(matcher[9].empty());
  CHECK_FALSE(matcher.Find("nothing"));
}

}  // namespace
}  // namespace neverready::core
