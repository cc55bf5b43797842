// What a store holds depends on the entries that were read, not on the order, the division or the repetition
// in which they came.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "tests/fakes/log_builder.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"
#include "tests/fakes/yaml_writer.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using fakes::LogBuilder;
using fakes::TemporaryFolder;
using Lines = std::vector<std::string>;

Lines LinesOf(const std::string& file) {
  Lines lines;
  std::istringstream in(fakes::ReadFile(file));
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line + "\n");
  }
  return lines;
}

std::string Join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

enum class How : std::uint8_t { kCut, kDealt, kEither };

// Divides into one to four portions: cut where they are, or dealt like cards; shuffled, one perhaps twice.
template <typename T>
std::vector<std::vector<T>> Divide(const std::vector<T>& whole, How how, std::mt19937* random) {
  const std::size_t count = 1 + (*random)() % 4;
  std::vector<std::vector<T>> portions(count);
  const bool dealt = how == How::kDealt || (how == How::kEither && (*random)() % 2 == 0);
  std::vector<std::size_t> cuts(count - 1);
  for (std::size_t& cut : cuts) cut = (*random)() % (whole.size() + 1);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const auto before =
        static_cast<std::size_t>(std::ranges::count_if(cuts, [&](std::size_t cut) { return cut <= i; }));
    portions[dealt ? (*random)() % count : before].push_back(whole[i]);
  }
  std::shuffle(portions.begin(), portions.end(), *random);
  if ((*random)() % 3 == 0) portions.push_back(portions.front());
  std::erase_if(portions, [](const auto& portion) { return portion.empty(); });
  return portions;
}

std::string ShapeOf(const auto& portions) {
  std::string shape;
  for (const auto& portion : portions) shape += " " + std::to_string(portion.size());
  return "portions of" + shape;
}

void Import(const std::string& store, const std::string& text, const std::string& format = "ndjson") {
  const fakes::Ran ran = fakes::RunApp({"analyze", "-", "-q", "--db", store, "--input-format", format},
                                       {.in = text, .environment = {}, .terminal = false});
  INFO(ran.err);
  CHECK(ran.err.find("store") == std::string::npos);
}

void CheckDivisions(const std::string& name, const Lines& lines, std::mt19937* random, int rounds) {
  const TemporaryFolder folder;
  const std::string whole = folder.name() + "/whole.db";
  Import(whole, Join(lines));
  const Lines content = fakes::ContentOf(whole);
  for (int round = 0; round < rounds; ++round) {
    const std::vector<Lines> portions = Divide(lines, How::kEither, random);
    const std::string store = folder.name() + "/" + std::to_string(round) + ".db";
    for (const Lines& portion : portions) Import(store, Join(portion));
    INFO(name << ", " << ShapeOf(portions));
    const std::string difference = fakes::DifferenceOf(content, fakes::ContentOf(store));
    INFO(difference);
    CHECK(difference.empty());
  }
}

TEST_CASE("Cases that are imported in portions, in any order, are stored as at once",
          "[properties][imports]") {
  Lines files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/cases")) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path().generic_string());
  }
  std::ranges::sort(files);
  std::mt19937 random(20251);
  std::size_t checked = 0;
  for (std::size_t i = 5; i < files.size(); i += 15, ++checked)
    CheckDivisions(files[i], LinesOf(files[i]), &random, 2);
  CHECK(checked >= 40);
}

TEST_CASE("The examples in portions, in any order, are stored as at once", "[properties][imports]") {
  std::mt19937 random(3);
  for (const char* file : {"examples/shop-2025-09.ndjson", "examples/netra-backend-staging-00170-55z.ndjson"})
    CheckDivisions(file, LinesOf(file), &random, 8);
}

// Several cases in one log: a service has several revisions, and the newest entry of all is another's.
TEST_CASE("A log of several services in portions is stored as at once", "[properties][imports]") {
  Lines lines, files;
  for (const auto& entry : fs::directory_iterator("tests/cases/pynode")) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path().generic_string());
  }
  std::ranges::sort(files);
  for (std::size_t i = 0; i < files.size(); i += 11) {
    const Lines some = LinesOf(files[i]);
    lines.insert(lines.end(), some.begin(), some.end());
  }
  std::mt19937 random(8);
  CheckDivisions("several", lines, &random, 6);
}

using Entries = std::vector<ingest::LogEntry>;

void CheckDivisions(const std::string& name, const Entries& entries, How how, std::mt19937* random,
                    int rounds) {
  const TemporaryFolder folder;
  const std::string whole = folder.name() + "/whole.db";
  fakes::StoreLog(whole, entries);
  const auto content_of = [how](const std::string& store) {
    Lines content = fakes::ContentOf(store);
    if (how == How::kDealt)
      std::erase_if(content, [](const std::string& line) { return line.starts_with("raw_entries|"); });
    return content;
  };
  const Lines content = content_of(whole);
  for (int round = 0; round < rounds; ++round) {
    const std::vector<Entries> portions = Divide(entries, how, random);
    const std::string store = folder.name() + "/" + std::to_string(round) + ".db";
    for (const Entries& portion : portions) fakes::StoreLog(store, portion);
    INFO(name << ", " << ShapeOf(portions));
    const std::string difference = fakes::DifferenceOf(content, content_of(store));
    INFO(difference);
    CHECK(difference.empty());
  }
}

