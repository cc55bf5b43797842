// The zone of the machine, for as long as the object lives. For one thread.
#ifndef NEVERREADY_TESTS_FAKES_TIME_ZONE_H_
#define NEVERREADY_TESTS_FAKES_TIME_ZONE_H_

#include <stdlib.h>  // setenv
#include <time.h>    // tzset

#include <optional>
#include <string>

namespace neverready::fakes {

// POSIX rules ("CET-1CEST,M3.5.0,M10.5.0/3") need no zone database.
class TimeZone {
 public:
  explicit TimeZone(const std::string& tz) {
    if (const char* before = getenv("TZ")) before_ = before;
    setenv("TZ", tz.c_str(), 1);
    tzset();
  }
  ~TimeZone() {
    if (before_) {
      setenv("TZ", before_->c_str(), 1);
    } else {
      unsetenv("TZ");
    }
    tzset();
  }
  TimeZone(const TimeZone&) = delete;
  TimeZone& operator=(const TimeZone&) = delete;

 private:
  std::optional<std::string> before_;
};

inline constexpr const char* kBerlin = "CET-1CEST,M3.5.0,M10.5.0/3";

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_TIME_ZONE_H_
