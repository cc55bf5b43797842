#include "analyzers/diagnose.h"

#include <algorithm>
#include <tuple>

#include "analyzers/degraded.h"
#include "analyzers/diagnosis_text.h"
#include "analyzers/environment.h"
#include "analyzers/explanation.h"
#include "analyzers/ports.h"
#include "analyzers/root_cause.h"
#include "analyzers/state.h"
#include "analyzers/timeline.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;

constexpr std::size_t kInformativeLines = 6;
constexpr double kUnknownIsRight =
    0.56;  // how often nothing was to be found, where nothing was: docs/accuracy.md

class Maker {
 public:
  Maker(const RuleSet& rules, const RevisionLog& log, const DiagnoseOptions& options)
      : rules_(rules), log_(log), options_(options) {}

  Diagnosis Make() {
    const auto budget = options_.start_budget.value_or(StartBudget(log_));
    for (std::size_t i = 0; i < log_.attempts.size(); ++i)
      attempts_.push_back(FindInAttempt(rules_, log_, i));
    revision_ = FindInEvents(rules_, log_);
    verdict_ = DecideState(log_, attempts_, options_.as_of, budget);
    out_.key = log_.key;
    out_.state = verdict_.state;
    out_.early = verdict_.early;
    out_.attempts = log_.attempts.size();
    out_.started_at = verdict_.started_at;
    out_.failed_at = verdict_.failed_at;
    out_.ready_at = verdict_.ready_at;
    if (out_.state == State::kFailed || out_.state == State::kCrashLooping) {
      TellCause();
    } else {
      TellNoCause();
      if (out_.state == State::kReady) out_.degraded = FindDegraded(log_, attempts_, verdict_, budget);
    }
    TellPlatform();
    out_.environment =
        ReadEnvironment(log_, verdict_.failed_attempt ? verdict_.failed_attempt : LastAttempt());
    out_.timeline = MakeTimeline(log_, attempts_, out_);
    return std::move(out_);
  }

  // After Make.
  void TellRest(Explanation* explanation) const {
    explanation->died = verdict_.died;
    for (const AttemptFindings& attempt : attempts_)
      explanation->first_error.push_back(FirstError(attempt.findings));
    explanation->places =
        ExplainingPlaces(log_, attempts_, verdict_, !explanation->diagnosis.degraded.empty());
  }

 private:
  // Findings are in order, those of lines before those of events.
  std::optional<core::Timestamp> FirstError(const std::vector<Finding>& findings) const {
    std::optional<core::Timestamp> first;
    for (const Finding& finding : findings) {
      if (finding.tolerated) continue;
      const auto at =
          finding.event ? log_.events[finding.line].place.at : log_.places[log_.lines[finding.line].place].at;
      if (at && (!first || *at < *first)) first = at;
    }
    return first;
  }

  std::optional<std::size_t> LastAttempt() const {
    if (log_.attempts.empty()) return std::nullopt;
    return log_.attempts.size() - 1;
  }

  Evidence EvidenceOf(const Finding& finding) const {
    const Place& place =
        finding.event ? log_.events[finding.line].place : log_.places[log_.lines[finding.line].place];
    Evidence evidence;
    evidence.at = place.at;
    evidence.insert_id = place.insert_id;
    evidence.instance = place.instance;
    evidence.log = LogName(place.log);
    if (finding.event) {
      evidence.text = EventSentence(finding);
    } else {
      evidence.text = core::Trim(log_.lines[finding.line].text);
    }
    return evidence;
  }

  // Of a text of several lines the one that the rule speaks of.
  std::string EventSentence(const Finding& finding) const {
    const std::string& text = log_.events[finding.line].text;
    std::string joined;
    for (const std::string_view sentence : core::SplitLines(text)) {
      const auto hits = finding.rule == nullptr
                            ? std::vector<Hit>()
                            : rules_.MatchLine(sentence, core::Trim(sentence), Voice::kPlatform);
      if (std::ranges::any_of(hits, [&](const Hit& hit) { return hit.rule == finding.rule; }))
        return std::string(core::Trim(sentence));
      if (!core::Trim(sentence).empty())
        joined += (joined.empty() ? "" : " ") + std::string(core::Trim(sentence));
    }
    return joined;
  }

  CascadeLink LinkOf(const Finding& finding, bool proven) const {
    CascadeLink link;
    link.category = finding.category;
    link.rule = finding.id;
    link.summary = finding.summary;
    if (proven) {
      link.evidence = EvidenceOf(finding);
      link.at = link.evidence->at;
    }
    return link;
  }

