#include "reports/postmortem.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "cli/lookup.h"
#include "core/text.h"
#include "db/incident_store.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"
#include "tests/fakes/time_zone.h"

namespace neverready::reports {
namespace {

using fakes::LogBuilder;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const std::string kExample = "examples/netra-backend-staging-00170-55z.ndjson";

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// A store that is there as long as the test.
class Scene {
 public:
  Scene& Log(const LogBuilder& log) {
    fakes::StoreLog(path(), log);
    return *this;
  }
  std::string path() const { return folder_.name() + "/store.db"; }

  std::string Draft(std::int64_t incident, core::Zone zone = core::Zone::kUtc) const {
    const auto store = db::Store::Open(path(), db::Access::kReadOnly);
    REQUIRE(store);
    const auto record = db::LoadIncident(store->get(), incident);
    REQUIRE(record);
    REQUIRE(*record);
    return ToPostmortem(
        **record, cli::FindWayBack((*record)->service, (*record)->verdicts, (*record)->incident.opened_at),
        {zone, "0.0"});
  }

 private:
  fakes::TemporaryFolder folder_;
};

LogBuilder Ready(const std::string& revision, std::string_view at) {
  LogBuilder log(revision);
  log.At(at).Start().App("Listening on 8080").ProbeOk(8080).Ready();
  return log;
}

LogBuilder CannotImport(const std::string& revision, std::string_view at) {
  LogBuilder log(revision);
  log.At(at).Start().Wait(2s).App("ModuleNotFoundError: No module named 'ledger'").Exit(1);
  log.ProbeFailed("CANCELLED", 8080).Wait(1500ms).NotReady(8080);
  return log;
}

LogBuilder LacksVariable(const std::string& revision, std::string_view at) {
  LogBuilder log(revision);
  log.At(at)
      .Start()
      .Wait(1s)
      .App("KeyError: 'DATABASE_URL'")
      .App("Environment variable DATABASE_URL is not set");
  log.Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  return log;
}

// Ready; failed, ended; the same cause again, then another, ended. Another service fails at the same time.
void FillHistory(Scene* scene) {
  scene->Log(Ready("api-00001-abc", "2025-09-01T08:00:00Z"))
      .Log(CannotImport("api-00002-bcd", "2025-09-02T08:00:00Z"))
      .Log(Ready("api-00003-cde", "2025-09-02T09:30:00Z"))
      .Log(CannotImport("api-00004-def", "2025-09-10T08:00:00Z"))
      .Log(LacksVariable("api-00005-efg", "2025-09-10T08:20:00Z"))
      .Log(CannotImport("worker-00007-xyz", "2025-09-10T08:01:00Z"))
      .Log(Ready("api-00006-fgh", "2025-09-10T09:00:00Z"));
}

void FillCrashLoop(Scene* scene) {
  LogBuilder log("api-00002-bcd");
  log.At("2025-09-03T10:00:00Z");
  for (int i = 0; i < 12; ++i)
    log.Start()
        .ProbeOk(8080)
        .Wait(20s)
        .App("panic: runtime error: index out of range [3] with length 2")
        .Exit(2);
  scene->Log(Ready("api-00001-abc", "2025-09-01T08:00:00Z")).Log(log);
}

void FillUnknown(Scene* scene) {
  LogBuilder log("api-00001-abc");
  log.At("2025-09-03T10:00:00Z").Start().App("loading the tables").App("that was it").Exit(1);
  log.ProbeFailed("CANCELLED", 8080);
  scene->Log(log);
}

void FillRefused(Scene* scene) {
  LogBuilder log("");
  log.At("2025-09-03T10:00:00Z");
  for (int i = 0; i < 2; ++i)
    log.Refused(7,
                "Permission 'iam.serviceaccounts.actAs' denied on service account "
                "run@demo-proj.iam.gserviceaccount.com (or it may not exist).")
        .Wait(60s);
  scene->Log(log);
}

void FillBundled(Scene* scene) {
  CHECK(fakes::RunApp({"analyze", "-q", kExample, "--db", scene->path()}).code == 1);
}

// --- Traceability ---------------------------------------------------------------------------------------

std::string Replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// What a reader sees of one line of Markdown, blanks run together.
std::string Read(const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) ++i;
    text += line[i];
  }
  for (const auto& [entity, sign] :
       {std::pair("&#8203;", ""), std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&#124;", "|"),
        std::pair("&#36;", "$"), std::pair("&amp;", "&")})
    text = Replaced(text, entity, sign);
  return text;
}

std::string OneBlank(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (Contains(text, "  ")) text = Replaced(text, "  ", " ");
  return text;
}

