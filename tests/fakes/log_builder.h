// A small language for start-up logs, as Cloud Run writes them:
//   LogBuilder log("api-00001-abc");
//   log.Start().App("Listening on 3000").Wait(240s).ProbeFailed("DEADLINE_EXCEEDED", 8080).NotReady(8080);
// The wordings are the platform's own. Every entry is one millisecond later than the one before. One thread.
#ifndef NEVERREADY_TESTS_FAKES_LOG_BUILDER_H_
#define NEVERREADY_TESTS_FAKES_LOG_BUILDER_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/collector.h"
#include "analyzers/diagnosis.h"
#include "analyzers/rule_set.h"
#include "ingest/log_entry.h"

namespace neverready::fakes {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace): so that tests say Wait(240s)

class LogBuilder {
 public:
  // The service is the revision's name without its last two parts. "" builds entries that name no revision,
  // of service "api".
  explicit LogBuilder(std::string revision);

  // Who speaks from now on, and when.
  LogBuilder& Instance(std::string id);
  LogBuilder& Container(std::string name);
  LogBuilder& Stdout();
  LogBuilder& Stderr();
  LogBuilder& At(std::string_view rfc3339);
  LogBuilder& Wait(std::chrono::nanoseconds time);

  // The container's words. The default is stderr without a severity.
  LogBuilder& App(std::string text);  // one entry, perhaps of several lines
  LogBuilder& App(ingest::Severity severity, std::string text);
  LogBuilder& Lines(std::string_view text);    // one entry a line, a microsecond apart
  LogBuilder& Payload(std::string_view json);  // the object of a jsonPayload, "severity" lifted out of it
  LogBuilder& Parts(const std::vector<std::string>& parts);  // one message over 256 KB, as LogSplit

  // The system log.
  LogBuilder& System(std::string text);
  LogBuilder& Start();  // a new instance: "instance-1", "instance-2" … unless Instance named one for it
  LogBuilder& ProbeOk(int port);
  LogBuilder& ProbeFailed(std::string_view status,
                          int port);  // the default TCP probe; "" leaves the status out
  LogBuilder& CustomProbeFailed(std::string_view kind, int port, std::string_view path,
                                std::string_view status = {});
  LogBuilder& Exit(int code);
  LogBuilder& Signal(int number);
  LogBuilder& Shutdown();

  // Audit entries and requests.
  LogBuilder& Ready();
  LogBuilder& NotReady(int port);
  LogBuilder& NotReady(std::string message, std::string reason = {});
  LogBuilder& ServiceNotReady(std::string message);  // names no revision
  LogBuilder& Audit(ingest::AuditRecord record, bool service_level);
  LogBuilder& Refused(std::int64_t code, std::string message);
  LogBuilder& Request(int status, std::string text = {});

  // The entries of another log, as they are.
  LogBuilder& Add(const LogBuilder& other);

  const std::vector<ingest::LogEntry>& entries() const { return entries_; }
  core::Timestamp now() const { return now_; }

 private:
  ingest::LogEntry& Next(ingest::LogKind kind);
  LogBuilder& Say(ingest::LogKind kind, ingest::Severity severity, std::string text);

  std::string revision_, service_, instance_, container_;
  ingest::LogKind stream_;
  core::Timestamp now_;
  int instances_ = 0;
  bool named_ = false;  // Instance was called since the last Start
  std::vector<ingest::LogEntry> entries_;
};

// The lines of a plain text file, as the reader hands them on.
std::vector<ingest::LogEntry> PlainText(std::string_view text);

// The built-in rules, made once.
const analyzers::RuleSet& BuiltinRuleSet();

struct DiagnoseWith {
  std::optional<core::Timestamp> as_of;       // unset: the newest timestamp of the input
  const analyzers::RuleSet* rules = nullptr;  // null: the built-in ones
};

std::vector<analyzers::Diagnosis> DiagnoseAll(const std::vector<ingest::LogEntry>& entries,
                                              const DiagnoseWith& with = {});

// Of the only revision of a log; anything else is a failure of the test.
analyzers::Diagnosis Diagnose(const LogBuilder& log, const DiagnoseWith& with = {});
analyzers::Diagnosis Diagnose(const std::vector<ingest::LogEntry>& entries, const DiagnoseWith& with = {});

// The only RevisionLog of a log.
analyzers::RevisionLog Collect(const std::vector<ingest::LogEntry>& entries);

// The verdict in one line: "failed early: import_error > validation_failure > port_timeout", "ready".
std::string Told(const analyzers::Diagnosis& diagnosis);

// A fact as text, "" where absent.
std::string FactOf(const analyzers::Diagnosis& diagnosis, analyzers::Fact fact);

// The line that proves the root cause, "" without.
std::string ProofOf(const analyzers::Diagnosis& diagnosis);

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_LOG_BUILDER_H_
