#include "incidents/environment.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

namespace neverready::incidents {
namespace {

std::string Of(const EnvironmentHints& hints) { return std::string(Name(EnvironmentOf(hints))); }
std::string OfService(const std::string& service) { return Of({"", service, "", {}}); }
std::string OfProject(const std::string& project) { return Of({project, "", "", {}}); }
std::string OfLabel(const std::string& label) { return Of({"", "", label, {}}); }

TEST_CASE("Environments keep their stored names", "[incidents][environment]") {
  const std::vector<std::string_view> names{"production", "staging", "development", "unknown"};
  REQUIRE(names.size() == kEnvironments);
  for (std::size_t i = 0; i < kEnvironments; ++i) {
    CHECK(Name(static_cast<Environment>(i)) == names[i]);
    CHECK(ParseEnvironment(names[i]) == static_cast<Environment>(i));
  }
  for (const char* other : {"", "prod", "Production", "test"})
    CHECK_FALSE(ParseEnvironment(other).has_value());
}

TEST_CASE("Each word stands for its environment, in the service, the project and the label",
          "[incidents][environment]") {
  const std::map<std::string, std::string> words{
      {"prod", "production"},     {"production", "production"},  {"live", "production"},
      {"staging", "staging"},     {"stage", "staging"},          {"stg", "staging"},
      {"dev", "development"},     {"test", "development"},       {"qa", "development"},
      {"preview", "development"}, {"development", "development"}};
  for (const auto& [word, environment] : words) {
    INFO(word);
    CHECK(OfService(word) == environment);
    CHECK(OfService("api-" + word) == environment);
    CHECK(OfProject(word + "-api") == environment);
    CHECK(OfProject("example.com:a-" + word + "-b") == environment);
    CHECK(OfLabel(word) == environment);
  }
}

TEST_CASE("Only whole words count", "[incidents][environment]") {
  const std::map<std::string, std::string> names{
      {"api-prod-eu", "production"},
      {"API_PROD", "production"},
      {"Live", "production"},
      {"prod.api", "production"},
      {"--prod", "production"},
      {"product-api", "unknown"},
      {"livestream", "unknown"},
      {"prod2", "unknown"},
      {"2prod", "unknown"},
      {"prodé", "unknown"},
      {"éprod", "unknown"},
      {"contest", "unknown"},
      {"devops", "unknown"},
      {"staging1", "unknown"},
      {"", "unknown"},
      {"-", "unknown"},
      {"p-r-o-d", "unknown"},
  };
  for (const auto& [name, environment] : names) {
    INFO(name);
    CHECK(OfService(name) == environment);
    CHECK(OfProject(name) == environment);
  }
}

TEST_CASE("Of several words the one that is most careful counts", "[incidents][environment]") {
  CHECK(OfService("test-prod") == "production");
  CHECK(OfService("prod-test") == "production");
  CHECK(OfService("dev-staging") == "staging");
}

TEST_CASE("Pattern, label, service, project: the first that says something", "[incidents][environment]") {
  EnvironmentHints hints{"acme-prod", "api-dev", "staging", {{"api-*", Environment::kProduction}}};
  CHECK(Of(hints) == "production");
  hints.patterns = {{"web-*", Environment::kProduction}};
  CHECK(Of(hints) == "staging");
  hints.label.clear();
  CHECK(Of(hints) == "development");
  hints.service = "api";
  CHECK(Of(hints) == "production");
  hints.project = "acme";
  CHECK(Of(hints) == "unknown");
}

TEST_CASE("A label that says something else hides the names", "[incidents][environment]") {
  CHECK(Of({"acme-prod", "api-prod", "canary", {}}) == "unknown");
  CHECK(Of({"acme-prod", "api-prod", "Pre-Production", {}}) == "production");
  CHECK(Of({"acme-prod", "api", "", {}}) == "production");
  CHECK(Of({"acme-prod", "api", " \t", {}}) == "production");
}

TEST_CASE("Patterns are of the service, or with a slash of project and service", "[incidents][environment]") {
  const auto with = [](const std::string& glob) {
    return Of({"acme", "api", "", {{glob, Environment::kStaging}}});
  };
  CHECK(with("api") == "staging");
  CHECK(with("ap?") == "staging");
  CHECK(with("acme/*") == "staging");
  CHECK(with("*/api") == "staging");
  CHECK(with("acme") == "unknown");
  CHECK(with("other/*") == "unknown");
  CHECK(with("") == "unknown");
  // The first counts, even where it says that it is not known.
  CHECK(Of({"acme", "api-prod", "", {{"*", Environment::kUnknown}, {"*", Environment::kStaging}}}) ==
        "unknown");
}

TEST_CASE("Names that are none harm nothing", "[incidents][environment]") {
  CHECK(OfService(std::string("\0prod\0", 6)) == "production");
  CHECK(OfService(std::string("\xff\xfe")) == "unknown");
  CHECK(OfService(std::string(1'000'000, '-') + "prod") == "production");
  CHECK(OfService("$(prod)") == "production");
}

}  // namespace
}  // namespace neverready::incidents
