#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using fakes::Ran;
using fakes::RunApp;
using fakes::TemporaryFolder;
using Json = nlohmann::ordered_json;

const std::string kExample = "examples/netra-backend-staging-00170-55z.ndjson";

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Entries of one revision as NDJSON: each pair is the log's name and a text.
std::string Log(const std::string& revision, const std::vector<std::pair<std::string, std::string>>& entries,
                const std::string& minute = "24") {
  std::string out;
  int second = 0;
  for (const auto& [log, text] : entries) {
    Json entry;
    entry["insertId"] = revision + std::to_string(second);
    entry["logName"] = "projects/demo-proj/logs/run.googleapis.com%2F" + log;
    entry["labels"] = {{"instanceId", "i-" + revision}};
    entry["resource"] = {{"type", "cloud_run_revision"},
                         {"labels",
                          {{"project_id", "demo-proj"},
                           {"location", "us-central1"},
                           {"service_name", revision.substr(0, revision.find('-'))},
                           {"revision_name", revision}}}};
    entry["timestamp"] =
        "2026-01-18T02:" + minute + ":" + (second < 10 ? "0" : "") + std::to_string(second) + "Z";
    if (log == "requests") entry["httpRequest"] = {{"status", 200}};
    if (!text.empty()) entry["textPayload"] = text;
    out += entry.dump() + "\n";
    ++second;
  }
  return out;
}

std::string Failed(const std::string& revision, const std::string& minute = "24") {
  return Log(
      revision,
      {{"varlog%2Fsystem", "Starting new instance. Reason: DEPLOYMENT_ROLLOUT"},
       {"stderr", "ModuleNotFoundError: No module named 'ledger'"},
       {"varlog%2Fsystem", "Container called exit(1)."},
       {"varlog%2Fsystem",
        "Default STARTUP TCP probe failed 1 time consecutively for container \"api-1\" on port 8080. The instance was not started. Connection failed with status CANCELLED."}},
      minute);
}
std::string Ready(const std::string& revision, const std::string& minute = "24") {
  return Log(revision, {{"stdout", "up"}, {"requests", ""}}, minute);
}
std::string Pending(const std::string& revision, const std::string& minute = "24") {
  return Log(revision, {{"stdout", "loading"}}, minute);
}

Json Analyze(const std::string& log, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"analyze", "--format", "json", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Json::parse(RunApp(arguments, {.in = log, .environment = {}, .terminal = false}).out);
}

