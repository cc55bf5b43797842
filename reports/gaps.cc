// GapsOf: what is not known of an incident.
#include <fmt/format.h>

#include <algorithm>

#include "reports/course.h"

namespace neverready::reports {
namespace {

using analyzers::Category;
using analyzers::Diagnosis;
using incidents::Transition;
using incidents::TransitionKind;

constexpr double kSure = 0.8;
constexpr std::size_t kMostNamed = 3;        // revisions in a sentence
constexpr std::size_t kShownInTimeline = 6;  // attempts, as analyzers/timeline keeps them

class Finder {
 public:
  Finder(const db::IncidentRecord& record, const WayBack& way_back, const Moments& moments)
      : record_(record), way_back_(way_back), moments_(moments) {}

  std::vector<std::string> Find() && {
    End();
    for (const db::RevisionRecord& revision : record_.failed) Of(revision);
    SayShared();
    Times();
    if (way_back_.revision.empty())
      Say("No revision of the service is known to have been ready before, so that none can be named to go back to.");
    return std::move(gaps_);
  }

 private:
  void Say(std::string sentence) { gaps_.push_back(std::move(sentence)); }

  // What holds of several revisions is said once: `sentence` has a {} for their names.
  void SayOf(std::string_view sentence, const std::string& name) {
    const auto same = std::ranges::find(shared_, sentence, &Shared::sentence);
    if (same == shared_.end()) {
      shared_.push_back({std::string(sentence), {name}});
    } else {
      same->names.push_back(name);
    }
  }

  void SayShared() {
    for (const Shared& one : shared_) {
      std::string names;
      for (std::size_t i = 0; i < one.names.size() && i < kMostNamed; ++i)
        names += (i == 0 ? "" : ", ") + one.names[i];
      if (one.names.size() > kMostNamed) names += fmt::format(" and {} more", one.names.size() - kMostNamed);
      const std::size_t at = one.sentence.find("{}");
      Say(one.sentence.substr(0, at) + names + one.sentence.substr(at + 2));
    }
  }

  void End() {
    const incidents::Incident& incident = record_.incident;
    if (incident.open) {
      Say("No revision of the service is known to have become ready since" +
          (record_.as_of ? ": the newest log entry that was read is of " + moments_.Full(record_.as_of) + "."
                         : std::string(".")));
      return;
    }
    if (!record_.closed_by) {
      Say("Which revision ended the incident is not stored any more.");
      return;
    }
    // Between the last failure and the start that succeeded nothing is stored of the service.
    const auto last =
        std::ranges::find_if(incident.transitions.rbegin(), incident.transitions.rend(),
                             [](const Transition& one) { return one.kind != TransitionKind::kRecovered; });
    const Diagnosis& closing = record_.closed_by->start.diagnosis;
    if (last == incident.transitions.rend()) return;
    if (const std::string time = Between(last->at, closing.started_at); !time.empty()) {
      Say(fmt::format(
          "What was done between the last failure ({}) and the start of {} ({}, {} later) is not in the log.",
          moments_.Full(last->at), closing.key.revision, moments_.Full(closing.started_at), time));
    }
  }

  void Of(const db::RevisionRecord& revision) {
    const Diagnosis& one = revision.start.diagnosis;
    const bool deploy = one.key.scope == analyzers::LogScope::kDeploy;
    const std::string name = deploy ? "the refused deploys" : one.key.revision;
    if (deploy && record_.incident.closed_at && one.failed_at && *one.failed_at > *record_.incident.closed_at)
      Say(fmt::format(
          "All refused deploys of a service share one verdict: that of the newest, {}, which came after this "
          "incident.",
          moments_.Full(one.failed_at)));
    if (!one.root_cause || *one.root_cause == Category::kUnknown) {
      SayOf("Nothing in the log tells why {} failed.", name);
    } else if (one.confidence < kSure) {
      Say(fmt::format("The cause of {} is told with a confidence of {:.2f} only.", name, one.confidence));
    }
    if (one.early) SayOf("The log of {} ends before the platform gave a verdict.", name);
    if (!deploy && !one.early && !PhasesOf(revision.start).verdict)
      SayOf("The log holds no verdict of the platform on {}.", name);
    if (revision.entries == 0)
      SayOf("The log entries of {} are not stored, or not any more: what is quoted here is all that is kept.",
            name);
    if (deploy) return;
    if (one.environment.empty()) SayOf("The log shows no environment variables of {}.", name);
    Attempts(revision.start, name);
  }

  void Attempts(const db::StoredStart& start, const std::string& name) {
    if (start.attempts.empty()) {
      SayOf("The log shows no start of a container of {}.", name);
      return;
    }
    std::size_t open = 0, silent = 0;
    for (const db::StoredAttempt& attempt : start.attempts) {
      if (EndOf(attempt).empty()) ++open;
      if (attempt.died && !FirstErrorOf(attempt)) ++silent;
    }
    const std::size_t all = start.attempts.size();
    if (all > kShownInTimeline)
      Say(fmt::format("The timeline leaves out attempts of {} in the middle: there were {}.", name, all));
    if (open > 0)
      SayOf(fmt::format("The log does not show the end of {} of {{}}.",
                        all == 1 ? "the only attempt" : fmt::format("{} of {} attempts", open, all)),
            name);
    if (silent > 0)
      SayOf(fmt::format("{} of {{}} died without an error that could be told as one.",
                        all == 1 ? "The only attempt" : fmt::format("{} of {} attempts", silent, all)),
            name);
  }

  void Times() {
    const auto without = static_cast<std::size_t>(std::ranges::count_if(
        record_.incident.transitions, [](const Transition& one) { return !one.at.has_value(); }));
    if (without > 0) Say(fmt::format("Of {} the log tells no time.", Counted(without, "event", "events")));
  }

  const db::IncidentRecord& record_;
  const WayBack& way_back_;
  const Moments& moments_;
  struct Shared {
    std::string sentence;
    std::vector<std::string> names;
  };
  std::vector<Shared> shared_;
  std::vector<std::string> gaps_;
};

}  // namespace

std::vector<std::string> GapsOf(const db::IncidentRecord& record, const WayBack& way_back,
                                const Moments& moments) {
  return Finder(record, way_back, moments).Find();
}

}  // namespace neverready::reports
