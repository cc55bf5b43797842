// Times as text: what is read can be written and read again.
#include <cmath>
#include <cstring>

#include "core/time.h"
#include "tests/fuzz/require.h"

namespace core = neverready::core;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = AsText(data, size);
  if (const auto time = core::ParseRfc3339(text)) {
    const std::string written = core::FormatRfc3339(*time);
    Require(core::ParseRfc3339(written) == time, "a written time reads as the same time");
  }
  if (const auto leading = core::FindLeadingTime(text)) {
    Require(leading->length > 0 && leading->length <= text.size(), "a leading time lies inside its line");
    Require(core::ParseRfc3339(core::FormatRfc3339(leading->at)) == leading->at,
            "a leading time can be written");
  }
  if (size >= sizeof(double)) {
    double value = 0;
    std::memcpy(&value, data, sizeof(value));
    if (const auto time = core::FromEpoch(value))
      Require(!core::FormatRfc3339(*time).empty(), "an epoch time can be written");
    if (std::isfinite(value) && std::fabs(value) < 9e18)
      core::FormatDuration(std::chrono::nanoseconds(static_cast<std::int64_t>(value)));
  }
  return 0;
}
