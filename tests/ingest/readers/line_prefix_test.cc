#include "ingest/readers/line_prefix.h"

#include <catch2/catch.hpp>

#include "core/text.h"

namespace neverready::ingest {
namespace {

// "speaker|time|text" of every line.
std::string Strip(std::string_view text) {
  const LinePrefix prefix = LinePrefix::Tell(text);
  std::string out;
  for (const std::string_view line : core::SplitLines(text)) {
    if (line.empty()) continue;
    const BorrowedLine stripped = prefix.Strip(line);
    out += std::string(stripped.speaker) + "|" + (stripped.at ? core::FormatRfc3339(*stripped.at) : "") +
           "|" + std::string(stripped.text) + "\n";
  }
  return out;
}

TEST_CASE("Times of docker logs -t are taken off", "[ingest][prefix]") {
  CHECK(Strip("2025-09-08T04:02:11.319482011Z Traceback\n2025-09-08T04:02:11.320000000Z   File x\n"
              "2025-09-08T04:02:11.320000001Z \n") ==
        "|2025-09-08T04:02:11.319482011Z|Traceback\n|2025-09-08T04:02:11.320Z|  File x\n"
        "|2025-09-08T04:02:11.320000001Z|\n");
}

TEST_CASE("Times that a logger writes are its own", "[ingest][prefix]") {
  for (const std::string_view text :
       {"2025-09-08T04:02:11.319Z INFO a\n2025-09-08T04:02:12.319Z INFO b\n",
        "2026-07-10T21:30:56.463390Z  INFO a: b\n2026-07-10T21:30:57.463390Z  INFO a: b\n",
        "2025-09-08 04:02:11 INFO a\n2025-09-08 04:02:12 INFO b\n", "info  | a\nerror | b\nx\ny\n",
        "info | a\nwarning | b\n", "[pod] a\n[pod] b\n", "one line | only\n"}) {
    std::string same;
    for (const std::string_view line : core::SplitLines(text)) {
      if (!line.empty()) same += "||" + std::string(line) + "\n";
    }
    CHECK(Strip(text) == same);
  }
}

TEST_CASE("gcloud's time stands once an entry", "[ingest][prefix]") {
  CHECK(
      Strip(
          "2025-09-08 04:02:11 Traceback (most recent call last):\n  File \"x\"\n2025-09-08 04:02:12 GET 200 /\n") ==
      "|2025-09-08T04:02:11Z|Traceback (most recent call last):\n||  File \"x\"\n|2025-09-08T04:02:12Z|GET 200 /\n");
}

TEST_CASE("Names of docker compose and kubectl are taken off", "[ingest][prefix]") {
  CHECK(Strip("web-1  | a\nredis  |   b\nweb-1  |\n") == "web-1||a\nredis||  b\nweb-1||\n");
  CHECK(Strip("\x1b[36mweb-1  | \x1b[0ma\n\x1b[33mdb-1   | \x1b[0mb\n") == "web-1||a\ndb-1||b\n");
  CHECK(Strip("web-1  | 2025-09-08T04:02:11.319482011Z a\nweb-1  | 2025-09-08T04:02:12.319482011Z b\n") ==
        "web-1|2025-09-08T04:02:11.319482011Z|a\nweb-1|2025-09-08T04:02:12.319482011Z|b\n");
  CHECK(Strip("[pod/web-5d9/web] a\n[pod/web-5d9/web] 	b\n") == "web-5d9/web||a\nweb-5d9/web||\tb\n");
}

TEST_CASE("Prefixes of the journal, Heroku and Cloud Build are taken off", "[ingest][prefix]") {
  CHECK(Strip("Sep 08 04:02:11 host web[123]: a\nSep  8 04:02:12 host web[123]:   b\n") ==
        "web||a\nweb||  b\n");
  CHECK(
      Strip("2025-09-08T04:02:11.319482+00:00 app[web.1]: a\n2025-09-08T04:02:11.5+00:00 app[web.1]: b\n") ==
      "app|2025-09-08T04:02:11.319482Z|a\napp|2025-09-08T04:02:11.500Z|b\n");
  CHECK(Strip("Step #2 - \"Deploy\": a\nStep #2: b\n") == "||a\n||b\n");
}

TEST_CASE("Lines without the prefix of the others are left as they are", "[ingest][prefix]") {
  std::string text, wanted;
  for (int i = 0; i < 20; ++i) {
    text += "web-1  | a\n";
    wanted += "web-1||a\n";
  }
  CHECK(Strip(text + "Gracefully stopping\n" + text) == wanted + "||Gracefully stopping\n" + wanted);
}

}  // namespace
}  // namespace neverready::ingest
