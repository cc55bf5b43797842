#include "core/time.h"

#include <catch2/catch.hpp>
#include <limits>

namespace neverready::core {
namespace {

using namespace std::chrono_literals;

std::string Read(std::string_view text) {
  const auto at = ParseRfc3339(text);
  return at ? FormatRfc3339(*at) : "nothing";
}

std::string Lead(std::string_view line) {
  const auto leading = FindLeadingTime(line);
  if (!leading) return "nothing";
  return FormatRfc3339(leading->at) + "|" + std::string(line.substr(leading->length));
}

TEST_CASE("RFC 3339 times are read with 0 to 9 fraction digits, and more are cut", "[core][time]") {
  CHECK(Read("2025-09-16T01:42:17Z") == "2025-09-16T01:42:17Z");
  CHECK(Read("2025-09-16T01:42:17.8Z") == "2025-09-16T01:42:17.800Z");
  CHECK(Read("2025-09-16T01:42:17.868Z") == "2025-09-16T01:42:17.868Z");
  CHECK(Read("2025-09-16T01:42:17.868096Z") == "2025-09-16T01:42:17.868096Z");
  CHECK(Read("2025-09-16T01:42:17.168986681Z") == "2025-09-16T01:42:17.168986681Z");
  CHECK(Read("2025-09-16T01:42:17.1689866819Z") == "2025-09-16T01:42:17.168986681Z");
  CHECK(Read("2025-09-16T01:42:17.000000001Z") == "2025-09-16T01:42:17.000000001Z");
}

TEST_CASE("RFC 3339 offsets shift to UTC", "[core][time]") {
  CHECK(Read("2025-09-16T01:42:17+02:00") == "2025-09-15T23:42:17Z");
  CHECK(Read("2025-09-16 01:42:17.868096+00:00") == "2025-09-16T01:42:17.868096Z");
  CHECK(Read("2025-09-16t01:42:17-0530") == "2025-09-16T07:12:17Z");
  CHECK(Read("2025-09-16T01:42:17z") == "2025-09-16T01:42:17Z");
  CHECK(Read("2025-12-31T23:59:59-00:01") == "2026-01-01T00:00:59Z");
}

TEST_CASE("Leap days exist in leap years only, leap seconds end the minute", "[core][time]") {
  CHECK(Read("2024-02-29T00:00:00Z") == "2024-02-29T00:00:00Z");
  CHECK(Read("2000-02-29T00:00:00Z") == "2000-02-29T00:00:00Z");
  CHECK(Read("2025-02-29T00:00:00Z") == "nothing");
  CHECK(Read("2100-02-29T00:00:00Z") == "nothing");
  CHECK(Read("2016-12-31T23:59:60Z") == "2016-12-31T23:59:59.999999999Z");
  CHECK(Read("2016-12-31T23:59:60.5Z") == "2016-12-31T23:59:59.999999999Z");
}

TEST_CASE("What is no RFC 3339 time is nothing", "[core][time]") {
  for (const char* text : {"",
                           "2025",
                           "2025-09-16",
                           "2025-09-16T01:42:17",
                           "2025-09-16T01:42Z",
                           "2025-9-16T01:42:17Z",
                           "2025-13-01T00:00:00Z",
                           "2025-00-01T00:00:00Z",
                           "2025-01-32T00:00:00Z",
                           "2025-01-00T00:00:00Z",
                           "2025-01-01T24:00:00Z",
                           "2025-01-01T00:60:00Z",
                           "2025-01-01T00:00:61Z",
                           "2025-01-01T00:00:00.Z",
                           "2025-01-01T00:00:00,5Z",
                           "2025-01-01T00:00:00+24:00",
                           "2025-01-01T00:00:00+1:00",
                           "2025-01-01T00:00:00Z ",
                           " 2025-01-01T00:00:00Z",
                           "2025-01-01T00:00:00 Z",
                           "1677-12-31T23:59:59Z",
                           "2262-01-01T00:00:00Z",
                           "-025-01-01T00:00:00Z"}) {
    INFO(text);
    CHECK(Read(text) == "nothing");
  }
  CHECK(Read("1678-01-01T00:00:00Z") == "1678-01-01T00:00:00Z");
  CHECK(Read("2261-12-31T23:59:59.999999999-23:59") == "2262-01-01T23:58:59.999999999Z");
}

TEST_CASE("A leading time is found in the forms that loggers print", "[core][time]") {
  CHECK(Lead("2025-09-16T01:42:17.868096Z hello") == "2025-09-16T01:42:17.868096Z|hello");
  CHECK(Lead("2025-09-16T01:42:17 hello") == "2025-09-16T01:42:17Z|hello");
  CHECK(Lead("2025-09-16 01:42:17,868 - root - INFO") == "2025-09-16T01:42:17.868Z|- root - INFO");
  CHECK(Lead("[2025-09-16 01:42:17 +0000] [13] [ERROR] x") == "2025-09-16T01:42:17Z|[13] [ERROR] x");
  CHECK(Lead("[2025-09-16 01:42:17 +0200] x") == "2025-09-15T23:42:17Z|x");
  CHECK(Lead("2025-09-16 01:42:17.868 UTC [1] FATAL:  x") == "2025-09-16T01:42:17.868Z|[1] FATAL:  x");
  CHECK(Lead("2025/09/16 01:42:17 [emerg] 1#1: x") == "2025-09-16T01:42:17Z|[emerg] 1#1: x");
  CHECK(Lead("2025/09/16 01:42:17.123456 main.go:3: x") == "2025-09-16T01:42:17.123456Z|main.go:3: x");
  CHECK(Lead("[16/Sep/2025:01:42:17 +0000] \"GET /\"") == "2025-09-16T01:42:17Z|\"GET /\"");
  CHECK(Lead("Sep 16, 2025 1:42:17 AM org.x.Y start") == "2025-09-16T01:42:17Z|org.x.Y start");
  CHECK(Lead("Sep 16, 2025 12:42:17 AM x") == "2025-09-16T00:42:17Z|x");
  CHECK(Lead("Sep 16, 2025 12:42:17\u202fPM x") == "2025-09-16T12:42:17Z|x");
  CHECK(Lead("16-Sep-2025 01:42:17.868 INFO [main] x") == "2025-09-16T01:42:17.868Z|INFO [main] x");
  CHECK(Lead("[16-Sep-2025 01:42:17 UTC] PHP Fatal error") == "2025-09-16T01:42:17Z|PHP Fatal error");
  CHECK(Lead("[Tue Sep 16 01:42:17.868096 2025] [core:error] x") ==
        "2025-09-16T01:42:17.868096Z|[core:error] x");
  CHECK(Lead("[2025-09-16 01:42:17 INFO] x") == "2025-09-16T01:42:17Z|INFO] x");
  CHECK(Lead("2025-09-16T01:42:17Z") == "2025-09-16T01:42:17Z|");
  CHECK(Lead("2025-09-16 01:42:17: x") == "2025-09-16T01:42:17Z|: x");
  CHECK(Lead("2025-09-16T01:42:17Z\tx") == "2025-09-16T01:42:17Z|x");
}

TEST_CASE("A line that begins otherwise has no leading time", "[core][time]") {
  for (const char* line :
       {"", "hello", "01:42:17 hello there you", "2025-09-16 is the day", " 2025-09-16T01:42:17Z x",
        "2025-02-30T01:42:17Z hello", "2025-09-16T01:42:17Zulu", "at 2025-09-16T01:42:17Z it broke",
        "Sep 16, 2025 13:42:17 PM x", "Sep 16, 2025 1:42:17 XM", "[16/Foo/2025:01:42:17 +0000]"}) {
    INFO(line);
    CHECK(Lead(line) == "nothing");
  }
}

TEST_CASE("Epochs are told apart by magnitude", "[core][time]") {
  const auto at = [](double value) {
    const auto time = FromEpoch(value);
    return time ? FormatRfc3339(*time) : "nothing";
  };
  CHECK(at(1757986937) == "2025-09-16T01:42:17Z");
  CHECK(at(1757986937.868096) == "2025-09-16T01:42:17.868096Z");
  CHECK(at(1757986937868) == "2025-09-16T01:42:17.868Z");
  CHECK(at(1757986937868.25) == "2025-09-16T01:42:17.868250Z");
  CHECK(at(1757986937868096) == "2025-09-16T01:42:17.868096Z");
  CHECK(at(1757986937868096000.0) == "2025-09-16T01:42:17.868096Z");
  for (const double value : {0.0, 5.2, -1757986937.0, 12345678.0, 5e10, 1e19, 1e300})
    CHECK(at(value) == "nothing");
  CHECK(at(std::numeric_limits<double>::quiet_NaN()) == "nothing");
  CHECK(at(std::numeric_limits<double>::infinity()) == "nothing");
}

TEST_CASE("Times before 1970 are written like others", "[core][time]") {
  CHECK(FormatRfc3339(Timestamp(-1ns)) == "1969-12-31T23:59:59.999999999Z");
  CHECK(FormatRfc3339(Timestamp(0ns)) == "1970-01-01T00:00:00Z");
}

TEST_CASE("Durations read like those of people", "[core][time]") {
  CHECK(FormatDuration(0ns) == "0 s");
  CHECK(FormatDuration(400us) == "<1 ms");
  CHECK(FormatDuration(850ms) == "850 ms");
  CHECK(FormatDuration(1500ms) == "1.5 s");
  CHECK(FormatDuration(2s) == "2 s");
  CHECK(FormatDuration(59960ms) == "60 s");
  CHECK(FormatDuration(240s) == "240 s");
  CHECK(FormatDuration(240600ms) == "241 s");
  CHECK(FormatDuration(300s) == "300 s");
  CHECK(FormatDuration(400s) == "6 min 40 s");
  CHECK(FormatDuration(600s) == "10 min");
  CHECK(FormatDuration(125min) == "2 h 5 min");
  CHECK(FormatDuration(2h) == "2 h");
  CHECK(FormatDuration(-1500ms) == "-1.5 s");
  CHECK(FormatDuration(std::chrono::nanoseconds::min()).starts_with("-"));
}

}  // namespace
}  // namespace neverready::core