// 18 entries an attempt: more than are kept whole.
Entries CrashLoop(int attempts) {
  using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
  LogBuilder log("api-00007-abc");
  for (int attempt = 0; attempt < attempts; ++attempt) {
    log.Wait(30s).Start();
    for (int i = 0; i < 12; ++i) log.App("loading plugin " + std::to_string(i));
    log.Lines(
        "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>\n    import "
        "flask_cors\nModuleNotFoundError: No module named 'flask_cors'");
    log.Exit(1);
  }
  return log.NotReady(8080).entries();
}

TEST_CASE("A crash loop of more entries than are kept, cut anywhere, is stored as at once",
          "[properties][imports]") {
  for (const int attempts : {12, 30, 60}) {
    std::mt19937 random(static_cast<unsigned>(attempts));
    CheckDivisions(std::to_string(attempts) + " attempts", CrashLoop(attempts), How::kCut, &random, 25);
  }
}

// Dealt, each portion has shreds of every attempt, and what of them matters shows only later
// (docs/manual.md).
TEST_CASE("A crash loop of more entries than are kept, dealt like cards, has the same verdict",
          "[properties][imports]") {
  for (const int attempts : {12, 30, 60}) {
    std::mt19937 random(static_cast<unsigned>(attempts));
    CheckDivisions(std::to_string(attempts) + " attempts", CrashLoop(attempts), How::kDealt, &random, 15);
  }
}

// Portions in YAML, as gcloud prints by itself, beside portions in JSON.
TEST_CASE("Portions in several forms are stored as at once", "[properties][imports]") {
  const Lines lines = LinesOf("examples/shop-2025-09.ndjson");
  std::mt19937 random(13);
  const TemporaryFolder folder;
  const std::string whole = folder.name() + "/whole.db";
  Import(whole, Join(lines));
  const Lines content = fakes::ContentOf(whole);
  for (int round = 0; round < 4; ++round) {
    const std::string store = folder.name() + "/" + std::to_string(round) + ".db";
    const std::vector<Lines> portions = Divide(lines, How::kEither, &random);
    for (const Lines& portion : portions) {
      if (random() % 2 == 0) {
        Import(store, Join(portion));
        continue;
      }
      std::string yaml;
      for (const std::string& line : portion) yaml += fakes::WriteYaml(nlohmann::ordered_json::parse(line));
      Import(store, yaml, "yaml");
    }
    INFO(ShapeOf(portions));
    const std::string difference = fakes::DifferenceOf(content, fakes::ContentOf(store));
    INFO(difference);
    CHECK(difference.empty());
  }
}

// Text comes whole: a portion without the platform's sentence would name no revision. Again changes nothing.
TEST_CASE("Text that names its revision is stored once, however often it is imported",
          "[properties][imports]") {
  const std::string text =
      "2025-09-08T04:02:10Z Starting new instance. Reason: DEPLOYMENT_ROLLOUT\n"
      "2025-09-08T04:02:11Z Traceback (most recent call last):\n"
      "2025-09-08T04:02:11Z   File \"/app/main.py\", line 3, in <module>\n"
      "2025-09-08T04:02:11Z     import flask_cors\n"
      "2025-09-08T04:02:11Z ModuleNotFoundError: No module named 'flask_cors'\n"
      "2025-09-08T04:02:12Z Container called exit(1).\n"
      "2025-09-08T04:02:13Z Ready condition status changed to False for Revision api-00007-abc with message: "
      "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 "
      "environment variable within the allocated timeout.\n";
  const TemporaryFolder folder;
  const std::string once = folder.name() + "/once.db", often = folder.name() + "/often.db";
  Import(once, text, "text");
  const Lines content = fakes::ContentOf(once);
  CHECK(std::ranges::count_if(content, [](const std::string& line) {
          return line.starts_with("diagnoses|") && line.find("api-00007-abc") != std::string::npos;
        }) == 1);
  for (int i = 0; i < 3; ++i) Import(often, text, "text");
  CHECK(fakes::DifferenceOf(content, fakes::ContentOf(often)).empty());
}

TEST_CASE("Refused deploys beside their service's revisions, in portions, are stored as at once",
          "[properties][imports]") {
  using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
  LogBuilder log("api-00007-abc");
  log.Start().App("Listening on 8080").ProbeOk(8080).Ready();
  LogBuilder refused("");
  refused.Wait(1h).Refused(3, "Image 'gcr.io/demo/api:9' not found.");
  LogBuilder next("api-00008-def");
  next.Wait(2h).Start().App("ModuleNotFoundError: No module named 'x'").Exit(1).NotReady(8080);
  log.Add(refused).Add(next);
  std::mt19937 random(21);
  CheckDivisions("refused", log.entries(), How::kEither, &random, 20);
}

}  // namespace
}  // namespace neverready
