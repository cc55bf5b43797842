// Times in sentences and tables for people, to the millisecond. Pure, thread-safe.
#ifndef NEVERREADY_REPORTS_MOMENT_H_
#define NEVERREADY_REPORTS_MOMENT_H_

#include <optional>
#include <string>
#include <string_view>

#include "core/local_time.h"
#include "core/time.h"

namespace neverready::reports {

class Moments {
 public:
  explicit Moments(core::Zone zone) : zone_(zone) {}

  // "2025-09-08 04:02:11.319 UTC", "2025-09-08 06:02:11.319 +02:00"; "" where the time is not known.
  std::string Full(const std::optional<core::Timestamp>& time) const;
  // Under a head that says the zone: "2025-09-08 04:02:11.319"; local times keep their offset, which may
  // change from one row to the next.
  std::string Cell(const std::optional<core::Timestamp>& time) const;
  // "2025-09-08".
  std::string Date(const std::optional<core::Timestamp>& time) const;
  // "UTC", "local time".
  std::string_view zone() const { return zone_ == core::Zone::kUtc ? "UTC" : "local time"; }

 private:
  core::Zone zone_;
};

// From the one to the other: "13.2 s"; "" where either is not known or they are the other way round.
std::string Between(const std::optional<core::Timestamp>& from, const std::optional<core::Timestamp>& to);

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_MOMENT_H_
