// Divides what a revision's log holds into attempts: starts of one container. Pure.
#ifndef NEVERREADY_ANALYZERS_ATTEMPTS_H_
#define NEVERREADY_ANALYZERS_ATTEMPTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// A line or an event of the log, in order.
struct AttemptItem {
  enum class Kind : std::uint8_t { kLine, kEvent };
  Kind kind = Kind::kLine;
  std::uint32_t index = 0;  // into lines or events
  std::string instance;
  std::optional<core::Timestamp> at;
};

// An attempt begins at "Starting new instance" or with an instance's first item and ends with its exit,
// signal, failed start-up or liveness probe or shutdown line; what the platform says of that end within five
// seconds still belongs to it. Events without an instance belong to the attempt that ran at the time;
// readiness, API calls and requests to none.
std::vector<Attempt> SplitAttempts(std::vector<AttemptItem> items, const RevisionLog& log);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ATTEMPTS_H_
