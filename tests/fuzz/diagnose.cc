// Lines in, diagnosis out: traces are joined, judged and explained, whatever the order in which the lines
// arrive. The first byte of every line chooses stream, instance and the pause before it; the rest is the
// text.
#include "analyzers/diagnose.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "analyzers/builtin_rules.h"
#include "analyzers/collector.h"
#include "core/text.h"
#include "tests/fuzz/require.h"

namespace analyzers = neverready::analyzers;
namespace core = neverready::core;
namespace ingest = neverready::ingest;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

const analyzers::RuleSet& Rules() {
  static const auto rules = analyzers::RuleSet::Make(analyzers::BuiltinRules(), analyzers::BuiltinFilters());
  return *rules;
}

std::vector<ingest::LogEntry> MakeEntries(std::string_view text) {
  constexpr ingest::LogKind kLogs[] = {ingest::LogKind::kStderr, ingest::LogKind::kStdout,
                                       ingest::LogKind::kSystem, ingest::LogKind::kStderr};
  constexpr std::chrono::milliseconds kPauses[] = {std::chrono::milliseconds(1), std::chrono::milliseconds(1),
                                                   std::chrono::milliseconds(100),
                                                   std::chrono::milliseconds(2000)};
  std::vector<ingest::LogEntry> entries;
  core::Timestamp now{std::chrono::seconds(1757304131)};
  for (const std::string_view line : core::SplitLines(text)) {
    if (line.empty()) continue;
    const auto choice = static_cast<unsigned char>(line.front());
    ingest::LogEntry& entry = entries.emplace_back();
    entry.timestamp = now += kPauses[(choice >> 3) & 3];
    entry.position = entries.size();
    entry.insert_id = std::to_string(entries.size());
    entry.log = kLogs[choice & 3];
    entry.severity =
        entry.log == ingest::LogKind::kStderr ? ingest::Severity::kError : ingest::Severity::kDefault;
    entry.resource_type = "cloud_run_revision";
    entry.project = "p";
    entry.location = "l";
    entry.service = "s";
    entry.revision = "s-00001-abc";
    entry.instance = (choice & 4) != 0 ? "one" : "two";
    entry.text.push_back({ingest::TextRole::kMessage, "", core::RepairUtf8(line.substr(1))});
  }
  return entries;
}

std::vector<analyzers::Diagnosis> Diagnose(const std::vector<ingest::LogEntry>& entries) {
  analyzers::Collector collector;
  for (const ingest::LogEntry& entry : entries) collector.Add(entry);
  const analyzers::Collected collected = collector.Finish();
  analyzers::DiagnoseOptions options;
  options.as_of = collected.last;
  std::vector<analyzers::Diagnosis> diagnoses;
  for (const analyzers::RevisionLog& log : collected.revisions)
    diagnoses.push_back(analyzers::Diagnose(Rules(), log, options));
  analyzers::SortDiagnoses(&diagnoses);
  return diagnoses;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<ingest::LogEntry> entries = MakeEntries(AsText(data, size));
  const auto forward = Diagnose(entries);
  for (const analyzers::Diagnosis& diagnosis : forward) {
    const bool failed =
        diagnosis.state == analyzers::State::kFailed || diagnosis.state == analyzers::State::kCrashLooping;
    Require(failed == diagnosis.root_cause.has_value(),
            "a revision that failed has a root cause, and no other has");
    Require(diagnosis.confidence >= 0 && diagnosis.confidence <= 1, "a confidence lies between 0 and 1");
    Require(core::IsValidUtf8(diagnosis.summary), "a summary is valid UTF-8");
    if (diagnosis.evidence) Require(core::IsValidUtf8(diagnosis.evidence->text), "evidence is valid UTF-8");
  }
  std::reverse(entries.begin(), entries.end());
  const auto backward = Diagnose(entries);
  Require(forward.size() == backward.size(),
          "the order of the entries does not decide which revisions there are");
  for (std::size_t i = 0; i < forward.size(); ++i) {
    Require(forward[i].state == backward[i].state && forward[i].rule == backward[i].rule &&
                forward[i].root_cause == backward[i].root_cause &&
                forward[i].summary == backward[i].summary && forward[i].attempts == backward[i].attempts,
            "the order of the entries does not decide the diagnosis");
  }
  return 0;
}
