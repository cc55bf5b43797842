#include "cli/time_argument.h"

#include <catch2/catch.hpp>

namespace neverready::cli {
namespace {

const core::Timestamp kAsOf = *core::ParseRfc3339("2026-01-18T12:00:00Z");

std::string Told(const std::string& text) {
  const auto time = ParseTimeArgument(text, kAsOf);
  return time ? core::FormatRfc3339(*time) : time.error().message;
}

TEST_CASE("Times, dates and spans are read", "[cli][time]") {
  CHECK(Told("2026-01-17T10:00:00+02:00") == "2026-01-17T08:00:00Z");
  CHECK(Told("2026-01-17") == "2026-01-17T00:00:00Z");
  CHECK(Told("30s") == "2026-01-18T11:59:30Z");
  CHECK(Told("90m") == "2026-01-18T10:30:00Z");
  CHECK(Told("12h") == "2026-01-18T00:00:00Z");
  CHECK(Told("7d") == "2026-01-11T12:00:00Z");
  CHECK(Told("2w") == "2026-01-04T12:00:00Z");
  CHECK(Told("0s") == "2026-01-18T12:00:00Z");
}

TEST_CASE("All else is refused", "[cli][time]") {
  for (const char* text : {"", "yesterday", "7", "d", "-7d", "7 d", "7x", "99999999999d",
                           "9223372036854775807w", "2026-13-01", "2026-02-30"}) {
    INFO(text);
    const auto time = ParseTimeArgument(text, kAsOf);
    REQUIRE_FALSE(time);
    CHECK(time.error().message == "'" + std::string(text) + "' is no time");
    CHECK_FALSE(time.error().hint.empty());
  }
}

TEST_CASE("A span needs a newest entry to count back from", "[cli][time]") {
  CHECK_FALSE(ParseTimeArgument("7d", std::nullopt));
  CHECK(ParseTimeArgument("2026-01-17", std::nullopt));
}

}  // namespace
}  // namespace neverready::cli