std::vector<std::string> KeysOf(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

std::string RevisionsOf(const Json& json) {
  std::string names;
  for (const auto& diagnosis : json["diagnoses"])
    names += (names.empty() ? "" : " ") + diagnosis["revision"].get<std::string>();
  return names;
}

int ExitCode(const std::string& log, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"analyze", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return RunApp(arguments, {.in = log, .environment = {}, .terminal = false}).code;
}

TEST_CASE("The bundled incident is told on one screen", "[cli][analyze]") {
  const Ran ran = RunApp({"analyze", kExample});
  CHECK(ran.code == 1);
  CHECK(ran.err.empty());
  CHECK(Contains(ran.out, "netra-backend-staging-00170-55z never became ready: import error"));
  CHECK(Contains(ran.out, "ImportError: cannot import name 'WebSocketState' from 'starlette.websockets'"));
  CHECK(Contains(ran.out, "JWT_SECRET_KEY MISSING"));
  CHECK(std::ranges::count(ran.out, '\n') <= 40);
  CHECK_FALSE(Contains(ran.out, "\x1b"));
}

TEST_CASE("Exit codes tell the worst state", "[cli][analyze][exit]") {
  CHECK(ExitCode(Ready("api-00001-abc")) == 0);
  CHECK(ExitCode(Failed("api-00001-abc")) == 1);
  CHECK(ExitCode(Pending("api-00001-abc")) == 2);
  CHECK(ExitCode(Ready("api-00001-abc") + Ready("api-00002-abc")) == 0);
  CHECK(ExitCode(Ready("api-00001-abc") + Pending("api-00002-abc")) == 2);
  CHECK(ExitCode(Pending("api-00001-abc") + Failed("api-00002-abc")) == 1);
  CHECK(ExitCode("") == 2);
}

TEST_CASE("The JSON document has the keys of the contract, in their order", "[cli][analyze][json]") {
  const Json json = Json::parse(RunApp({"analyze", "--format", "json", kExample}).out);
  using Keys = std::vector<std::string>;
  CHECK(KeysOf(json) == Keys{"schema", "tool", "input", "diagnoses"});
  CHECK(json["schema"] == "neverready.analysis/1");
  CHECK(KeysOf(json["tool"]) == Keys{"name", "version", "rules"});
  CHECK(json["tool"]["rules"].get<std::string>().size() == 7 + 64);
  CHECK(KeysOf(json["input"]) == Keys{"bytes", "entries", "malformed", "ignored", "first", "last"});
  REQUIRE(json["diagnoses"].size() == 1);
  const Json& diagnosis = json["diagnoses"][0];
  CHECK(KeysOf(diagnosis) ==
        Keys{"scope",      "project",    "location", "service",    "revision",  "state",       "early",
             "degraded",   "root_cause", "rule",     "confidence", "runner_up", "summary",     "facts",
             "evidence",   "cascade",    "blame",    "transient",  "fix",       "environment", "attempts",
             "started_at", "failed_at",  "ready_at", "platform",   "timeline"});
  CHECK(KeysOf(diagnosis["evidence"]) == Keys{"timestamp", "insert_id", "log", "instance", "text"});
  CHECK(KeysOf(diagnosis["cascade"][0]) == Keys{"category", "rule", "at", "summary", "evidence"});
  CHECK(KeysOf(diagnosis["fix"]) == Keys{"text", "commands"});
  CHECK(KeysOf(diagnosis["platform"]) == Keys{"reason", "message", "probe", "probe_status"});
  CHECK(KeysOf(diagnosis["timeline"][0]) == Keys{"at", "event", "text"});
  CHECK(diagnosis["state"] == "failed");
  CHECK(diagnosis["root_cause"] == "import_error");
  CHECK(diagnosis["facts"]["symbol"] == "WebSocketState");
  CHECK(diagnosis["facts"]["exit_code"] == 3);
  std::vector<std::string> cascade;
  for (const auto& link : diagnosis["cascade"]) cascade.push_back(link["category"]);
  CHECK(cascade == Keys{"import_error", "validation_failure", "port_timeout"});
}

TEST_CASE("What is unknown is null, in all keys", "[cli][analyze][json]") {
  const Json diagnosis = Analyze(Pending("api-00001-abc"))["diagnoses"][0];
  for (const char* key : {"degraded", "root_cause", "rule", "confidence", "runner_up", "evidence", "blame",
                          "fix", "failed_at", "ready_at", "platform"}) {
    INFO(key);
    CHECK(diagnosis[key].is_null());
  }
  CHECK(diagnosis["facts"] == Json::object());
  CHECK(diagnosis["cascade"] == Json::array());
}

TEST_CASE("The same input gives the same bytes", "[cli][analyze][json]") {
  for (const char* format : {"json", "ndjson", "text"}) {
    const Ran one = RunApp({"analyze", "--format", format, kExample}),
              two = RunApp({"analyze", "--format", format, kExample});
    CHECK(one.out == two.out);
    CHECK_FALSE(one.out.empty());
  }
}

TEST_CASE("NDJSON is one diagnosis a line, the same as in the document", "[cli][analyze][json]") {
  const std::string log = Failed("api-00001-abc") + Ready("web-00001-abc");
  const Ran ran =
      RunApp({"analyze", "--format", "ndjson", "-"}, {.in = log, .environment = {}, .terminal = false});
  CHECK(std::ranges::count(ran.out, '\n') == 2);
  CHECK(Json::parse(ran.out.substr(0, ran.out.find('\n'))) == Analyze(log)["diagnoses"][0]);
}

TEST_CASE("The input is summed up", "[cli][analyze][json]") {
  const std::string foreign =
      R"({"insertId":"x","resource":{"type":"gce_instance"},"timestamp":"2026-01-18T05:00:00Z","textPayload":"x"})";
  const std::string log = Failed("api-00001-abc") + foreign + "\n{\"broken\": }\n";
  const Json input = Analyze(log)["input"];
  CHECK(input["entries"] == 5);
  CHECK(input["ignored"] == 1);
  CHECK(input["malformed"] == 1);
  CHECK(input["bytes"] == log.size());
  CHECK(input["first"] == "2026-01-18T02:24:00Z");
  CHECK(input["last"] == "2026-01-18T05:00:00Z");
}

TEST_CASE("Filters leave what is asked about, and the exit code speaks of that", "[cli][analyze][filter]") {
  const std::string log =
      Failed("api-00001-abc", "24") + Ready("api-00002-abc", "44") + Pending("web-00001-abc", "54");
  CHECK(RevisionsOf(Analyze(log)) == "api-00001-abc web-00001-abc api-00002-abc");
  CHECK(RevisionsOf(Analyze(log, {"--service", "api"})) == "api-00001-abc api-00002-abc");
  CHECK(RevisionsOf(Analyze(log, {"--revision", "api-00002-abc"})) == "api-00002-abc");
  CHECK(RevisionsOf(Analyze(log, {"--state", "pending"})) == "web-00001-abc");
  CHECK(RevisionsOf(Analyze(log, {"--since", "2026-01-18T02:40:00Z"})) == "web-00001-abc api-00002-abc");
  CHECK(RevisionsOf(Analyze(log, {"--until", "2026-01-18T02:40:00Z"})) == "api-00001-abc");
  CHECK(RevisionsOf(Analyze(log, {"--since", "11m"})) == "web-00001-abc api-00002-abc");
  CHECK(RevisionsOf(Analyze(log, {"--since", "5m"})) == "web-00001-abc");
  CHECK(ExitCode(log, {"--service", "api"}) == 1);
  CHECK(ExitCode(log, {"--revision", "api-00002-abc"}) == 0);
  CHECK(ExitCode(log, {"--state", "pending"}) == 2);
}

TEST_CASE("Filters that leave nothing are no good news", "[cli][analyze][filter]") {
  const Ran ran = RunApp({"analyze", "--service", "apu", "-"},
                         {.in = Ready("api-00001-abc"), .environment = {}, .terminal = false});
  CHECK(ran.code == 2);
  CHECK(
      ran.err ==
      "neverready: error: no revision in the input matches the filters\n  try: leave out --service, --revision, --state, --since or --until\n");
}

TEST_CASE("A time that is none is refused with the option's name", "[cli][analyze][filter]") {
  const Ran ran = RunApp({"analyze", "--since", "yesterday", "-"},
                         {.in = Ready("api-00001-abc"), .environment = {}, .terminal = false});
  CHECK(ran.code == 2);
  CHECK(ran.err.find("neverready: error: --since: 'yesterday' is no time\n  try: ") == 0);
}

TEST_CASE("The option --strict refuses malformed input, after saying what it could", "[cli][analyze]") {
  const std::string log = Ready("api-00001-abc") + "{\"broken\": }\n";
  CHECK(ExitCode(log) == 0);
  const Ran ran = RunApp({"analyze", "--strict", "-"}, {.in = log, .environment = {}, .terminal = false});
  CHECK(ran.code == 2);
  CHECK(Contains(ran.out, "is ready"));
  CHECK(Contains(ran.err, "1 lines of the input are malformed") +
            Contains(ran.err, "1 line of the input is malformed") ==
        1);
}

TEST_CASE("The option --quiet keeps warnings back, errors not", "[cli][analyze]") {
  const std::string log = Ready("api-00001-abc") + "{\"broken\": }\n";
  CHECK(Contains(RunApp({"analyze", "-"}, {.in = log, .environment = {}, .terminal = false}).err,
                 "neverready: warning: "));
  CHECK(RunApp({"analyze", "--quiet", "-"}, {.in = log, .environment = {}, .terminal = false}).err.empty());
  CHECK_FALSE(RunApp({"analyze", "--quiet", "-"}).err.empty());
}

TEST_CASE("Files, folders and standard input are read together", "[cli][analyze]") {
  const TemporaryFolder folder;
  folder.Write("a.ndjson", Failed("api-00001-abc"));
  folder.Write("b.json", "[" + Ready("web-00001-abc").substr(0, Ready("web-00001-abc").find('\n')) + "]");
  const Ran ran = RunApp({"analyze", "--format", "json", folder.name(), "-"},
                         {.in = Ready("job-00001-abc"), .environment = {}, .terminal = false});
  CHECK(Json::parse(ran.out)["diagnoses"].size() == 3);
}

TEST_CASE("The option --input-format is obeyed", "[cli][analyze]") {
  const Ran ran = RunApp({"analyze", "--input-format", "json", kExample});
  CHECK(ran.code == 2);
  CHECK(Contains(ran.err, "is no JSON array"));
  CHECK(RunApp({"analyze", "--input-format", "ndjson", kExample}).code == 1);
}

TEST_CASE("Colour follows the terminal, NO_COLOR and --color", "[cli][analyze][color]") {
  const auto colored = [](std::vector<std::string> more, bool terminal,
                          std::map<std::string, std::string> environment) {
    std::vector<std::string> arguments{"analyze", kExample};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Contains(
        RunApp(arguments, {.in = {}, .environment = std::move(environment), .terminal = terminal}).out,
        "\x1b[");
  };
  CHECK_FALSE(colored({}, false, {}));
  CHECK(colored({}, true, {}));
  CHECK_FALSE(colored({}, true, {{"NO_COLOR", "1"}}));
  CHECK(colored({}, true, {{"NO_COLOR", ""}}));
  CHECK_FALSE(colored({}, true, {{"TERM", "dumb"}}));
  CHECK(colored({"--color", "always"}, false, {{"NO_COLOR", "1"}}));
  CHECK_FALSE(colored({"--color", "never"}, true, {}));
}

TEST_CASE("Control sequences of a log never reach the terminal", "[cli][analyze][color]") {
  std::string log = Log("api-00001-abc", {{"varlog%2Fsystem", "Starting new instance."},
                                          {"stderr", "KEY_A: MISSING\nVALUE_B: x\x1b[31my\nC: SET"}});
  Json entry = Json::parse(log.substr(log.find('\n') + 1));
  entry["textPayload"] =
      "ModuleNotFoundError: No module named 'le\x1b[2Jdger\x1b]0;owned\x07'\u202e\u2028 \u009b31m";
  entry["resource"]["labels"]["location"] = "us\x1b[2Jcentral1";
  log += entry.dump() + "\n" +
         Log("api-00001-abc",
             {{"varlog%2Fsystem", "x"}, {"varlog%2Fsystem", "Container called exit(1).\x1b[2J"}}, "25");
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"analyze", "-"}, {"analyze", "-v", "-"}, {"analyze", "--color", "never", "-"}}) {
    const Ran ran = RunApp(arguments, {.in = log, .environment = {}, .terminal = false});
    for (const char* bad : {"\x1b", "\x07", "\u202e", "\u2028", "\u009b", "\x9b\x33"})
      CHECK_FALSE(Contains(ran.out + ran.err, bad));
  }
}

