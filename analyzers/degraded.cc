#include "analyzers/degraded.h"

#include <algorithm>

#include "core/text.h"
#include "core/time.h"

namespace neverready::analyzers {
namespace {

void Add(std::string reason, std::vector<std::string>* reasons) {
  if (std::ranges::find(*reasons, reason) == reasons->end()) reasons->push_back(std::move(reason));
}

bool IsDependency(Category category) {
  return category == Category::kDependencyUnreachable || category == Category::kDependencyRejected ||
         category == Category::kPermissionDenied || category == Category::kSecretUnavailable;
}

}  // namespace

std::vector<std::string> FindDegraded(const RevisionLog& log, const std::vector<AttemptFindings>& findings,
                                      const Verdict& verdict, std::chrono::nanoseconds budget) {
  std::vector<std::string> reasons;
  const auto deaths = std::ranges::count(verdict.died, true);
  if (deaths > 0)
    Add(std::to_string(deaths) + (deaths == 1 ? " attempt" : " attempts") +
            " died before a container stayed alive",
        &reasons);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (verdict.died[i]) continue;
    for (const Finding& context : findings[i].context) {
      if (context.category != Category::kValidationFailure) continue;
      const std::int64_t count = context.facts.Number(Fact::kCriticalFailures, -1);
      const std::string reason = context.facts.Text(Fact::kSetting);
      Add("start-up validation was bypassed" +
              (count < 0 ? ""
                         : " with " + std::to_string(count) +
                               (count == 1 ? " critical failure" : " critical failures")) +
              (reason.empty() ? "" : " (" + reason + ")"),
          &reasons);
    }
    for (const Finding& finding : findings[i].findings) {
      if (finding.role != Role::kCause || finding.event) continue;
      if (finding.category == Category::kImportError)
        Add("started without a module: " + finding.summary, &reasons);
      // Only what was never mended counts: a retry that succeeded says so with a later line, which rules
      // cannot see. It is told as it was said.
      if (IsDependency(finding.category))
        Add("a dependency failed during the start: " + finding.summary, &reasons);
    }
  }
  for (std::size_t i = 0; i < log.attempts.size(); ++i) {
    const Attempt& attempt = log.attempts[i];
    if (!attempt.started) continue;
    for (const std::uint32_t index : attempt.events) {
      const PlatformEvent& event = log.events[index];
      if (event.kind != PlatformEvent::Kind::kProbeSucceeded || !event.startup || !event.place.at) continue;
      const auto took = *event.place.at - *attempt.started;
      if (took * 2 > budget)
        Add("slow start: " + core::FormatDuration(took) + " of a budget of " + core::FormatDuration(budget),
            &reasons);
    }
  }
  constexpr std::size_t kMost = 6;
  if (reasons.size() > kMost) reasons.resize(kMost);
  return reasons;
}

}  // namespace neverready::analyzers
