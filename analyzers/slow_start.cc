#include "analyzers/slow_start.h"

#include <algorithm>
#include <chrono>

#include "core/redact.h"
#include "core/text.h"
#include "core/time.h"

namespace neverready::analyzers {
namespace {

using std::chrono::seconds;

// The pause that took most of the time, by the line before it.
std::string LongestStep(const RevisionLog& log, const Attempt& attempt) {
  std::chrono::nanoseconds longest{0};
  const Line* before = nullptr;
  for (std::size_t i = 0; i + 1 < attempt.lines.size(); ++i) {
    const Line& line = log.lines[attempt.lines[i]];
    const auto from = log.places[line.place].at, to = log.places[log.lines[attempt.lines[i + 1]].place].at;
    if (!from || !to || *to - *from <= longest) continue;
    longest = *to - *from;
    before = &line;
  }
  if (before == nullptr || longest < seconds(5)) return {};
  return "; the longest step, behind \"" + core::CutBetweenSecrets(core::Trim(before->Body()), 60) +
         "\", took " + core::FormatDuration(longest);
}

}  // namespace

bool SpokeLate(const RevisionLog& log, const Attempt& attempt, std::uint32_t line) {
  const auto at = log.places[log.lines[line].place].at;
  if (!at || !attempt.started || !attempt.ended) return false;
  return *attempt.ended - *at < (*attempt.ended - *attempt.started) / 4;
}

std::string Progress(const RevisionLog& log, const Attempt& attempt, std::uint32_t line) {
  const auto at = log.places[log.lines[line].place].at;
  if (!at || !attempt.started) return {};
  return ": after " + core::FormatDuration(*at - *attempt.started) + " it had come to \"" +
         core::CutBetweenSecrets(core::Trim(log.lines[line].Body()), 80) + "\"" + LongestStep(log, attempt);
}

}  // namespace neverready::analyzers
