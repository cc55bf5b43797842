#include "analyzers/collector.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Collect;
using fakes::LogBuilder;
using fakes::PlainText;
using ingest::LogEntry;
using ingest::LogKind;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

std::vector<std::string> TextsOf(const RevisionLog& log) {
  std::vector<std::string> texts;
  for (const Line& line : log.lines) texts.push_back(line.text);
  return texts;
}

Collected CollectAll(const std::vector<LogEntry>& entries) {
  Collector collector;
  for (const LogEntry& entry : entries) collector.Add(entry);
  return collector.Finish();
}

TEST_CASE("The order in which entries come does not matter", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.Start().Lines("one\ntwo\nthree").Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const auto wanted = TextsOf(Collect(log.entries()));
  CHECK(wanted == std::vector<std::string>{"one", "two", "three"});
  std::vector<LogEntry> entries = log.entries();
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    std::shuffle(entries.begin(), entries.end(), random);
    const RevisionLog shuffled = Collect(entries);
    CHECK(TextsOf(shuffled) == wanted);
    REQUIRE(shuffled.attempts.size() == 1);
    CHECK(shuffled.attempts[0].end_number == 1);
  }
}

TEST_CASE("A repeated entry counts once", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("one").App("one");
  std::vector<LogEntry> twice = log.entries();
  twice.insert(twice.end(), log.entries().begin(), log.entries().end());
  CHECK(TextsOf(Collect(twice)) == std::vector<std::string>{"one", "one"});
}

TEST_CASE("Entries of equal time stand in the order of their insertId", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.App("first").Wait(-1ms).App("second");
  std::vector<LogEntry> entries = log.entries();
  std::reverse(entries.begin(), entries.end());
  CHECK(TextsOf(Collect(entries)) == std::vector<std::string>{"first", "second"});
}

TEST_CASE("Each revision has a log of its own", "[analyzers][collector]") {
  LogBuilder one("api-00001-abc"), two("api-00002-def"), other("web-00001-abc");
  one.App("1");
  two.App("2");
  other.App("3");
  one.Add(two).Add(other);
  const Collected collected = CollectAll(one.entries());
  REQUIRE(collected.revisions.size() == 3);
  CHECK(collected.revisions[0].key.revision == "api-00001-abc");
  CHECK(collected.revisions[2].key.service == "web");
  CHECK(collected.entries == 3);
}

TEST_CASE("The same revision name in two projects is two revisions", "[analyzers][collector]") {
  LogBuilder one("api-00001-abc"), two("api-00001-abc");
  one.App("1");
  two.App("2");
  std::vector<LogEntry> entries = one.entries();
  entries.push_back(two.entries().front());
  entries.back().project = "other-proj";
  CHECK(CollectAll(entries).revisions.size() == 2);
}

TEST_CASE("Entries of other resources and entries without text are counted and left out",
          "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.App("mine").App("job").App("empty");
  std::vector<LogEntry> entries = log.entries();
  entries[1].resource_type = "cloud_run_job";
  entries[2].text.clear();
  const Collected collected = CollectAll(entries);
  CHECK(collected.entries == 3);
  CHECK(collected.foreign == 1);
  CHECK(collected.without_text == 1);
  REQUIRE(collected.revisions.size() == 1);
  CHECK(collected.revisions[0].lines.size() == 1);
  CHECK(collected.last == entries[2].timestamp);  // of the whole input
}

TEST_CASE("A request without text is a sign of traffic", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.Request(200);
  const Collected collected = CollectAll(log.entries());
  CHECK(collected.without_text == 0);
  REQUIRE(collected.revisions.size() == 1);
  REQUIRE(collected.revisions[0].events.size() == 1);
  CHECK(collected.revisions[0].events[0].kind == PlatformEvent::Kind::kRequest);
}

