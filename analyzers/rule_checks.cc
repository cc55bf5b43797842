#include "analyzers/rule_checks.h"

#include <algorithm>
#include <set>

#include "analyzers/normalise.h"
#include "core/message.h"
#include "core/pattern.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t kShortestLiteral = 4;

const std::set<std::string> kExtraPlaceholders{"service", "revision", "region", "project"};

Error Complain(const Rule& rule, std::size_t line, std::string headline, std::string reason,
               std::string hint) {
  core::Message message;
  message.headline = "rule " + rule.id + " " + std::move(headline);
  message.reason = std::move(reason);
  message.file = rule.file;
  message.line = line == 0 ? rule.line : line;
  return {ErrorCode::kInvalidArgument, core::Format(message), std::move(hint)};
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string Joined(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) joined += (joined.empty() ? "" : "\n") + line;
  return joined;
}

Voice VoiceOf(const Rule& rule) { return rule.on == Voice::kPlatform ? Voice::kPlatform : Voice::kApp; }

// All hits of a set on a sample: line by line and, for traces, on the whole.
std::vector<Hit> Run(const RuleSet& set, const std::string& text, Scope scope, Voice voice) {
  std::vector<Hit> hits;
  const std::vector<std::string> lines = CleanLines(text);
  const auto add = [&](std::vector<Hit> more) { std::ranges::move(more, std::back_inserter(hits)); };
  for (const std::string& line : lines) add(set.MatchLine(line, ParsePrefix(line).body, voice));
  if (scope == Scope::kTrace) {
    // Hits keep offsets only, so the joined text need not outlive them.
    add(set.MatchTrace(Joined(lines), voice));
  }
  return hits;
}

std::string Describe(const Facts& facts) {
  std::string out;
  for (const auto& [fact, value] : facts.map())
    out += (out.empty() ? "" : ", ") + std::string(Name(fact)) + ": " + ToText(value);
  return "{" + out + "}";
}

class Checker {
 public:
  explicit Checker(CheckReport* report) : report_(report) {}

  // Checks 4, 5, 6 and 10, which need no samples to run; false where the rest makes no sense.
  bool CheckForm(const Rule& rule) {
    auto pattern = core::Pattern::Compile(rule.pattern);
    if (!pattern) {
      core::Message message;
      message.headline = "rule " + rule.id + " has a pattern that does not compile";
      message.reason = pattern.error().message;
      message.file = rule.file;
      message.line = rule.line;
      message.snippet = FirstLine(rule.pattern);
      const std::size_t quote = message.reason.find("(at '");
      if (quote != std::string::npos) {
        const std::string argument = message.reason.substr(quote + 5, message.reason.size() - quote - 7);
        const std::size_t at = message.snippet.find(argument);
        if (at != std::string::npos) message.caret = at;
      }
      report_->errors.push_back({ErrorCode::kInvalidArgument, core::Format(message), pattern.error().hint});
      return false;
    }
    std::set<std::string> captured;
    for (const std::string& group : pattern->groups()) {
      if (group.empty()) continue;
      captured.insert(group);
      if (group == "evidence" || ParseFact(group)) continue;
      std::vector<std::string> names;
      for (std::size_t i = 0; i < kFacts; ++i) names.emplace_back(Name(static_cast<Fact>(i)));
      const std::string_view near = core::Nearest(group, names);
      return Add(
          rule, 0, "captures '" + group + "', which is no fact", {},
          near.empty() ? "docs/rules.md lists the facts" : "did you mean '" + std::string(near) + "'?");
    }
    for (const auto& [fact, value] : rule.set.map()) captured.insert(std::string(Name(fact)));
    if (rule.samples.empty() || rule.near_misses.empty()) {
      return Add(rule, 0, "has no proof",
                 rule.samples.empty() ? "there is no sample" : "there is no near miss (`not`)",
                 "add one of each: a real line, and a line that must not match");
    }
    std::vector<std::string> templates{rule.says, rule.fix_text};
    templates.insert(templates.end(), rule.fix_commands.begin(), rule.fix_commands.end());
    for (const std::string& text : templates) {
      for (const std::string& name : Placeholders(text)) {
        if (captured.contains(name) || kExtraPlaceholders.contains(name)) continue;
        return Add(rule, 0, "uses {" + name + "}, which it does not capture", {},
                   "capture it with (?P<" + name + ">…) or leave it out");
      }
    }
    if (rule.role != Role::kHarmless && core::LongestLiteral(rule.pattern).size() < kShortestLiteral) {
      return Add(rule, 0, "has no literal text of " + std::to_string(kShortestLiteral) + " characters", {},
                 "pin the pattern with words that only this speaker says");
    }
    return true;
  }

