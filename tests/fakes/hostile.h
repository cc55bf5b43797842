// A diagnosis whose every text is what somebody would write who wants a report to do something else. One
// thread.
#ifndef NEVERREADY_TESTS_FAKES_HOSTILE_H_
#define NEVERREADY_TESTS_FAKES_HOSTILE_H_

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/diagnosis.h"

namespace neverready::fakes {

// What a log might hold for a terminal, a spreadsheet, Markdown or JSON; then mixtures of such, always the
// same.
inline std::vector<std::string> HostileTexts() {
  std::vector<std::string> texts = {"\x1b[2J\x1b]0;title\x07\u202Etxt.exe\xff",
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
  constexpr std::array<std::string_view, 40> kPieces = {
      "=",        "+",      "-",      "@",  ";",     ",",       "\"",   "'",    "\n",       "\r",
      "\t",       " ",      "|",      "\\", "`",     "*",       "_",    "[",    "]",        "<",
      ">",        "&",      "#1",     "$",  "\x1b[", "\x1b]0;", "\x07", "\x7f", "\xc2\x9b", "\xff",
      "\xe2\x80", "\u202e", "\u2028", "＝", "é",     "💥",       "a",    "7",    "://",      "\\u0000"};
  std::mt19937 random(4711);
  for (int count = 0; count < 500; ++count) {
    std::string& text = texts.emplace_back();
    for (auto left = random() % 12; left > 0; --left) text += kPieces[random() % kPieces.size()];
  }
  return texts;
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
