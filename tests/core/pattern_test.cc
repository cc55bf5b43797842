#include "core/pattern.h"

#include <catch2/catch.hpp>

namespace neverready::core {
namespace {

Pattern Compile(std::string_view expression) {
  auto pattern = Pattern::Compile(expression);
  INFO(expression);
  if (!pattern) FAIL(pattern.error().message);
  return *std::move(pattern);
}

TEST_CASE("Groups are known by number and name", "[core][pattern]") {
  const Pattern pattern = Compile("(?P<host>\\w+):(\\d+)(?:x)?");
  CHECK(pattern.groups() == std::vector<std::string>{"", "host", ""});
  std::vector<Span> spans;
  REQUIRE(pattern.Find("at db:5432!", 0, &spans));
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].begin == 3);
  CHECK(spans[0].end == 10);
  CHECK(spans[1].end == 5);
}

TEST_CASE("A group that took no part is not found", "[core][pattern]") {
  std::vector<Span> spans;
  REQUIRE(Compile("(a)|(b)").Find("b", 0, &spans));
  CHECK_FALSE(spans[1].found);
  CHECK(spans[2].found);
}

TEST_CASE("Find begins where it is told", "[core][pattern]") {
  const Pattern pattern = Compile("a");
  std::vector<Span> spans;
  REQUIRE(pattern.Find("a.a", 1, &spans));
  CHECK(spans[0].begin == 2);
  CHECK_FALSE(pattern.Find("a.a", 3, &spans));
  CHECK_FALSE(pattern.Find("a", 9, &spans));
}

TEST_CASE("A dot matches neither a newline nor a byte that is no UTF-8", "[core][pattern]") {
  CHECK_FALSE(Compile("a.b").Matches("a\nb"));
  CHECK_FALSE(
      Compile("a.b").Matches("a\xff"
                             "b"));
  CHECK(Compile("a.b").Matches("a€b"));
}

TEST_CASE("Circumflex and dollar mean the whole text unless (?m)", "[core][pattern]") {
  CHECK_FALSE(Compile("^b$").Matches("a\nb"));
  CHECK(Compile("(?m)^b$").Matches("a\nb"));
}

TEST_CASE("What RE2 does not have is explained", "[core][pattern]") {
  struct Row {
    const char *expression, *hint;
  };
  const std::vector<Row> rows{
      {"a(?=b)",
       "RE2 has no look-ahead or look-behind: match less and add a `not` line, or let another rule `beats` it"},
      {"a(?!b)",
       "RE2 has no look-ahead or look-behind: match less and add a `not` line, or let another rule `beats` it"},
      {"(?<=b)a",
       "RE2 has no look-ahead or look-behind: match less and add a `not` line, or let another rule `beats` it"},
      {"(?<name>a)", "write a named group as (?P<name>…)"},
      {"(a)\\1", "RE2 has no back-references"},
  };
  for (const Row& row : rows) {
    const auto pattern = Pattern::Compile(row.expression);
    INFO(row.expression);
    REQUIRE_FALSE(pattern);
    CHECK(pattern.error().code == ErrorCode::kInvalidArgument);
    CHECK(pattern.error().hint == row.hint);
  }
}

TEST_CASE("RE2's own message is kept, with what it points at", "[core][pattern]") {
  for (const char* expression : {"(a", "a)", "[a", "a**", "*a", "(?P<a-b>x)", "\\8", "a{2000}"}) {
    const auto pattern = Pattern::Compile(expression);
    INFO(expression);
    REQUIRE_FALSE(pattern);
    CHECK_FALSE(pattern.error().message.empty());
  }
  CHECK(Pattern::Compile("(a").error().message == "missing ): (a (at '(a')");
}

TEST_CASE("An expression that would take too much memory is refused", "[core][pattern]") {
  CHECK_FALSE(Pattern::Compile("((a{100}){100}){100}"));
}

TEST_CASE("Matching stays linear on texts made to attack backtrackers", "[core][pattern]") {
  CHECK_FALSE(Compile("(a*)*b").Matches(std::string(50000, 'a')));
}

TEST_CASE("The longest literal is what every reader sees as plain text", "[core][pattern]") {
  CHECK(LongestLiteral("^(?:\\w+\\.)*ModuleNotFoundError: No module named '(?P<module>[^']+)'") ==
        "ModuleNotFoundError: No module named '");
  CHECK(LongestLiteral("ab?cdef") == "cdef");
  CHECK(LongestLiteral("(?i)Connection REFUSED") == "connection refused");
  CHECK(LongestLiteral("a\\.b\\(c") == "a.b(c");
  CHECK(LongestLiteral("\\bfoo\\b bar") == "foo bar");
  CHECK(LongestLiteral("[abc]+\\d*").empty());
  CHECK(LongestLiteral("").empty());
}

TEST_CASE("How far an expression can be followed is told by its longest matching prefix", "[core][pattern]") {
  const Reach reach = HowFar("No module named '(?P<module>[^']+)'", "No module called 'x'");
  CHECK(reach.column == 10);
  CHECK(reach.matched_prefix == "No module ");
  CHECK(HowFar("abc", "xyz").matched_prefix.empty());
  CHECK(HowFar("(?:abc|abd)e", "abd!").column == 3);
  CHECK(HowFar("", "x").column == 0);
}

}  // namespace
}  // namespace neverready::core
