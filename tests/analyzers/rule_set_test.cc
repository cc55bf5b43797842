#include "analyzers/rule_set.h"

#include <catch2/catch.hpp>

#include "analyzers/rule_loader.h"

namespace neverready::analyzers {
namespace {

// A rule in as few words as possible; `more` are further lines of YAML.
std::string RuleText(const std::string& id, const std::string& pattern, const std::string& more = {},
                     const std::string& role = "cause") {
  return "  - id: acme." + id + "\n    category: import_error\n    role: " + role +
         "\n    says: It fails.\n    pattern: |-\n      " + pattern + "\n" + more;
}

std::unique_ptr<const RuleSet> MakeSet(const std::string& rules) {
  auto parsed = ParseRules("speaker: acme\nrules:\n" + rules, "acme.yaml");
  if (!parsed) FAIL(parsed.error().message);
  return RuleSet::Make(*std::move(parsed));
}

std::string Ids(const std::vector<Hit>& hits) {
  std::string ids;
  for (const Hit& hit : hits) ids += (ids.empty() ? "" : " ") + hit.rule->id.substr(5);
  return ids;
}

std::string Match(const RuleSet& set, std::string_view raw, std::string_view body = {}) {
  return Ids(set.MatchLine(raw, body.empty() ? raw : body, Voice::kApp));
}

TEST_CASE("A line is tried without its prefix and whole", "[analyzers][rule_set]") {
  const auto set =
      MakeSet(RuleText("body", "^cannot open ledger") + RuleText("whole", "^ERROR: cannot close ledger"));
  CHECK(Match(*set, "ERROR: cannot open ledger", "cannot open ledger") == "body");
  CHECK(Match(*set, "ERROR: cannot close ledger", "cannot close ledger") == "whole");
  CHECK(Match(*set, "ERROR: cannot open ledger", "ERROR: cannot open ledger").empty());
}

TEST_CASE("A body that is no part of the line is searched, too", "[analyzers][rule_set]") {
  const auto set = MakeSet(RuleText("one", "^cannot open ledger"));
  CHECK(Match(*set, "level=error msg=\"...\"", "cannot open ledger") == "one");
}

TEST_CASE("Of two causes on one line the one with more facts wins, then the longer match, then the id",
          "[analyzers][rule_set]") {
  CHECK(Match(*MakeSet(RuleText("a", "broken ledger") + RuleText("b", "broken ledger (?P<module>\\w+)")),
              "broken ledger x") == "b");
  CHECK(Match(*MakeSet(RuleText("a", "broken ledger") + RuleText("b", "broken ledger today")),
              "broken ledger today") == "b");
  CHECK(Match(*MakeSet(RuleText("b", "broken ledger") + RuleText("a", "broken ledger")), "broken ledger") ==
        "a");
}

TEST_CASE("A symptom that never becomes a cause leaves its line to a general rule that knows why",
          "[analyzers][rule_set]") {
  const auto rules = [](const std::string& symptom_category) {
    auto speaker = ParseRules(
        "speaker: acme\nrules:\n  - id: acme.load\n    category: " + symptom_category +
            "\n    role: symptom\n    says: It fails.\n    pattern: |-\n      ^cannot load ledger\n",
        "acme.yaml");
    auto general = ParseRules(
        "speaker: anybody\ntier: general\nrules:\n  - id: anybody.unset\n    category: missing_env\n    role: cause\n"
        "    says: It fails.\n    pattern: |-\n      RATES_KEY is not set\n",
        "anybody.yaml");
    std::vector<Rule> all = *std::move(speaker);
    for (Rule& rule : *general) all.push_back(std::move(rule));
    return RuleSet::Make(std::move(all));
  };
  const std::string_view line = "cannot load ledger: RATES_KEY is not set";
  const auto won = [&](const std::string& category) {
    const auto set = rules(category);
    const std::vector<Hit> hits = set->MatchLine(line, line, Voice::kApp);
    return hits.size() == 1 ? hits[0].rule->id : std::string("several");
  };
  CHECK(won("app_exception") == "anybody.unset");
  CHECK(won("import_error") == "acme.load");
}

TEST_CASE("beats decides before all else", "[analyzers][rule_set]") {
  CHECK(Match(*MakeSet(RuleText("a", "broken ledger", "    beats: [acme.b]\n") +
                       RuleText("b", "broken ledger (?P<module>\\w+)")),
              "broken ledger x") == "a");
}

TEST_CASE("A cause wins against a symptom", "[analyzers][rule_set]") {
  CHECK(Match(*MakeSet(RuleText("a", "broken ledger", "", "symptom") + RuleText("b", "ledger")),
              "broken ledger") == "b");
}

TEST_CASE("A harmless rule silences its line, except for a rule that beats it", "[analyzers][rule_set]") {
  const auto set =
      MakeSet(RuleText("a", "broken ledger") + RuleText("b", "broken ledger ignored", "", "harmless") +
              RuleText("c", "broken ledger ignored twice", "    beats: [acme.b]\n"));
  CHECK(Match(*set, "broken ledger") == "a");
  CHECK(Match(*set, "broken ledger ignored") == "b");
  CHECK(Match(*set, "broken ledger ignored twice") == "c");
}

TEST_CASE("Context stays beside a cause", "[analyzers][rule_set]") {
  CHECK(Match(*MakeSet(RuleText("a", "broken ledger") + RuleText("b", "ledger", "", "context")),
              "broken ledger") == "a b");
}

TEST_CASE("Rules listen to their own voice only", "[analyzers][rule_set]") {
  const auto set =
      MakeSet(RuleText("app", "ledger app") + RuleText("platform", "ledger platform", "    on: platform\n") +
              RuleText("any", "ledger any", "    on: any\n"));
  CHECK(Ids(set->MatchLine("ledger app", "ledger app", Voice::kPlatform)).empty());
  CHECK(Ids(set->MatchLine("ledger platform", "ledger platform", Voice::kPlatform)) == "platform");
  CHECK(Ids(set->MatchLine("ledger any", "ledger any", Voice::kPlatform)) == "any");
  CHECK(Ids(set->MatchLine("ledger platform", "ledger platform", Voice::kAny)) == "platform");
  CHECK(Match(*set, "ledger platform").empty());
}

TEST_CASE("A trace rule collects every match of a list fact", "[analyzers][rule_set]") {
  const auto set =
      MakeSet(RuleText("trace", "(?m)^missing field (?P<env_vars>[A-Z_]+)$", "    scope: trace\n"));
  const auto hits =
      set->MatchTrace("head\nmissing field A_KEY\nmissing field B_KEY\nmissing field A_KEY", Voice::kApp);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].facts.List(Fact::kEnvVars) == std::vector<std::string>{"A_KEY", "B_KEY"});
  CHECK(set->MatchLine("missing field A_KEY", "missing field A_KEY", Voice::kApp).empty());
}

