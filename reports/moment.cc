#include "reports/moment.h"

namespace neverready::reports {

std::string Moments::Full(const std::optional<core::Timestamp>& time) const {
  std::string text = Cell(time);
  if (!text.empty() && zone_ == core::Zone::kUtc) text += " UTC";
  return text;
}

std::string Moments::Cell(const std::optional<core::Timestamp>& time) const {
  if (!time) return {};
  // "2025-09-08T04:02:11.319813Z", "2025-09-08T06:02:11.319813+02:00"
  std::string text = core::FormatIn(zone_, *time);
  text[10] = ' ';
  const std::size_t offset = text.find_first_of("Z+-", 11);
  std::string clock = text.substr(0, offset);
  if (const std::size_t dot = clock.find('.'); dot != std::string::npos) clock.resize(dot + 4);
  return zone_ == core::Zone::kUtc ? clock : clock + " " + text.substr(offset);
}

std::string Moments::Date(const std::optional<core::Timestamp>& time) const {
  return Cell(time).substr(0, 10);
}

std::string Between(const std::optional<core::Timestamp>& from, const std::optional<core::Timestamp>& to) {
  if (!from || !to || *to < *from) return {};
  return core::FormatDuration(*to - *from);
}

}  // namespace neverready::reports
