#include "reports/github.h"

#include <catch2/catch.hpp>

#include "core/text.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/log_builder.h"
#include "tests/fakes/run_app.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::Fact;
using analyzers::State;
using fakes::LogBuilder;

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Diagnosis With(State state, const std::string& revision = "api-00001-abc") {
  Diagnosis diagnosis;
  diagnosis.key.revision = revision;
  diagnosis.state = state;
  diagnosis.summary = "summary";
  if (state == State::kFailed || state == State::kCrashLooping)
    diagnosis.root_cause = analyzers::Category::kImportError;
  return diagnosis;
}

std::string Github(const std::vector<Diagnosis>& diagnoses) { return ToGithub(diagnoses, {}); }

TEST_CASE("The bundled incident as annotations", "[reports][github][golden]") {
  const fakes::Ran ran =
      fakes::RunApp({"analyze", "--format", "github", "examples/netra-backend-staging-00170-55z.ndjson"});
  CHECK(ran.code == 1);
  fakes::CheckGolden("tests/golden/incident.github", ran.out);
}

TEST_CASE("A hostile log as annotations", "[reports][github][golden]") {
  fakes::CheckGolden("tests/golden/hostile.github",
                     fakes::RunApp({"analyze", "--format", "github", "tests/golden/hostile.ndjson"}).out);
}

TEST_CASE("Each state has its kind of annotation", "[reports][github]") {
  CHECK(Github({With(State::kFailed)}) ==
        "::error title=api-00001-abc never became ready%3A import error::summary\n");
  CHECK(Github({With(State::kCrashLooping)}).starts_with("::error title=api-00001-abc is falsely ready%3A"));
  CHECK(Github({With(State::kInconclusive)}).starts_with("::warning title="));
  CHECK(Github({With(State::kPending)}).starts_with("::warning title="));
  CHECK(Github({With(State::kReady)}) == "::notice title=neverready::api-00001-abc is ready\n");
  CHECK(Github({With(State::kReady), With(State::kReady)}) ==
        "::notice title=neverready::All 2 revisions are ready\n");
  CHECK(Github({}).starts_with("::warning title=neverready%3A nothing to diagnose::"));
  Diagnosis degraded = With(State::kReady);
  degraded.degraded = {"slow start"};
  CHECK(Github({degraded}) ==
        "::warning title=api-00001-abc is ready%2C but::summary%0AAttention: slow start\n");
}

TEST_CASE("A message tells evidence and remedy, with the runner's escapes", "[reports][github]") {
  Diagnosis diagnosis = With(State::kFailed, "a:b,c%d\r\ne");
  diagnosis.evidence.emplace();
  diagnosis.evidence->text = "100%, a: b";
  diagnosis.fix = analyzers::Fix{"do\nthis", {}};
  CHECK(Github({diagnosis}) ==
        "::error title=a%3Ab%2Cc%25d%0Ae never became ready%3A import error::"
        "summary%0AEvidence: 100%25, a: b%0AWhat to do: do%0Athis\n");
}

TEST_CASE("The tenth annotation of a kind tells of the others", "[reports][github]") {
  std::vector<Diagnosis> diagnoses;
  for (int i = 10; i < 20; ++i) diagnoses.push_back(With(State::kFailed, "a-" + std::to_string(i)));
  const auto lines = [](const std::string& text) { return core::SplitLines(text).size(); };
  CHECK(lines(Github(diagnoses)) == 10);
  CHECK_FALSE(Contains(Github(diagnoses), "more revisions"));
  diagnoses.push_back(With(State::kFailed, "a-20"));
  const std::string eleven = Github(diagnoses);
  CHECK(lines(eleven) == 10);
  CHECK(Contains(
      eleven,
      "::error title=and 2 more revisions::a-19 never became ready: import error%0Aa-20 never became "
      "ready: import error\n"));
  for (int i = 0; i < 200; ++i) diagnoses.push_back(With(State::kPending));
  const std::string many = Github(diagnoses);
  CHECK(lines(many) == 20);
  CHECK(Contains(many, "::warning title=and 191 more revisions::"));
  CHECK(Contains(many, "%0A…\n"));
}