TEST_CASE("The option --verbose adds the timeline and the platform's own words", "[cli][analyze]") {
  const Ran quiet = RunApp({"analyze", kExample}), verbose = RunApp({"analyze", "-v", kExample});
  CHECK_FALSE(Contains(quiet.out, "Timeline"));
  for (const char* label : {"Timeline", "Platform", "Runner-up", "105 entries read"})
    CHECK(Contains(verbose.out, label));
}

TEST_CASE("A user's rule is heard, and replaces a built-in one of its id", "[cli][analyze][rules]") {
  const TemporaryFolder folder;
  const std::string file =
      folder.Write("cpython.yaml",
                   "speaker: cpython\n"
                   "rules:\n"
                   "  - id: cpython.module-not-found\n"
                   "    category: bad_entrypoint\n"
                   "    role: cause\n"
                   "    pattern: |-\n"
                   "      ^ModuleNotFoundError: No module named '(?P<file>[^']+)'\n"
                   "    says: Our own words about {file}.\n"
                   "    samples:\n"
                   "      - line: \"ModuleNotFoundError: No module named 'x'\"\n"
                   "        facts: {file: x}\n"
                   "    not:\n"
                   "      - line: \"the ModuleNotFoundError: No module named 'x' was mended\"\n"
                   "        why: no beginning\n");
  const std::string log = Failed("api-00001-abc");
  CHECK(Analyze(log)["diagnoses"][0]["root_cause"] == "import_error");
  const Ran ran = RunApp({"analyze", "--rules", file, "--format", "json", "-"},
                         {.in = log, .environment = {}, .terminal = false});
  INFO(ran.err);
  const Json json = Json::parse(ran.out);
  CHECK(json["diagnoses"][0]["root_cause"] == "bad_entrypoint");
  CHECK(json["diagnoses"][0]["summary"] == "Our own words about ledger.");
  CHECK(json["tool"]["rules"] != Analyze(log)["tool"]["rules"]);
}

