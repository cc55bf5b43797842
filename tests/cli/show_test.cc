// show, explain and postmortem as commands.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/output_file.h"
#include "cli/store_path.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using fakes::LogBuilder;
using fakes::Ran;
using fakes::RunApp;
using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const std::string kExample = "examples/netra-backend-staging-00170-55z.ndjson";
const std::string kRevision = "netra-backend-staging-00170-55z";

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

LogBuilder Ready(const std::string& revision, std::string_view at) {
  LogBuilder log(revision);
  log.At(at).Start().ProbeOk(8080).Ready();
  return log;
}
LogBuilder Failed(const std::string& revision, std::string_view at, const std::string& module = "ledger") {
  LogBuilder log(revision);
  log.At(at).Start().App("ModuleNotFoundError: No module named '" + module + "'").Exit(1);
  log.ProbeFailed("CANCELLED", 8080).NotReady(8080);
  return log;
}

// The same entries in another project.
std::vector<ingest::LogEntry> Elsewhere(const LogBuilder& log, const std::string& project) {
  std::vector<ingest::LogEntry> entries = log.entries();
  for (ingest::LogEntry& entry : entries) entry.project = project;
  return entries;
}

class Store {
 public:
  std::string path() const { return folder_.name() + "/store.db"; }
  std::string InFolder(const std::string& name) const { return folder_.name() + "/" + name; }
  Ran Ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", path()});
    return RunApp(arguments);
  }
  void Add(const LogBuilder& log) const { fakes::StoreLog(path(), log); }

 private:
  fakes::TemporaryFolder folder_;
};

TEST_CASE("A revision is shown as analyze shows it", "[cli][show]") {
  const Store store;
  const Ran told = RunApp({"analyze", kExample, "-q", "--db", store.path()});
  const Ran shown = store.Ask({"show", kRevision});
  CHECK(shown.code == 1);
  CHECK(shown.err.empty());
  CHECK(shown.out == told.out + "  Incident     failed in incident 1\n");

  const Json all = Json::parse(RunApp({"analyze", kExample, "-q", "--format", "json"}).out);
  for (const char* command : {"show", "explain"}) {
    const Json one = Json::parse(store.Ask({command, kRevision, "--format", "json"}).out);
    CHECK(one["diagnosis"].dump() == all["diagnoses"][0].dump());
    CHECK(one["incidents"] == Json{1});
    CHECK(one["verdicts"].size() == 1);
    const std::string line = store.Ask({command, kRevision, "--format", "ndjson"}).out;
    CHECK(Json::parse(line).dump() == one.dump());
    CHECK(line.find('\n') == line.size() - 1);
  }
}

TEST_CASE("Asked about a revision, the exit code is its state", "[cli][show]") {
  const Store store;
  LogBuilder pending("web-00001-abc"), loop("loop-00001-abc");
  loop.At("2025-09-01T08:00:00Z").Start().ProbeOk(8080).Exit(1).Start().ProbeOk(8080).Exit(1);
  pending.At("2025-09-01T10:00:00Z").Start();
  store.Add(Ready("api-00001-abc", "2025-09-01T08:00:00Z"));
  store.Add(Failed("api-00002-bcd", "2025-09-01T09:00:00Z"));
  store.Add(loop);
  store.Add(pending);
  for (const char* command : {"show", "explain"}) {
    CHECK(store.Ask({command, "api-00001-abc"}).code == 0);
    CHECK(store.Ask({command, "api-00002-bcd"}).code == 1);
    CHECK(store.Ask({command, "loop-00001-abc"}).code == 1);
    CHECK(store.Ask({command, "web-00001-abc"}).code == 2);
  }
  CHECK(store.Ask({"show", "1"}).code == 0);
  CHECK(store.Ask({"postmortem", "1"}).code == 0);
}

