#include "core/local_time.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace neverready::core {
namespace {

using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

using Seconds = std::chrono::sys_seconds;

// How far the clocks of the zone are ahead of UTC.
seconds OffsetAt(Seconds at) {
  // localtime_r need not read the zone by itself.
  static const bool read = (tzset(), true);
  static_cast<void>(read);
  const auto time = static_cast<std::time_t>(at.time_since_epoch().count());
  std::tm local{};
  return localtime_r(&time, &local) == nullptr ? seconds(0) : seconds(local.tm_gmtoff);
}

// At the ends of the range there is no room for an offset.
bool HasRoom(Timestamp time) {
  constexpr auto kRoom = nanoseconds(hours(48));
  return time > Timestamp::min() + kRoom && time < Timestamp::max() - kRoom;
}

}  // namespace

std::string FormatLocal(Timestamp time) {
  const minutes offset =
      HasRoom(time) ? std::chrono::duration_cast<minutes>(OffsetAt(floor<seconds>(time))) : minutes(0);
  std::string out = FormatRfc3339(time + offset);
  const auto digits = [&out](std::int64_t number) {
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
  };
  const std::int64_t ahead = std::abs(offset.count());
  out.back() = offset < minutes(0) ? '-' : '+';
  digits(ahead / 60);
  out += ':';
  digits(ahead % 60);
  return out;
}

std::string FormatIn(Zone zone, Timestamp time) {
  return zone == Zone::kUtc ? FormatRfc3339(time) : FormatLocal(time);
}

Timestamp FirstInstant(WallTime wall) {
  const nanoseconds since = wall.time_since_epoch();
  const seconds whole = floor<seconds>(since);
  const nanoseconds fraction = since - whole;
  // No zone changes twice in these two days.
  const Seconds as_utc{whole};
  const seconds before = OffsetAt(as_utc - hours(24)), after = OffsetAt(as_utc + hours(24));
  // The greater offset is the earlier instant: it is the first of two where clocks were set back.
  for (const seconds offset : {std::max(before, after), std::min(before, after)}) {
    if (OffsetAt(as_utc - offset) == offset) return Timestamp(as_utc - offset) + fraction;
  }
  // Skipped: the clocks changed between these two.
  Seconds low = as_utc - std::max(before, after), high = as_utc - std::min(before, after);
  while (high - low > seconds(1)) {
    const Seconds middle = low + (high - low) / 2;
    (OffsetAt(middle) == before ? low : high) = middle;
  }
  return Timestamp(high);
}

}  // namespace neverready::core
