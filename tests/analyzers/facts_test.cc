#include "analyzers/facts.h"

#include <catch2/catch.hpp>

namespace neverready::analyzers {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("A fact takes its text as its kind wants it", "[analyzers][facts]") {
  Facts facts;
  facts.SetFromText(Fact::kModule, "  flask  ");
  facts.SetFromText(Fact::kPortActual, "3000");
  facts.SetFromText(Fact::kEnvVars, "'A_KEY', \"B_KEY\" and [C_KEY]; A_KEY");
  CHECK(facts.Text(Fact::kModule) == "flask");
  CHECK(facts.Number(Fact::kPortActual) == 3000);
  CHECK(facts.List(Fact::kEnvVars) == Names{"A_KEY", "B_KEY", "C_KEY"});
  CHECK(facts.Text(Fact::kEnvVars) == "A_KEY, B_KEY, C_KEY");
  CHECK(facts.size() == 3);
}

TEST_CASE("What is no value of its kind sets nothing", "[analyzers][facts]") {
  Facts facts;
  facts.SetFromText(Fact::kPortActual, "http");
  facts.SetFromText(Fact::kPortActual, "80a");
  facts.SetFromText(Fact::kPortActual, "99999999999999999999");
  facts.SetFromText(Fact::kModule, "  ");
  facts.SetFromText(Fact::kEnvVars, ", ;");
  CHECK(facts.size() == 0);
  CHECK(facts.Text(Fact::kModule).empty());
  CHECK(facts.Number(Fact::kPortActual, -1) == -1);
  CHECK(facts.List(Fact::kEnvVars).empty());
}

TEST_CASE("Unite takes over what is missing and unites lists", "[analyzers][facts]") {
  Facts one, two;
  one.SetFromText(Fact::kEnvVars, "A");
  one.SetFromText(Fact::kModule, "mine");
  two.SetFromText(Fact::kEnvVars, "B A");
  two.SetFromText(Fact::kModule, "theirs");
  two.SetFromText(Fact::kLine, "7");
  one.Unite(two);
  CHECK(one.List(Fact::kEnvVars) == Names{"A", "B"});
  CHECK(one.Text(Fact::kModule) == "mine");
  CHECK(one.Number(Fact::kLine) == 7);
}

TEST_CASE("Offer does not replace, Set does", "[analyzers][facts]") {
  Facts facts;
  facts.Set(Fact::kFile, std::string("a"));
  facts.Offer(Fact::kFile, std::string("b"));
  CHECK(facts.Text(Fact::kFile) == "a");
  facts.Set(Fact::kFile, std::string("b"));
  CHECK(facts.Text(Fact::kFile) == "b");
  CHECK_FALSE(facts.Has(Fact::kLine));
}

TEST_CASE("Placeholders are filled from facts and extras, and stay where there is no value",
          "[analyzers][facts]") {
  Facts facts;
  facts.SetFromText(Fact::kModule, "flask");
  CHECK(FillPlaceholders("Install {module} in {service}: {symbol}", facts, {{"service", "api"}}) ==
        "Install flask in api: {symbol}");
  CHECK(FillPlaceholders("{", facts) == "{");
  CHECK(FillPlaceholders("{module", facts) == "{module");
  CHECK(FillPlaceholders("{}{module}", facts) == "{}flask");
  CHECK(Placeholders("Install {module} in {service}: { no } {A} {}") == Names{"module", "service"});
  CHECK(Placeholders("").empty());
}

TEST_CASE("A value cannot smuggle a placeholder in", "[analyzers][facts]") {
  Facts facts;
  facts.SetFromText(Fact::kModule, "{symbol}");
  facts.SetFromText(Fact::kSymbol, "x");
  CHECK(FillPlaceholders("{module}", facts) == "{symbol}");
}

TEST_CASE("Every word of the vocabulary reads back as itself", "[analyzers][category]") {
  for (std::size_t i = 0; i < kCategories; ++i)
    CHECK(ParseCategory(Name(static_cast<Category>(i))) == static_cast<Category>(i));
  for (std::size_t i = 0; i < kFacts; ++i)
    CHECK(ParseFact(Name(static_cast<Fact>(i))) == static_cast<Fact>(i));
  for (std::size_t i = 0; i < 4; ++i) CHECK(ParseRole(Name(static_cast<Role>(i))) == static_cast<Role>(i));
  for (std::size_t i = 0; i < 6; ++i) CHECK(ParseBlame(Name(static_cast<Blame>(i))) == static_cast<Blame>(i));
  CHECK_FALSE(ParseCategory("importerror"));
  CHECK_FALSE(ParseFact(""));
}

TEST_CASE("Categories are stored: their names and numbers do not change", "[analyzers][category]") {
  const Names names{"import_error",
                    "missing_env",
                    "validation_failure",
                    "port_timeout",
                    "app_exception",
                    "bad_entrypoint",
                    "image_unavailable",
                    "permission_denied",
                    "secret_unavailable",
                    "dependency_unreachable",
                    "dependency_rejected",
                    "out_of_memory",
                    "resource_exhausted",
                    "crash_signal",
                    "probe_failed",
                    "port_conflict",
                    "healthy",
                    "unknown"};
  REQUIRE(names.size() == kCategories);
  for (std::size_t i = 0; i < kCategories; ++i) CHECK(Name(static_cast<Category>(i)) == names[i]);
}

}  // namespace
}  // namespace neverready::analyzers