TEST_CASE("An incident is one screen", "[cli][show]") {
  const Store store;
  store.Add(Ready("api-00001-abc", "2025-09-01T08:00:00Z"));
  store.Add(Failed("api-00002-bcd", "2025-09-02T08:00:00Z"));
  for (const char* name : {"1", "#1", "01"}) {
    const Ran shown = store.Ask({"show", name});
    INFO(name);
    CHECK(shown.code == 0);
    CHECK(shown.out.starts_with(
        "✗ Incident 1, open: api, import error\n  us-central1 · demo-proj · unknown\n"));
    CHECK(Contains(shown.out, "Opened       2025-09-02 08:00:00.005 UTC by api-00002-bcd"));
    CHECK(Contains(shown.out,
                   "$ gcloud run services update-traffic api --region us-central1 --project demo-proj "
                   "--to-revisions api-00001-abc=100"));
  }
  store.Add(Ready("api-00003-cde", "2025-09-02T09:00:00Z"));
  const Ran closed = store.Ask({"show", "1"});
  CHECK(closed.out.starts_with("✓ Incident 1, closed: api, import error\n"));
  CHECK(Contains(closed.out, "by api-00003-cde, after 59 min 60 s") == false);
  CHECK(Contains(closed.out, "by api-00003-cde, after 1 h"));
  CHECK_FALSE(Contains(closed.out, "gcloud"));

  const Json json = Json::parse(store.Ask({"show", "1", "--format", "json"}).out);
  CHECK(json["schema"] == "neverready.incident/1");
  CHECK(json["state"] == "closed");
  CHECK(json["transitions"].size() == 2);
  CHECK(json["transitions"][1]["kind"] == "recovered");
  CHECK(json["revisions"].size() == 2);
  CHECK(json["rollback"]["revision"] == "api-00001-abc");
  CHECK(store.Ask({"show", "1", "--format", "markdown"}).out.starts_with("## ✓ Incident 1, closed: api"));
}

TEST_CASE("A long incident still is one screen", "[cli][show]") {
  const Store store;
  for (int i = 0; i < 60; ++i) {
    const std::string day = std::to_string(10 + i / 24), hour = std::to_string(10 + i % 14);
    store.Add(Failed("api-00" + std::to_string(100 + i) + "-abc", "2025-09-" + day + "T" + hour + ":00:00Z",
                     "m" + std::to_string(i)));
  }
  const std::string shown = store.Ask({"show", "1"}).out;
  CHECK(std::ranges::count(shown, '\n') < 60);
  CHECK(Contains(shown, "… 48 more"));
}

TEST_CASE("Explaining a service speaks of its newest revision", "[cli][explain]") {
  const Store store;
  store.Add(Ready("api-00001-abc", "2025-09-01T08:00:00Z"));
  store.Add(Failed("api-00002-bcd", "2025-09-02T08:00:00Z"));
  const Ran told = store.Ask({"explain", "api"});
  CHECK(told.code == 1);
  CHECK(told.out.starts_with("✗ api-00002-bcd never became ready: import error\n"));
  CHECK(
      Contains(told.out, "Serves       api-00001-abc, the newest revision that is known to be ready, since"));
  CHECK(Contains(told.out,
                 "Changed      api-00001-abc before it became ready at 2025-09-01 08:00:00.002 UTC."));
  CHECK(Contains(told.out, "Rollback     $ gcloud run services update-traffic api "));
  const Json json = Json::parse(store.Ask({"explain", "api", "--format", "json"}).out);
  CHECK(json["schema"] == "neverready.explanation/1");
  CHECK(json["change"] == "broke");
  CHECK(json["serving"]["revision"] == "api-00001-abc");
  CHECK(json["before"]["state"] == "ready");
  CHECK(Contains(json["rollback"]["command"].get<std::string>(), "api-00001-abc=100"));
  CHECK(Contains(store.Ask({"explain", "api", "--format", "markdown"}).out, "**Serves:** api-00001-abc"));

  // Who became ready later is who serves, and there is no need to go back.
  store.Add(Ready("api-00003-cde", "2025-09-03T08:00:00Z"));
  const Ran later = store.Ask({"explain", "api-00002-bcd"});
  CHECK(later.code == 1);
  CHECK(Contains(later.out, "Serves       api-00003-cde"));
  CHECK_FALSE(Contains(later.out, "gcloud"));
  CHECK(store.Ask({"explain", "api"}).code == 0);
}

TEST_CASE("A service whose deploys are refused can be explained", "[cli][explain]") {
  const Store store;
  LogBuilder refused("");
  refused.At("2025-09-02T08:00:00Z")
      .Refused(7, "Permission 'iam.serviceaccounts.actAs' denied on service account x@y.z");
  store.Add(Ready("api-00001-abc", "2025-09-01T08:00:00Z"));
  store.Add(refused);
  const Ran told = store.Ask({"explain", "api"});
  CHECK(told.code == 1);
  CHECK(Contains(told.out, "the deploy was refused: permission denied"));
  CHECK(Contains(store.Ask({"show", "1"}).out, "a refused deploy, incident opened"));
}

