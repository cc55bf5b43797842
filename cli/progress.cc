#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace neverready::cli {
namespace {

using std::chrono::duration;
using std::chrono::nanoseconds;

constexpr nanoseconds kPatience = std::chrono::seconds(1);
constexpr nanoseconds kBetween = std::chrono::milliseconds(100);
constexpr std::size_t kMinBar = 10, kMaxBar = 40;

std::string FormatLeft(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, 1e9)));
  if (whole < 60) return fmt::format("{} s left", whole);
  if (whole < 3600) return fmt::format("{} min {} s left", whole / 60, whole % 60);
  if (whole < 360000) return fmt::format("{} h {} min left", whole / 3600, whole % 3600 / 60);
  return "days left";
}

std::string Bar(double share, std::size_t width) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(width));
  return "[" + std::string(full, '#') + std::string(width - full, '-') + "]";
}

}  // namespace

std::string FormatBytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return value < 9.95 ? fmt::format("{:.1f} {}", value, kUnits[unit])
                      : fmt::format("{:.0f} {}", value, kUnits[unit]);
}

std::string FormatProgress(const ProgressView& view) {
  const double seconds = duration<double>(view.elapsed).count();
  const double speed = seconds > 0 ? static_cast<double>(view.bytes) / seconds : 0;
  // A file that still grows is read beyond its size: nothing is known of its end then.
  const bool known = view.total && *view.total >= view.bytes && *view.total > 0;
  std::vector<std::string> parts{FormatBytes(view.bytes)};
  double share = 0;
  if (known) {
    share = static_cast<double>(view.bytes) / static_cast<double>(*view.total);
    parts[0] += " of " + FormatBytes(*view.total);
    parts.push_back(fmt::format("{:3} %", static_cast<int>(share * 100)));
  }
  if (speed >= 1) {
    parts.push_back(FormatBytes(static_cast<std::uint64_t>(speed)) + "/s");
    if (known) parts.push_back(FormatLeft(static_cast<double>(*view.total - view.bytes) / speed));
  }
  std::string line = "reading";
  const std::size_t bar_at = known ? 2 : parts.size();
  std::size_t needed = line.size();
  for (const std::string& part : parts) needed += 2 + part.size();
  const bool has_bar = known && needed + 2 + kMinBar + 2 <= view.width;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == bar_at && has_bar) line += "  " + Bar(share, std::min(kMaxBar, view.width - needed - 4));
    if (line.size() + 2 + parts[i].size() > view.width) break;
    line += "  " + parts[i];
  }
  return line.substr(0, view.width);
}

ProgressLine::ProgressLine(std::ostream* err, std::size_t width, Clock clock)
    : err_(err), width_(width), clock_(std::move(clock)), began_(clock_()) {}

void ProgressLine::Update(const ingest::Progress& progress) {
  const nanoseconds now = clock_();
  if (now - began_ < kPatience || width_ < 2 || (columns_ > 0 && now - drawn_ < kBetween)) return;
  const std::string line = FormatProgress({progress.bytes, progress.total, now - began_, width_ - 1});
  *err_ << '\r' << line << std::string(columns_ > line.size() ? columns_ - line.size() : 0, ' ');
  err_->flush();
  columns_ = std::max(columns_, line.size());
  drawn_ = now;
}

void ProgressLine::Erase() {
  if (columns_ == 0) return;
  *err_ << '\r' << std::string(columns_, ' ') << '\r';
  err_->flush();
  columns_ = 0;
}

}  // namespace neverready::cli
