// Divides what a revision's log holds into attempts: starts of one container. Pure.
#ifndef NEVERREADY_ANALYZERS_ATTEMPTS_H_
#define NEVERREADY_ANALYZERS_ATTEMPTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// A line or an event of the log, in order.
struct BorrowedAttemptItem {
  enum class Kind : std::uint8_t { kLine, kEvent };
  Kind kind = Kind::kLine;
  std::uint32_t index = 0;  // into lines or events
  std::string_view instance;
  std::optional<core::Timestamp> at;
};

// An attempt begins at "Starting new instance" or with an instance's first item and ends with its exit,
// signal, failed start-up or liveness probe or shutdown line; what the platform says of that end within five
// seconds still belongs to it. Events without an instance belong to the attempt that ran at the time;
// readiness, API calls and requests to none.
class AttemptSplitter {
 public:
  // Borrows the log, whose events the items name, for its own lifetime.
  explicit AttemptSplitter(const RevisionLog& log) : log_(log) {}

  // Items come in order. Their texts are only needed for the time of the call.
  void Add(const BorrowedAttemptItem& item);

  // The attempts by start. Ends the splitter.
  std::vector<Attempt> Finish() &&;

 private:
  Attempt& Current(const BorrowedAttemptItem& item, const PlatformEvent* event);

  const RevisionLog& log_;
  std::vector<Attempt> attempts_;
  std::map<std::string, std::size_t, std::less<>> open_;  // by instance: its newest attempt
  std::string newest_;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ATTEMPTS_H_
