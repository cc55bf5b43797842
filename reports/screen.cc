#include "reports/screen.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"

namespace neverready::reports {

using analyzers::State;

const char* ColorOf(State state) {
  switch (state) {
    case State::kFailed:
    case State::kCrashLooping: return "1;31";
    case State::kInconclusive:
    case State::kPending: return "1;33";
    case State::kReady: return "1;32";
  }
  return "0";
}

Screen::Screen(bool color, std::size_t width)
    : color_(color), width_(std::clamp<std::size_t>(width, 60, 160)) {}

std::string Screen::Paint(std::string_view text, const char* code) const {
  return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

void Screen::Line(std::string_view text) { out_ += fmt::format("{}\n", text); }

void Screen::Field(std::string_view label, const std::string& text, const char* paint, std::size_t most) {
  std::string_view head = label;
  std::size_t shown = 0;
  for (const std::string& line : core::Wrap(core::SafeForTerminal(text), room())) {
    if (shown++ == most) {
      Row("", Dim("…"));
      return;
    }
    Row(head, paint == nullptr ? line : Paint(line, paint));
    head = {};
  }
}

void Screen::Items(std::string_view label, const std::vector<std::string>& items) {
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) Row(label, line);
    if (!line.empty()) label = {};
    line.clear();
  };
  for (const std::string& item : items) {
    const std::string safe = core::SafeForTerminal(item);
    const std::size_t joined = core::DisplayWidth(line) + 3 + core::DisplayWidth(safe);
    if (!line.empty() && joined > room()) flush();
    line += (line.empty() ? "" : " · ") + core::Ellipsize(safe, room());
  }
  flush();
}

void Screen::Row(std::string_view label, std::string_view text) {
  out_ += "  " + Dim(fmt::format("{:<{}}", label, kScreenLabel)) + std::string(text) + "\n";
}

}  // namespace neverready::reports