// All that the store holds, as a draft may show it.
class Stored {
 public:
  explicit Stored(const std::string& path) {
    const Moments moments(core::Zone::kUtc);
    for (const std::string& value : fakes::AllStored(path)) {
      const bool number =
          !value.empty() && value.size() < 20 && value.find_first_not_of("-0123456789") == std::string::npos;
      if (number && value.size() == 19 && value[0] == '1') {
        times_.insert(core::Timestamp(std::chrono::nanoseconds(std::stoll(value))));
      } else if (number) {
        // Positions are stored from 0 and shown from 1; ends of lists leave out their middle.
        for (const int off : {0, 1, -10}) numbers_.insert(std::to_string(std::stoll(value) + off));
      } else if (value.find_first_not_of("0123456789.e-") == std::string::npos && Contains(value, ".")) {
        numbers_.insert(fmt::format("{:.2f}", std::stod(value)));
      } else if (!value.empty()) {
        texts_.push_back(OneBlank(core::SafeForTerminal(value)));
      }
    }
    numbers_.insert({"1.00", "5", "0.0"});  // a confidence; minutes of kNearlyTheSameTime; the version
    for (const core::Timestamp a : times_) {
      for (const std::string& shown : {moments.Full(a), moments.Cell(a), moments.Date(a)})
        marks_.insert(shown);
      for (const core::Timestamp b : times_) marks_.insert(Between(a, b));
    }
    marks_.erase("");
    // The longest first, so that what is part of another is taken out later.
    std::ranges::sort(texts_, std::ranges::greater(), &std::string::size);
    by_length_.assign(marks_.begin(), marks_.end());
    std::ranges::sort(by_length_, std::ranges::greater(), &std::string::size);
  }

  bool HasText(std::string text) const {
    if (text.ends_with("…")) text.resize(text.size() - std::string_view("…").size());
    text = OneBlank(std::move(text));
    while (text.ends_with(' ')) text.pop_back();
    return text.empty() ||
           std::ranges::any_of(texts_, [&](const std::string& one) { return Contains(one, text); });
  }

  std::string WithoutTimes(std::string text) const {
    for (const std::string& mark : by_length_) text = Replaced(std::move(text), mark, "");
    return text;
  }

  std::string WithoutTexts(std::string text) const {
    for (const std::string& one : texts_) {
      if (one.find_first_of("0123456789") != std::string::npos && one.size() > 2)
        text = Replaced(std::move(text), one, "");
    }
    return text;
  }

  bool HasNumber(const std::string& number) const { return numbers_.contains(number); }

 private:
  std::set<core::Timestamp> times_;
  std::set<std::string> numbers_, marks_;
  std::vector<std::string> texts_, by_length_;
};

// The quotations, times and numbers of a draft that no stored row holds.
std::vector<std::string> Untraceable(const std::string& draft, const Stored& stored) {
  std::vector<std::string> strange;
  std::istringstream lines(draft);
  std::string fence;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      fence = fence.empty() ? line : "";
      continue;
    }
    if (fence == "```sh" && line.starts_with("gcloud run services update-traffic ")) {
      std::istringstream words(Replaced(line.substr(35), "=100", ""));
      for (std::string word; words >> word;)
        if (!word.starts_with("--") && !stored.HasText(word)) strange.push_back(word);
      continue;
    }
    if (!fence.empty()) {
      // Last words stand behind their time.
      const std::string quoted = line.starts_with("20") ? stored.WithoutTimes(line) : line;
      if (!stored.HasText(std::string(core::Trim(quoted)))) strange.push_back(line);
      continue;
    }
    const bool timeline = line.starts_with("| 20") || line.starts_with("| not told");
    line = Read(line);
    if (timeline) {
      std::string cell = line.substr(0, line.rfind(" |"));
      cell = cell.substr(cell.rfind("| ") + 2);
      if (!stored.HasText(cell) && !stored.HasText(Replaced(cell, "|", "")) && cell != "same category" &&
          cell != "yes")
        strange.push_back(cell);
    }
    std::string rest = stored.WithoutTexts(OneBlank(stored.WithoutTimes(line)));
    for (std::size_t at = rest.find_first_of("0123456789"); at != std::string::npos;
         at = rest.find_first_of("0123456789", at)) {
      std::size_t end = rest.find_first_not_of("0123456789.", at);
      if (end == std::string::npos) end = rest.size();
      std::string number = rest.substr(at, end - at);
      if (number.ends_with('.')) number.pop_back();
      if (!stored.HasNumber(number)) strange.push_back(rest);
      at = end;
    }
  }
  return strange;
}

using Fill = void (*)(Scene*);
struct Case {
  const char* name;
  Fill fill;
  std::int64_t incident;
};
const std::vector<Case> kCases = {{"bundled", FillBundled, 1},    {"unknown", FillUnknown, 1},
                                  {"refused", FillRefused, 1},    {"crash_loop", FillCrashLoop, 1},
                                  {"regression", FillHistory, 2}, {"closed", FillHistory, 1}};

TEST_CASE("Drafts of post-mortems", "[reports][postmortem][golden]") {
  for (const Case& one : kCases) {
    Scene scene;
    one.fill(&scene);
    fakes::CheckGolden(std::string("tests/golden/postmortem_") + one.name + ".md", scene.Draft(one.incident));
  }
}

