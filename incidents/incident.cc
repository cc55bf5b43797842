#include "incidents/incident.h"

#include <array>

namespace neverready::incidents {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, kTransitionKinds> kNames{"opened", "regression", "repeat",
                                                                "cause_changed", "recovered"};

}  // namespace

std::string_view Name(TransitionKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<TransitionKind> ParseTransitionKind(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<TransitionKind>(i);
  }
  return std::nullopt;
}

}  // namespace neverready::incidents
