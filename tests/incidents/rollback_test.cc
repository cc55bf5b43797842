#include "incidents/rollback.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <vector>

namespace neverready::incidents {
namespace {

using analyzers::State;

core::Timestamp At(int second) { return core::Timestamp{std::chrono::seconds(second)}; }

Verdict Make(State state, const std::string& revision, std::optional<int> ready_at) {
  Verdict verdict;
  verdict.state = state;
  verdict.revision = revision;
  if (ready_at) verdict.ready_at = At(*ready_at);
  return verdict;
}

TEST_CASE("The target is the revision that became ready last", "[incidents][rollback]") {
  std::vector<Verdict> verdicts{Make(State::kReady, "r1", 10), Make(State::kReady, "r3", 30),
                                Make(State::kReady, "r2", 20)};
  CHECK(RollbackTarget(verdicts) == "r3");
  CHECK(RollbackTarget(verdicts, At(31)) == "r3");
  CHECK(RollbackTarget(verdicts, At(30)) == "r2");
  CHECK(RollbackTarget(verdicts, At(15)) == "r1");
  CHECK(RollbackTarget(verdicts, At(10)) == std::nullopt);
}

TEST_CASE("What is not ready today is no target", "[incidents][rollback]") {
  CHECK(RollbackTarget({}) == std::nullopt);
  for (const State state : {State::kFailed, State::kCrashLooping, State::kInconclusive, State::kPending}) {
    CHECK(RollbackTarget({Make(state, "r2", 20)}) == std::nullopt);
    CHECK(RollbackTarget({Make(State::kReady, "r1", 10), Make(state, "r2", 20)}) == "r1");
  }
  CHECK(RollbackTarget({Make(State::kReady, "", 10)}) == std::nullopt);
}

TEST_CASE("Where the time of readiness is missing the start counts, else nothing is known",
          "[incidents][rollback]") {
  Verdict started = Make(State::kReady, "r2", std::nullopt);
  const Verdict timeless = started, early = Make(State::kReady, "r1", 10);
  started.started_at = At(20);
  CHECK(RollbackTarget({early, started}) == "r2");
  CHECK(RollbackTarget({early, timeless}) == "r1");
  CHECK(RollbackTarget({timeless}) == "r2");
  CHECK(RollbackTarget({timeless}, At(100)) == std::nullopt);
}

TEST_CASE("The order of the verdicts does not matter for the target", "[incidents][rollback]") {
  std::vector<Verdict> verdicts{Make(State::kReady, "r1", 10), Make(State::kReady, "r2", 20),
                                Make(State::kReady, "r3", 20), Make(State::kReady, "r4", std::nullopt),
                                Make(State::kFailed, "r5", 30)};
  const auto less = [](const Verdict& a, const Verdict& b) { return a.revision < b.revision; };
  do {
    REQUIRE(RollbackTarget(verdicts) == "r3");
  } while (std::ranges::next_permutation(verdicts, less).found);
}

TEST_CASE("The command names what is known", "[incidents][rollback]") {
  CHECK(
      RollbackCommand({"p", "us-central1", "api", "api-00012-abc"}) ==
      "gcloud run services update-traffic api --region us-central1 --project p --to-revisions api-00012-abc=100");
  CHECK(RollbackCommand({"example.com:p", "", "api", "r"}) ==
        "gcloud run services update-traffic api --project example.com:p --to-revisions r=100");
  CHECK(RollbackCommand({"", "", "api", "r"}) ==
        "gcloud run services update-traffic api --to-revisions r=100");
  CHECK(RollbackCommand({"p", "l", "", "r"}).empty());
  CHECK(RollbackCommand({"p", "l", "api", ""}).empty());
}

TEST_CASE("A hostile name is one quoted word", "[incidents][rollback]") {
  CHECK(
      RollbackCommand({"p q", "$(id)", "a;b", "r'r"}) ==
      R"(gcloud run services update-traffic 'a;b' --region '$(id)' --project 'p q' --to-revisions 'r'\''r=100')");
  CHECK(RollbackCommand({"", "", "é", "[redacted:token]"}) ==
        "gcloud run services update-traffic 'é' --to-revisions '[redacted:token]=100'");
}

TEST_CASE("No command for names that quoting does not make harmless", "[incidents][rollback]") {
  for (const std::string& name : {std::string("--help"), std::string("-"), std::string("a\nb"),
                                  std::string("a\tb"), std::string("a\x1b[201~b"), std::string("a\0b", 3),
                                  std::string("a\u202Eb"), std::string("a\u009Bb"), std::string("\xff")}) {
    CAPTURE(name);
    CHECK(RollbackCommand({name, "l", "s", "r"}).empty());
    CHECK(RollbackCommand({"p", name, "s", "r"}).empty());
    CHECK(RollbackCommand({"p", "l", name, "r"}).empty());
    CHECK(RollbackCommand({"p", "l", "s", name}).empty());
  }
  for (const char* revision : {"a=50,b", "a,b", "^:^a"})
    CHECK(RollbackCommand({"p", "l", "s", revision}).empty());
}

// What a shell makes of the words behind `gcloud`, one a line.
std::string ByShell(const std::string& command) {
  // NOLINTNEXTLINE(cert-env33-c): what the shell does is what is tested
  FILE* pipe = popen(("gcloud() { printf '<%s>\\n' \"$@\"; }; " + command).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  std::array<char, 256> block{};
  while (fgets(block.data(), block.size(), pipe) != nullptr) out += block.data();
  CHECK(pclose(pipe) == 0);
  return out;
}

TEST_CASE("A shell reads hostile names as they are", "[incidents][rollback]") {
  for (const std::string name : {"a b", "a'b''", "\"", "$HOME", "`id`", "$(id)", "a;id", "a&b", "a|b", "a>b",
                                 "*", "~", "!x", "#a", "a\\", "{a}", "é", "a=b:/@."}) {
    // A revision may hold no equals sign.
    const std::string revision = name.substr(0, name.find('='));
    const std::string said = ByShell(RollbackCommand({name, name, name, revision}));
    CHECK(said == "<run>\n<services>\n<update-traffic>\n<" + name + ">\n<--region>\n<" + name +
                      ">\n<--project>\n<" + name + ">\n<--to-revisions>\n<" + revision + "=100>\n");
  }
}

}  // namespace
}  // namespace neverready::incidents