  // Checks 7 and 8: the rule alone.
  bool CheckProof(const Rule& rule) {
    const auto alone = RuleSet::Make({rule});
    for (const Sample& sample : rule.samples) {
      ++report_->samples;
      const auto hits = Run(*alone, sample.text, rule.scope, VoiceOf(rule));
      if (hits.empty()) return NoMatch(rule, sample);
      Facts found;
      for (const Hit& hit : hits) found.Unite(hit.facts);
      Facts wanted = sample.facts;
      wanted.Unite(rule.set);
      if (found != wanted)
        return Add(rule, sample.line, "yields other facts than its sample says",
                   "found " + Describe(found) + ", wanted " + Describe(wanted),
                   "correct the pattern or the sample");
    }
    const bool fold = rule.pattern.starts_with("(?i");
    const std::string literal = core::LongestLiteral(rule.pattern);
    for (const NearMiss& miss : rule.near_misses) {
      ++report_->near_misses;
      if (!Run(*alone, miss.text, rule.scope, VoiceOf(rule)).empty())
        return Add(rule, miss.line, "matches a line that it must not match",
                   "\"" + FirstLine(miss.text) + "\": " + miss.why, {});
      const bool contains =
          fold ? core::ContainsNoCase(miss.text, literal) : miss.text.find(literal) != std::string::npos;
      if (!contains)
        return Add(rule, miss.line, "has a near miss that proves nothing",
                   "it does not contain \"" + literal + "\", the longest literal of the pattern",
                   "choose a line that comes close");
    }
    return true;
  }

  // Check 9: the rule among all.
  bool CheckAmong(const Rule& rule, const RuleSet& all) {
    for (const Sample& sample : rule.samples) {
      const auto hits = Run(all, sample.text, rule.scope, VoiceOf(rule));
      const auto mine = std::ranges::find_if(hits, [&](const Hit& hit) { return hit.rule->id == rule.id; });
      const Rule* winner = nullptr;
      bool lost_to_specific = false;
      for (const Hit& hit : hits) {
        const Rule& other = *hit.rule;
        if (other.id == rule.id || other.role == Role::kContext ||
            (other.role == Role::kHarmless && other.tier == Tier::kGeneral))
          continue;
        // A later tier gives way without saying so.
        if (other.tier < rule.tier) {
          lost_to_specific = true;
          continue;
        }
        if (mine == hits.end()) {
          winner = &other;
        } else if (rule.scope == Scope::kTrace && rule.role == Role::kCause &&
                   other.category != rule.category && other.role == Role::kCause &&
                   !RuleSet::Beats(rule, other)) {
          winner = &other;
        }
        if (winner != nullptr) break;
      }
      if ((mine != hits.end() || lost_to_specific) && winner == nullptr) continue;
      const std::string name = winner == nullptr ? "another rule" : winner->id;
      return Add(rule, sample.line, "loses its own sample to " + name,
                 "both match \"" + FirstLine(sample.text) + "\"",
                 "say who comes first: `beats: [" + name + "]` here, or `beats: [" + rule.id + "]` there");
    }
    return true;
  }

  bool Add(const Rule& rule, std::size_t line, std::string headline, std::string reason, std::string hint) {
    report_->errors.push_back(Complain(rule, line, std::move(headline), std::move(reason), std::move(hint)));
    return false;
  }

 private:
  bool NoMatch(const Rule& rule, const Sample& sample) {
    const std::string line = FirstLine(sample.text);
    const core::Reach reach = core::HowFar(rule.pattern, rule.scope == Scope::kTrace ? sample.text : line);
    core::Message message;
    message.headline = "rule " + rule.id + " does not match its own sample";
    message.reason = reach.matched_prefix.empty()
                         ? "no part of the pattern matches"
                         : "the pattern matched up to `" + FirstLine(reach.matched_prefix) + "`";
    message.file = rule.file;
    message.line = sample.line;
    message.snippet = line;
    if (reach.column <= line.size()) {
      message.caret = core::DisplayWidth(line.substr(0, reach.column));
      message.caret_note = "matched up to here";
    }
    report_->errors.push_back(
        {ErrorCode::kInvalidArgument, core::Format(message), "neverready rules try " + rule.id + " \"…\""});
    return false;
  }

  CheckReport* report_;
};

}  // namespace

CheckReport CheckRules(const std::vector<Rule>& rules, const std::vector<Rule>& others) {
  CheckReport report;
  Checker checker(&report);
  std::set<std::string> seen;
  std::vector<const Rule*> sound;
  std::vector<Rule> all = others;
  for (const Rule& rule : rules) {
    ++report.rules;
    if (!seen.insert(rule.id).second) {
      checker.Add(rule, 0, "stands twice", {}, "an id belongs to one rule");
      continue;
    }
    if (!checker.CheckForm(rule)) continue;
    all.push_back(rule);
    if (checker.CheckProof(rule)) sound.push_back(&rule);
  }
  std::set<std::string> ids;
  for (const Rule& rule : all) ids.insert(rule.id);
  const std::vector<std::string> known(ids.begin(), ids.end());
  for (const Rule& rule : rules) {
    for (const std::string& other : rule.beats) {
      if (ids.contains(other)) continue;
      const std::string_view near = core::Nearest(other, known);
      checker.Add(rule, 0, "beats '" + other + "', which does not exist", {},
                  near.empty() ? "" : "did you mean '" + std::string(near) + "'?");
    }
  }
  const auto set = RuleSet::Make(std::move(all));
  for (const Rule* rule : sound) checker.CheckAmong(*rule, *set);
  return report;
}

}  // namespace neverready::analyzers
