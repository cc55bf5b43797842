#include "core/local_time.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <string>

#include "tests/fakes/time_zone.h"

namespace neverready::core {
namespace {

using fakes::kBerlin;
using fakes::TimeZone;

// Clocks that change at midnight: Sao Paulo's rules until 2019, on the dates of 2018.
constexpr const char* kSaoPaulo = "<-03>3<-02>,M11.1.0/0,M2.3.0/0";
// Clocks that went back at 00:01, so that the date began twice: Newfoundland until 2011.
constexpr const char* kNewfoundland = "NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01";

std::string Local(const std::string& utc) { return FormatLocal(*ParseRfc3339(utc)); }

// The first instant of what a clock shows, as UTC.
std::string First(const std::string& wall) {
  return FormatRfc3339(FirstInstant(WallTime(ParseRfc3339(wall + "Z")->time_since_epoch())));
}

TEST_CASE("A local time is RFC 3339 with the offset that holds then", "[core][local_time]") {
  const TimeZone zone(kBerlin);
  CHECK(Local("2025-09-08T04:02:11.319Z") == "2025-09-08T06:02:11.319+02:00");
  CHECK(Local("2025-12-08T23:30:00Z") == "2025-12-09T00:30:00+01:00");
  CHECK(Local("2025-10-26T00:59:59.999999999Z") == "2025-10-26T02:59:59.999999999+02:00");
  CHECK(Local("2025-10-26T01:00:00Z") == "2025-10-26T02:00:00+01:00");
  CHECK(Local("1969-12-31T23:59:59.5Z") == "1970-01-01T00:59:59.500+01:00");
}

TEST_CASE("Offsets to the west, of half an hour and of nothing", "[core][local_time]") {
  {
    const TimeZone zone(kNewfoundland);
    CHECK(Local("2025-01-08T04:02:11Z") == "2025-01-08T00:32:11-03:30");
  }
  {
    const TimeZone zone("UTC0");
    CHECK(Local("2025-01-08T04:02:11Z") == "2025-01-08T04:02:11+00:00");
  }
  {
    const TimeZone zone("LMT-0:53:28");
    CHECK(Local("1880-01-08T04:00:00Z") == "1880-01-08T04:53:00+00:53");
  }
}

TEST_CASE("Whatever the zone, a local time reads as the same instant", "[core][local_time]") {
  for (const char* tz :
       {kBerlin, kSaoPaulo, kNewfoundland, "LMT-0:53:28", "<+14>-14", "<-12>12", "nonsense"}) {
    const TimeZone zone(tz);
    for (std::int64_t hour = -800000; hour < 2500000; hour += 997) {
      const Timestamp time{std::chrono::hours(hour) + std::chrono::nanoseconds(hour & 1023)};
      if (ParseRfc3339(FormatLocal(time)) != time) FAIL(tz << ": " << FormatLocal(time));
    }
  }
  const TimeZone zone(kBerlin);
  CHECK(FormatLocal(Timestamp::min()).ends_with("+00:00"));
  CHECK(FormatLocal(Timestamp::max()).ends_with("+00:00"));
}

TEST_CASE("The zone decides which of the two is written", "[core][local_time]") {
  const TimeZone zone(kBerlin);
  const Timestamp time = *ParseRfc3339("2025-09-08T04:02:11Z");
  CHECK(FormatIn(Zone::kUtc, time) == "2025-09-08T04:02:11Z");
  CHECK(FormatIn(Zone::kLocal, time) == "2025-09-08T06:02:11+02:00");
}

TEST_CASE("A date begins when the clocks of the zone say so", "[core][local_time]") {
  const TimeZone zone(kBerlin);
  CHECK(First("2025-09-08T00:00:00") == "2025-09-07T22:00:00Z");
  CHECK(First("2025-12-08T00:00:00") == "2025-12-07T23:00:00Z");
  CHECK(First("2025-03-30T00:00:00") == "2025-03-29T23:00:00Z");
  CHECK(First("2025-03-31T00:00:00") == "2025-03-30T22:00:00Z");
  CHECK(First("2025-10-26T00:00:00") == "2025-10-25T22:00:00Z");
  CHECK(First("2025-10-27T00:00:00") == "2025-10-26T23:00:00Z");
  CHECK(First("2025-09-08T06:02:11.319") == "2025-09-08T04:02:11.319Z");
  CHECK(First("1678-01-01T00:00:00") == "1677-12-31T23:00:00Z");
  CHECK(First("2261-12-31T00:00:00") == "2261-12-30T23:00:00Z");
}

TEST_CASE("A time that comes twice is its first, one that is skipped the moment of skipping",
          "[core][local_time]") {
  const TimeZone zone(kBerlin);
  CHECK(First("2025-10-26T02:00:00") == "2025-10-26T00:00:00Z");
  CHECK(First("2025-10-26T02:59:59.5") == "2025-10-26T00:59:59.500Z");
  CHECK(First("2025-10-26T03:00:00") == "2025-10-26T02:00:00Z");
  CHECK(First("2025-03-30T01:59:59.5") == "2025-03-30T00:59:59.500Z");
  CHECK(First("2025-03-30T02:00:00") == "2025-03-30T01:00:00Z");
  CHECK(First("2025-03-30T02:30:00.5") == "2025-03-30T01:00:00Z");
  CHECK(First("2025-03-30T03:00:00") == "2025-03-30T01:00:00Z");
}

TEST_CASE("A date without a midnight, and one with two", "[core][local_time]") {
  {
    const TimeZone zone(kSaoPaulo);
    CHECK(First("2018-11-04T00:00:00") == "2018-11-04T03:00:00Z");  // 23:59:59, then 01:00
    CHECK(First("2018-11-05T00:00:00") == "2018-11-05T02:00:00Z");
    CHECK(First("2018-02-18T00:00:00") == "2018-02-18T03:00:00Z");  // 23:59:59, then 23:00 again
    CHECK(First("2018-02-17T23:30:00") == "2018-02-18T01:30:00Z");
  }
  {
    const TimeZone zone(kNewfoundland);
    CHECK(First("2009-11-01T00:00:00") == "2009-11-01T02:30:00Z");
    CHECK(First("2009-11-01T00:01:00") == "2009-11-01T03:31:00Z");
  }
}

TEST_CASE("A date that a country left out begins with the next", "[core][local_time]") {
  if (!std::filesystem::exists("/usr/share/zoneinfo/Pacific/Apia")) {
    std::cout << "SKIPPED: there is no zone database\n";
    return;
  }
  const TimeZone zone("Pacific/Apia");
  CHECK(First("2011-12-29T00:00:00") == "2011-12-29T10:00:00Z");
  CHECK(First("2011-12-30T00:00:00") == "2011-12-30T10:00:00Z");
  CHECK(First("2011-12-31T00:00:00") == "2011-12-30T10:00:00Z");
  CHECK(First("2012-01-01T00:00:00") == "2011-12-31T10:00:00Z");
}

}  // namespace
}  // namespace neverready::core
