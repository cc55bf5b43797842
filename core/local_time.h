// Times in the zone of the machine, as the variable TZ or the system's own setting gives it; an unknown TZ is
// UTC. The C library reads the zone once, at first use; who changes TZ in between calls tzset(). Thread-safe
// while nobody changes the environment.
#ifndef NEVERREADY_CORE_LOCAL_TIME_H_
#define NEVERREADY_CORE_LOCAL_TIME_H_

#include <chrono>
#include <string>

#include "core/time.h"

namespace neverready::core {

enum class Zone { kUtc, kLocal };

// What a clock on a wall shows: without a zone.
using WallTime = std::chrono::local_time<std::chrono::nanoseconds>;

// "2025-09-08T06:02:11.319+02:00": RFC 3339 with the offset that holds then, "+00:00" for none; fraction
// digits as FormatRfc3339. Offsets of the 19th century with seconds are cut to minutes: the instant is right.
std::string FormatLocal(Timestamp time);

// FormatRfc3339 or FormatLocal.
std::string FormatIn(Zone zone, Timestamp time);

// The first instant at which clocks of the zone show `wall`. Where they skip it, as in spring or when a
// country crosses the date line, the instant at which they skip. So the midnight of a date gives the
// beginning of that date. REQUIRES: a year from 1678 to 2261.
Timestamp FirstInstant(WallTime wall);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_LOCAL_TIME_H_