TEST_CASE("A frame's file is told where it is in the checkout", "[reports][github]") {
  const auto place = [](const std::string& file, const std::string& here) {
    Diagnosis diagnosis = With(State::kFailed);
    diagnosis.facts.Set(Fact::kFile, file);
    diagnosis.facts.Set(Fact::kLine, std::int64_t{94});
    const std::string text = ToGithub({diagnosis}, {[&](const std::string& path) { return path == here; }});
    const std::size_t at = text.find(",file=");
    return at == std::string::npos ? std::string() : text.substr(at, text.find("::summary") - at);
  };
  CHECK(place("/app/api/main.py", "api/main.py") == ",file=api/main.py,line=94");
  CHECK(place("/usr/src/app/main.py", "main.py") == ",file=main.py,line=94");
  CHECK(place("./src/a.js", "src/a.js") == ",file=src/a.js,line=94");
  CHECK(place("/app/a,b:c.py", "a,b:c.py") == ",file=a%2Cb%3Ac.py,line=94");
  CHECK(place("/app/other.py", "main.py").empty());
  CHECK(place("/usr/lib/python3.11/json/decoder.py", "decoder.py").empty());
  CHECK(place("/app/../main.py", "main.py").empty());
  CHECK(place("/app/main.py\n::error::x", "main.py").empty());
  CHECK(place("///", "").empty());
  CHECK(place("", "").empty());
  Diagnosis without = With(State::kFailed);
  without.facts.Set(Fact::kFile, std::string("main.py"));
  CHECK_FALSE(Contains(ToGithub({without}, {[](const std::string&) { return true; }}), "file="));
}

TEST_CASE("Log text starts no command", "[reports][github]") {
  for (const char* attack : {"::error::pwned", "x\n::error::pwned", "x\r::error::pwned", "##[error]pwned",
                             "a ##[add-mask]b", "x::y::\n  ::stop-commands::t", "%0A::error::x",
                             "\u2028::error::x", "###[error]", ",file=x::", "\x1b[1m::error::"}) {
    for (const State state : {State::kFailed, State::kPending, State::kReady}) {
      INFO(attack);
      const std::string text = Github({fakes::Hostile(attack, state)});
      CHECK(core::SplitLines(text).size() == 1);
      CHECK(text.find("::", 2) == text.find("::", text.find("title=")));
      CHECK_FALSE(Contains(text, "##["));
      CHECK_FALSE(Contains(text, "\r"));
      CHECK((text.starts_with("::error title=") || text.starts_with("::warning title=")));
      CHECK_FALSE(Contains(text.substr(0, text.find("::", 2)), ",file="));
    }
  }
}

TEST_CASE("Commands of both forms are taken apart, and nothing else", "[reports][github]") {
  CHECK(WithoutWorkflowCommands("::error::x") == ": :error::x");
  CHECK(WithoutWorkflowCommands("a\n \t::error::x\n") == "a\n \t: :error::x\n");
  CHECK(WithoutWorkflowCommands("\u00a0\u3000::error::x") == "\u00a0\u3000: :error::x");
  CHECK(WithoutWorkflowCommands("say ##[error]x") == "say ## [error]x");
  CHECK(WithoutWorkflowCommands("###[error]x") == "### [error]x");
  CHECK(WithoutWorkflowCommands(":::::x::") == ": ::::x::");
  for (const char* fine :
       {"", "a::b", "std::vector", "- ::x", "## heading", "#[derive]", "# #[", ":", "\n\n", ": ::"}) {
    CHECK(WithoutWorkflowCommands(fine) == fine);
  }
}

}  // namespace
}  // namespace neverready::reports