  // What the platform saw: nothing listened, or only a custom probe failed.
  std::optional<CascadeLink> PlatformSymptom() const {
    if (out_.state == State::kCrashLooping || log_.key.scope == LogScope::kDeploy) return std::nullopt;
    const PlatformEvent* best = nullptr;
    Category category = Category::kPortTimeout;
    for (const PlatformEvent& event : log_.events) {
      if (event.kind == Kind::kNotReady && (event.custom_probe || SaysNothingListened(event.text))) {
        best = &event;
        category = event.custom_probe ? Category::kProbeFailed : Category::kPortTimeout;
      }
    }
    for (const PlatformEvent& event : log_.events) {
      if (event.kind != Kind::kProbeFailed || !event.startup) continue;
      if (best == nullptr || best->kind == Kind::kProbeFailed) {
        best = &event;
        category = event.by_default ? Category::kPortTimeout : Category::kProbeFailed;
      } else if (!event.by_default) {
        category = Category::kProbeFailed;
      }
    }
    if (best == nullptr) return std::nullopt;
    Finding finding;
    finding.category = category;
    finding.event = true;
    finding.line = static_cast<std::uint32_t>(best - log_.events.data());
    finding.id = category == Category::kPortTimeout ? "neverready.not-listening" : "neverready.probe-failed";
    const std::int64_t port = ExpectedPort(log_);
    finding.summary = category == Category::kPortTimeout
                          ? "Nothing listened on " +
                                (port == 0 ? std::string("$PORT") : "port " + std::to_string(port)) +
                                " in time"
                          : "The configured start-up probe failed";
    return LinkOf(finding, true);
  }

  void TellCause() {
    const RootCause root = FindRootCause({log_, attempts_, revision_, verdict_});
    const Finding& finding = root.finding;
    out_.root_cause = finding.category;
    out_.rule = finding.id;
    out_.confidence = Confidence(finding.grade);
    if (finding.category == Category::kUnknown) out_.confidence = kUnknownIsRight;
    out_.summary = finding.summary.empty() ? std::string(Meaning(finding.category)) : finding.summary;
    for (const std::string& more : finding.also) out_.summary += " Also: " + more;
    out_.facts = finding.facts;
    if (root.has_evidence) out_.evidence = EvidenceOf(finding);
    if (root.runner_up)
      out_.runner_up =
          RunnerUp{root.runner_up->category, root.runner_up->id, Confidence(root.runner_up->grade) / 2};
    out_.cascade.push_back(LinkOf(finding, root.has_evidence));
    if (root.validation) out_.cascade.push_back(LinkOf(*root.validation, true));
    const auto symptom = PlatformSymptom();
    if (symptom && symptom->category != finding.category) out_.cascade.push_back(*symptom);
    OfferFacts(root);
    TellBlame(root);
    if (finding.category == Category::kUnknown) TellInformative();
  }

  void OfferFacts(const RootCause& root) {
    Facts& facts = out_.facts;
    if (root.finding.role == Role::kSymptom && verdict_.failed_attempt) {
      // The check itself is the cause: its exception stands in another line of the same report.
      for (const Finding& other : attempts_[*verdict_.failed_attempt].findings) {
        if (other.category != root.finding.category || other.role != Role::kSymptom) continue;
        for (const Fact fact : {Fact::kException, Fact::kCriticalFailures, Fact::kEnvironment}) {
          if (other.facts.Has(fact)) facts.Offer(fact, other.facts.map().at(fact));
        }
      }
    }
    if (root.validation) {
      for (const Fact fact : {Fact::kCriticalFailures, Fact::kEnvironment}) {
        const auto found = root.validation->facts.map().find(fact);
        if (found != root.validation->facts.map().end()) facts.Offer(fact, found->second);
      }
    }
    if (verdict_.failed_attempt) {
      const Attempt& attempt = log_.attempts[*verdict_.failed_attempt];
      if (attempt.end == Attempt::End::kExit) facts.Offer(Fact::kExitCode, attempt.end_number);
      if (attempt.end == Attempt::End::kSignal) facts.Offer(Fact::kSignal, attempt.end_number);
      const AttemptFindings& found = attempts_[*verdict_.failed_attempt];
      for (const Finding& context : found.context) {
        const std::string runtime = RuntimeOf(context);
        if (!runtime.empty()) facts.Offer(Fact::kRuntime, runtime);
      }
      // A limit that the platform told belongs to every out-of-memory.
      for (const Finding& other : found.findings) {
        if (*out_.root_cause == Category::kOutOfMemory && other.facts.Has(Fact::kMemoryLimit))
          facts.Offer(Fact::kMemoryLimit, other.facts.Text(Fact::kMemoryLimit));
      }
    }
    if (const std::int64_t port = ExpectedPort(log_); port != 0) facts.Offer(Fact::kPortExpected, port);
  }

  // "node 20.20.2" of a banner that only says "v20.20.2": the rule's folder names the runtime.
  static std::string RuntimeOf(const Finding& finding) {
    std::string text = core::ToLower(finding.facts.Text(Fact::kRuntime));
    if (text.empty() || finding.rule == nullptr) return text;
    const bool bare = text[0] == 'v' || (text[0] >= '0' && text[0] <= '9');
    if (text[0] == 'v') text.erase(0, 1);
    return bare ? finding.rule->runtime + " " + text : text;
  }

