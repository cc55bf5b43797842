// `incidents`, `timeline`, `search`, `report` and `query` as a user calls them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/store_path.h"
#include "core/text.h"
#include "incidents/fold.h"
#include "tests/fakes/example_store.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/time_zone.h"

namespace neverready::cli {
namespace {

using fakes::Ran;
using Strings = std::vector<std::string>;
using Json = nlohmann::ordered_json;

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Fixture {
  fakes::ExampleStore example;

  Ran Run(Strings arguments, fakes::RunWith with = {}) const {
    with.environment.try_emplace("NEVERREADY_DB", example.path());
    return fakes::RunApp(arguments, with);
  }
};

// Every question, in a form that answers with something.
std::vector<Strings> Questions() {
  return {{"incidents"},
          {"timeline", "api"},
          {"timeline", "1"},
          {"search", "Error"},
          {"report", "causes"},
          {"report", "recurring"},
          {"report", "missing"},
          {"report", "imports"},
          {"report", "recovery"},
          {"report", "slowest"},
          {"query", "SELECT * FROM v_diagnoses"}};
}

TEST_CASE_METHOD(Fixture, "Every question answers in every format", "[cli][questions]") {
  for (Strings question : Questions()) {
    INFO(question[0] << " " << (question.size() > 1 ? question[1] : ""));
    const Ran text = Run(question);
    CHECK(text.code == 0);
    CHECK(text.err.empty());
    CHECK(text.out.size() > 50);
    question.insert(question.end(), {"--format", "json"});
    const Ran json = Run(question);
    CHECK(json.code == 0);
    const Json document = Json::parse(json.out);
    const std::string name = question[0] == "report" ? "report." + question[1] : question[0];
    CHECK(document["schema"] == "neverready." + name + "/1");
    REQUIRE_FALSE(document["rows"].empty());
    const std::size_t rows = document["rows"].size();
    for (const char* format : {"ndjson", "csv", "markdown"}) {
      question.back() = format;
      const Ran other = Run(question);
      CHECK(other.code == 0);
      const std::size_t lines = core::SplitLines(other.out).size();
      CHECK(lines >= rows);
    }
  }
}

TEST_CASE_METHOD(Fixture, "A listing is for people, and -v shows all columns", "[cli][questions]") {
  const Ran brief = Run({"incidents", "--service", "api", "--limit", "2"});
  CHECK(Contains(brief.out, "SUMMARY"));
  CHECK_FALSE(Contains(brief.out, "FINGERPRINT"));
  CHECK(Contains(brief.out, "more: --limit 4"));
  CHECK(Contains(Run({"incidents", "-v"}).out, "FINGERPRINT"));
  CHECK(Contains(Run({"incidents", "--format", "csv"}).out, ",fingerprint,"));
  CHECK(Contains(Run({"report", "recovery"}).out,
                 "6 of 8 incidents recovered: median 42 min 24 s, longest 24 h 30 min\n"));
  const fakes::TimeZone zone(fakes::kBerlin);
  const Ran local = Run({"incidents", "--service", "web", "--local"});
  CHECK(Contains(local.out, "OPENED AT (LOCAL)"));
  CHECK(Contains(local.out, "2025-09-10 10:30:03"));
  CHECK(Contains(Run({"incidents", "--local", "--format", "json"}).out, "2025-09-10T10:30:03.900+02:00"));
}

TEST_CASE_METHOD(Fixture, "An incident that is named is shown as a whole, a service its last 90 days",
                 "[cli][questions]") {
  fakes::RunWith late;
  late.now = *core::ParseRfc3339("2026-12-01T00:00:00Z");
  const Ran incident = Run({"timeline", "#2"}, late);
  CHECK(incident.code == 0);
  CHECK(Contains(incident.out, "opened"));
  CHECK(Contains(Run({"timeline", "2", "--since", "7d"}, late).out,
                 "Nothing happened since 2026-11-24T00:00:00Z."));
  const Ran service = Run({"timeline", "api"}, late);
  CHECK(service.code == 0);
  CHECK(
      service.out ==
      "Nothing happened since 2026-09-02T00:00:00Z. The newest that the store knows is of 2025-09-13T22:10:04Z: --since "
      "2025-09-13\n");
  CHECK(Contains(Run({"timeline", "api", "--since", ""}, late).out, "api-00041-kob"));
}

TEST_CASE_METHOD(Fixture, "Nothing found is an answer, and says why", "[cli][questions]") {
  CHECK(Run({"search", "zebra"}).out == "No line of evidence has this.\n");
  CHECK(Run({"search", "zebra"}).code == 0);
  fakes::RunWith late;
  late.now = *core::ParseRfc3339("2026-12-01T00:00:00Z");
  const Ran json = Run({"report", "causes", "--category", "out_of_memory", "--format", "json"}, late);
  CHECK(json.code == 0);
  CHECK(Json::parse(json.out)["rows"].empty());
  CHECK(Contains(json.err, "The newest that the store knows is of 2025-09-13T22:10:04Z"));
  CHECK(Run({"report", "causes", "--category", "out_of_memory", "--format", "json", "-q"}, late).err.empty());
  CHECK(Run({"query", "SELECT 1 WHERE 0"}).out == "(no rows)\n");
}

TEST_CASE_METHOD(Fixture, "What the store does not know is no answer", "[cli][questions]") {
  const auto error = [&](const Strings& arguments) {
    const Ran ran = Run(arguments);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(error({"timeline", "apii"}) ==
        "neverready: error: the store has no service 'apii'\n  try: did you mean 'api'?\n");
  CHECK(error({"incidents", "--service", "wrker"}) ==
        "neverready: error: the store has no service 'wrker'\n  try: did you mean 'worker'?\n");
  CHECK(error({"report", "causes", "--service", "nothing-like-it"}) ==
        "neverready: error: the store has no service 'nothing-like-it'\n"
        "  try: it knows api, netra-backend-staging, web, worker\n");
  CHECK(error({"incidents", "--project", "shop-prud"}) ==
        "neverready: error: the store has no project 'shop-prud'\n  try: did you mean 'shop-prod'?\n");
  CHECK(
      error({"timeline", "web", "--project", "shop-prod"}) ==
      "neverready: error: the store has no service 'web' in the project 'shop-prod'\n  try: it knows api, worker\n");
  CHECK(error({"timeline", "99"}) ==
        "neverready: error: the store has no incident 99\n  try: neverready incidents --since ''\n");
  CHECK(Contains(error({"report", "cause"}), "cause"));
  CHECK(Contains(error({"incidents", "--since", "soon"}), "--since: 'soon' is no time"));
  CHECK(Contains(error({"incidents", "--environment", "prod"}), "prod"));
  CHECK(Contains(error({"incidents", "--limit", "-1"}), "-1"));
  CHECK(Contains(error({"query", "DELETE FROM services"}), "the question was refused"));
  CHECK(Contains(error({"query", "SELEC"}), "near \"SELEC\": syntax error"));
  CHECK(Contains(
      error({"query", "--timeout", "0.2",
             "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"}),
      "--timeout"));
}

TEST_CASE_METHOD(Fixture, "Names of columns in an answer differ", "[cli][questions]") {
  const Ran ran = Run({"query", "--format", "json", "SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a, 'x' AS A"});
  const Json row = Json::parse(ran.out)["rows"][0];
  Strings keys;
  for (const auto& [key, value] : row.items()) keys.push_back(key);
  CHECK(keys == Strings{"a", "a_2", "a_2_2", "a_3", "A"});
  for (const char* format : {"text", "json", "ndjson", "csv", "markdown"}) {
    INFO(format);
    const std::string out =
        Run({"query", "--format", format, "SELECT 1 AS \"=cmd()\", 2 AS \"a\x1b[2J\u202e<img src=x> | b\""})
            .out;
    CHECK_FALSE(Contains(out, "\x1b"));
    CHECK_FALSE(Contains(out, "\u202e"));
    if (std::string_view(format) == "csv") CHECK_FALSE(out.starts_with("="));
    if (std::string_view(format) == "markdown") CHECK_FALSE(Contains(out, "<img"));
  }
}

TEST_CASE_METHOD(Fixture, "A query prints 1,000 rows unless told otherwise", "[cli][questions]") {
  const std::string sql =
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1500) SELECT x FROM c";
  const Ran csv = Run({"query", "--format", "csv", sql});
  CHECK(core::SplitLines(csv.out).size() == 1001);
  CHECK(Contains(csv.err, "only the first 1000 rows"));
  CHECK(core::SplitLines(Run({"query", "--format", "csv", "--limit", "0", sql}).out).size() == 1501);
  CHECK(Json::parse(Run({"query", "--format", "json", "--limit", "2", sql}).out)["truncated"] == true);
}

TEST_CASE("The store is where the option, a variable or the home folder says", "[cli][questions]") {
  const auto path = [](const std::string& option, const std::map<std::string, std::string>& environment) {
    std::istringstream in;
    std::ostringstream out;
    Io io{in, out, out};
    io.environment = [&](const char* name) {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second.c_str();
    };
    const auto found = StorePath(option, io);
    return found ? *found : "error: " + found.error().message;
  };
  const std::map<std::string, std::string> all{
      {"NEVERREADY_DB", "named.db"}, {"XDG_STATE_HOME", "/state"}, {"HOME", "/home/a"}};
  CHECK(path("given.db", all) == "given.db");
  CHECK(path("", all) == "named.db");
  CHECK(path("", {{"XDG_STATE_HOME", "/state"}, {"HOME", "/home/a"}}) == "/state/neverready/neverready.db");
  CHECK(path("", {{"NEVERREADY_DB", ""}, {"XDG_STATE_HOME", "relative"}, {"HOME", "/home/a"}}) ==
        "/home/a/.local/state/neverready/neverready.db");
  CHECK(path("", {}) == "error: no store is named, and HOME does not say where one would be");
}

TEST_CASE("A store that is not there, is none, or is old is told from an empty one", "[cli][questions]") {
  const fakes::TemporaryFolder folder;
  const auto error = [&](const std::string& file) {
    const Ran ran = fakes::RunApp({"incidents", "--db", file});
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(Contains(error(folder.name() + "/none.db"), "does not exist"));
  CHECK(Contains(error(folder.name()), "is a folder"));
  CHECK(Contains(error(folder.Write("text.db", std::string(5000, 'x'))), "is no SQLite database"));
  CHECK(Contains(error(folder.Write("empty.db", "")), "is empty"));
  CHECK_FALSE(std::filesystem::exists(folder.name() + "/none.db"));
  const std::string empty = folder.name() + "/new.db";
  REQUIRE(db::Store::Open(empty, db::Access::kCreate));
  const Ran ran = fakes::RunApp({"incidents", "--db", empty});
  CHECK(ran.code == 0);
  CHECK(ran.out == "No incidents: the store is empty. analyze LOG --db FILE fills it.\n");
  CHECK(Contains(fakes::RunApp({"timeline", "api", "--db", empty}).err, "the store is empty"));
}

// Of all records of a CSV document.
Strings Cells(const std::string& csv) {
  Strings cells(1);
  bool quoted = false;
  for (const char c : csv) {
    if (c == '"') quoted = !quoted;
    if (c != '"' && (quoted || (c != ',' && c != '\n'))) cells.back() += c;
    if (!quoted && (c == ',' || c == '\n')) cells.emplace_back();
  }
  return cells;
}

// A store in which every text is the hostile one.
std::string HostileStore(const fakes::TemporaryFolder& folder, const std::string& text) {
  const std::string path = folder.name() + "/hostile.db";
  auto store = db::Store::Open(path, db::Access::kCreate);
  REQUIRE(store);
  auto writer = (*store)->Begin({text, core::Timestamp(std::chrono::seconds(1757304200))});
  REQUIRE(writer);
  for (const analyzers::State state : {analyzers::State::kFailed, analyzers::State::kReady}) {
    db::StoredStart start;
    start.diagnosis = fakes::Hostile(text, state);
    if (state == analyzers::State::kReady) start.diagnosis.key.revision += "2";
    start.fingerprint = start.environment = text;
    const core::Timestamp at = *start.diagnosis.failed_at;
    start.attempts = {{text, text, at, at, at, text, 1, true}};
    REQUIRE(writer->Put(start, {}, 0));
  }
  for (const std::int64_t service : writer->touched()) {
    auto verdicts = writer->Verdicts(service);
    REQUIRE(verdicts);
    incidents::Verdict again = verdicts->front();
    auto folded = incidents::Fold(*std::move(verdicts));
    if (folded.empty()) folded.emplace_back();
    folded.front().transitions.push_back({incidents::TransitionKind::kRegression, again.failed_at,
                                          again.revision, again.root_cause, text, text, text});
    folded.front().summary = folded.front().rule = folded.front().fingerprint = text;
    REQUIRE(writer->PutIncidents(service, folded));
  }
  REQUIRE(writer->Commit());
  return path;
}

TEST_CASE("Hostile text stays text in every answer", "[cli][questions][hostile]") {
  Strings texts = fakes::HostileTexts();
#ifdef __SANITIZE_ADDRESS__  // twenty times slower: the hand-written ones, and some of the mixtures
  texts.resize(std::min<std::size_t>(texts.size(), 40));
#endif
  texts.insert(texts.end(), {"'; DROP TABLE services; --", "x' OR '1'='1", "%s%n", "$(reboot)`reboot`"});
  for (const std::string& text : texts) {
    INFO(text.substr(0, 60));
    const fakes::TemporaryFolder folder;
    fakes::RunWith with;
    with.environment = {{"NEVERREADY_DB", HostileStore(folder, text)}, {"GITHUB_ACTIONS", "true"}};
    std::vector<Strings> questions = Questions();
    // Of the hostile name, as far as it can be an argument.
    questions[1] = {"timeline", text.substr(0, text.find('\0')), "--since", ""};
    questions.push_back({"incidents", "--service", text.substr(0, text.find('\0'))});
    questions.push_back({"search", text.substr(0, text.find('\0')), "--since", ""});
    for (Strings question : questions) {
      if (question[1 % question.size()].starts_with('-') && question[0] != "incidents") continue;
      INFO(question[0] << " " << (question.size() > 1 ? question[1].substr(0, 60) : ""));
      question.insert(question.end(), {"--format", "text"});
      for (const char* format : {"text", "json", "ndjson", "csv", "markdown"}) {
        INFO(format);
        question.back() = format;
        const Ran ran = fakes::RunApp(question, with);
        const std::string all = ran.out + ran.err;
        // What cannot be a name on a command line is not known; all else is, whatever it looks like.
        const bool named = question[0] == "incidents" && question.size() > 3;
        const bool can_be_named = !text.empty() && text[0] != '-' && !Contains(text, std::string(1, '\0'));
        CHECK((ran.code == 0 || (ran.code == 2 && !(named && can_be_named))));
        CHECK(core::IsValidUtf8(all));
        for (const char c : all) {
          const auto byte = static_cast<unsigned char>(c);
          if (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') FAIL("control character " << int{byte});
        }
        CHECK_FALSE(Contains(all, "\u202e"));
        CHECK_FALSE(Contains(all, "\n::error"));
        CHECK_FALSE(Contains(all, "##[error"));
        if (ran.code != 0) continue;
        if (std::string_view(format) == "json") CHECK(Json::parse(ran.out).contains("rows"));
        if (std::string_view(format) == "ndjson") {
          for (const std::string_view line : core::SplitLines(ran.out)) CHECK(Json::accept(line));
        }
        if (std::string_view(format) == "csv") {
          for (const std::string& cell : Cells(ran.out))
            CHECK((cell.empty() || (cell[0] != '=' && cell[0] != '@')));
        }
        if (std::string_view(format) == "markdown") {
          CHECK_FALSE(Contains(ran.out, "<img"));
          CHECK_FALSE(Contains(ran.out, " [a](http"));
          CHECK_FALSE(Contains(ran.out, "@all"));
        }
      }
    }
    auto store = db::Store::Open(with.environment["NEVERREADY_DB"], db::Access::kReadOnly);
    REQUIRE(store);
    CHECK((*store)->connection().ReadInt("SELECT count(*) FROM services") == 1);
  }
}

}  // namespace
}  // namespace neverready::cli
