#include "cli/time_argument.h"

#include <charconv>

namespace neverready::cli {

using core::ErrorCode;
using core::Fail;

core::Result<core::Timestamp> ParseTimeArgument(const std::string& text, std::optional<core::Timestamp> as_of,
                                                core::Zone zone) {
  if (const auto time = core::ParseRfc3339(text)) return *time;
  for (const char* rest : {"Z", ":00Z", "T00:00:00Z"}) {
    const auto shown = core::ParseRfc3339(text + rest);
    if (!shown) continue;
    return zone == core::Zone::kUtc ? *shown : core::FirstInstant(core::WallTime(shown->time_since_epoch()));
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit(end, text.data() + text.size());
  std::int64_t seconds = 0;
  if (unit == "s") seconds = 1;
  if (unit == "m" || unit == "min") seconds = 60;
  if (unit == "h") seconds = 3600;
  if (unit == "d") seconds = 86400;
  if (unit == "w") seconds = 7 * 86400;
  constexpr std::int64_t kMost = 200LL * 365 * 86400;
  if (error != std::errc() || seconds == 0 || number < 0 || number > kMost / seconds) {
    return Fail(ErrorCode::kInvalidArgument, "'" + text + "' is no time",
                "2025-09-08T04:02:11Z, 2025-09-08, or a span such as 7d, 12h, 30m");
  }
  if (!as_of)
    return Fail(ErrorCode::kInvalidArgument,
                "'" + text + "' counts back from the newest entry, and no entry has a time",
                "give an absolute time");
  return *as_of - std::chrono::seconds(number * seconds);
}

}  // namespace neverready::cli
