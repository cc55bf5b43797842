// neverready rules list|show|test|try
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analyzers/builtin_rules.h"
#include "analyzers/normalise.h"
#include "analyzers/rule_checks.h"
#include "cli/command.h"
#include "core/pattern.h"
#include "core/redact.h"
#include "core/text.h"

namespace neverready::cli {
namespace {

using analyzers::Rule;
using core::ErrorCode;

int List(const RulesOptions& options, const analyzers::RuleSet& set, Io& io) {
  std::size_t shown = 0;
  if (options.format == "json") {
    auto list = nlohmann::ordered_json::array();
    for (const Rule& rule : set.rules()) {
      if (!options.category.empty() && Name(rule.category) != options.category) continue;
      list.push_back({{"id", rule.id},
                      {"runtime", rule.runtime},
                      {"category", Name(rule.category)},
                      {"role", Name(rule.role)},
                      {"scope", Name(rule.scope)},
                      {"on", Name(rule.on)},
                      {"tier", Name(rule.tier)},
                      {"pattern", rule.pattern},
                      {"says", rule.says}});
    }
    io.out << list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    return kExitReady;
  }
  for (const Rule& rule : set.rules()) {
    if (!options.category.empty() && Name(rule.category) != options.category) continue;
    io.out << fmt::format("{:<46} {:<9} {:<22} {}\n", rule.id, Name(rule.role),
                          rule.role == analyzers::Role::kHarmless ? "-" : Name(rule.category),
                          core::Ellipsize(rule.says, 90));
    ++shown;
  }
  if (!options.common.quiet) io.err << fmt::format("{} of {} rules\n", shown, set.rules().size());
  return kExitReady;
}

const Rule* FindRule(const analyzers::RuleSet& set, const std::string& id, Io& io) {
  if (const Rule* rule = set.Find(id)) return rule;
  std::vector<std::string> ids;
  for (const Rule& rule : set.rules()) ids.push_back(rule.id);
  const std::string_view near = core::Nearest(id, ids);
  PrintError({ErrorCode::kNotFound, "there is no rule '" + id + "'",
              near.empty() ? "neverready rules list" : "did you mean '" + std::string(near) + "'?"},
             io);
  return nullptr;
}

int Show(const analyzers::RuleSet& set, const std::string& id, Io& io) {
  const Rule* rule = FindRule(set, id, io);
  if (rule == nullptr) return kExitUnanswered;
  const auto row = [&](std::string_view label, std::string_view text) {
    if (!text.empty()) io.out << fmt::format("{:<10} {}\n", label, text);
  };
  row("id", rule->id);
  row("runtime", rule->runtime);
  row("category", Name(rule->category));
  row("role", fmt::format("{}{}", Name(rule->role),
                          rule->tier == analyzers::Tier::kSpeaker ? std::string()
                                                                  : fmt::format(", {}", Name(rule->tier))));
  row("listens", fmt::format("on {} texts, {} by {}", Name(rule->on), Name(rule->scope), Name(rule->scope)));
  row("pattern", rule->pattern);
  row("says", rule->says);
  std::string beats;
  for (const std::string& other : rule->beats) beats += (beats.empty() ? "" : ", ") + other;
  row("beats", beats);
  row("fix", rule->fix_text);
  for (const std::string& command : rule->fix_commands) row("", "$ " + command);
  return kExitReady;
}

int Test(const RulesOptions& options, Io& io) {
  std::vector<std::string> paths = options.operands;
  paths.insert(paths.end(), options.rules.paths.begin(), options.rules.paths.end());
  if (paths.empty())
    return PrintError({ErrorCode::kInvalidArgument, "rules test needs a rule file or a folder",
                       "neverready rules test my-rules.yaml"},
                      io);
  auto rules = ReadRules(paths);
  if (!rules) {
    PrintError(rules.error(), io);
    return rules.error().code == ErrorCode::kInvalidArgument ? kExitFailed : kExitUnanswered;
  }
  const auto others = options.rules.no_builtin ? std::vector<Rule>() : analyzers::BuiltinRules();
  const analyzers::CheckReport report = CheckRules(*rules, others);
  for (const core::Error& error : report.errors) PrintError(error, io);
  io.out << fmt::format(
      "{} rules, {} samples, {} near misses: {}\n", report.rules, report.samples, report.near_misses,
      report.errors.empty()
          ? "all hold"
          : fmt::format("{} {}", report.errors.size(), report.errors.size() == 1 ? "error" : "errors"));
  return report.errors.empty() ? kExitReady : kExitFailed;
}

// Columns of the redacted text before what stood at `column`; a secret around it counts as its beginning.
std::size_t RedactedWidth(std::string_view text, std::size_t column) {
  std::string before;
  std::size_t at = 0;
  for (const core::SecretSpan& span : core::Redactor().Find(text)) {
    if (span.begin >= column) break;
    before += std::string(text.substr(at, span.begin - at));
    at = std::min(span.end, column);
    if (span.end <= column) before += fmt::format("[redacted:{}]", Name(span.kind));
  }
  column = std::min(column, text.size());
  return core::DisplayWidth(before) + core::DisplayWidth(text.substr(at, column - at));
}

int Try(const analyzers::RuleSet& set, const std::string& id, const std::string& line, Io& io) {
  const Rule* rule = FindRule(set, id, io);
  if (rule == nullptr) return kExitUnanswered;
  const auto alone = analyzers::RuleSet::Make({*rule});
  std::vector<analyzers::Hit> hits;
  std::string joined;
  for (const std::string& text : analyzers::CleanLines(line)) {
    joined += (joined.empty() ? "" : "\n") + text;
    for (auto& hit : alone->MatchLine(text, analyzers::ParsePrefix(text).body, analyzers::Voice::kAny))
      hits.push_back(std::move(hit));
  }
  for (auto& hit : alone->MatchTrace(joined, analyzers::Voice::kAny)) hits.push_back(std::move(hit));
  if (hits.empty()) {
    const core::Reach reach = core::HowFar(rule->pattern, joined);
    io.out << rule->id << " does not match\n";
    if (reach.matched_prefix.empty()) {
      io.out << "  no part of its pattern matches\n";
    } else {
      io.out << "   | " << core::SafeForTerminal(core::Redactor().Redact(joined)) << "\n   | "
             << std::string(RedactedWidth(joined, reach.column), ' ') << "^ matched up to here\n   = with "
             << reach.matched_prefix << "\n";
    }
    return kExitFailed;
  }
  std::vector<core::HiddenSecret> hidden;
  const core::Redactor redactor;
  redactor.Redact(joined, &hidden);
  const auto shown = [&](std::string_view text) {
    return core::SafeForTerminal(core::HideAgain(redactor.Redact(text), hidden));
  };
  io.out << rule->id << " matches\n";
  for (const auto& [fact, value] : hits.front().facts.map())
    io.out << fmt::format("  {:<18} {}\n", Name(fact), shown(analyzers::ToText(value)));
  const std::string says = FillPlaceholders(rule->says, hits.front().facts);
  if (!says.empty()) io.out << "  " << shown(says) << '\n';
  return kExitReady;
}

}  // namespace

int RunRules(const RulesOptions& options, Io& io) {
  if (options.command == "test") return Test(options, io);
  auto rules = LoadRules(options.rules);
  if (!rules) return PrintError(rules.error(), io);
  if (options.command == "list") return List(options, **rules, io);
  if (options.command == "show") return Show(**rules, options.operands.front(), io);
  return Try(**rules, options.operands[0], options.operands[1], io);
}

}  // namespace neverready::cli
