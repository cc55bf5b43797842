// The proof of every rule of the source tree, and what the engine's filter owes them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzers/builtin_rules.h"
#include "analyzers/normalise.h"
#include "analyzers/rule_checks.h"
#include "analyzers/rule_loader.h"
#include "core/literal_filter.h"
#include "core/pattern.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

namespace fs = std::filesystem;

// All rules of the source tree, with their samples, by file.
const std::vector<std::pair<std::string, std::vector<Rule>>>& RuleFiles() {
  static const auto kFiles = [] {
    std::vector<std::pair<std::string, std::vector<Rule>>> files;
    for (const auto& entry : fs::recursive_directory_iterator(NEVERREADY_SOURCE_DIR "/analyzers/rules")) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream in(entry.path());
      std::stringstream text;
      text << in.rdbuf();
      const std::string name = fs::relative(entry.path(), NEVERREADY_SOURCE_DIR).generic_string();
      auto rules = ParseRules(text.str(), name);
      if (!rules) FAIL(rules.error().message);
      files.emplace_back(name, *std::move(rules));
    }
    std::ranges::sort(files, {}, [](const auto& file) { return file.first; });
    return files;
  }();
  return kFiles;
}

std::vector<Rule> AllRules() {
  std::vector<Rule> all;
  for (const auto& [name, rules] : RuleFiles()) all.insert(all.end(), rules.begin(), rules.end());
  return all;
}

TEST_CASE("Every rule of the source tree holds beside all others", "[analyzers][rules]") {
  static const CheckReport report = CheckRules(AllRules(), {});  // once for all sections
  CHECK(report.rules > 1000);
  for (const auto& [name, rules] : RuleFiles()) {
    DYNAMIC_SECTION(name) {
      CHECK_FALSE(rules.empty());
      for (const core::Error& error : report.errors) {
        // Each error names its file.
        if (error.message.find("--> " + name + ":") != std::string::npos) FAIL_CHECK(error.message);
      }
    }
  }
  for (const core::Error& error : report.errors) {
    if (error.message.find("--> ") == std::string::npos) FAIL_CHECK(error.message);
  }
}

TEST_CASE("The rules of each file hold alone beside the built-in ones", "[analyzers][rules]") {
  const std::vector<Rule> builtin = BuiltinRules();
  for (const auto& [name, rules] : {RuleFiles().front(), RuleFiles().back()}) {
    const CheckReport report = CheckRules(rules, builtin);
    INFO(name);
    for (const core::Error& error : report.errors) FAIL_CHECK(error.message);
  }
}

TEST_CASE("What the program was built with is what the source tree says", "[analyzers][rules]") {
  const std::vector<Rule> builtin = BuiltinRules();
  const std::vector<Rule> all = AllRules();
  if (builtin.size() != all.size()) {
    WARN("SKIPPED: the program was built with " << builtin.size() << " rules, the source tree has "
                                                << all.size());
    return;
  }
  std::size_t same = 0;
  for (const Rule& rule : all) {
    const auto found = std::ranges::find_if(builtin, [&](const Rule& one) { return one.id == rule.id; });
    if (found == builtin.end()) {
      FAIL_CHECK(rule.id);
      continue;
    }
    same += found->pattern == rule.pattern && found->says == rule.says && found->category == rule.category &&
                    found->role == rule.role && found->on == rule.on && found->scope == rule.scope &&
                    found->tier == rule.tier && found->beats == rule.beats && found->blame == rule.blame &&
                    found->transient == rule.transient && found->fix_text == rule.fix_text &&
                    found->fix_commands == rule.fix_commands && found->set == rule.set &&
                    found->speaker == rule.speaker && found->runtime == rule.runtime
                ? 1
                : 0;
  }
  CHECK(same == all.size());
}

TEST_CASE("A pattern's required literals occur in each of its samples, and the filter finds the rule",
          "[analyzers][rules][literal_filter]") {
  const std::vector<Rule> all = AllRules();
  core::LiteralFilterBuilder builder;
  for (std::size_t i = 0; i < all.size(); ++i)
    builder.Add(static_cast<int>(i), core::RequiredLiterals(all[i].pattern));
  const core::LiteralFilter filter = std::move(builder).Build();
  std::size_t unfiltered = 0;
  std::vector<int> numbers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Rule& rule = all[i];
    const auto clauses = core::RequiredLiterals(rule.pattern);
    unfiltered += clauses.empty() ? 1 : 0;
    const auto pattern = core::Pattern::Compile(rule.pattern);
    REQUIRE(pattern);
    for (const Sample& sample : rule.samples) {
      std::vector<std::string> texts = CleanLines(sample.text);
      if (rule.scope == Scope::kTrace) {
        std::string joined;
        for (const std::string& line : texts) joined += (joined.empty() ? "" : "\n") + line;
        texts = {joined};
      }
      for (const std::string& text : texts) {
        if (!pattern->Matches(text)) continue;
        INFO(rule.id);
        INFO(text);
        for (const core::Clause& clause : clauses)
          CHECK(std::ranges::any_of(
              clause, [&](const std::string& literal) { return core::ContainsNoCase(text, literal); }));
        filter.Find(text, &numbers);
        CHECK(std::ranges::binary_search(numbers, static_cast<int>(i)));
      }
    }
  }
  // A rule without a literal is tried on every line: few may be so.
  CHECK(unfiltered * 20 < all.size());
}

TEST_CASE("A captured fact is one that the rule's category can use, and numbers are numbers",
          "[analyzers][rules]") {
  for (const auto& [name, rules] : RuleFiles()) {
    for (const Rule& rule : rules) {
      for (const Sample& sample : rule.samples) {
        for (const auto& [fact, value] : sample.facts.map()) {
          INFO(rule.id << " " << Name(fact));
          CHECK(std::holds_alternative<std::int64_t>(value) == IsNumber(fact));
          CHECK(std::holds_alternative<std::vector<std::string>>(value) == IsList(fact));
        }
      }
    }
  }
}

}  // namespace
}  // namespace neverready::analyzers