TEST_CASE("Every time, number and quotation of a draft is stored", "[reports][postmortem]") {
  for (const Case& one : kCases) {
    INFO(one.name);
    Scene scene;
    one.fill(&scene);
    const Stored stored(scene.path());
    const std::string draft = scene.Draft(one.incident);
    CHECK(Untraceable(draft, stored) == std::vector<std::string>());
    // What would be found if it were made up.
    for (const char* invented :
         {"It began at 2025-09-08 04:02:11.320 UTC.", "It took 17.3 s.", "4711 users.",
          "```text\nImportError: no such thing\n```\n", "| 2025-09-08 | x | made up |",
          "```sh\ngcloud run services update-traffic other --to-revisions other-00001-abc=100\n```"}) {
      INFO(invented);
      CHECK_FALSE(Untraceable(draft + invented + std::string("\n"), stored).empty());
    }
  }
}

TEST_CASE("A draft leaves out what has no source", "[reports][postmortem]") {
  Scene scene;
  FillRefused(&scene);
  const std::string draft = scene.Draft(1);
  for (const char* section : {"## Attempts", "Environment variables", "### Rollback",
                              "## The same cause before", "## Other services"}) {
    INFO(section);
    CHECK_FALSE(Contains(draft, section));
  }
  CHECK(Contains(draft, "## What is not known"));
}

TEST_CASE("A draft asks people what only they know", "[reports][postmortem]") {
  Scene scene;
  FillBundled(&scene);
  const std::string draft = scene.Draft(1);
  std::size_t blanks = 0;
  for (std::size_t at = draft.find(kBlank); at != std::string::npos; at = draft.find(kBlank, at + 1))
    ++blanks;
  CHECK(blanks >= 8);
  CHECK(Contains(draft, "Who was affected"));
}

TEST_CASE("Times of a draft can be local", "[reports][postmortem]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  Scene scene;
  FillBundled(&scene);
  const std::string draft = scene.Draft(1, core::Zone::kLocal);
  CHECK(Contains(draft, "2025-09-08 06:02:11.319 +02:00"));
  CHECK_FALSE(Contains(draft, "UTC"));
}

TEST_CASE("Hostile text in a draft stays text", "[reports][postmortem]") {
  Scene scene;
  db::StoredStart start;
  start.diagnosis = fakes::Hostile(
      "# h\n\n| a | b |\n</script><img src=x onerror=1> @all #77 [a](http://b) `c`\n```\n\x1b[31m\u202E");
  start.fingerprint = "import_error x";
  start.environment = "unknown";
  start.attempts = {{"`|<b>", "@c", start.diagnosis.started_at, std::nullopt, std::nullopt, "open", 0, true}};
  fakes::StoreStarts(scene.path(), {start});
  const std::string draft = scene.Draft(1);
  CHECK_FALSE(Contains(draft, "\x1b"));
  CHECK_FALSE(Contains(draft, "\u202E"));
  std::istringstream lines(draft);
  bool fenced = false;
  std::size_t length = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (!fenced && ticks >= 3) {
      fenced = true;
      length = ticks;
    } else if (fenced && ticks >= length && ticks == line.size()) {
      fenced = false;
    } else if (!fenced) {
      INFO(line);
      CHECK_FALSE(Contains(line, "<img"));
      CHECK_FALSE(Contains(line, "@all"));
      CHECK_FALSE(Contains(line, "[a]("));
      CHECK_FALSE(Contains(line, "#77"));
      CHECK_FALSE(line.starts_with("# h"));
    }
  }
  CHECK_FALSE(fenced);
}

TEST_CASE("No text breaks a draft", "[reports][postmortem]") {
  for (const std::string& text : fakes::HostileTexts()) {
    db::IncidentRecord record;
    record.id = 1;
    record.service = {1, text, text, text, text};
    record.incident = {
        true, core::Timestamp(), {}, text, "", analyzers::Category::kImportError, text, text, text, {}, {}};
    record.incident.transitions = {{incidents::TransitionKind::kOpened, core::Timestamp(), text,
                                    analyzers::Category::kImportError, text, text, text}};
    db::RevisionRecord revision;
    revision.start.diagnosis = fakes::Hostile(text);
    revision.service = record.service;
    record.failed = {revision};
    record.closed_by = revision;
    record.earlier = {{7, false, {}, {}, text, text, {}, text}};
    record.elsewhere = {{8, record.service, text, {}, {}, text, true}};
    const std::string draft = ToPostmortem(record, {text, {}, text}, {});
    INFO(text);
    REQUIRE(core::IsValidUtf8(draft));
    REQUIRE(core::RepairUtf8(core::SafeForTerminal(draft)) == draft);
    std::size_t titles = 0;
    std::istringstream lines(draft);
    for (std::string line; std::getline(lines, line);) titles += line.starts_with("# ") ? 1 : 0;
    REQUIRE(titles >= 1);
  }
}

}  // namespace
}  // namespace neverready::reports
