#include "analyzers/diagnosis_text.h"

#include <catch2/catch.hpp>

#include "reports/json.h"
#include "reports/terminal.h"

namespace neverready::analyzers {
namespace {

const std::string kSecret = "Hunter2x";
const std::string kLine = "postgres://app:Hunter2x@db:5432/x";

// Everything that a diagnosis can hold, and `text` in every place of it.
Diagnosis Full(const std::string& text) {
  Diagnosis diagnosis;
  diagnosis.state = State::kFailed;
  diagnosis.root_cause = Category::kDependencyUnreachable;
  diagnosis.degraded.emplace_back();
  diagnosis.runner_up.emplace();
  diagnosis.evidence.emplace();
  diagnosis.cascade.resize(2);
  for (CascadeLink& link : diagnosis.cascade) link.evidence.emplace();
  diagnosis.fix.emplace();
  diagnosis.fix->commands.emplace_back();
  diagnosis.environment.emplace_back();
  diagnosis.environment.back().value.emplace();
  diagnosis.platform.emplace();
  diagnosis.timeline.emplace_back();
  diagnosis.informative.emplace_back();
  for (std::size_t i = 0; i < kFacts; ++i) {
    const auto fact = static_cast<Fact>(i);
    if (IsNumber(fact)) continue;
    diagnosis.facts.Set(
        fact, IsList(fact) ? FactValue(std::vector<std::string>{"", ""}) : FactValue(std::string()));
  }
  ForEachText(&diagnosis, [&](TextPart, std::string* one) { *one = text; });
  return diagnosis;
}

std::string Shown(const Diagnosis& diagnosis) {
  return reports::ToJsonLine(diagnosis) + reports::ToText({}, {diagnosis}, {false, 100, true});
}

TEST_CASE("No text of a diagnosis is forgotten", "[redact]") {
  std::size_t texts = 0;
  Diagnosis diagnosis = Full("x");
  ForEachText(&diagnosis, [&](TextPart, std::string*) { ++texts; });
  // 4 names, attention, rule, runner-up, summary; 15 facts and a list of 2; evidence; two links; fix and
  // command; variable and value; platform; timeline; last words.
  CHECK(texts == 4 + 4 + 15 + 2 + 4 + 2 * 6 + 2 + 2 + 4 + 1 + 4);
  CHECK(Shown(Full(kLine)).find(kSecret) != std::string::npos);  // or the next check would prove nothing

  diagnosis = Full(kLine);
  Redact({}, &diagnosis);
  CHECK(Shown(diagnosis).find(kSecret) == std::string::npos);
  CHECK(Shown(diagnosis).find("[redacted:password]") != std::string::npos);
  CHECK_FALSE(diagnosis.environment.front().value);
  CHECK(diagnosis.environment.front().name == "postgres://app:[redacted:password]@db:5432/x");
  CHECK(diagnosis.fix->commands.empty());

  diagnosis = Full(
      "a\x1b[31mb\xc2\x9b"
      "1mc\x1b]8;;http://evil\x1b\\d");
  StripControls(&diagnosis);
  ForEachText(&diagnosis, [&](TextPart, std::string* one) { CHECK(*one == "abcd"); });
}

TEST_CASE("A fact that holds only the secret loses it too", "[redact]") {
  Diagnosis diagnosis;
  diagnosis.evidence.emplace();
  diagnosis.evidence->text = "cannot connect: " + kLine;
  diagnosis.summary = "The server app:Hunter2x@db refused it.";
  diagnosis.facts.Set(Fact::kSetting, kSecret);
  diagnosis.facts.Set(Fact::kEnvVars, std::vector<std::string>{"DB_PASSWORD", "JWT_SECRET"});
  diagnosis.facts.Set(Fact::kSecret, std::string("projects/p/secrets/db-password/versions/3"));
  diagnosis.facts.Set(Fact::kHost, std::string("db:5432"));
  const Facts before = diagnosis.facts;
  Redact({}, &diagnosis);
  CHECK(diagnosis.summary == "The server app:[redacted:password]@db refused it.");
  CHECK(diagnosis.facts.Text(Fact::kSetting) == "[redacted:password]");
  for (const Fact fact : {Fact::kEnvVars, Fact::kSecret, Fact::kHost})
    CHECK(diagnosis.facts.Text(fact) == before.Text(fact));
}

TEST_CASE("The principal stays readable when addresses are hidden", "[redact]") {
  Diagnosis diagnosis;
  const std::string principal = "run@p.iam.gserviceaccount.com";
  diagnosis.facts.Set(Fact::kPrincipal, "serviceAccount:" + principal);
  diagnosis.summary = principal + " lacks a role, says ada@example.com.";
  diagnosis.fix.emplace();
  diagnosis.fix->commands = {"gcloud run --member=serviceAccount:" + principal, "mail ada@example.com"};
  diagnosis.timeline.push_back({{}, TimelineEvent::kDeployed, "by ada@example.com"});
  Diagnosis untouched = diagnosis;
  Redact({}, &untouched);
  CHECK(untouched.summary == diagnosis.summary);
  CHECK(untouched.timeline.front().text == "by ada@example.com");
  Redact({true, {}}, &diagnosis);
  CHECK(diagnosis.facts.Text(Fact::kPrincipal) == "serviceAccount:" + principal);
  CHECK(diagnosis.summary == principal + " lacks a role, says [redacted:email].");
  CHECK(diagnosis.timeline.front().text == "by [redacted:email]");
  REQUIRE(diagnosis.fix->commands.size() == 1);
  CHECK(diagnosis.fix->commands.front() == "gcloud run --member=serviceAccount:" + principal);
}

TEST_CASE("A private key in many lines is hidden line by line", "[redact]") {
  Diagnosis diagnosis;
  for (const char* text :
       {"before", "-----BEGIN EC PRIVATE KEY-----", "MHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1a",
        "kTU7abcd", "-----END EC PRIVATE KEY-----", "afterwards"}) {
    diagnosis.informative.emplace_back().text = text;
  }
  Redact({}, &diagnosis);
  std::string all;
  for (const Evidence& line : diagnosis.informative) all += line.text + "|";
  CHECK(all ==
        "before|-----BEGIN EC PRIVATE KEY-----|[redacted:private-key]|[redacted:private-key]|"
        "-----END EC PRIVATE KEY-----|afterwards|");
}

}  // namespace
}  // namespace neverready::analyzers
