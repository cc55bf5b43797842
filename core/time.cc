#include "core/time.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <cmath>

namespace neverready::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads a text from left to right; every Take… moves on only when it succeeds.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }
  char Peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  size_t position() const { return at_; }
  void MoveTo(size_t position) { at_ = position; }

  bool Take(char c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool TakeOneOf(std::string_view set) {
    if (AtEnd() || set.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  bool TakeWord(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool TakeNumber(size_t min_digits, size_t max_digits, int* value) {
    size_t n = 0;
    int sum = 0;
    while (n < max_digits && IsDigit(Peek(n))) sum = sum * 10 + (Peek(n++) - '0');
    if (n < min_digits) return false;
    at_ += n;
    *value = sum;
    return true;
  }

  // The digits behind a decimal sign; those beyond the ninth are cut.
  bool TakeFraction(nanoseconds* value) {
    std::int64_t sum = 0;
    size_t n = 0;
    for (; IsDigit(Peek()); ++n, ++at_) {
      if (n < 9) sum = sum * 10 + (Peek() - '0');
    }
    if (n == 0) return false;
    for (; n < 9; ++n) sum *= 10;
    *value = nanoseconds(sum);
    return true;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

struct Civil {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  nanoseconds fraction{0};
  minutes offset{0};
};

std::optional<Timestamp> ToTimestamp(const Civil& c) {
  if (c.year < 1678 || c.year > 2261) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(c.year),
                                         std::chrono::month(static_cast<unsigned>(c.month)),
                                         std::chrono::day(static_cast<unsigned>(c.day)));
  if (!date.ok() || c.hour > 23 || c.minute > 59 || c.second > 60) return std::nullopt;
  const bool leap = c.second == 60;
  const nanoseconds in_minute =
      leap ? nanoseconds(minutes(1)) - nanoseconds(1) : nanoseconds(seconds(c.second)) + c.fraction;
  return Timestamp(std::chrono::sys_days(date)) + hours(c.hour) + minutes(c.minute) + in_minute - c.offset;
}

bool TakeIsoDate(Cursor* in, char separator, Civil* c) {
  return in->TakeNumber(4, 4, &c->year) && in->Take(separator) && in->TakeNumber(2, 2, &c->month) &&
         in->Take(separator) && in->TakeNumber(2, 2, &c->day);
}

bool TakeClock(Cursor* in, size_t min_hour_digits, Civil* c) {
  return in->TakeNumber(min_hour_digits, 2, &c->hour) && in->Take(':') && in->TakeNumber(2, 2, &c->minute) &&
         in->Take(':') && in->TakeNumber(2, 2, &c->second);
}

// "+02:00" or "+0200".
bool TakeOffset(Cursor* in, Civil* c) {
  const size_t start = in->position();
  const bool west = in->Peek() == '-';
  int h = 0, m = 0;
  if (in->TakeOneOf("+-") && in->TakeNumber(2, 2, &h) && (in->Take(':') || true) &&
      in->TakeNumber(2, 2, &m) && h <= 23 && m <= 59) {
    c->offset = (hours(h) + minutes(m)) * (west ? -1 : 1);
    return true;
  }
  in->MoveTo(start);
  return false;
}

// A fraction that may be missing; a decimal sign without digits behind it is left alone.
void TakeOptionalFraction(Cursor* in, std::string_view signs, Civil* c) {
  const size_t start = in->position();
  if (in->TakeOneOf(signs) && !in->TakeFraction(&c->fraction)) in->MoveTo(start);
}

// A zone that may be missing: "Z", "+02:00", " +0000", " UTC". Without one, UTC is assumed.
void TakeOptionalZone(Cursor* in, Civil* c) {
  if (in->TakeOneOf("Zz")) return;
  const size_t start = in->position();
  in->Take(' ');
  if (in->TakeWord("UTC") || in->TakeWord("GMT") || TakeOffset(in, c)) {
    const char next = in->Peek();
    const bool ends = !std::isalnum(static_cast<unsigned char>(next)) && next != '_';
    if (ends) return;
    c->offset = minutes(0);
  }
  in->MoveTo(start);
}

bool TakeMonthName(Cursor* in, Civil* c) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (in->TakeWord(kMonths[i])) {
      c->month = static_cast<int>(i) + 1;
      return true;
    }
  }
  return false;
}

// "2025-09-16T01:42:17.868Z", "2025-09-16 01:42:17,868", "2025/09/16 01:42:17".
bool TakeIsoTime(Cursor* in, Civil* c) {
  const char separator = in->Peek(4);
  if (separator != '-' && separator != '/') return false;
  if (!TakeIsoDate(in, separator, c) || !in->TakeOneOf("Tt ") || !TakeClock(in, 2, c)) return false;
  TakeOptionalFraction(in, ".,", c);
  TakeOptionalZone(in, c);
  return true;
}

// "16/Sep/2025:01:42:17 +0000" (access logs), "16-Sep-2025 01:42:17.868" (Tomcat, PHP).
bool TakeDayFirstTime(Cursor* in, Civil* c) {
  const char separator = in->Peek(2);
  if (separator != '-' && separator != '/') return false;
  if (!in->TakeNumber(2, 2, &c->day) || !in->Take(separator) || !TakeMonthName(in, c) ||
      !in->Take(separator) || !in->TakeNumber(4, 4, &c->year) || !in->TakeOneOf(": ") ||
      !TakeClock(in, 2, c)) {
    return false;
  }
  TakeOptionalFraction(in, ".,", c);
  TakeOptionalZone(in, c);
  return true;
}

// "Sep 16, 2025 1:42:17 AM" (java.util.logging).
bool TakeMonthFirstTime(Cursor* in, Civil* c) {
  if (!TakeMonthName(in, c) || !in->Take(' ') || !in->TakeNumber(1, 2, &c->day) || !in->TakeWord(", ") ||
      !in->TakeNumber(4, 4, &c->year) || !in->Take(' ') || !TakeClock(in, 1, c) || c->hour < 1 ||
      c->hour > 12) {
    return false;
  }
  // Since Java 20 the blank before AM is U+202F.
  if (!in->Take(' ') && !in->TakeWord("\u202f")) return false;
  const bool afternoon = in->Peek() == 'P';
  if (!in->TakeWord("AM") && !in->TakeWord("PM")) return false;
  c->hour = c->hour % 12 + (afternoon ? 12 : 0);
  return true;
}

// "Tue Sep 16 01:42:17.868096 2025" (Apache's error log).
bool TakeWeekdayTime(Cursor* in, Civil* c) {
  for (const std::string_view day : {"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "}) {
    if (!in->TakeWord(day)) continue;
    if (!TakeMonthName(in, c) || !in->Take(' ')) return false;
    in->Take(' ');
    if (!in->TakeNumber(1, 2, &c->day) || !in->Take(' ') || !TakeClock(in, 2, c)) return false;
    TakeOptionalFraction(in, ".", c);
    return in->Take(' ') && in->TakeNumber(4, 4, &c->year);
  }
  return false;
}

std::string TrimmedDecimal(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

}  // namespace

std::optional<Timestamp> ParseRfc3339(std::string_view text) {
  Cursor in(text);
  Civil c;
  if (!TakeIsoDate(&in, '-', &c) || !in.TakeOneOf("Tt ") || !TakeClock(&in, 2, &c)) return std::nullopt;
  if (in.Take('.') && !in.TakeFraction(&c.fraction)) return std::nullopt;
  if (!in.TakeOneOf("Zz") && !TakeOffset(&in, &c)) return std::nullopt;
  if (!in.AtEnd()) return std::nullopt;
  return ToTimestamp(c);
}

std::optional<LeadingTime> FindLeadingTime(std::string_view line) {
  if (line.size() < 16) return std::nullopt;
  Cursor in(line);
  const bool bracket = in.Take('[');
  const size_t start = in.position();
  for (const auto take : {TakeIsoTime, TakeDayFirstTime, TakeMonthFirstTime, TakeWeekdayTime}) {
    in.MoveTo(start);
    Civil c;
    if (!take(&in, &c)) continue;
    // A bracket that closes later ("[2025-09-16 01:42:17 INFO]") belongs to the text behind the time.
    if (bracket) in.Take(']');
    const char next = in.Peek();
    if (std::isalnum(static_cast<unsigned char>(next)) || next == '_') return std::nullopt;
    const std::optional<Timestamp> at = ToTimestamp(c);
    if (!at) return std::nullopt;
    while (in.TakeOneOf(" \t")) {
    }
    return LeadingTime{*at, in.position()};
  }
  return std::nullopt;
}

std::optional<Timestamp> FromEpoch(double value) {
  // The bounds leave out 1970 to 1973, where a counter or an uptime is likelier than a time, and all beyond
  // 2261.
  constexpr double kFrom = 1e8, kTo = 9.2e9;
  // A double carries 16 digits: microseconds of our time, and no more.
  for (const double per_second : {1.0, 1e3, 1e6, 1e9}) {
    if (!(value >= kFrom * per_second && value < kTo * per_second)) continue;
    const std::int64_t micros = std::llround(value * (1e6 / per_second));
    return Timestamp(std::chrono::microseconds(micros));
  }
  return std::nullopt;
}

std::string FormatRfc3339(Timestamp time) {
  // In seconds: midnight before the earliest time is out of the range of nanoseconds.
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<days>(whole);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock(whole - day);
  std::string out;
  out.reserve(30);
  // Reports hold many times: digit by digit it takes a tenth of what a format string does.
  const auto put = [&](std::int64_t number, int digits, char behind) {
    const std::size_t begin = out.size();
    out.resize(begin + static_cast<std::size_t>(digits));
    for (std::size_t at = out.size(); at-- > begin; number /= 10)
      out[at] = static_cast<char>('0' + number % 10);
    out += behind;
  };
  put(static_cast<int>(date.year()), 4, '-');
  put(static_cast<unsigned>(date.month()), 2, '-');
  put(static_cast<unsigned>(date.day()), 2, 'T');
  put(clock.hours().count(), 2, ':');
  put(clock.minutes().count(), 2, ':');
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t rest = time.time_since_epoch().count() % kSecond;
  const std::int64_t fraction = rest < 0 ? rest + kSecond : rest;
  put(clock.seconds().count(), 2, fraction == 0 ? 'Z' : '.');
  if (fraction % 1000 != 0) {
    put(fraction, 9, 'Z');
  } else if (fraction % 1000000 != 0) {
    put(fraction / 1000, 6, 'Z');
  } else if (fraction != 0) {
    put(fraction / 1000000, 3, 'Z');
  }
  return out;
}

std::string FormatDuration(nanoseconds duration) {
  if (duration == nanoseconds::min()) duration += nanoseconds(1);
  if (duration < nanoseconds(0)) return "-" + FormatDuration(-duration);
  if (duration == nanoseconds(0)) return "0 s";
  const std::int64_t millis = duration.count() / 1000000 + (duration.count() % 1000000 >= 500000 ? 1 : 0);
  if (millis == 0) return "<1 ms";
  if (millis < 1000) return fmt::format("{} ms", millis);
  const std::int64_t whole = (millis + 500) / 1000;
  if (whole < 60) return TrimmedDecimal(static_cast<double>(millis) / 1000) + " s";
  if (whole <= 300) return fmt::format("{} s", whole);  // as the platform's own limits are written
  if (whole < 3600) {
    const std::int64_t rest = whole % 60;
    return rest == 0 ? fmt::format("{} min", whole / 60) : fmt::format("{} min {} s", whole / 60, rest);
  }
  const std::int64_t all_minutes = (whole + 30) / 60;
  const std::int64_t rest = all_minutes % 60;
  return rest == 0 ? fmt::format("{} h", all_minutes / 60)
                   : fmt::format("{} h {} min", all_minutes / 60, rest);
}

}  // namespace neverready::core
