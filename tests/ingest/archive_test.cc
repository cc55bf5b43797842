#include "ingest/archive.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ingest/reader.h"
#include "tests/fakes/run_app.h"

namespace neverready::ingest {
namespace {

std::string Line(int number, const std::string& text) {
  return R"({"insertId":")" + std::to_string(number) +
         R"(","logName":"projects/p/logs/run.googleapis.com%2Fstdout","resource":{"labels":{"location":"l","project_id":"p","revision_name":"s-00001-abc","service_name":"s"},"type":"cloud_run_revision"},"textPayload":")" +
         text + R"(","timestamp":"2025-09-08T04:02:11Z"})" + "\n";
}

struct Read {
  Archive archive{1 << 20};
  std::vector<Spot> spots;

  explicit Read(const std::vector<std::string>& files, const std::string& input = {}) {
    std::istringstream in(input);
    const Visitor visitor{[](const LogEntry&) {},
                          [this](const BorrowedGlimpse& seen) { spots.push_back(seen.spot); }};
    REQUIRE(ReadFiles(files, in, {}, {visitor}, &archive));
  }

  std::string Load(std::vector<Spot> wanted, std::size_t* lost) const {
    std::string texts;
    *lost = archive.Load(std::move(wanted), [&](const LogEntry& entry) {
      texts += std::to_string(entry.source) + ":" + entry.insert_id + ":" + entry.text.at(0).text + "|";
    });
    return texts;
  }
};

TEST_CASE("Entries are read again from files and from what came once", "[ingest][archive]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.Write("a.ndjson", Line(1, "one") + Line(2, "two") + Line(3, "three"));
  const std::string array = folder.Write("b.json", "[" + Line(4, "four") + "," + Line(5, "five") + "]");
  const Read read({file, array, "-"}, Line(6, "six") + Line(7, "seven"));
  REQUIRE(read.spots.size() == 7);
  std::size_t lost = 0;
  std::vector<Spot> backwards(read.spots.rbegin(), read.spots.rend());
  CHECK(read.Load(backwards, &lost) == "0:1:one|0:2:two|0:3:three|1:4:four|1:5:five|2:6:six|2:7:seven|");
  CHECK(lost == 0);
  CHECK(read.Load({read.spots[1]}, &lost) == "0:2:two|");
  CHECK(read.Load({}, &lost).empty());
}

TEST_CASE("Entries far from each other and of any size are read again", "[ingest][archive]") {
  const fakes::TemporaryFolder folder;
  const std::string big(3 << 20, 'x');
  std::string text;
  for (int i = 0; i < 50; ++i) text += Line(i, i == 25 ? big : std::string(40'000, 'y'));
  const Read read({folder.Write("a.ndjson", text)});
  std::size_t lost = 0;
  CHECK(read.Load({read.spots[0], read.spots[25], read.spots[49]}, &lost) ==
        "0:0:" + std::string(40'000, 'y') + "|0:25:" + big + "|0:49:" + std::string(40'000, 'y') + "|");
}

TEST_CASE("A file that changes while it is read loses entries and nothing else", "[ingest][archive]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.Write("a.ndjson", Line(1, "one") + Line(2, "two") + Line(3, "three"));
  const Read read({file});
  std::filesystem::resize_file(file, Line(1, "one").size() + 10);
  std::size_t lost = 0;
  CHECK(read.Load(read.spots, &lost) == "0:1:one|");
  CHECK(lost == 2);
}

}  // namespace
}  // namespace neverready::ingest
