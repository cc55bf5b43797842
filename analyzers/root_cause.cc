#include "analyzers/root_cause.h"

#include <algorithm>

#include "analyzers/alike.h"
#include "analyzers/companions.h"
#include "analyzers/conclusions.h"
#include "analyzers/ports.h"
#include "analyzers/slow_start.h"
#include "core/redact.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using Kind = PlatformEvent::Kind;

// Scores (finding.cc) that a finding needs to be the cause …
constexpr int kEnoughAfterDeath = 45;  // … of a container that died
constexpr int kAgreement = 4;
constexpr int kEnoughWhileAlive = 76;  // … of one that lived on and was not reached

class Chooser {
 public:
  explicit Chooser(const RootCauseInput& input) : in_(input), log_(input.log) {
    if (in_.verdict.failed_attempt) attempt_ = &log_.attempts[*in_.verdict.failed_attempt];
  }

  RootCause Choose() {
    RootCause root;
    const Finding* best = BestCause();
    if (!OwnPort(&root) && !OwnProbe(&root)) {
      if (best != nullptr && best->score >= Enough(*best)) {
        root.finding = *best;
      } else {
        Conclude(&root);
      }
    }
    if (root.finding.rule != nullptr) UniteAlike(All(), &root.finding);
    FindCompanions(All(), &root);
    return root;
  }

 private:
  template <typename Visitor>
  void ForEach(Visitor visit) const {
    for (const Finding& finding : in_.revision) visit(finding);
    if (in_.verdict.failed_attempt) {
      for (const Finding& finding : in_.attempts[*in_.verdict.failed_attempt].findings) visit(finding);
    }
  }

  // The score, and a little more for what every attempt says.
  int Weight(const Finding& finding) const {
    return finding.score + (Agree(in_.attempts, finding.id) ? kAgreement : 0);
  }

  const Finding* BestCause() const {
    const Finding* best = nullptr;
    const auto consider = [&](const Finding& finding) {
      if (finding.role == Role::kCause && (best == nullptr || Weight(finding) > Weight(*best)))
        best = &finding;
    };
    ForEach(consider);
    // The last attempt was silent: an earlier one may have spoken.
    for (std::size_t i = in_.attempts.size(); best == nullptr && i-- > 0;) {
      if (in_.verdict.died[i]) std::ranges::for_each(in_.attempts[i].findings, consider);
    }
    return best;
  }

  bool Ended(Attempt::End end) const { return attempt_ != nullptr && attempt_->end == end; }
  bool LivedOn() const {
    if (attempt_ == nullptr) return false;
    if (Ended(Attempt::End::kProbeFailed)) {
      for (const std::uint32_t index : attempt_->events) {
        if (log_.events[index].kind == Kind::kProbeFailed && log_.events[index].probe_status == "CANCELLED")
          return false;
      }
      return true;
    }
    return Ended(Attempt::End::kExit) && attempt_->end_number == 0;
  }
  // A container that lived on did not die of an exception that no rule knows.
  int Enough(const Finding& finding) const {
    if (!LivedOn()) return kEnoughAfterDeath;
    return finding.rule == nullptr ? kEnoughWhileAlive + 14 : kEnoughWhileAlive;
  }

  const std::vector<Finding>& Listening() const {
    static const std::vector<Finding> kNone;
    return in_.verdict.failed_attempt ? in_.attempts[*in_.verdict.failed_attempt].listening : kNone;
  }

  BorrowedPorts Ports() const { return ReadPorts(Listening(), ExpectedPort(log_)); }

  // A container that lives, says where it listens, and listens where nobody looks.
  bool OwnPort(RootCause* root) const {
    return LivedOn() && CustomProbe() == nullptr && ListensElsewhere(root);
  }

