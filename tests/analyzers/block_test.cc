#include "analyzers/block.h"

#include <catch2/catch.hpp>

#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::LogBuilder;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

std::vector<Block> BlocksOf(const LogBuilder& log) {
  const RevisionLog collected = fakes::Collect(log.entries());
  REQUIRE(collected.attempts.size() == 1);
  return JoinBlocks(collected, collected.attempts.front().lines);
}

TEST_CASE("Lines that follow each other closely are one block, in one entry or many", "[analyzers][block]") {
  LogBuilder one("api-00001-abc"), many("api-00001-abc");
  one.App("Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in f\nKeyError: 'x'");
  many.Lines("Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in f\nKeyError: 'x'");
  for (const LogBuilder& log : {one, many}) {
    const auto blocks = BlocksOf(log);
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].lines.size() == 3);
    CHECK(blocks[0].text ==
          "Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in f\nKeyError: 'x'");
    REQUIRE(blocks[0].links.size() == 1);
    CHECK(blocks[0].links[0].headline.type == "KeyError");
    CHECK(blocks[0].links[0].file == "/app/a.py");
    CHECK(blocks[0].links[0].file_line == 1);
    CHECK(blocks[0].links[0].frames);
  }
}

TEST_CASE("A logger's prefix, a pause and another stream begin a new block", "[analyzers][block]") {
  LogBuilder log("api-00001-abc");
  log.App("a").App("b").App("INFO c").Wait(1s).App("d").Stdout().App("e").Stderr().App("f");
  std::vector<std::string> texts;
  for (const Block& block : BlocksOf(log)) texts.push_back(block.text);
  CHECK(texts == std::vector<std::string>{"a\nb", "c", "d\nf", "e"});
}

TEST_CASE("A block has at most 400 lines", "[analyzers][block]") {
  LogBuilder log("api-00001-abc");
  std::string text;
  for (int i = 0; i < 900; ++i) text += "line " + std::to_string(i) + "\n";
  log.App(text);
  const auto blocks = BlocksOf(log);
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].lines.size() == 400);
  CHECK(blocks[2].lines.size() == 100);
}

TEST_CASE("An offset of the text leads back to its line", "[analyzers][block]") {
  LogBuilder log("api-00001-abc");
  log.App("abc\nde\n\nf");
  const Block block = BlocksOf(log).front();
  CHECK(block.LineAt(0) == 0);
  CHECK(block.LineAt(3) == 0);  // its newline
  CHECK(block.LineAt(4) == 1);
  CHECK(block.LineAt(7) == 2);
  CHECK(block.LineAt(8) == 3);
  CHECK(block.LineAt(1000) == 3);
}

std::vector<std::string> DepthsOf(const std::string& trace) {
  LogBuilder log("api-00001-abc");
  log.App(trace);
  std::vector<std::string> depths;
  const Block block = BlocksOf(log).front();
  for (const Link& link : block.links)
    depths.push_back(std::to_string(link.chain) + "." + std::to_string(link.depth) + " " +
                     link.headline.type);
  return depths;
}

using Depths = std::vector<std::string>;

TEST_CASE("Chains number their exceptions so that the innermost is deepest", "[analyzers][block]") {
  CHECK(
      DepthsOf(
          "a.AError: x\n\tat b.C.d(C.java:1)\nCaused by: a.BError: y\n\tat b.C.d(C.java:2)\nCaused by: a.CError: z") ==
      Depths{"1.0 a.AError", "1.1 a.BError", "1.2 a.CError"});
  CHECK(
      DepthsOf(
          "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nAError: x\n\nDuring handling of the above exception, another exception occurred:\n\n"
          "Traceback (most recent call last):\n  File \"a.py\", line 2, in f\nBError: y") ==
      Depths{"1.1 AError", "1.0 BError"});
}

TEST_CASE("Two exceptions that nothing ties are two chains", "[analyzers][block]") {
  CHECK(DepthsOf("Error: x\n    at f (/app/a.js:1:2)\nTypeError: y\n    at f (/app/a.js:1:2)") ==
        Depths{"1.0 Error", "2.0 TypeError"});
  CHECK(
      DepthsOf(
          "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nAError: x\nTraceback (most recent call last):\n  File \"a.py\", line 1, in f\nBError: y") ==
      Depths{"1.0 AError", "2.0 BError"});
}

TEST_CASE("An arrow on one line ties two exceptions", "[analyzers][block]") {
  CHECK(
      DepthsOf(
          "Unhandled exception. System.AggregateException: One or more errors occurred. ---> System.IO.IOException: disk") ==
      Depths{"1.0 System.AggregateException", "1.1 System.IO.IOException"});
}

TEST_CASE("An exception group's bars do not hide its exceptions", "[analyzers][block]") {
  CHECK(
      DepthsOf(
          "  + Exception Group Traceback (most recent call last):\n  |   File \"/app/a.py\", line 1, in f\n  | ExceptionGroup: many (1 sub-exception)\n  +-+---------------- 1 ----------------\n"
          "    | Traceback (most recent call last):\n    |   File \"/app/a.py\", line 2, in g\n    | KeyError: 'x'\n    +------------------------------------")
          .back()
          .find("KeyError") != std::string::npos);
}

TEST_CASE("The file of an exception is that of the application's own code", "[analyzers][block]") {
  LogBuilder log("api-00001-abc");
  log.App(
      "Error: x\n    at g (/app/node_modules/pg/lib/client.js:9:1)\n    at start (/app/src/server.js:20:11)\n    at main (/app/src/main.js:3:1)");
  const Block block = BlocksOf(log).front();
  CHECK(block.links[0].file == "/app/src/server.js");
  LogBuilder python("api-00001-abc");
  python.App(
      "Traceback (most recent call last):\n  File \"/app/main.py\", line 1, in f\n  File \"/app/db.py\", line 2, in g\n  File \"/usr/local/lib/python3.12/site-packages/pg/x.py\", line 3, in h\n"
      "KeyError: 'x'");
  CHECK(BlocksOf(python).front().links[0].file == "/app/db.py");
}

}  // namespace
}  // namespace neverready::analyzers