TEST_CASE("A service-level entry belongs to the revision that its text names", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.Start().Exit(1).ServiceNotReady(
      "Revision 'api-00001-abc' is not ready and cannot serve traffic. Image 'gcr.io/p/i' not found.");
  const RevisionLog collected = Collect(log.entries());
  CHECK(collected.key.revision == "api-00001-abc");
  CHECK(collected.events.size() == 3);
}

TEST_CASE("A deploy that succeeded is no revision of its own", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  ingest::AuditRecord record;
  record.kind = "Service";
  record.method = "google.cloud.run.v1.Services.ReplaceService";
  log.Audit(record, true).Start();
  CHECK(Collect(log.entries()).key.scope == LogScope::kRevision);
}

TEST_CASE("A finished collector is empty", "[analyzers][collector]") {
  Collector collector;
  LogBuilder log("api-00001-abc");
  log.App("x");
  collector.Add(log.entries().front());
  CHECK(collector.Finish().revisions.size() == 1);
  const Collected again = collector.Finish();
  CHECK(again.revisions.empty());
  CHECK(again.entries == 0);
}

TEST_CASE("Lines of plain text without a time keep the time of the line before", "[analyzers][collector]") {
  const RevisionLog log =
      Collect(PlainText("2026-01-18T02:24:00Z INFO boot\nplain\nplain\n2026-01-18T02:24:09Z INFO up\n"));
  CHECK(log.key.scope == LogScope::kFile);
  REQUIRE(log.lines.size() == 4);
  CHECK(log.places[log.lines[2].place].at == core::ParseRfc3339("2026-01-18T02:24:00Z"));
}

TEST_CASE("A line knows its body, its level and whether a logger began it", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.App("2026-01-18 02:24:01,123 - app.db - ERROR - cannot connect")
      .App("plain")
      .App(ingest::Severity::kError, "ERROR-less");
  const RevisionLog collected = Collect(log.entries());
  REQUIRE(collected.lines.size() == 3);
  CHECK(collected.lines[0].Body() == "cannot connect");
  CHECK(collected.lines[0].level == ingest::Severity::kError);
  CHECK(collected.lines[0].prefixed);
  CHECK(collected.lines[1].Body() == "plain");
  CHECK_FALSE(collected.lines[1].prefixed);
  CHECK(collected.lines[2].level == ingest::Severity::kError);
}

TEST_CASE("Logfmt values are lines of their own that quote the whole", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  const std::string whole =
      R"(ts=2026-01-18T02:24:01Z level=error msg="cannot start" err="dial tcp 10.8.0.5:5432: connect: connection refused" port=8080)";
  log.App(whole);
  const RevisionLog collected = Collect(log.entries());
  std::vector<std::string> bodies;
  for (const Line& line : collected.lines) {
    CHECK(line.text == whole);
    CHECK(line.level == ingest::Severity::kError);
    bodies.emplace_back(line.Body());
  }
  CHECK(std::ranges::count(bodies, "cannot start") == 1);
  CHECK(std::ranges::count(bodies, "dial tcp 10.8.0.5:5432: connect: connection refused") == 1);
}

TEST_CASE("Parts of a split message are joined by their index, in any order",
          "[analyzers][collector][split]") {
  LogBuilder log("api-00001-abc");
  log.Parts({"one ", "two ", "three"});
  std::vector<LogEntry> entries = log.entries();
  std::swap(entries[0].split->index, entries[2].split->index);
  std::swap(entries[0].text, entries[2].text);
  CHECK(TextsOf(Collect(entries)) == std::vector<std::string>{"one two three"});
}

TEST_CASE("Escape sequences do not reach the lines", "[analyzers][collector]") {
  LogBuilder log("api-00001-abc");
  log.App("\x1b[31mERROR\x1b[0m boom\r\n\x1b[2Kagain");
  CHECK(TextsOf(Collect(log.entries())) == std::vector<std::string>{"ERROR boom", "again"});
}

}  // namespace
}  // namespace neverready::analyzers
