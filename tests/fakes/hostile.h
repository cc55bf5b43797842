// A diagnosis whose every text is what somebody would write who wants a report to do something else. One
// thread.
#ifndef NEVERREADY_TESTS_FAKES_HOSTILE_H_
#define NEVERREADY_TESTS_FAKES_HOSTILE_H_

#include <string>
#include <vector>

#include "analyzers/diagnosis.h"

namespace neverready::fakes {

// What a log might hold for a terminal, a spreadsheet, Markdown or JSON.
inline std::vector<std::string> HostileTexts() {
  return {"\x1b[2J\x1b]0;title\x07\u202Etxt.exe\xff",
          std::string("a\0b", 3),
          "=HYPERLINK(\"http://evil.example\",\"x\")",
          "x;=cmd|' /C calc'!A0",
          "two\r\nlines\n\n| a | b |",
          "\t@SUM(1)",
          "\",\"rows\": [], \\",
          "</script><img src=x onerror=1> @all #12 [a](http://b) `c` |",
          "\u200b\u2028\ufeff",
          "\xed\xa0\x80\xc0\xaf",
          "::error::x ##[error]y",
          std::string(5000, '='),
          std::string(5000, '\xf0')};
}

// Every text of the diagnosis is `text`, whatever it means there.
inline analyzers::Diagnosis Hostile(const std::string& text,
                                    analyzers::State state = analyzers::State::kFailed) {
  using analyzers::Fact;
  const core::Timestamp time{std::chrono::seconds(1757304131)};
  const analyzers::Evidence evidence{time, text, text, text, text};
  analyzers::Diagnosis diagnosis;
  diagnosis.key = {analyzers::LogScope::kRevision, text, text, text, text};
  diagnosis.state = state;
  if (state == analyzers::State::kFailed || state == analyzers::State::kCrashLooping)
    diagnosis.root_cause = analyzers::Category::kImportError;
  if (state == analyzers::State::kReady) diagnosis.degraded = {text, text};
  diagnosis.rule = diagnosis.summary = text;
  diagnosis.runner_up = {analyzers::Category::kUnknown, text, 0.5};
  diagnosis.facts.Set(Fact::kModule, text);
  diagnosis.facts.Set(Fact::kEnvVars, std::vector<std::string>{text, text});
  diagnosis.facts.Set(Fact::kFile, text);
  diagnosis.facts.Set(Fact::kLine, std::int64_t{3});
  diagnosis.evidence = evidence;
  diagnosis.cascade = {{analyzers::Category::kImportError, text, text, time, evidence},
                       {analyzers::Category::kPortTimeout, text, text, time, evidence}};
  diagnosis.fix = analyzers::Fix{text, {text, text}};
  diagnosis.environment = {{text, analyzers::EnvironmentVariable::State::kMissing, std::nullopt},
                           {text, analyzers::EnvironmentVariable::State::kSet, text}};
  diagnosis.attempts = 2;
  diagnosis.started_at = diagnosis.failed_at = diagnosis.ready_at = time;
  diagnosis.platform = analyzers::Platform{text, text, text, text};
  diagnosis.timeline = {{time, analyzers::TimelineEvent::kFirstLine, text}};
  diagnosis.informative = {evidence};
  return diagnosis;
}

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_HOSTILE_H_
