// Text from outside: repaired, without controls, in lines.
#include "core/text.h"

#include <algorithm>

#include "analyzers/logfmt.h"
#include "analyzers/normalise.h"
#include "tests/fuzz/require.h"

namespace core = neverready::core;
namespace analyzers = neverready::analyzers;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = AsText(data, size);
  const std::string repaired = core::RepairUtf8(text);
  Require(core::IsValidUtf8(repaired), "repaired text is valid UTF-8");
  Require(!core::IsValidUtf8(text) || repaired == text, "valid text is left alone");

  std::string stripped;
  const bool removed = core::StripControls(repaired, &stripped);
  Require(!HasControl(stripped), "no control is left");
  Require(removed == (stripped != repaired), "what was removed is told");
  Require(core::IsValidUtf8(stripped), "stripping keeps the text valid");

  const std::string safe = core::SafeForTerminal(repaired);
  Require(!HasControl(safe) && safe.find('\t') == std::string::npos, "text for a terminal has no controls");
  Require(core::DisplayWidth(core::Ellipsize(safe, 20)) <= 20, "cut text fits");
  core::Wrap(safe, 20);

  for (const std::string& line : analyzers::CleanLines(repaired)) {
    Require(line.find('\n') == std::string::npos && !HasControl(line),
            "a clean line is one line without controls");
    const auto prefix = analyzers::ParsePrefix(line);
    Require(prefix.body.size() <= line.size(), "the body is a part of its line");
    Require(prefix.body.empty() || (prefix.body.data() >= line.data() &&
                                    prefix.body.data() + prefix.body.size() <= line.data() + line.size()),
            "the body lies inside its line");
    analyzers::ParseLogfmt(line);
  }
  return 0;
}
