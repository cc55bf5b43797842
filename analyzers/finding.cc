#include "analyzers/finding.h"

#include <algorithm>
#include <array>
#include <set>

#include "analyzers/block_reader.h"
#include "analyzers/finding_facts.h"
#include "analyzers/quiet_time.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using ingest::Severity;
using std::chrono::seconds;

bool CauseOrSymptom(const Rule& rule) { return rule.role == Role::kCause || rule.role == Role::kSymptom; }

bool OtherContainer(const RevisionLog& log, const Attempt& attempt, std::uint32_t line) {
  const std::string& container = log.places[log.lines[line].place].container;
  return !container.empty() && !attempt.container.empty() && container != attempt.container;
}

// How much a finding counts as the root cause of its attempt.
int Score(const RevisionLog& log, const Attempt& attempt, const Finding& finding,
          const std::vector<Finding>& listening) {
  int score = finding.role == Role::kSymptom ? 40 : 100;
  switch (finding.grade) {
    case Grade::kPlatform: score += 15; break;
    case Grade::kTrace: score += 6; break;
    case Grade::kLine: break;
    case Grade::kGeneralTrace: score -= 6; break;
    case Grade::kGeneralLine: score -= 12; break;
    case Grade::kException: score -= 30; break;
    case Grade::kConcluded: break;
    case Grade::kSymptom: break;
  }
  const bool named = finding.rule != nullptr && finding.rule->tier != Tier::kGeneral;
  // "…, using the default": the speaker went on. A named speaker's own words ("user is disabled") may sound
  // so, too; and nobody goes on after a critical line.
  const bool counted = finding.facts.Number(Fact::kCriticalFailures) > 0 && finding.level >= Severity::kError;
  if (finding.tolerated && finding.level < Severity::kCritical && !counted && !finding.stops) {
    score -= named && !finding.tolerated_around ? 25 : 45;
  }
  if (finding.event) return score;
  const Line& line = log.lines[finding.line];
  // Severity proves little: decisive lines have none, harmless ones cry.
  if (finding.level >= Severity::kCritical) {
    score += 10;
  } else if (finding.level >= Severity::kError) {
    score += 3;
  } else if (finding.level == Severity::kWarning) {
    score -= named ? 10 : 20;
  } else if (finding.level != Severity::kDefault) {
    score -= named ? 12 : 20;
  }
  const auto at = log.places[line.place].at;
  const auto end = attempt.ended ? attempt.ended : attempt.last;
  if (at && end) score += *end - *at <= seconds(3) ? 12 : *end - *at <= seconds(10) ? 6 : 0;
  // A start goes on after what is harmless.
  const auto behind =
      std::ranges::count_if(attempt.lines, [&](std::uint32_t index) { return index > finding.line; });
  if (attempt.lines.size() >= 15 && finding.role == Role::kCause) {
    const double share = static_cast<double>(behind) / static_cast<double>(attempt.lines.size());
    score -= share > 0.8 ? 10 : share > 0.5 ? 5 : 0;
  }
  if (finding.stops) score += 12;
  if (finding.bare) score -= 5;
  if (finding.no_stack) score -= 8;
  if (finding.last_words && !finding.no_stack) score += 8;
  if (finding.rule != nullptr && NamesCulprit(finding.category, finding.facts)) score += 6;
  // The start went on after it.
  const bool went_on =
      std::ranges::any_of(listening, [&](const Finding& one) { return one.line > finding.line; });
  if (went_on) score -= 15;
  return score;
}

void Describe(Finding* finding) {
  if (finding->rule != nullptr && finding->summary.empty())
    finding->summary = Sentence(finding->rule->says, finding->facts);
}

// Findings on the sentences of the platform.
std::vector<Finding> ReadEvents(const RuleSet& rules, const RevisionLog& log,
                                const std::vector<std::uint32_t>& events) {
  std::vector<Finding> findings;
  for (const std::uint32_t index : events) {
    const std::string& text = log.events[index].text;
    for (const std::string_view sentence : core::SplitLines(text)) {
      for (Hit& hit : rules.MatchLine(sentence, core::Trim(sentence), Voice::kPlatform)) {
        if (!CauseOrSymptom(*hit.rule)) continue;
        const auto same = std::ranges::find_if(
            findings, [&](const Finding& one) { return one.rule == hit.rule && one.line == index; });
        if (same != findings.end()) {
          if (same->facts != hit.facts) same->also.push_back(Sentence(hit.rule->says, hit.facts));
          same->facts.Unite(hit.facts);
          continue;
        }
        Finding finding;
        finding.rule = hit.rule;
        finding.id = hit.rule->id;
        finding.category = hit.rule->category;
        finding.role = hit.rule->role;
        finding.grade = hit.rule->role == Role::kSymptom ? Grade::kSymptom : Grade::kPlatform;
        finding.facts = std::move(hit.facts);
        finding.line = index;
        finding.event = true;
        Describe(&finding);
        findings.push_back(std::move(finding));
      }
    }
  }
  return findings;
}

}  // namespace

