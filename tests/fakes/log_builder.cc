#include "tests/fakes/log_builder.h"

#include <stdexcept>
#include <utility>

#include "analyzers/builtin_rules.h"
#include "analyzers/diagnose.h"
#include "core/text.h"
#include "ingest/entry_parser.h"

namespace neverready::fakes {

using ingest::AuditRecord;
using ingest::LogEntry;
using ingest::LogKind;
using ingest::Severity;

namespace {

constexpr std::string_view kBegin = "2026-01-18T02:24:00Z";

std::string Name(LogKind kind) {
  switch (kind) {
    case LogKind::kStdout: return "run.googleapis.com%2Fstdout";
    case LogKind::kStderr: return "run.googleapis.com%2Fstderr";
    case LogKind::kSystem: return "run.googleapis.com%2Fvarlog%2Fsystem";
    case LogKind::kRequests: return "run.googleapis.com%2Frequests";
    case LogKind::kSystemEvent: return "cloudaudit.googleapis.com%2Fsystem_event";
    case LogKind::kActivity: return "cloudaudit.googleapis.com%2Factivity";
    case LogKind::kText:
    case LogKind::kOther: return "python";
  }
  return {};
}

std::string ServiceOf(const std::string& revision) {
  if (revision.empty()) return "api";
  const std::size_t last = revision.rfind('-');
  return revision.substr(0, revision.rfind('-', last - 1));
}

}  // namespace

LogBuilder::LogBuilder(std::string revision)
    : revision_(std::move(revision)),
      service_(ServiceOf(revision_)),
      stream_(LogKind::kStderr),
      now_(*core::ParseRfc3339(kBegin)) {}

LogBuilder& LogBuilder::Instance(std::string id) {
  instance_ = std::move(id);
  named_ = true;
  return *this;
}

LogBuilder& LogBuilder::Container(std::string name) {
  container_ = std::move(name);
  return *this;
}

LogBuilder& LogBuilder::Stdout() {
  stream_ = LogKind::kStdout;
  return *this;
}

LogBuilder& LogBuilder::Stderr() {
  stream_ = LogKind::kStderr;
  return *this;
}

LogBuilder& LogBuilder::At(std::string_view rfc3339) {
  now_ = core::ParseRfc3339(rfc3339).value();
  return *this;
}

LogBuilder& LogBuilder::Wait(std::chrono::nanoseconds time) {
  now_ += time;
  return *this;
}

LogEntry& LogBuilder::Next(LogKind kind) {
  LogEntry& entry = entries_.emplace_back();
  now_ += 1ms;
  entry.timestamp = now_;
  std::string number = std::to_string(entries_.size());
  entry.insert_id = revision_ + "/" + std::string(6 - std::min<std::size_t>(number.size(), 6), '0') + number;
  entry.log = kind;
  entry.log_name = "projects/demo-proj/logs/" + Name(kind);
  entry.resource_type = "cloud_run_revision";
  entry.project = "demo-proj";
  entry.location = "us-central1";
  entry.service = service_;
  entry.revision = revision_;
  if (kind == LogKind::kStdout || kind == LogKind::kStderr || kind == LogKind::kSystem) {
    entry.instance = instance_;
    entry.container = container_;
  }
  entry.position = entries_.size();
  return entry;
}

LogBuilder& LogBuilder::Say(LogKind kind, Severity severity, std::string text) {
  LogEntry& entry = Next(kind);
  entry.severity = severity;
  entry.text.push_back({ingest::TextRole::kMessage, {}, std::move(text)});
  return *this;
}

LogBuilder& LogBuilder::App(std::string text) { return Say(stream_, Severity::kDefault, std::move(text)); }
LogBuilder& LogBuilder::App(Severity severity, std::string text) {
  return Say(stream_, severity, std::move(text));
}

LogBuilder& LogBuilder::Lines(std::string_view text) {
  for (const std::string_view line : core::SplitLines(text)) {
    App(std::string(line));
    now_ += 1us - 1ms;
    entries_.back().timestamp = now_;
  }
  return *this;
}

LogBuilder& LogBuilder::Payload(std::string_view json) {
  LogEntry& entry = Next(stream_);
  ingest::EntryParser parser;
  LogEntry parsed;
  // Cloud Logging lifts the severity out of the payload.
  std::string severity;
  for (const std::string_view level : {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}) {
    if (json.find("\"severity\":\"" + std::string(level) + "\"") != std::string_view::npos)
      severity = ",\"severity\":\"" + std::string(level) + "\"";
  }
  if (const auto status = parser.Parse(
          "{\"insertId\":\"x\"" + severity + ",\"jsonPayload\":" + std::string(json) + "}", &parsed);
      !status) {
    throw std::invalid_argument(status.error().message);
  }
  entry.text = parsed.text;
  entry.severity = parsed.severity;
  entry.app_logger = parsed.app_logger;
  return *this;
}

LogBuilder& LogBuilder::Parts(const std::vector<std::string>& parts) {
  const std::string uid = "split-" + std::to_string(entries_.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    App(parts[i]);
    entries_.back().split =
        ingest::Split{uid, static_cast<std::int64_t>(i), static_cast<std::int64_t>(parts.size())};
  }
  return *this;
}

LogBuilder& LogBuilder::System(std::string text) {
  return Say(LogKind::kSystem, Severity::kWarning, std::move(text));
}

LogBuilder& LogBuilder::Start() {
  if (!named_) instance_ = "instance-" + std::to_string(++instances_);
  named_ = false;
  return Say(
      LogKind::kSystem, Severity::kInfo,
      "Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or "
      "deployment health check.");
}

LogBuilder& LogBuilder::ProbeOk(int port) {
  return Say(LogKind::kSystem, Severity::kInfo,
             "Default STARTUP TCP probe succeeded after 1 attempt for container \"" + service_ +
                 "-1\" on port " + std::to_string(port) + ".");
}

LogBuilder& LogBuilder::ProbeFailed(std::string_view status, int port) {
  return Say(LogKind::kSystem, Severity::kError,
             "Default STARTUP TCP probe failed 1 time consecutively for container \"" + service_ +
                 "-1\" on port " + std::to_string(port) + ". The instance was not started." +
                 (status.empty() ? "" : " Connection failed with status " + std::string(status) + "."));
}

LogBuilder& LogBuilder::CustomProbeFailed(std::string_view kind, int port, std::string_view path,
                                          std::string_view status) {
  return Say(LogKind::kSystem, Severity::kError,
             "STARTUP " + std::string(kind) + " probe failed 3 times consecutively for container \"" +
                 service_ + "-1\" on port " + std::to_string(port) +
                 (path.empty() ? "" : " path \"" + std::string(path) + "\"") +
                 ". The instance was not started." +
                 (status.empty() ? "" : " Connection failed with status " + std::string(status) + "."));
}

LogBuilder& LogBuilder::Exit(int code) {
  return System("Container called exit(" + std::to_string(code) + ").");
}
LogBuilder& LogBuilder::Signal(int number) {
  return System("Container terminated on signal " + std::to_string(number) + ".");
}
LogBuilder& LogBuilder::Shutdown() { return System("Shutting down user disabled instance"); }

LogBuilder& LogBuilder::Ready() {
  AuditRecord record;
  record.method = "/Services.ReplaceService";
  record.kind = "Revision";
  record.status_message = "Ready condition status changed to True for Revision " + revision_ +
                          " with message: Deploying revision succeeded in 7.69s.";
  return Audit(std::move(record), false);
}

LogBuilder& LogBuilder::NotReady(int port) {
  return NotReady(
      "The user-provided container failed to start and listen on the port defined provided by the PORT=" +
          std::to_string(port) +
          " environment variable within the allocated timeout. This can happen when the container port is misconfigured or if the timeout is too short. The health check "
          "timeout can be extended. Logs for this revision might contain more information.",
      "HealthCheckContainerError");
}

LogBuilder& LogBuilder::NotReady(std::string message, std::string reason) {
  AuditRecord record;
  record.method = "/Services.ReplaceService";
  record.kind = "Revision";
  record.object_name = revision_;
  record.status_code = 9;
  record.status_message = "Ready condition status changed to False for Revision " + revision_ +
                          " with message: " + std::move(message);
  if (!reason.empty()) record.conditions.push_back({"Ready", "False", std::move(reason), {}, {}, {}});
  return Audit(std::move(record), false);
}

LogBuilder& LogBuilder::ServiceNotReady(std::string message) {
  AuditRecord record;
  record.method = "/Services.ReplaceService";
  record.kind = "Service";
  record.object_name = service_;
  record.status_code = 9;
  record.status_message = "Ready condition status changed to False for Service " + service_ +
                          " with message: " + std::move(message);
  return Audit(std::move(record), true);
}

LogBuilder& LogBuilder::Audit(AuditRecord record, bool service_level) {
  LogEntry& entry = Next(LogKind::kSystemEvent);
  if (service_level) entry.revision.clear();
  entry.severity = record.status_code.value_or(0) == 0 ? Severity::kInfo : Severity::kError;
  entry.audit = std::move(record);
  return *this;
}

LogBuilder& LogBuilder::Refused(std::int64_t code, std::string message) {
  AuditRecord record;
  record.method = "google.cloud.run.v1.Services.ReplaceService";
  record.kind = "Service";
  record.object_name = service_;
  record.status_code = code;
  record.status_message = std::move(message);
  record.principal = "ci@demo-proj.iam.gserviceaccount.com";
  LogEntry& entry = Next(LogKind::kActivity);
  entry.revision.clear();
  entry.severity = Severity::kError;
  entry.audit = std::move(record);
  return *this;
}

LogBuilder& LogBuilder::Request(int status, std::string text) {
  LogEntry& entry = Next(LogKind::kRequests);
  entry.http = ingest::HttpRequest{status, "GET", "https://api.example.com/", 20ms};
  entry.severity = status >= 500 ? Severity::kError : status >= 400 ? Severity::kWarning : Severity::kInfo;
  if (!text.empty()) entry.text.push_back({ingest::TextRole::kMessage, {}, std::move(text)});
  return *this;
}

LogBuilder& LogBuilder::Add(const LogBuilder& other) {
  entries_.insert(entries_.end(), other.entries_.begin(), other.entries_.end());
  return *this;
}

std::vector<LogEntry> PlainText(std::string_view text) {
  std::vector<LogEntry> entries;
  ingest::EntryParser parser;
  std::uint64_t position = 0;
  for (const std::string_view line : core::SplitLines(text)) {
    ++position;
    if (core::Trim(line).empty()) continue;
    parser.ParseText(line, &entries.emplace_back());
    entries.back().position = position;
  }
  return entries;
}

const analyzers::RuleSet& BuiltinRuleSet() {
  static const std::unique_ptr<const analyzers::RuleSet> kRules =
      analyzers::RuleSet::Make(analyzers::BuiltinRules(), analyzers::BuiltinFilters());
  return *kRules;
}

std::vector<analyzers::Diagnosis> DiagnoseAll(const std::vector<LogEntry>& entries,
                                              const DiagnoseWith& with) {
  analyzers::Collector collector;
  for (const LogEntry& entry : entries) collector.Add(entry);
  const analyzers::Collected collected = collector.Finish();
  std::vector<analyzers::Diagnosis> diagnoses;
  for (const analyzers::RevisionLog& log : collected.revisions) {
    diagnoses.push_back(analyzers::Diagnose(with.rules == nullptr ? BuiltinRuleSet() : *with.rules, log,
                                            {with.as_of ? with.as_of : collected.last, std::nullopt}));
  }
  SortDiagnoses(&diagnoses);
  return diagnoses;
}

analyzers::Diagnosis Diagnose(const std::vector<LogEntry>& entries, const DiagnoseWith& with) {
  auto diagnoses = DiagnoseAll(entries, with);
  if (diagnoses.size() != 1)
    throw std::logic_error("the log speaks of " + std::to_string(diagnoses.size()) +
                           " revisions, not of one");
  return std::move(diagnoses.front());
}

analyzers::Diagnosis Diagnose(const LogBuilder& log, const DiagnoseWith& with) {
  return Diagnose(log.entries(), with);
}

analyzers::RevisionLog Collect(const std::vector<LogEntry>& entries) {
  analyzers::Collector collector;
  for (const LogEntry& entry : entries) collector.Add(entry);
  analyzers::Collected collected = collector.Finish();
  if (collected.revisions.size() != 1)
    throw std::logic_error("the log speaks of " + std::to_string(collected.revisions.size()) +
                           " revisions, not of one");
  return std::move(collected.revisions.front());
}

std::string Told(const analyzers::Diagnosis& diagnosis) {
  std::string told(analyzers::Name(diagnosis.state));
  if (diagnosis.early) told += " early";
  if (!diagnosis.root_cause) return told;
  told += ": ";
  std::string_view separator;
  for (const auto& link : diagnosis.cascade) {
    told += std::string(separator) + std::string(analyzers::Name(link.category));
    separator = " > ";
  }
  return told;
}

std::string FactOf(const analyzers::Diagnosis& diagnosis, analyzers::Fact fact) {
  return diagnosis.facts.Text(fact);
}

std::string ProofOf(const analyzers::Diagnosis& diagnosis) {
  return diagnosis.evidence ? diagnosis.evidence->text : std::string();
}

}  // namespace neverready::fakes
