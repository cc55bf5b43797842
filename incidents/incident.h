// An incident: the time in which a service could not be deployed, and what happened in it. Plain values that
// store and reports read; incidents/fold.h makes them.
#ifndef NEVERREADY_INCIDENTS_INCIDENT_H_
#define NEVERREADY_INCIDENTS_INCIDENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/category.h"
#include "analyzers/diagnosis.h"
#include "core/time.h"

namespace neverready::incidents {

// What is said of one revision, or of the deploys that were refused before there was one: what incidents need
// of a Diagnosis. Fields mean what they mean there (docs/json.md).
struct Verdict {
  std::string revision;  // "" for refused deploys
  analyzers::State state = analyzers::State::kInconclusive;
  std::optional<analyzers::Category> root_cause;
  std::string rule, summary;
  std::string fingerprint;  // incidents/fingerprint.h; "" without a cause
  double confidence = 0;    // no incident depends on it
  std::optional<core::Timestamp> started_at, failed_at, ready_at;
  std::vector<core::Timestamp> refused_at;  // of refused deploys: each refusal, in any order
  bool operator==(const Verdict&) const = default;
};

// Stored: never rename.
enum class TransitionKind : std::uint8_t {
  kOpened,        // a revision failed while no incident was open, of a cause that is new to the service
  kRegression,    // the same, of a cause that an earlier incident of the service had: it came back
  kRepeat,        // it failed once more, of the same cause
  kCauseChanged,  // it failed once more, of another cause
  kRecovered,     // a revision became ready and stayed alive: the incident is closed
};
inline constexpr std::size_t kTransitionKinds = 5;
std::string_view Name(TransitionKind kind);  // "opened", "regression", "repeat", "cause_changed", "recovered"
std::optional<TransitionKind> ParseTransitionKind(std::string_view name);

struct Transition {
  TransitionKind kind = TransitionKind::kOpened;
  std::optional<core::Timestamp> at;  // none: the log does not tell
  std::string revision;               // which failed or became ready; "" for a refused deploy
  std::optional<analyzers::Category> root_cause;
  std::string rule, summary, fingerprint;  // "", as the cause is none, where it recovered
  bool operator==(const Transition&) const = default;
};

struct Incident {
  bool open = true;
  std::optional<core::Timestamp> opened_at, closed_at;  // opened_at < closed_at where both are known
  std::string opened_by, closed_by;                     // revisions; "" for a refused deploy, and while open
  std::optional<analyzers::Category> root_cause;        // these four: of the newest failure in it
  std::string rule, summary, fingerprint;
  // Of a regression: the newest earlier incident of the service that had the cause it opened with, as an
  // index into the service's incidents by time.
  std::optional<std::size_t> regression_of;
  std::vector<Transition> transitions;  // by time; the first opens it, the last closes it unless it is open
  bool operator==(const Incident&) const = default;
};

}  // namespace neverready::incidents

#endif  // NEVERREADY_INCIDENTS_INCIDENT_H_