  bool ListensElsewhere(RootCause* root) const {
    const Finding* conflict = nullptr;
    ForEach([&](const Finding& finding) {
      if (finding.category == Category::kPortConflict && finding.role == Role::kCause) conflict = &finding;
    });
    if (conflict != nullptr) return false;
    const BorrowedPorts ports = Ports();
    if (ports.right != nullptr) return false;
    const std::int64_t expected = ExpectedPort(log_);
    if (ports.other != nullptr && ports.vague == nullptr && ports.loopback == nullptr) {
      const std::int64_t port = ports.other->facts.Number(Fact::kPortActual);
      Conclusion(*ports.other, "neverready.wrong-port",
                 "The application listens on port " + std::to_string(port) + ", but Cloud Run expects port " +
                     std::to_string(expected),
                 root);
      root->fix = "Listen on the port in $PORT (" + std::to_string(expected) + "), or deploy with --port " +
                  std::to_string(port) + ".";
      return true;
    }
    if (ports.loopback != nullptr) {
      Conclusion(*ports.loopback, "neverready.loopback-only",
                 "The application listens on " + ports.loopback->facts.Text(Fact::kBindAddress) +
                     " only, where Cloud Run cannot reach it",
                 root);
      root->fix = "Bind to 0.0.0.0 (all addresses) instead of " +
                  ports.loopback->facts.Text(Fact::kBindAddress) + ".";
      return true;
    }
    return false;
  }

  // A container that lives and listens where it should, while its own probe gets a wrong answer: what it
  // complains of is not why.
  bool OwnProbe(RootCause* root) const {
    const PlatformEvent* probe = CustomProbe();
    if (!LivedOn() || probe == nullptr) return false;
    const BorrowedPorts ports = Ports();
    if (ports.right == nullptr && ports.vague == nullptr) return false;
    ProbeFailed(*probe, root);
    return true;
  }

  void ProbeFailed(const PlatformEvent& probe, RootCause* root) const {
    FromEvent(static_cast<std::uint32_t>(&probe - log_.events.data()), Category::kProbeFailed,
              "neverready.custom-probe",
              (probe.startup ? "The start-up probe (" : "The liveness probe (") + probe.probe +
                  (probe.probe_path.empty() ? "" : " " + probe.probe_path) +
                  ") failed while the application showed no error of its own",
              root);
    if (!probe.probe_path.empty()) root->finding.facts.Set(Fact::kSetting, probe.probe_path);
    const BorrowedPorts ports = Ports();
    if (const Finding* up = ports.right == nullptr ? ports.vague : ports.right) {
      root->finding.facts.Set(Fact::kPortActual, up->facts.Number(Fact::kPortActual));
    }
    root->fix =
        "Compare the probe's path, port and timing with what the application serves; answer 200 there as soon as the application is up.";
  }

  template <typename Predicate>
  const PlatformEvent* FailedProbe(Predicate predicate) const {
    if (attempt_ == nullptr) return nullptr;
    for (const std::uint32_t index : attempt_->events) {
      const PlatformEvent& event = log_.events[index];
      if (event.kind == Kind::kProbeFailed && predicate(event)) return &event;
    }
    return nullptr;
  }
  const PlatformEvent* CustomProbe() const {
    return FailedProbe([](const PlatformEvent& event) { return event.startup && !event.by_default; });
  }
  const PlatformEvent* LivenessProbe() const {
    return FailedProbe([](const PlatformEvent& event) { return !event.startup; });
  }

  static void Conclusion(const Finding& from, std::string id, std::string summary, RootCause* root) {
    root->finding = from;
    root->finding.rule = nullptr;
    root->finding.id = std::move(id);
    root->finding.category = Category::kPortTimeout;
    root->finding.role = Role::kCause;
    root->finding.grade = Grade::kConcluded;
    root->finding.summary = std::move(summary);
  }

  void FromEvent(std::uint32_t index, Category category, std::string id, std::string summary,
                 RootCause* root) const {
    Finding finding;
    finding.facts = root->finding.facts;
    finding.id = std::move(id);
    finding.category = category;
    finding.grade = Grade::kConcluded;
    finding.line = index;
    finding.event = true;
    finding.summary = std::move(summary);
    root->finding = std::move(finding);
  }

  std::optional<std::uint32_t> LastEvent(Kind kind) const {
    std::optional<std::uint32_t> last;
    if (attempt_ != nullptr) {
      for (const std::uint32_t index : attempt_->events) {
        if (log_.events[index].kind == kind) last = index;
      }
    }
    for (std::uint32_t i = 0; !last && attempt_ == nullptr && i < log_.events.size(); ++i) {
      if (log_.events[i].kind == kind) last = i;
    }
    return last;
  }

