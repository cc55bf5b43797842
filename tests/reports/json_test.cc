#include "reports/json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::reports {
namespace {

using Json = nlohmann::ordered_json;
using analyzers::Diagnosis;
using analyzers::Fact;

Json Line(const Diagnosis& diagnosis) { return Json::parse(ToJsonLine(diagnosis)); }

TEST_CASE("A diagnosis is one line of valid UTF-8, whatever it quotes", "[reports][json]") {
  Diagnosis diagnosis;
  diagnosis.summary = "caf\xe9 \"quoted\"\nsecond\x01";
  diagnosis.key.service = "a\\b";
  const std::string line = ToJsonLine(diagnosis);
  CHECK(line.find('\n') == std::string::npos);
  CHECK(Json::parse(line)["summary"] == "caf\uFFFD \"quoted\"\nsecond\x01");
}

TEST_CASE("Facts keep their kinds and the order of the closed list", "[reports][json]") {
  Diagnosis diagnosis;
  diagnosis.facts.Set(Fact::kExitCode, std::int64_t{3});
  diagnosis.facts.Set(Fact::kEnvVars, std::vector<std::string>{"A", "B"});
  diagnosis.facts.Set(Fact::kModule, std::string("x"));
  CHECK(Line(diagnosis)["facts"].dump() == R"({"module":"x","env_vars":["A","B"],"exit_code":3})");
}

TEST_CASE("An environment variable has a value only where it may be shown", "[reports][json]") {
  Diagnosis diagnosis;
  diagnosis.environment = {{"PORT", analyzers::EnvironmentVariable::State::kSet, "8080"},
                           {"KEY", analyzers::EnvironmentVariable::State::kMissing, std::nullopt}};
  CHECK(Line(diagnosis)["environment"].dump() ==
        R"([{"name":"PORT","state":"set","value":"8080"},{"name":"KEY","state":"missing"}])");
}

TEST_CASE("Confidence has two digits", "[reports][json]") {
  Diagnosis diagnosis;
  diagnosis.root_cause = analyzers::Category::kImportError;
  diagnosis.confidence = 0.97123;
  CHECK(Line(diagnosis)["confidence"].dump() == "0.97");
  CHECK(ToJsonLine(diagnosis).find("\"confidence\":0.97,") != std::string::npos);
}

TEST_CASE("A document without diagnoses is a document", "[reports][json]") {
  const std::string text = JsonOpening({"1.2.3", "sha256:x"}, {}) + JsonClosing(true);
  const Json json = Json::parse(text);
  CHECK(json["diagnoses"] == Json::array());
  CHECK(json["tool"]["version"] == "1.2.3");
  CHECK(json["input"]["first"].is_null());
  CHECK(text.back() == '\n');
}

TEST_CASE("Degraded reasons are one text", "[reports][json]") {
  Diagnosis diagnosis;
  diagnosis.degraded = {"slow start", "2 attempts died"};
  CHECK(Line(diagnosis)["degraded"] == "slow start; 2 attempts died");
}

TEST_CASE("The last words of an unknown cause are told", "[reports][json]") {
  fakes::LogBuilder log("api-00001-abc");
  log.Start().App("booting").Exit(1).NotReady(8080);
  const Json json = Line(fakes::Diagnose(log));
  CHECK(json["root_cause"] == "unknown");
  CHECK(json["informative"][0]["text"] == "booting");
}

}  // namespace
}  // namespace neverready::reports