bool NamesCulprit(Category category, const Facts& facts) {
  const auto any = [&](std::initializer_list<Fact> wanted) {
    return std::ranges::any_of(wanted, [&](Fact fact) { return facts.Has(fact); });
  };
  switch (category) {
    case Category::kImportError: return any({Fact::kModule, Fact::kSymbol});
    case Category::kMissingEnv: return any({Fact::kEnvVars, Fact::kSetting});
    case Category::kValidationFailure: return any({Fact::kSetting, Fact::kEnvVars});
    case Category::kPermissionDenied: return any({Fact::kPermission, Fact::kPrincipal});
    case Category::kSecretUnavailable: return any({Fact::kSecret});
    case Category::kImageUnavailable: return any({Fact::kImage});
    case Category::kDependencyUnreachable: return any({Fact::kHost});
    case Category::kDependencyRejected:
      return any({Fact::kHost, Fact::kPrincipal, Fact::kSymbol, Fact::kSetting});
    case Category::kPortConflict:
    case Category::kPortTimeout: return any({Fact::kPortActual, Fact::kBindAddress});
    case Category::kBadEntrypoint: return any({Fact::kFile});
    case Category::kAppException: return any({Fact::kException});
    case Category::kCrashSignal: return any({Fact::kSignal});
    case Category::kOutOfMemory: return any({Fact::kMemoryLimit});
    case Category::kResourceExhausted:
    case Category::kProbeFailed:
    case Category::kHealthy:
    case Category::kUnknown: return false;
  }
  return false;
}

// The lines of an attempt that may explain its start or its end.
std::vector<std::uint32_t> StartingLines(const RevisionLog& log, const Attempt& attempt) {
  const auto quiet = QuietTime(log, attempt, WasReady(log));
  if (!quiet) return attempt.lines;
  std::vector<std::uint32_t> lines;
  for (const std::uint32_t index : attempt.lines) {
    const auto at = log.places[log.lines[index].place].at;
    if (!at || *at <= quiet->from || *at >= quiet->to) lines.push_back(index);
  }
  return lines;
}

AttemptFindings FindInAttempt(const RuleSet& rules, const RevisionLog& log, std::size_t attempt_index) {
  const Attempt& attempt = log.attempts[attempt_index];
  AttemptFindings out;
  std::size_t number = 0;
  for (const Block& block : JoinBlocks(log, StartingLines(log, attempt))) {
    if (block.lines.empty() || OtherContainer(log, attempt, block.lines.front())) continue;
    const Voice voice = log.places[log.lines[block.lines.front()].place].log == ingest::LogKind::kText
                            ? Voice::kAny
                            : Voice::kApp;
    const std::size_t before = out.findings.size(), listening = out.listening.size();
    ReadBlock(rules, log, block, voice, &out);
    if (out.findings.size() > before || out.listening.size() > listening)
      out.lines.insert(out.lines.end(), block.lines.begin(), block.lines.end());
    ++number;
    for (std::size_t i = before; i < out.findings.size(); ++i) out.findings[i].block = number;
  }
  for (Finding& finding : ListedSettings(log, attempt)) out.findings.push_back(std::move(finding));
  for (Finding& finding : ReadEvents(rules, log, attempt.events)) out.findings.push_back(std::move(finding));
  for (std::vector<Finding>* list : {&out.findings, &out.listening, &out.context}) {
    std::ranges::stable_sort(*list, [](const Finding& a, const Finding& b) {
      return std::tie(a.event, a.line) < std::tie(b.event, b.line);
    });
  }
  // What one field of a structured entry tolerates ("attempt": 2, "retry_in_s": 4) holds for the whole entry.
  for (Finding& finding : out.findings) {
    if (!finding.event && log.lines[finding.line].structured) {
      const auto tolerated = out.tolerated_places.find(log.lines[finding.line].place);
      // Its own words are weighed already.
      const bool around =
          tolerated != out.tolerated_places.end() &&
          std::ranges::any_of(tolerated->second, [&](std::uint32_t line) { return line != finding.line; });
      if (around) finding.tolerated = finding.tolerated_around = true;
    }
    CompleteFacts(log, attempt, &finding);
  }
  // Only the attempt's last trace may be its last words.
  std::uint32_t last = 0;
  for (const Finding& finding : out.findings) last = finding.last_words ? std::max(last, finding.line) : last;
  for (Finding& finding : out.findings) {
    finding.last_words = finding.last_words && finding.line == last;
    // A record that says nothing of the trace below it is another matter, if that trace is the last thing
    // that a container says.
    const bool ended = attempt.end == Attempt::End::kExit || attempt.end == Attempt::End::kSignal;
    if (finding.last_words && finding.unrelated_head && ended) {
      finding.tolerated = finding.tolerated_around = false;
      finding.level = log.lines[finding.line].level;
    }
    finding.score = Score(log, attempt, finding, out.listening);
    Describe(&finding);
  }
  return out;
}

std::vector<Finding> FindInEvents(const RuleSet& rules, const RevisionLog& log) {
  std::set<std::uint32_t> taken;
  for (const Attempt& attempt : log.attempts) taken.insert(attempt.events.begin(), attempt.events.end());
  std::vector<std::uint32_t> events;
  for (std::uint32_t i = 0; i < log.events.size(); ++i) {
    const auto kind = log.events[i].kind;
    if (!taken.contains(i) && kind != PlatformEvent::Kind::kReady && kind != PlatformEvent::Kind::kDeploy)
      events.push_back(i);
  }
  std::vector<Finding> findings = ReadEvents(rules, log, events);
  for (Finding& finding : findings) {
    finding.score = finding.role == Role::kSymptom ? 40 : 115;
    // A request that failed tells less than what the container said.
    if (log.events[finding.line].kind == PlatformEvent::Kind::kRequest) finding.score -= 40;
  }
  return findings;
}

double Confidence(Grade grade) {
  // Measured hit rates: docs/accuracy.md.
  constexpr std::array<double, kGrades> kRates{0.96, 0.99, 0.98, 0.94, 0.88, 0.61, 0.95, 0.55};
  return kRates[static_cast<std::size_t>(grade)];
}

std::string_view Name(Grade grade) {
  constexpr std::array<std::string_view, kGrades> kNames{
      "platform", "trace", "line", "general-trace", "general-line", "exception", "concluded", "symptom"};
  return kNames[static_cast<std::size_t>(grade)];
}

}  // namespace neverready::analyzers