TEST_CASE("Without the built-in rules only the user's are heard", "[cli][analyze][rules]") {
  const Ran nothing = RunApp({"analyze", "--no-builtin-rules", kExample});
  CHECK(nothing.code == 2);
  CHECK(
      nothing.err ==
      "neverready: error: there are no rules to diagnose with\n  try: give --rules FILE with --no-builtin-rules\n");
  const TemporaryFolder folder;
  const std::string file = folder.Write(
      "acme.yaml",
      "speaker: acme\nrules:\n  - id: acme.x\n    category: import_error\n    role: cause\n    pattern: |-\n      acme gearbox is broken\n    says: Broken.\n"
      "    samples:\n      - line: acme gearbox is broken\n    not:\n      - line: ACME acme gearbox is broken\n        why: shouting\n");
  CHECK(RunApp({"analyze", "--no-builtin-rules", "--rules", file, kExample}).code ==
        2);  // its near miss matches
}

TEST_CASE("A rule file that does not exist is named", "[cli][analyze][rules]") {
  const Ran ran = RunApp({"analyze", "--rules", "no/such.yaml", kExample});
  CHECK(ran.code == 2);
  CHECK(
      ran.err ==
      "neverready: error: cannot read the rule file 'no/such.yaml'\n  try: check the name and its permissions\n");
}

}  // namespace
}  // namespace neverready::cli
