// A large log is looked at first and read again where that matters, by several threads. The answer is the
// same as if every entry had been read at once.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <sstream>

#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "ingest/reader.h"
#include "reports/json.h"
#include "tests/fakes/log_builder.h"
#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using fakes::TemporaryFolder;

std::vector<std::string> CaseFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/cases")) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path().generic_string());
  }
  std::ranges::sort(files);
  return files;
}

// Everything kept, nothing skimmed.
std::string KeepingAll(const std::string& file) {
  analyzers::Collector collector;
  std::istringstream in;
  REQUIRE(ingest::ReadFiles({file}, in, {}, [&](const ingest::LogEntry& entry) { collector.Add(entry); }));
  const analyzers::Collected collected = collector.Finish();
  std::vector<analyzers::Diagnosis> diagnoses;
  for (const analyzers::RevisionLog& log : collected.revisions)
    diagnoses.push_back(Diagnose(fakes::BuiltinRuleSet(), log, {collected.last, std::nullopt}));
  SortDiagnoses(&diagnoses);
  std::string lines;
  for (const analyzers::Diagnosis& diagnosis : diagnoses) lines += reports::ToJsonLine(diagnosis) + "\n";
  return lines;
}

std::string Told(const std::string& file, const std::string& threads) {
  return fakes::RunApp({"analyze", "--format", "ndjson", "--threads", threads, file}).out;
}

TEST_CASE("Entries that are noted and read again get the answer of entries that are kept", "[properties]") {
  const std::vector<std::string> files = CaseFiles();
  CHECK(files.size() > 400);
  for (const std::string& file : files) {
    INFO(file);
    CHECK((Told(file, "1") == KeepingAll(file)));
  }
}

TEST_CASE("Several threads give the answer of one", "[properties][parallel]") {
  const TemporaryFolder folder;
  std::string all;
  const std::vector<std::string> files = CaseFiles();
  for (std::size_t i = 0; i < files.size(); i += 3) all += fakes::ReadFile(files[i]);
  CHECK(all.size() > 4 * (256u << 10));  // several chunks
  const std::string ndjson = folder.Write("all.ndjson", all);
  const std::string one = Told(ndjson, "1");
  CHECK(std::ranges::count(one, '\n') > 100);
  for (const char* threads : {"2", "3", "8"}) CHECK((Told(ndjson, threads) == one));
  // From standard input, and as an array, newest first.
  CHECK((fakes::RunApp({"analyze", "--format", "ndjson", "--threads", "3", "-"},
                       {.in = all, .environment = {}, .terminal = false})
             .out == one));
  std::vector<std::string> lines;
  std::istringstream in(all);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string array = "[\n";
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    array += (line == lines.rbegin() ? "" : ",\n") + *line;
  const std::string newest_first = folder.Write("all.json", array + "\n]\n");
  const std::string of_array = Told(newest_first, "1");
  CHECK(std::ranges::count(of_array, '\n') == std::ranges::count(one, '\n'));
  CHECK((Told(newest_first, "3") == of_array));
}

TEST_CASE("What is malformed is counted and described alike by any number of threads",
          "[properties][parallel]") {
  const TemporaryFolder folder;
  std::string text;
  const std::string good =
      R"({"logName":"projects/p/logs/x","textPayload":")" + std::string(900, 'x') + "\"}\n";
  for (int i = 0; i < 2000; ++i) text += i % 300 == 299 ? "{\"broken\n" : good;
  const std::string file = folder.Write("log.ndjson", text + "{\"textPayload\":\"cut o");
  const fakes::Ran one = fakes::RunApp({"analyze", "--threads", "1", file});
  CHECK(one.err.find("log.ndjson:300: skipped") != std::string::npos);
  CHECK(one.err.find("log.ndjson:1500: skipped") != std::string::npos);
  CHECK(one.err.find("1 more malformed line was skipped (7 in all)") != std::string::npos);
  CHECK(one.err.find("the last line is cut off") != std::string::npos);
  for (const char* threads : {"2", "5"}) {
    const fakes::Ran several = fakes::RunApp({"analyze", "--threads", threads, file});
    CHECK(several.err == one.err);
    CHECK(several.out == one.out);
  }
}

// A container that served for an hour: thousands of lines between its start and its end.
std::string LongService(bool dies) {
  const auto entry = [](int second, int number, const std::string& log, const std::string& text) {
    const std::string time = core::FormatRfc3339(core::Timestamp(std::chrono::seconds(1757304000 + second)) +
                                                 std::chrono::microseconds(number));
    return R"({"insertId":")" + std::to_string(number) +
           R"(","labels":{"instanceId":"i1"},"logName":"projects/p/logs/run.googleapis.com%2F)" + log +
           R"(","resource":{"labels":{"configuration_name":"s","location":"l","project_id":"p","revision_name":"s-00001-abc","service_name":"s"},"type":"cloud_run_revision"},"textPayload":")" +
           text + R"(","timestamp":")" + time + "\"}\n";
  };
  int number = 0;
  std::string text = entry(0, ++number, "varlog%2Fsystem", "Starting new instance. Reason: AUTOSCALING");
  text += entry(1, ++number, "stderr", "Server listening on port 8080");
  text +=
      entry(2, ++number, "varlog%2Fsystem",
            R"(Default STARTUP TCP probe succeeded after 1 attempt for container \"app-1\" on port 8080.)");
  for (int second = 3; second < 3600; ++second)
    text += entry(second, ++number, "stdout",
                  second == 1800 ? "ModuleNotFoundError: No module named 'plugin'" : "served a request");
  if (dies) {
    text += entry(3600, ++number, "stderr", "panic: runtime error: index out of range [3] with length 3");
    text += entry(3600, ++number, "stderr", "");
    text += entry(3600, ++number, "stderr", "goroutine 1 [running]:");
    text += entry(3600, ++number, "stderr", "main.main()");
    text += entry(3600, ++number, "varlog%2Fsystem", "Container called exit(2).");
  }
  return text;
}

TEST_CASE("Of a long service the start and the end are read, and what lies between is not", "[properties]") {
  const TemporaryFolder folder;
  const std::string dead = folder.Write("dead.ndjson", LongService(true));
  CHECK((Told(dead, "1") == KeepingAll(dead)));
  CHECK(Told(dead, "1").find("\"state\":\"crash_looping\"") != std::string::npos);
  CHECK(Told(dead, "1").find("index out of range") != std::string::npos);
  const std::string alive = folder.Write("alive.ndjson", LongService(false));
  CHECK((Told(alive, "1") == KeepingAll(alive)));
  CHECK(Told(alive, "1").find("\"state\":\"ready\"") != std::string::npos);
  CHECK(Told(alive, "1").find("plugin") == std::string::npos);
}

}  // namespace
}  // namespace neverready
