#include "cli/time_argument.h"

#include <catch2/catch.hpp>

#include "tests/fakes/time_zone.h"

namespace neverready::cli {
namespace {

const core::Timestamp kAsOf = *core::ParseRfc3339("2026-01-18T12:00:00Z");

std::string Told(const std::string& text, core::Zone zone = core::Zone::kUtc) {
  const auto time = ParseTimeArgument(text, kAsOf, zone);
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

TEST_CASE("A time without an offset is in the zone that is asked for", "[cli][time]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  CHECK(Told("2026-07-17T10:00:05.5") == "2026-07-17T10:00:05.500Z");
  CHECK(Told("2026-07-17 10:00:05") == "2026-07-17T10:00:05Z");
  CHECK(Told("2026-07-17T10:00") == "2026-07-17T10:00:00Z");
  CHECK(Told("2026-07-17", core::Zone::kLocal) == "2026-07-16T22:00:00Z");
  CHECK(Told("2026-01-17", core::Zone::kLocal) == "2026-01-16T23:00:00Z");
  CHECK(Told("2026-07-17T10:00:05.5", core::Zone::kLocal) == "2026-07-17T08:00:05.500Z");
  CHECK(Told("2026-07-17 10:00", core::Zone::kLocal) == "2026-07-17T08:00:00Z");
  CHECK(Told("2026-03-29T02:30", core::Zone::kLocal) == "2026-03-29T01:00:00Z");
}

TEST_CASE("A time with an offset and a span are the same in every zone", "[cli][time]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  CHECK(Told("2026-07-17T10:00:00Z", core::Zone::kLocal) == "2026-07-17T10:00:00Z");
  CHECK(Told("2026-07-17T10:00:00-04:00", core::Zone::kLocal) == "2026-07-17T14:00:00Z");
  CHECK(Told("7d", core::Zone::kLocal) == "2026-01-11T12:00:00Z");
}

TEST_CASE("All else is refused", "[cli][time]") {
  for (const char* text : {"", "yesterday", "7", "d", "-7d", "7 d", "7x", "99999999999d",
                           "9223372036854775807w", "2026-13-01", "2026-02-30", "2026-01-17T", "2026-01-17T10",
                           "2026-01-17T25:00", "2026-01-17T10:00Z", "2026-01-17 10:00+02"}) {
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
