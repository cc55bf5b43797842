#include "reports/table_csv.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

#include "core/text.h"
#include "tests/fakes/hostile.h"

namespace neverready::reports {
namespace {

using core::Cell;
using core::ColumnKind;
using core::Table;
using core::Zone;
using Records = std::vector<std::vector<std::string>>;

// RFC 4180 with \n, and nothing beyond it.
Records ReadCsv(const std::string& text) {
  Records records;
  bool quoted = false, begins = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (begins) records.emplace_back(1);
    begins = false;
    std::string& field = records.back().back();
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        field += text[++at];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      if (!field.empty()) FAIL("a quote inside a field at " << at);
      quoted = true;
    } else if (c == ',') {
      records.back().emplace_back();
    } else if (c == '\n') {
      begins = true;
    } else {
      field += c;
    }
  }
  CHECK_FALSE(quoted);
  CHECK(begins);
  return records;
}

// The record of one text, without its newline.
std::string Field(const std::string& text) {
  const std::string csv = TableToCsv({{{"c", ColumnKind::kText, ""}}, {{text}}, false}, Zone::kUtc);
  REQUIRE(csv.starts_with("c\n"));
  return csv.substr(2, csv.size() - 3);
}

bool IsNumber(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}

TEST_CASE("A table as CSV has a head and a record a row", "[reports][table][csv]") {
  const Table table{
      {{"id", ColumnKind::kNumber, "No."},
       {"service", ColumnKind::kText, ""},
       {"at", ColumnKind::kTime, ""},
       {"took", ColumnKind::kDuration, ""},
       {"share", ColumnKind::kShare, ""}},
      {{std::int64_t{-5}, "web, api", std::int64_t{1757304131319000000}, std::int64_t{-1500000000}, 0.25},
       {std::int64_t{6}, "say \"x\"", Cell(), Cell(), Cell()}},
      true};
  CHECK(TableToCsv(table, Zone::kUtc) ==
        "id,service,at,took,share\n"
        "-5,\"web, api\",2025-09-08T04:02:11.319Z,-1.5,0.25\n"
        "6,\"say \"\"x\"\"\",,,\n");
}

TEST_CASE("A record of nothing is no empty line", "[reports][table][csv]") {
  CHECK(Field("") == "\"\"");
  CHECK(TableToCsv({{{"c", ColumnKind::kNumber, ""}}, {{Cell()}, {std::int64_t{1}}}, false}, Zone::kUtc) ==
        "c\n\"\"\n1\n");
  CHECK(TableToCsv({{{"a", ColumnKind::kText, ""}, {"b", ColumnKind::kText, ""}}, {}, false}, Zone::kUtc) ==
        "a,b\n");
}

TEST_CASE("No text becomes a formula", "[reports][table][csv]") {
  CHECK(Field("=1+1") == "'=1+1");
  CHECK(Field("+49 30 1234") == "'+49 30 1234");
  CHECK(Field("-1+1") == "'-1+1");
  CHECK(Field("@SUM(1)") == "'@SUM(1)");
  CHECK(Field("-") == "'-");
  CHECK(Field("\t=1") == "' =1");
  CHECK(Field("\r=1") == "'=1");
  CHECK(Field("\x01=1") == "'=1");
  CHECK(Field("  =1") == "'  =1");
  CHECK(Field("＝1") == "'＝1");
  CHECK(Field("=1,2") == "\"'=1,2\"");
  CHECK(Field("\"=1\"") == "\"'\"\"=1\"\"\"");
  CHECK(Field("x;=1") == "x;'=1");
  CHECK(Field("x; \"=1;y") == "\"x;' \"\"=1;y\"");
  CHECK(Field("x\n=1\n") == "\"x\n'=1\n\"");
}

TEST_CASE("What is no formula stays as it is", "[reports][table][csv]") {
  for (const char* text : {"5", "-5", "+5", "-5.25", "+1.5e-3", "-.5", "a=b", "netra-backend-00170-55z",
                           "x - y", "a;b", "me@example.com", "'=1", "Zürich", "100 %"}) {
    CHECK(Field(text) == text);
  }
  // Not numbers, though a parser of numbers takes them.
  CHECK(Field("-inf") == "'-inf");
  CHECK(Field("+-5") == "'+-5");
}

TEST_CASE("The head is text like any other", "[reports][table][csv]") {
  CHECK(TableToCsv(
            {{{"=1", ColumnKind::kText, ""}, {"a,b", ColumnKind::kText, ""}, {"a,b", ColumnKind::kText, ""}},
             {},
             false},
            Zone::kUtc) == "'=1,\"a,b\",\"a,b_2\"\n");
}

TEST_CASE("Whatever a text holds, a reader finds the same cells, and no formula begins",
          "[reports][table][csv]") {
  for (const std::string& attack : fakes::HostileTexts()) {
    INFO(attack);
    const Table table{
        {{"a", ColumnKind::kText, ""}, {"b", ColumnKind::kNumber, ""}, {"c", ColumnKind::kText, ""}},
        {{attack, std::int64_t{1}, attack}, {"x", attack, "y"}},
        false};
    const std::string csv = TableToCsv(table, Zone::kUtc);
    CHECK(core::SafeForTerminal(csv) == csv);
    const Records records = ReadCsv(csv);
    REQUIRE(records.size() == 3);
    for (const auto& record : records) REQUIRE(record.size() == 3);
    const std::string& field = records[1][0];
    CHECK(records[1] == std::vector<std::string>{field, "1", field});
    CHECK(records[2] == std::vector<std::string>{"x", field, "y"});
    // The same but for the guards.
    std::string bare, safe = core::SafeForTerminal(attack);
    for (const char c : field) bare += c == '\'' ? "" : std::string(1, c);
    std::erase(safe, '\'');
    CHECK(bare == safe);
    // Wherever a spreadsheet might begin a field, also one that knows no quotes.
    std::size_t at = 0;
    for (const std::string& raw : {field, core::SafeForTerminal(csv.substr(6, csv.find(",1,") - 6))}) {
      for (at = 0; at < raw.size() && !IsNumber(raw); at = raw.find_first_of(";\n", at) + 1) {
        const std::size_t first = raw.find_first_not_of(" \"", at);
        if (first != std::string::npos) CHECK(std::string("=+-@").find(raw[first]) == std::string::npos);
        if (raw.find_first_of(";\n", at) == std::string::npos) break;
      }
    }
  }
}

}  // namespace
}  // namespace neverready::reports
