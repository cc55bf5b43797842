// From the verdicts on the revisions of one service to its incidents. Pure; a History belongs to one thread
// at a time.
#ifndef NEVERREADY_INCIDENTS_FOLD_H_
#define NEVERREADY_INCIDENTS_FOLD_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "incidents/incident.h"

namespace neverready::incidents {

// The order is that of events at the same time: readiness first. It belongs to what was before, and a failure
// at the same time must not be closed by it: in doubt an incident stays open.
enum class EventKind : std::uint8_t { kBecameReady, kFailed };

// One thing that happened to a service.
//
// The members' order is the order of events, which is total: by time, then by kind, then by revision (names
// grow with time). Without a time an event comes before all others, since nothing proves that it came later.
struct Event {
  std::optional<core::Timestamp> at;
  EventKind kind = EventKind::kFailed;
  std::string revision;
  std::optional<analyzers::Category> root_cause;  // these four: of kFailed only
  std::string rule, summary, fingerprint;
  std::strong_ordering operator<=>(const Event&) const = default;
};

// What a verdict says to have happened, at most two events or one a refusal, in the order of events:
// - failed, crash_looping: a failure at failed_at, else started_at; of refused deploys one at each refusal.
// - failed with ready_at: it was ready and lived from then on, and failed later (at ready_at, where failed_at
//   is not known).
// - ready, degraded or not: readiness at ready_at, else started_at.
// - crash_looping: no readiness, whatever ready_at says. The platform took it for ready; it never lived.
// - pending, inconclusive: nothing.
std::vector<Event> EventsOf(const Verdict& verdict);

// The incidents of one service up to a time.
class History {
 public:
  // What the event would do; nothing for readiness while no incident is open.
  // REQUIRES: no event that was applied is later than this one; what came late needs a new Fold.
  std::optional<TransitionKind> Decide(const Event& event) const;

  // Does what Decide says, and says it.
  std::optional<TransitionKind> Apply(const Event& event);

  const std::vector<Incident>& incidents() const { return incidents_; }  // by time; only the last may be open

 private:
  bool IsOpen() const { return !incidents_.empty() && incidents_.back().open; }

  std::vector<Incident> incidents_;
  std::map<std::string, std::size_t> newest_with_;  // fingerprint to the newest incident that had it
};

// The incidents of one service, by time. Neither the order of the verdicts matters, nor whether one comes
// twice. `verdicts` holds what is said today of each revision of the service.
std::vector<Incident> Fold(const std::vector<Verdict>& verdicts);

}  // namespace neverready::incidents

#endif  // NEVERREADY_INCIDENTS_FOLD_H_