TEST_CASE("The evidence of a trace match is where it ends, or where the group says",
          "[analyzers][rule_set]") {
  const std::string text = "first ledger\nsecond\nthird ledger";
  const auto ends = MakeSet(RuleText("trace", "first ledger\\nsecond", "    scope: trace\n"))
                        ->MatchTrace(text, Voice::kApp);
  REQUIRE(ends.size() == 1);
  CHECK(text.substr(ends[0].evidence, 1) == "d");  // of "second"
  const auto named = MakeSet(RuleText("trace", "(?P<evidence>first) ledger\\nsecond", "    scope: trace\n"))
                         ->MatchTrace(text, Voice::kApp);
  REQUIRE(named.size() == 1);
  CHECK(named[0].evidence == 0);
}

TEST_CASE("Of two rules with one id the later replaces the earlier", "[analyzers][rule_set]") {
  const auto set = MakeSet(RuleText("a", "first ledger") + RuleText("a", "second ledger"));
  CHECK(set->rules().size() == 1);
  CHECK(Match(*set, "first ledger").empty());
  CHECK(Match(*set, "second ledger") == "a");
}

TEST_CASE("Set facts belong to every hit", "[analyzers][rule_set]") {
  const auto set =
      MakeSet(RuleText("a", "broken ledger", "    set: {exception: LedgerError, port_actual: 9000}\n"));
  const auto hits = set->MatchLine("broken ledger", "broken ledger", Voice::kApp);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].facts.Text(Fact::kException) == "LedgerError");
  CHECK(hits[0].facts.Number(Fact::kPortActual) == 9000);
}

TEST_CASE("A rule is found by its id", "[analyzers][rule_set]") {
  const auto set = MakeSet(RuleText("a", "broken ledger"));
  REQUIRE(set->Find("acme.a") != nullptr);
  CHECK(set->Find("acme.b") == nullptr);
}

TEST_CASE("A set without rules matches nothing", "[analyzers][rule_set]") {
  const auto set = RuleSet::Make({});
  CHECK(set->MatchLine("x", "x", Voice::kAny).empty());
  CHECK(set->MatchTrace("x", Voice::kAny).empty());
}

}  // namespace
}  // namespace neverready::analyzers