  // The last words of the application in the failed attempt.
  std::optional<std::uint32_t> LastLine() const {
    if (attempt_ == nullptr) return std::nullopt;
    for (std::size_t i = attempt_->lines.size(); i-- > 0;) {
      const Line& line = log_.lines[attempt_->lines[i]];
      const auto at = log_.places[line.place].at;
      // What is said when the platform has given up is no step of the start.
      const bool late = LivedOn() && at && attempt_->ended && *at > *attempt_->ended;
      if (line.role != ingest::TextRole::kFields && !late && !core::Trim(line.text).empty())
        return attempt_->lines[i];
    }
    return std::nullopt;
  }

  // What the API says of a call that it refuses (google.rpc.Code), where no rule knows the sentence.
  void Refused(std::uint32_t index, RootCause* root) const {
    const Category category = CategoryOfRefusal(log_.events[index].number);
    FromEvent(index, category, "neverready.refused",
              "Cloud Run refused the deploy; its own sentence tells why", root);
    root->fix = "Correct what the sentence names and deploy again.";
  }

  void Conclude(RootCause* root) const {
    if (const auto refused = LastEvent(Kind::kRefused); refused && attempt_ == nullptr)
      return Refused(*refused, root);
    if (const auto exec = LastEvent(Kind::kExecFailed)) {
      FromEvent(*exec, Category::kBadEntrypoint, "neverready.exec-failed",
                "The container's command could not be executed", root);
      root->fix =
          "Check the command and entrypoint: does the file exist, is it executable, and is the image built for linux/amd64?";
      return;
    }
    // A start-up check that says no, with nothing before it, is the cause itself.
    const Finding* symptom = nullptr;
    ForEach([&](const Finding& finding) {
      const bool telling =
          finding.category != Category::kAppException && finding.category != Category::kUnknown &&
          finding.category != Category::kPortTimeout && finding.category != Category::kCrashSignal &&
          finding.category != Category::kProbeFailed && finding.category != Category::kBadEntrypoint;
      if (finding.role == Role::kSymptom && telling && !finding.tolerated &&
          (symptom == nullptr || finding.score > symptom->score + 12))
        symptom = &finding;
    });
    if (symptom != nullptr) {
      root->finding = *symptom;
      return;
    }
    if (const PlatformEvent* probe = LivenessProbe()) {
      ProbeFailed(*probe, root);
      root->fix =
          "Compare the liveness probe's path, port and timing with what the application serves; a dependency that is down should not fail it.";
      return;
    }
    if (const auto memory = LastEvent(Kind::kMemoryLimit))
      return FromEvent(*memory, Category::kOutOfMemory, "neverready.memory-limit",
                       "The container used more memory than its limit", root);
    if (const auto signal = LastEvent(Kind::kSignal); signal && Ended(Attempt::End::kSignal)) {
      const std::int64_t number = log_.events[*signal].number;
      FromEvent(*signal, Category::kCrashSignal, "neverready.signal",
                "The container died of signal " + std::to_string(number) + SignalName(number), root);
      root->finding.facts.Set(Fact::kSignal, number);
      root->fix =
          "Look for native code that crashed (a C extension, a driver); run the image locally with a core dump or a debugger.";
      return;
    }
    if (Ended(Attempt::End::kExit) && attempt_->end_number != 0) return Unknown(root);
    if (const PlatformEvent* probe = CustomProbe(); probe != nullptr && !Ended(Attempt::End::kExit))
      return ProbeFailed(*probe, root);
    if (attempt_ != nullptr && attempt_->end == Attempt::End::kProbeFailed && !LivedOn())
      return Unknown(root);
    Silence(root);
  }

