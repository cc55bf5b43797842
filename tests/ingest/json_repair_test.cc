#include "ingest/json_repair.h"

#include <catch2/catch.hpp>

namespace neverready::ingest {
namespace {

std::string Nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST_CASE("Nesting is counted outside of strings", "[ingest][json]") {
  CHECK_FALSE(NestedTooDeep(Nested(256)));
  CHECK(NestedTooDeep(Nested(257)));
  CHECK(NestedTooDeep(std::string(300, '{')));
  CHECK_FALSE(NestedTooDeep("{\"a\":\"" + std::string(1000, '[') + "\"}"));
  CHECK_FALSE(NestedTooDeep("{\"a\":\"\\\"" + std::string(1000, '[') + "\"}"));
  std::string flat = "[";
  for (int i = 0; i < 1000; ++i) flat += "{},";
  CHECK_FALSE(NestedTooDeep(flat + "0]"));
}

TEST_CASE("Brackets are counted wherever they stand in a word of eight bytes", "[ingest][json]") {
  for (std::size_t before = 0; before < 17; ++before) {
    const std::string text = std::string(before, 'z') + Nested(200) + std::string(before, ';');
    CHECK_FALSE(NestedTooDeep(text + std::string(56, '{')));
    CHECK(NestedTooDeep(std::string(before, ';') + std::string(57, '{') + Nested(200)));
  }
}

TEST_CASE("What can be mended is mended", "[ingest][json]") {
  CHECK(RepairJson("{\"a\":\"caf\xE9\"}") == "{\"a\":\"caf\uFFFD\"}");
  CHECK(RepairJson("{\"a\":\"x\ty\nz\"}") == R"({"a":"x\u0009y\u000az"})");
  CHECK(RepairJson(std::string_view("{\"a\":\"x\0y\"}\0\0", 13)) == "{\"a\":\"x\\u0000y\"}  ");
  CHECK(RepairJson(R"({"a":"\ud800 \udc00 \ud83d\ude00 \ud800\u0041"})") ==
        R"({"a":"\ufffd \ufffd \ud83d\ude00 \ufffd\u0041"})");
  CHECK(RepairJson(R"({"a":"C:\Users\x41 \' \u12G4"})") == R"({"a":"C:\\Users\\x41 \\' \\u12G4"})");
}

TEST_CASE("Sound JSON stays as it is", "[ingest][json]") {
  const std::string_view sound = "{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9 é\",\n\t\"b\": [1, null]}";
  CHECK(RepairJson(sound) == sound);
}

TEST_CASE("The fault of broken JSON is named with its place", "[ingest][json]") {
  CHECK(ExplainJson("hello") == "not a JSON object");
  CHECK(ExplainJson("[1]") == "not a JSON object");
  CHECK(ExplainJson("") == "not a JSON object");
  CHECK(ExplainJson(R"({"a":"b)") == "an unterminated string at byte 6");
  CHECK(ExplainJson(R"({"a":{"b":1})") == "the JSON object ends too early, after byte 12");
  CHECK(ExplainJson(R"({"a":1]})") == "a bracket that does not match at byte 7");
  CHECK(ExplainJson(R"({"a":1} x)") == "text behind the JSON object at byte 9");
  CHECK(ExplainJson(R"({"a" 1})") == "invalid JSON");
}

TEST_CASE("A cut-off object is told from a broken one", "[ingest][json]") {
  CHECK(IsCutOff(R"({"a":"b)"));
  CHECK(IsCutOff(R"({"a":)"));
  CHECK(IsCutOff("{\"a\\"));
  CHECK_FALSE(IsCutOff(R"({"a":1}})"));
  CHECK_FALSE(IsCutOff("text"));
  CHECK(IsWholeObject(R"( {"a":"}"} )"));
  CHECK_FALSE(IsWholeObject(R"({"a":1},)"));
}

}  // namespace
}  // namespace neverready::ingest
