#include "core/yaml.h"

#include <catch2/catch.hpp>

namespace neverready::core {
namespace {

using Kind = YamlNode::Kind;

YamlNode Parse(const std::string& text) {
  auto node = ParseYaml(text, "a.yaml");
  INFO(text);
  if (!node) FAIL(node.error().message);
  return *std::move(node);
}

std::string Fault(const std::string& text) {
  const auto node = ParseYaml(text, "a.yaml");
  return node ? "none" : node.error().message;
}

TEST_CASE("A node knows its kind, its text and where it stands", "[core][yaml]") {
  const YamlNode root = Parse("# a comment\nname: acme\nlist:\n  - one\n  - 'two'\nnothing:\n");
  CHECK((root.kind == Kind::kMap));
  REQUIRE(root.Find("name") != nullptr);
  CHECK(root.Find("name")->scalar == "acme");
  CHECK(root.Find("name")->line == 2);
  CHECK(root.Find("name")->file == "a.yaml");
  const YamlNode* list = root.Find("list");
  REQUIRE((list != nullptr && list->kind == Kind::kList));
  CHECK(list->items.size() == 2);
  CHECK(list->items[1].scalar == "two");
  CHECK(list->items[1].line == 5);
  CHECK((root.Find("nothing")->kind == Kind::kNull));
  CHECK(root.Find("other") == nullptr);
  CHECK(list->Find("x") == nullptr);
  CHECK(root.entries[0].key == "name");
  CHECK(root.entries[2].line == 6);
}

TEST_CASE("A block scalar is taken as written", "[core][yaml]") {
  const YamlNode root = Parse("pattern: |-\n  ^a\\.b \"c\" {d: e}\n  second\n");
  CHECK(root.Find("pattern")->scalar == "^a\\.b \"c\" {d: e}\nsecond");
}

TEST_CASE("An empty document is null", "[core][yaml]") {
  CHECK((Parse("").kind == Kind::kNull));
  CHECK((Parse("# only a comment\n").kind == Kind::kNull));
}

TEST_CASE("Aliases are resolved by copying", "[core][yaml]") {
  const YamlNode root = Parse("a: &x {k: v}\nb: *x\n");
  REQUIRE(root.Find("b") != nullptr);
  CHECK(root.Find("b")->Find("k")->scalar == "v");
}

TEST_CASE("What is not YAML is refused with its line", "[core][yaml]") {
  CHECK(Fault("a: [1, 2\nb: 3\n").find("this is not YAML: ") == 0);
  CHECK(Fault("a: [1, 2\nb: 3\n").find("\n  --> a.yaml:") != std::string::npos);
  CHECK(Fault("a: b: c\n").find("this is not YAML") == 0);
  CHECK(Fault("\tx: 1\n") != "none");
}

TEST_CASE("A key that stands twice is refused", "[core][yaml]") {
  CHECK(Fault("a: 1\nb: 2\na: 3\n") == "the key 'a' stands twice\n  --> a.yaml:3");
}

TEST_CASE("A key that is no text is refused", "[core][yaml]") {
  CHECK(Fault("? [a, b]\n: c\n").find("a key must be plain text") == 0);
}

TEST_CASE("Documents that are too deep or too large are refused", "[core][yaml]") {
  CHECK(Fault(std::string(100, '[') + std::string(100, ']')).find("the document is too deep or too large") ==
        0);
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 8; ++i) {
    const std::string one = std::to_string(i), before = "*a" + std::to_string(i - 1);
    bomb += "a" + one + ": &a" + one + " [" + before;
    for (int j = 0; j < 8; ++j) bomb += ", " + before;
    bomb += "]\n";
  }
  CHECK(Fault(bomb).find("the document is too deep or too large") == 0);
}

TEST_CASE("Unknown keys get a suggestion or the list", "[core][yaml]") {
  const YamlNode root = Parse("name: x\npatern: y\n");
  CHECK(root.RejectUnknownKeys({"name", "patern"}, "a rule"));
  const Status near = root.RejectUnknownKeys({"name", "pattern"}, "a rule");
  REQUIRE_FALSE(near);
  CHECK(near.error().message == "a rule has no key 'patern'\n  --> a.yaml:2");
  CHECK(near.error().hint == "did you mean 'pattern'?");
  const Status far = root.RejectUnknownKeys({"name", "id"}, "a rule");
  REQUIRE_FALSE(far);
  CHECK(far.error().hint == "the keys of a rule are: name, id");
}

TEST_CASE("A complaint points at its node", "[core][yaml]") {
  const YamlNode root = Parse("a: 1\nb:\n  c: 2\n");
  const auto error = root.Find("b")->Find("c")->Complain("no", "do it");
  CHECK(error.value().message == "no\n  --> a.yaml:3");
  CHECK(error.value().hint == "do it");
}

// The JSON, or "line: reason".
std::string Json(std::string_view text) {
  const auto json = YamlToJson(text);
  return json ? *json : std::to_string(json.error().line) + ": " + json.error().reason;
}

TEST_CASE("Scalars become what YAML 1.2 reads them as", "[core][yaml]") {
  CHECK(Json("a: true\nb: False\nc: null\nd: ~\ne:\nf: 12\ng: -1.5e3\n") ==
        R"({"a":true,"b":false,"c":null,"d":null,"e":null,"f":12,"g":-1.5e3})");
  CHECK(
      Json(
          "a: 'true'\nb: \"12\"\nc: yes\nd: 0x1f\ne: 007\nf: 1_000\ng: +1\nh: .5\ni: 2025-09-08T04:02:11Z\n") ==
      R"({"a":"true","b":"12","c":"yes","d":"0x1f","e":"007","f":"1_000","g":"+1","h":".5","i":"2025-09-08T04:02:11Z"})");
  CHECK(Json("a: !!str 12\nb: ''\n12: c\n") == R"({"a":"12","b":"","12":"c"})");
}

TEST_CASE("Texts over several lines become one string", "[core][yaml]") {
  CHECK(Json("a: |-\n  one\n    two\n\n  three\nb: |\n  kept\nc: >-\n  folded\n  text\n") ==
        R"({"a":"one\n  two\n\nthree","b":"kept\n","c":"folded text"})");
  CHECK(Json("a: 'folded\n  text, it''s'\nb: \"a\\tb\\e[31m \\\n  on\"\nc: plain\n  goes on\n") ==
        "{\"a\":\"folded text, it's\",\"b\":\"a\\u0009b\\u001b[31m on\",\"c\":\"plain goes on\"}");
}

TEST_CASE("Lists and maps nest", "[core][yaml]") {
  CHECK(Json("a:\n- 1\n- b: {c: [d, 'e\"']}\n  f: []\n- - {}\n") ==
        R"({"a":[1,{"b":{"c":["d","e\""]},"f":[]},[{}]]})");
  CHECK(Json("- a\n") == R"(["a"])");
  CHECK(Json("") == "");
  CHECK(Json("# nothing\n") == "");
}

TEST_CASE("Documents that would grow or hide something are refused", "[core][yaml]") {
  CHECK(Json("a: &x [1]\nb: *x\n") == "2: an alias (*) is not supported");
  CHECK(Json("a: 1\nb: 2\na: 3\n") == "3: the key 'a' stands twice");
  CHECK(Json("? [a]\n: b\n") == "1: a key must be plain text");
  const std::string deep = "a: " + std::string(300, '[') + std::string(300, ']');
  CHECK(Json(deep) == "1: nested more than 256 levels deep");
  CHECK(Json("b: 1\na: " + std::string(4u << 20, '[')) == "2: nested more than 256 levels deep");
  CHECK(Json("a: " + std::string(200, '[') + std::string(200, ']')).size() ==
        400 + std::string("{\"a\":}").size());
}

}  // namespace
}  // namespace neverready::core
