// Points in time as Cloud Logging writes them: UTC, nanoseconds. Pure functions, thread-safe; nobody here
// asks a clock.
#ifndef NEVERREADY_CORE_TIME_H_
#define NEVERREADY_CORE_TIME_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace neverready::core {

using Timestamp = std::chrono::sys_time<std::chrono::nanoseconds>;

// Reads an RFC 3339 time (https://www.rfc-editor.org/rfc/rfc3339 §5.6): "2025-09-16T01:42:17.868096Z". Takes
// 0 to 9 fraction digits (more are cut), `T`, `t` or one blank between date and time, `Z`, `z` or an offset
// such as +02:00 or +0000. Leap seconds (":60") read as the last nanosecond of the minute. Returns nothing
// for all else, for dates that do not exist, and for years outside 1678..2261 (the range of 64-bit
// nanoseconds).
std::optional<Timestamp> ParseRfc3339(std::string_view text);

// A time that stands at the beginning of a line, and how many bytes of the line it takes (with its brackets
// and the blanks behind it).
struct LeadingTime {
  Timestamp at;
  size_t length = 0;
};

// Finds the time that a log line begins with: RFC 3339 with or without zone (UTC is assumed), "2025/09/16
// 01:42:17", "2025-09-16 01:42:17,868", "[16/Sep/2025:01:42:17 +0000]", "Sep 16, 2025 1:42:17 AM"
// (java.util.logging), "16-Sep-2025 01:42:17", "Tue Sep 16 01:42:17.868096 2025" (Apache), each optionally
// inside [ ]. Returns nothing where the line begins otherwise, or only with a time of day.
std::optional<LeadingTime> FindLeadingTime(std::string_view line);

// Unix epoch as loggers print it: seconds, milliseconds, microseconds or nanoseconds, told apart by
// magnitude.
std::optional<Timestamp> FromEpoch(double value);

// "2025-09-16T01:42:17.868096Z": UTC, with 0, 3, 6 or 9 fraction digits, as few as carry the value.
std::string FormatRfc3339(Timestamp time);

// A duration for people: "850 ms", "1.5 s", "240 s" (in seconds up to 300), "6 min 40 s", "2 h 5 min".
std::string FormatDuration(std::chrono::nanoseconds duration);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_TIME_H_
