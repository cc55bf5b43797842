#include "reports/table_json.h"

#include <catch2/catch.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "tests/fakes/hostile.h"
#include "tests/fakes/time_zone.h"

namespace neverready::reports {
namespace {

using core::Cell;
using core::ColumnKind;
using core::Table;
using core::Zone;
using Json = nlohmann::ordered_json;

constexpr std::int64_t kTime = 1757304131319000000;

// The value of the only cell, as JSON spells it.
std::string Value(const Cell& cell, ColumnKind kind = ColumnKind::kText, Zone zone = Zone::kUtc) {
  const Table table{{{"c", kind, ""}}, {{cell}}, false};
  const std::string line = TableToNdjson(table, zone);
  REQUIRE(line.starts_with("{\"c\": "));
  REQUIRE(line.ends_with("}\n"));
  return line.substr(6, line.size() - 8);
}

Table Small() {
  return {{{"service", ColumnKind::kText, "Name"},
           {"at", ColumnKind::kTime, ""},
           {"took", ColumnKind::kDuration, ""}},
          {{"web", kTime, std::int64_t{1500000000}}, {"api", Cell(), Cell()}},
          true};
}

TEST_CASE("A table as JSON has a schema, its rows, and tells whether it was cut off",
          "[reports][table][json]") {
  CHECK(TableToJson(Small(), "incidents", Zone::kUtc) ==
        "{\n"
        "  \"schema\": \"neverready.incidents/1\",\n"
        "  \"rows\": [\n"
        "    {\"service\": \"web\", \"at\": \"2025-09-08T04:02:11.319Z\", \"took\": 1.5},\n"
        "    {\"service\": \"api\", \"at\": null, \"took\": null}\n"
        "  ],\n"
        "  \"truncated\": true\n"
        "}\n");
  CHECK(TableToJson({}, "incidents", Zone::kUtc) ==
        "{\n  \"schema\": \"neverready.incidents/1\",\n  \"rows\": [],\n  \"truncated\": false\n}\n");
}

TEST_CASE("A table as NDJSON is a row a line and nothing else", "[reports][table][json]") {
  CHECK(TableToNdjson(Small(), Zone::kUtc) ==
        "{\"service\": \"web\", \"at\": \"2025-09-08T04:02:11.319Z\", \"took\": 1.5}\n"
        "{\"service\": \"api\", \"at\": null, \"took\": null}\n");
  CHECK(TableToNdjson({}, Zone::kUtc).empty());
}

TEST_CASE("Rows alone can stand in a larger document", "[reports][table][json]") {
  CHECK(RowsToJson({{{"a", ColumnKind::kText, ""}}, {{"x"}}, false}, Zone::kUtc, 4) ==
        "[\n      {\"a\": \"x\"}\n    ]");
}

TEST_CASE("Numbers are exact", "[reports][table][json]") {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min(),
                 kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(Value(kMost) == "9223372036854775807");
  CHECK(Value(kLeast, ColumnKind::kNumber) == "-9223372036854775808");
  CHECK(Value(std::int64_t{240000000000}, ColumnKind::kDuration) == "240");
  CHECK(Value(std::int64_t{1}, ColumnKind::kDuration) == "0.000000001");
  CHECK(Value(std::int64_t{-500000000}, ColumnKind::kDuration) == "-0.5");
  CHECK(Value(kLeast, ColumnKind::kDuration) == "-9223372036.854775808");
  CHECK(Value(0.1) == "0.1");
  CHECK(Value(0.123456, ColumnKind::kShare) == "0.1235");
  CHECK(Value(0.5, ColumnKind::kDuration) == "0.5");
  CHECK(Json::parse(Value(1e300)).get<double>() == 1e300);
  CHECK(Value(std::numeric_limits<double>::infinity()) == "null");
  CHECK(Value(std::numeric_limits<double>::quiet_NaN(), ColumnKind::kShare) == "null");
  CHECK(Value(std::string("5"), ColumnKind::kNumber) == "\"5\"");
  CHECK(Value(std::string()) == "\"\"");
}

TEST_CASE("Local times carry their offset", "[reports][table][json]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  CHECK(Value(kTime, ColumnKind::kTime, Zone::kLocal) == "\"2025-09-08T06:02:11.319+02:00\"");
}

TEST_CASE("Columns of one name stay apart", "[reports][table][json]") {
  Table table;
  for (const char* name : {"a", "a", "a_2", "a", ""})
    table.columns.push_back({name, ColumnKind::kNumber, ""});
  table.rows = {{std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}, std::int64_t{5}}};
  CHECK(TableToNdjson(table, Zone::kUtc) == "{\"a\": 1, \"a_3\": 2, \"a_2\": 3, \"a_4\": 4, \"\": 5}\n");
}

TEST_CASE("Whatever a text holds, JSON says the same and hides nothing", "[reports][table][json]") {
  for (const std::string& attack : fakes::HostileTexts()) {
    INFO(attack);
    const Table table{{{attack, ColumnKind::kText, ""}}, {{attack}}, false};
    const std::string document = TableToJson(table, "x", Zone::kUtc);
    CHECK(core::SafeForTerminal(document) == document);
    const Json json = Json::parse(document);
    const Json& row = json["rows"][0];
    REQUIRE(row.size() == 1);
    const std::string text = row.begin().value();
    CHECK(row.begin().key() == text);
    if (core::IsValidUtf8(attack)) {
      CHECK(text == attack);
    } else {
      CHECK(text.find("\uFFFD") != std::string::npos);
    }
    CHECK(core::SplitLines(TableToNdjson(table, Zone::kUtc)).size() == 1);
  }
}

}  // namespace
}  // namespace neverready::reports