  void Unknown(RootCause* root) const {
    root->finding = {};
    root->finding.id = "neverready.unknown";
    root->finding.category = Category::kUnknown;
    root->finding.grade = Grade::kConcluded;
    const std::string how = Ended(Attempt::End::kExit)
                                ? "The container exited with code " + std::to_string(attempt_->end_number)
                                : "The container ended";
    root->finding.summary = how + ", and nothing in the log tells why";
    root->fix =
        "Log the error before exiting; run the image locally with the same environment: docker run --rm -e PORT=8080 -p 8080:8080 IMAGE.";
    if (const auto line = LastLine()) {
      root->finding.line = *line;
    } else if (const auto event = LastEvent(Kind::kExit)) {
      root->finding.line = *event;
      root->finding.event = true;
    } else {
      root->has_evidence = false;
    }
  }

  // Nothing reachable listened, and no error tells why.
  void Silence(RootCause* root) const {
    const std::int64_t expected = ExpectedPort(log_);
    const std::string port = expected == 0 ? "$PORT" : "port " + std::to_string(expected);
    const auto line = LastLine();
    // A text of a few lines may not say how the container ended.
    if (Ended(Attempt::End::kOpen) && ListensElsewhere(root)) return;
    // The application itself says that it starts no server.
    const Finding* no_server = nullptr;
    ForEach([&](const Finding& finding) {
      if (finding.role == Role::kSymptom && finding.category == Category::kPortTimeout && !finding.event)
        no_server = &finding;
    });
    if (no_server != nullptr) {
      root->finding = *no_server;
      return;
    }
    const BorrowedPorts ports = Ports();
    std::string id = "neverready.silent", summary, fix;
    if (ports.vague != nullptr || ports.unnamed != nullptr) {
      Conclusion(ports.vague == nullptr ? *ports.unnamed : *ports.vague, "neverready.other-listener",
                 "The application says that it is up, but nothing listened on " + port, root);
      root->fix =
          "Find out where it listens: a worker, an FPM pool or a socket is no HTTP server on " + port + ".";
      return;
    }
    if (Ended(Attempt::End::kExit)) {
      id = "neverready.exited-zero";
      summary = "The container ended successfully (exit 0) without ever listening on " + port;
      fix =
          "A service must keep running and serve HTTP: start the server as the main process, or use a Cloud Run job for work that ends.";
    } else if (line && SpokeLate(log_, *attempt_, *line)) {
      id = "neverready.too-slow";
      summary = "The application was still starting when its time was up" + Progress(log_, *attempt_, *line);
      fix =
          "Listen first and load afterwards, or give the start-up probe more time (up to 240 s) and the start more CPU (--cpu-boost).";
    } else if (line) {
      summary = "The application fell silent after \"" +
                core::CutBetweenSecrets(core::Trim(log_.lines[*line].Body()), 80) +
                "\" and never listened on " + port;
      fix =
          "Look at what the application does after that line: a lock, a connection without timeout, a worker without a server, or output that is buffered (PYTHONUNBUFFERED=1).";
    } else {
      summary = "The container said nothing and never listened on " + port;
      fix =
          "Check that the command starts the server; output may be buffered (PYTHONUNBUFFERED=1), and an image of another architecture dies silently.";
    }
    if (line) {
      root->finding = {};
      root->finding.line = *line;
      root->finding.category = Category::kPortTimeout;
      root->finding.id = id;
      root->finding.grade = Grade::kConcluded;
      root->finding.summary = summary;
    } else if (const auto probe = LastEvent(Kind::kProbeFailed)) {
      FromEvent(*probe, Category::kPortTimeout, id, summary, root);
    } else if (in_.verdict.last_not_ready) {
      FromEvent(*in_.verdict.last_not_ready, Category::kPortTimeout, id, summary, root);
    } else {
      root->finding.id = id;
      root->finding.category = Category::kPortTimeout;
      root->finding.grade = Grade::kConcluded;
      root->finding.summary = summary;
      root->has_evidence = false;
    }
    root->fix = fix;
  }

  std::vector<const Finding*> All() const {
    std::vector<const Finding*> all;
    ForEach([&](const Finding& finding) { all.push_back(&finding); });
    return all;
  }

  const RootCauseInput& in_;
  const RevisionLog& log_;
  const Attempt* attempt_ = nullptr;
};

}  // namespace

RootCause FindRootCause(const RootCauseInput& input) { return Chooser(input).Choose(); }

}  // namespace neverready::analyzers