  void TellBlame(const RootCause& root) {
    const Finding& finding = root.finding;
    const Rule* rule = finding.rule;
    out_.blame = rule != nullptr && rule->blame ? *rule->blame : DefaultBlame(finding.category);
    out_.transient =
        rule != nullptr && rule->transient ? *rule->transient : DefaultTransient(finding.category);
    const std::map<std::string, std::string> names{{"service", log_.key.service},
                                                   {"revision", log_.key.revision},
                                                   {"region", log_.key.location},
                                                   {"project", log_.key.project}};
    Fix fix;
    fix.text = rule == nullptr ? root.fix
                               : Sentence(FillPlaceholders(rule->fix_text, out_.facts, names), out_.facts);
    if (rule != nullptr) {
      for (const std::string& command : rule->fix_commands) {
        std::string filled = FillPlaceholders(command, out_.facts, names);
        // A command is only printed if it is certain.
        if (Placeholders(filled).empty()) fix.commands.push_back(std::move(filled));
      }
    }
    if (!fix.text.empty()) out_.fix = std::move(fix);
  }

  // The last words of the failed attempt, for somebody who must look for himself.
  void TellInformative() {
    if (!verdict_.failed_attempt) return;
    const Attempt& attempt = log_.attempts[*verdict_.failed_attempt];
    for (std::size_t i = attempt.lines.size(); i-- > 0 && out_.informative.size() < kInformativeLines;) {
      const Line& line = log_.lines[attempt.lines[i]];
      if (line.role == ingest::TextRole::kFields || core::Trim(line.text).empty()) continue;
      Finding finding;
      finding.line = attempt.lines[i];
      out_.informative.insert(out_.informative.begin(), EvidenceOf(finding));
    }
  }

  void TellNoCause() {
    switch (out_.state) {
      case State::kReady: out_.summary = "The revision became ready and is alive"; break;
      case State::kPending: out_.summary = "The revision is still starting, within its start budget"; break;
      case State::kInconclusive: out_.summary = "The log shows neither readiness nor a failure"; break;
      case State::kFailed:
      case State::kCrashLooping: break;
    }
  }

  void TellPlatform() {
    if (!verdict_.last_not_ready && out_.state != State::kFailed && out_.state != State::kCrashLooping)
      return;
    Platform platform;
    if (verdict_.last_not_ready) {
      const PlatformEvent& event = log_.events[*verdict_.last_not_ready];
      const std::size_t message = event.text.find(" with message: ");
      platform.message =
          core::Trim(message == std::string::npos ? event.text : event.text.substr(message + 15));
      platform.reason = event.reason;
      if (platform.reason.empty() && (SaysNothingListened(event.text) || event.custom_probe))
        platform.reason = "HealthCheckContainerError";
    }
    for (const PlatformEvent& event : log_.events) {
      if (event.kind == Kind::kRefused && platform.message.empty()) platform.message = event.text;
      if (event.kind != Kind::kProbeFailed) continue;
      platform.probe = event.probe;
      platform.probe_status = event.probe_status;
      if (platform.message.empty() || platform.message.find(" probe failed ") != std::string::npos)
        platform.message = core::Trim(event.text);
    }
    if (!platform.message.empty()) out_.platform = std::move(platform);
  }

  const RuleSet& rules_;
  const RevisionLog& log_;
  const DiagnoseOptions& options_;
  std::vector<AttemptFindings> attempts_;
  std::vector<Finding> revision_;
  Verdict verdict_;
  Diagnosis out_;
};

void MakeFitToLeave(const DiagnoseOptions& options, Diagnosis* diagnosis) {
  StripControls(diagnosis);
  if (options.redact) Redact({options.redact_emails, {}}, diagnosis);
}

}  // namespace

Diagnosis Diagnose(const RuleSet& rules, const RevisionLog& log, const DiagnoseOptions& options) {
  Diagnosis diagnosis = Maker(rules, log, options).Make();
  MakeFitToLeave(options, &diagnosis);
  return diagnosis;
}

Explanation Explain(const RuleSet& rules, const RevisionLog& log, const DiagnoseOptions& options) {
  Maker maker(rules, log, options);
  Explanation explanation;
  explanation.diagnosis = maker.Make();
  maker.TellRest(&explanation);
  MakeFitToLeave(options, &explanation.diagnosis);
  return explanation;
}

DiagnosisOrder OrderOf(const Diagnosis& diagnosis) {
  const RevisionKey& key = diagnosis.key;
  return {diagnosis.state, diagnosis.started_at, key.project, key.location, key.service, key.revision};
}

void SortDiagnoses(std::vector<Diagnosis>* diagnoses) { std::ranges::stable_sort(*diagnoses, {}, OrderOf); }

}  // namespace neverready::analyzers
