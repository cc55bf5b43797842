#include "cli/command.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzers/builtin_rules.h"
#include "analyzers/rule_checks.h"
#include "analyzers/rule_loader.h"
#include "cli/github_step.h"
#include "core/digest.h"
#include "core/redact.h"
#include "core/text.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using analyzers::Rule;
using core::ErrorCode;
using core::Fail;
using core::Result;

Result<std::string> ReadFile(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in)
    return Fail(ErrorCode::kNotFound, "cannot read the rule file '" + name + "'",
                "check the name and its permissions");
  return text.str();
}

Result<std::vector<std::string>> RuleFiles(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  fs::recursive_directory_iterator walk(path, error);
  if (error)
    return Fail(ErrorCode::kPermissionDenied, "cannot read the folder '" + path + "': " + error.message());
  for (auto at = fs::begin(walk); at != fs::end(walk); at.increment(error)) {
    if (error) break;
    if (at->path().extension() == ".yaml" || at->path().extension() == ".yml")
      files.push_back(at->path().string());
  }
  std::ranges::sort(files);
  if (files.empty())
    return Fail(ErrorCode::kNotFound, "no rule files (*.yaml) in the folder '" + path + "'",
                "docs/rules.md shows one");
  return files;
}

// Of any origin, for standard error.
std::string Shown(std::string_view text, const Io& io) {
  return SafeOnGithub(core::SafeForTerminal(core::Redactor().Redact(text)), "text", io);
}

Rules KeepForever(std::unique_ptr<const analyzers::RuleSet> rules) {
  static auto* const kept = new std::vector<std::unique_ptr<const analyzers::RuleSet>>();
  return kept->emplace_back(std::move(rules)).get();
}

Rules BuiltinRuleSet() {
  static const Rules rules =
      KeepForever(analyzers::RuleSet::Make(analyzers::BuiltinRules(), analyzers::BuiltinFilters()));
  return rules;
}

}  // namespace

int PrintError(const core::Error& error, Io& io) {
  std::string_view lead = "neverready: error: ";
  // As a whole: a private key takes several lines.
  const std::string message = core::Redactor().Redact(error.message) + '\n';
  for (const std::string_view line : core::SplitLines(message)) {
    io.err << lead << Shown(line, io) << '\n';
    lead = {};
  }
  if (!error.hint.empty()) io.err << "  try: " << Shown(error.hint, io) << '\n';
  return kExitUnanswered;
}

void PrintWarning(std::string_view text, Io& io) {
  io.err << "neverready: warning: " << Shown(text, io) << '\n';
}

bool UseColor(const CommonOptions& options, const Io& io) {
  if (options.color != "auto") return options.color == "always";
  const char* no_color = io.environment ? io.environment("NO_COLOR") : nullptr;
  const char* term = io.environment ? io.environment("TERM") : nullptr;
  return io.out_is_terminal && (no_color == nullptr || *no_color == '\0') &&
         (term == nullptr || std::string_view(term) != "dumb");
}

Result<std::vector<Rule>> ReadRules(const std::vector<std::string>& paths) {
  std::vector<Rule> rules;
  for (const std::string& path : paths) {
    auto files = RuleFiles(path);
    if (!files) return tl::unexpected(files.error());
    for (const std::string& file : *files) {
      auto text = ReadFile(file);
      if (!text) return tl::unexpected(text.error());
      auto parsed = analyzers::ParseRules(*text, file);
      if (!parsed) return tl::unexpected(parsed.error());
      std::ranges::move(*parsed, std::back_inserter(rules));
    }
  }
  return rules;
}

std::string HashOf(const analyzers::RuleSet& rules) {
  std::string all;
  for (const Rule& rule : rules.rules()) {
    all += rule.id + '\n' + rule.pattern + '\n' + rule.says + '\n' + std::string(Name(rule.category)) +
           std::string(Name(rule.role)) + '\n';
    all += std::string(Name(rule.tier)) + std::string(Name(rule.scope)) + std::string(Name(rule.on)) + '\n' +
           rule.fix_text + '\n';
    if (rule.blame) all += std::string(Name(*rule.blame)) + '\n';
    if (rule.transient) all += *rule.transient ? "transient\n" : "lasting\n";
    for (const auto& [fact, value] : rule.set.map())
      all += std::string(Name(fact)) + '=' + analyzers::ToText(value) + '\n';
    for (const std::string& command : rule.fix_commands) all += command + '\n';
    for (const std::string& other : rule.beats) all += other + '\n';
  }
  return "sha256:" + core::Sha256Hex(all);
}

Result<Rules> LoadRules(const RuleOptions& options) {
  if (!options.no_builtin && options.paths.empty()) return BuiltinRuleSet();
  std::vector<Rule> rules = options.no_builtin ? std::vector<Rule>() : analyzers::BuiltinRules();
  if (!options.paths.empty()) {
    auto own = ReadRules(options.paths);
    if (!own) return tl::unexpected(own.error());
    const analyzers::CheckReport report = CheckRules(*own, rules);
    if (!report.errors.empty()) {
      core::Error first = report.errors.front();
      if (report.errors.size() > 1)
        first.hint += (first.hint.empty() ? "" : "; ") + std::string("`neverready rules test` shows all ") +
                      std::to_string(report.errors.size()) + " errors";
      return tl::unexpected(std::move(first));
    }
    std::ranges::move(*own, std::back_inserter(rules));
  }
  if (rules.empty())
    return Fail(ErrorCode::kInvalidArgument, "there are no rules to diagnose with",
                "give --rules FILE with --no-builtin-rules");
  return KeepForever(analyzers::RuleSet::Make(std::move(rules)));
}

}  // namespace neverready::cli
