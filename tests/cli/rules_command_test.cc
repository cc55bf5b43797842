#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using fakes::Ran;
using fakes::RunApp;

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("rules list shows every rule, one a line", "[cli][rules]") {
  const Ran ran = RunApp({"rules", "list"});
  CHECK(ran.code == 0);
  CHECK(Contains(ran.out, "\ncpython.module-not-found "));
  CHECK(std::ranges::count(ran.out, '\n') > 500);
  CHECK(Contains(ran.err, " rules\n"));
  CHECK(RunApp({"rules", "list", "--quiet"}).err.empty());
}

TEST_CASE("rules list can be narrowed to a category", "[cli][rules]") {
  const Ran ran = RunApp({"rules", "list", "--category", "port_conflict"});
  CHECK(Contains(ran.out, "port.in-use"));
  CHECK_FALSE(Contains(ran.out, "cpython.module-not-found"));
  CHECK(RunApp({"rules", "list", "--category", "gearbox"}).code == 2);
}

TEST_CASE("rules list as JSON is an array of objects", "[cli][rules]") {
  const auto list =
      nlohmann::json::parse(RunApp({"rules", "list", "--format", "json", "--category", "port_conflict"}).out);
  REQUIRE(list.is_array());
  REQUIRE_FALSE(list.empty());
  for (const char* key : {"id", "runtime", "category", "role", "scope", "on", "pattern", "says"})
    CHECK(list[0].contains(key));
}

TEST_CASE("rules show prints one rule", "[cli][rules]") {
  const Ran ran = RunApp({"rules", "show", "cpython.module-not-found"});
  CHECK(ran.code == 0);
  for (const char* label : {"id         cpython.module-not-found\n", "category   import_error\n",
                            "role       cause\n", "pattern    "})
    CHECK(Contains(ran.out, label));
  const Ran unknown = RunApp({"rules", "show", "cpython.module-notfound"});
  CHECK(unknown.code == 2);
  CHECK(unknown.out.empty());
  CHECK(
      unknown.err ==
      "neverready: error: there is no rule 'cpython.module-notfound'\n  try: did you mean 'cpython.module-not-found'?\n");
}

TEST_CASE("rules try shows the facts of a match", "[cli][rules]") {
  const Ran ran =
      RunApp({"rules", "try", "cpython.module-not-found",
              "2026-01-18 02:24:00,001 - boot - ERROR - ModuleNotFoundError: No module named 'ledger'"});
  CHECK(ran.code == 0);
  CHECK(Contains(ran.out, "cpython.module-not-found matches\n"));
  CHECK(Contains(ran.out, "module             ledger\n"));
}

TEST_CASE("rules try shows how far a pattern got", "[cli][rules]") {
  const Ran ran =
      RunApp({"rules", "try", "cpython.module-not-found", "ModuleNotFoundError: no module named 'ledger'"});
  CHECK(ran.code == 1);
  CHECK(Contains(ran.out,
                 "cpython.module-not-found does not match\n"
                 "   | ModuleNotFoundError: no module named 'ledger'\n"));
  CHECK(Contains(ran.out, "^ matched up to here\n"));
  CHECK(Contains(RunApp({"rules", "try", "cpython.module-not-found", "!"}).out,
                 "no part of its pattern matches"));
}

TEST_CASE("rules try needs a rule and a line", "[cli][rules]") {
  CHECK(RunApp({"rules", "try", "cpython.module-not-found"}).code == 2);
  CHECK(RunApp({"rules", "try", "no.such-rule", "x"}).code == 2);
}

TEST_CASE("rules try prints no control sequences", "[cli][rules]") {
  const Ran ran = RunApp(
      {"rules", "try", "cpython.module-not-found", "ModuleNotFoundError: No module named 'a\u202eb\x1b[2J'"});
  CHECK_FALSE(Contains(ran.out, "\x1b"));
  CHECK_FALSE(Contains(ran.out, "\u202e"));
}

TEST_CASE("rules test needs something to test", "[cli][rules]") {
  const Ran ran = RunApp({"rules", "test"});
  CHECK(ran.code == 2);
  CHECK(
      ran.err ==
      "neverready: error: rules test needs a rule file or a folder\n  try: neverready rules test my-rules.yaml\n");
  CHECK(RunApp({"rules", "test", "no/such.yaml"}).code == 2);
}

TEST_CASE("rules test says what it proved", "[cli][rules]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.Write(
      "acme.yaml",
      "speaker: acme\nrules:\n  - id: acme.broken\n    category: import_error\n    role: cause\n    pattern: |-\n      ^acme gearbox is broken\n    says: Broken.\n"
      "    samples:\n      - line: acme gearbox is broken\n    not:\n      - line: the acme gearbox is broken\n        why: hearsay\n");
  const Ran ran = RunApp({"rules", "test", file});
  CHECK(ran.err.empty());
  CHECK(ran.out == "1 rules, 1 samples, 1 near misses: all hold\n");
  CHECK(ran.code == 0);
  CHECK(RunApp({"rules", "test", folder.name()}).out == ran.out);
  CHECK(RunApp({"rules", "test", "--no-builtin-rules", file}).out == ran.out);
}

TEST_CASE("A folder without rule files is told", "[cli][rules]") {
  const fakes::TemporaryFolder folder;
  const Ran ran = RunApp({"rules", "test", folder.name()});
  CHECK(ran.code == 2);
  CHECK(Contains(ran.err, "no rule files (*.yaml) in the folder"));
}

}  // namespace
}  // namespace neverready::cli