TEST_CASE("Unknown names are answered with the nearest", "[cli][show][messages]") {
  const Store store;
  store.Add(Failed("api-00002-bcd", "2025-09-02T08:00:00Z"));
  const auto error = [&](std::vector<std::string> arguments) {
    const Ran ran = store.Ask(std::move(arguments));
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  const std::string where = "neverready: error: the store '" + store.path() + "' knows no ";
  CHECK(error({"show", "api-00002-bdc"}) ==
        where + "revision 'api-00002-bdc'\n  try: did you mean 'api-00002-bcd'?\n");
  CHECK(error({"explain", "apj"}) == where + "service or revision 'apj'\n  try: did you mean 'api'?\n");
  CHECK(error({"show", "9"}) == where + "incident 9\n  try: its incidents have numbers from 1 to 1\n");
  CHECK(
      error({"show", "99999999999999999999"}) ==
      where +
          "revision '99999999999999999999'\n  try: neverready explain SERVICE finds a service's newest revision\n");
  CHECK(error({"postmortem", "api"}) ==
        "neverready: error: 'api' is a service, not a revision\n  try: neverready explain api\n");
  CHECK(
      error({"show", "api-00002-bcd", "--project", "other"}) ==
      where +
          "revision 'api-00002-bcd' of project 'other'\n  try: leave out --project, --location or --service\n");
}

TEST_CASE("A name that several services have is told apart by options", "[cli][show][messages]") {
  const Store store;
  const LogBuilder log = Failed("api-00002-bcd", "2025-09-02T08:00:00Z");
  store.Add(log);
  fakes::StoreLog(store.path(), Elsewhere(log, "prod"));
  for (const char* command : {"show", "explain", "postmortem"}) {
    const Ran ran = store.Ask({command, "api-00002-bcd"});
    CHECK(ran.code == 2);
    const std::string where =
        std::string(command) == "postmortem" ? "demo-proj, us-central1" : "us-central1 · demo-proj";
    CHECK(Contains(store.Ask({command, "api-00002-bcd", "--project", "demo-proj"}).out, where));
    CHECK(ran.err ==
          "neverready: error: 2 revisions are named 'api-00002-bcd':\n  demo-proj/us-central1/api\n"
          "  prod/us-central1/api\n  try: --project demo-proj\n");
    const Ran one = store.Ask({command, "api-00002-bcd", "--project", "prod"});
    CHECK(one.code != 2);
    CHECK(
        Contains(one.out, std::string(command) == "postmortem" ? "prod, us-central1" : "us-central1 · prod"));
    CHECK_FALSE(Contains(one.out, where));
  }
  CHECK(Contains(store.Ask({"explain", "api"}).err, "2 services are named 'api'"));
}

TEST_CASE("A post-mortem of a revision is that of the incident it failed in", "[cli][postmortem]") {
  const Store store;
  store.Add(Failed("api-00002-bcd", "2025-09-02T08:00:00Z"));
  store.Add(Ready("api-00003-cde", "2025-09-02T09:00:00Z"));
  store.Add(Ready("api-00004-def", "2025-09-02T10:00:00Z"));
  CHECK(store.Ask({"postmortem", "api-00002-bcd"}).out == store.Ask({"postmortem", "1"}).out);
  CHECK(
      store.Ask({"postmortem", "api-00003-cde"}).err ==
      "neverready: error: 'api-00003-cde' did not fail: it ended incident 1\n  try: neverready postmortem 1\n");
  CHECK(store.Ask({"postmortem", "api-00004-def"}).err ==
        "neverready: error: 'api-00004-def' belongs to no incident: its state is ready\n"
        "  try: neverready show api-00004-def\n");
}

TEST_CASE("A draft is written whole, and over nothing unless told so", "[cli][postmortem]") {
  const Store store;
  store.Add(Failed("api-00002-bcd", "2025-09-02T08:00:00Z"));
  const std::string draft = store.Ask({"postmortem", "1"}).out, file = store.InFolder("draft.md");
  const Ran written = store.Ask({"postmortem", "1", "-o", file});
  CHECK(written.code == 0);
  CHECK(written.out.empty());
  CHECK(fakes::ReadFile(file) == draft);

  fakes::WriteFile(file, "filled in");
  const Ran refused = store.Ask({"postmortem", "1", "-o", file});
  CHECK(refused.code == 2);
  CHECK(refused.err ==
        "neverready: error: '" + file +
            "' is there already and may hold what people filled in\n  try: another name, or --force to "
            "write over it\n");
  CHECK(fakes::ReadFile(file) == "filled in");
  CHECK(store.Ask({"postmortem", "1", "-o", file, "--force"}).code == 0);
  CHECK(fakes::ReadFile(file) == draft);
  CHECK(store.Ask({"postmortem", "1", "-o", "-"}).out == draft);
  // Nothing is left beside it.
  for (const auto& entry : fs::directory_iterator(fs::path(file).parent_path()))
    CHECK_FALSE(Contains(entry.path().string(), ".tmp-"));
}

TEST_CASE("Output files: folders, links and pipes", "[cli][output]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.Write("a.md", "before"), link = folder.name() + "/link.md";
  CHECK_FALSE(WriteOutputFile(folder.name(), "x", IfThere::kReplace));
  CHECK_FALSE(WriteOutputFile(folder.name() + "/none/a.md", "x", IfThere::kReplace));
  fs::create_symlink(file, link);
  CHECK_FALSE(WriteOutputFile(link, "after", IfThere::kFail));
  CHECK(WriteOutputFile(link, "after", IfThere::kReplace));
  CHECK(fs::is_symlink(link));
  CHECK(fakes::ReadFile(file) == "after");

  const std::string pipe = folder.name() + "/pipe";
  REQUIRE(std::system(("mkfifo '" + pipe + "' && cat '" + pipe + "' > '" + pipe + ".read' &").c_str()) == 0);
  while (!fs::exists(pipe)) {
  }
  CHECK(WriteOutputFile(pipe, "through", IfThere::kFail));
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("The store is found by option, variable, or in the home", "[cli][store-path]") {
  std::map<std::string, std::string> variables;
  std::istringstream in;
  std::ostringstream out;
  Io io{in, out, out};
  io.environment = [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
  CHECK_FALSE(StorePath("", io));
  CHECK(StorePath("a.db", io) == "a.db");
  variables["HOME"] = "/home/ada";
  CHECK(StorePath("", io) == "/home/ada/.local/state/neverready/neverready.db");
  variables["XDG_STATE_HOME"] = "relative";
  CHECK(StorePath("", io) == "/home/ada/.local/state/neverready/neverready.db");
  variables["XDG_STATE_HOME"] = "/state";
  CHECK(StorePath("", io) == "/state/neverready/neverready.db");
  variables["NEVERREADY_DB"] = "b.db";
  CHECK(StorePath("", io) == "b.db");
  CHECK(StorePath("a.db", io) == "a.db");
}

TEST_CASE("A store that is not there is an error with the way to make one", "[cli][show][messages]") {
  const fakes::TemporaryFolder folder;
  const Ran ran = RunApp({"show", "1"}, {"", {{"NEVERREADY_DB", folder.name() + "/none.db"}}});
  CHECK(ran.code == 2);
  CHECK(Contains(ran.err, "none.db' does not exist\n  try: analyze LOG --db "));
  CHECK_FALSE(fs::exists(folder.name() + "/none.db"));
}

TEST_CASE("Hostile text of the store is harmless in every format", "[cli][show]") {
  for (const std::string& text : {std::string("\x1b[2J\x1b]0;t\x07\u202Etxt\xff\n::error::x ##[error]y"),
                                  std::string("a\nb | <img src=x> @all #77 `c`")}) {
    const Store store;
    db::StoredStart start;
    start.diagnosis = fakes::Hostile(text);
    start.diagnosis.key.revision = "api-00001-abc";
    start.fingerprint = "x";
    start.environment = "unknown";
    fakes::StoreStarts(store.path(), {start});
    for (const char* format : {"text", "json", "ndjson", "markdown"}) {
      for (std::vector<std::string> arguments :
           {std::vector<std::string>{"show", "1"}, {"show", "api-00001-abc"}, {"explain", "api-00001-abc"}}) {
        INFO(arguments[0] << " " << arguments[1] << " " << format);
        arguments.insert(arguments.end(), {"--format", format, "--db", store.path()});
        const Ran ran = RunApp(arguments, {"", {{"GITHUB_ACTIONS", "true"}}});
        CHECK(ran.err.empty());
        CHECK_FALSE(ran.out.empty());
        CHECK_FALSE(Contains(ran.out, "\x1b"));
        CHECK_FALSE(Contains(ran.out, "\u202E"));
        CHECK_FALSE(Contains(ran.out, "##["));
        CHECK_FALSE(Contains(ran.out, "\n::"));
        if (std::string_view(format) == "markdown" && arguments[1] == "1") {
          CHECK_FALSE(Contains(ran.out, "<img"));
          CHECK_FALSE(Contains(ran.out, "@all"));
        }
      }
    }
  }
}

}  // namespace
}  // namespace neverready::cli
