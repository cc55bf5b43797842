#include "core/literal_filter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "core/pattern.h"
#include "core/text.h"

namespace neverready::core {
namespace {

using Literals = std::vector<std::string>;
using Numbers = std::vector<int>;

TEST_CASE("What an expression promises is found", "[core][literal_filter]") {
  struct Row {
    const char* expression;
    Literals wanted;
  };
  const std::vector<Row> rows{
      {"No module named", {"no module named"}},
      {"^No module named '([^']+)'$", {"no module named '"}},
      {"(?i)Connection Refused", {"connection refused"}},
      {"foobar|bazqux", {"foobar", "bazqux"}},
      {"(?:foobar|bazqux) failed", {" failed"}},
      {"cannot (?:open|close) the ledger", {" the ledger"}},
      {"ledgers?", {"ledger"}},
      {"ledger+s", {"ledger"}},
      {"ledg(er)*", {"ledg"}},
      {"a\\.b\\.c\\.d", {"a.b.c.d"}},
      {"\\bledger\\b", {"ledger"}},
      {"ledge[rR]", {"ledger"}},
      {"x{4}", {}},
      {"(?P<module>ledger) broke", {"ledger broke"}},
      // Nothing promised.
      {"", {}},
      {"abc", {}},
      {".*", {}},
      {"(?:ledger)?", {}},
      {"(?:ledger){0,2}", {}},
      {"ledger|", {}},
      {"ledger|x", {}},
      {"[ledger]", {}},
      {"\\d{4}", {}},
      {"\\Qledger\\E", {}},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(RequiredLiterals(row.expression) == row.wanted);
  }
}

TEST_CASE("Whatever an expression matches holds one of its literals", "[core][literal_filter]") {
  struct Row {
    const char* expression;
    Literals texts;  // which it matches
  };
  const std::vector<Row> rows{
      {"ab?cdefg", {"acdefg", "abcdefg"}},
      {"(?:abcd)+e?fghi", {"abcdfghi", "abcdabcdefghi"}},
      {"(?:abcd|efgh){2}", {"abcdefgh", "efghefgh"}},
      {"abcd{2}e", {"abcdde"}},
      {"abcd{0}efgh", {"abcefgh"}},
      {"abc[^x]{1,3}defg", {"abc..defg"}},
      {"(a|b)cdef(?:g|hijk)", {"acdefg", "bcdefhijk"}},
      {"\\x61bcdef", {"abcdef"}},
      {"a\\tbcde", {"a\tbcde"}},
      {"[[:alpha:]]bcde", {"xbcde"}},
      {"[]a]bcde", {"]bcde", "abcde"}},
      {"[^]a]bcde", {"xbcde"}},
      {"(?i:ABCD)efgh", {"abCDefgh"}},
      {"(?s:.)abcde", {"\nabcde"}},
      {"\\p{Lu}abcde", {"Xabcde"}},
      {"abcd\\|efgh", {"abcd|efgh"}},
      {"a{abcd", {"a{abcd"}},
      {"(?:)abcde", {"abcde"}},
      {"abcde??fghi", {"abcdfghi", "abcdefghi"}},
      {"\\^abcd\\$", {"^abcd$"}},
  };
  for (const Row& row : rows) {
    const auto pattern = Pattern::Compile(row.expression);
    INFO(row.expression);
    REQUIRE(pattern);
    const Literals literals = RequiredLiterals(row.expression);
    for (const std::string& text : row.texts) {
      INFO(text);
      REQUIRE(pattern->Matches(text));
      CHECK((literals.empty() || std::ranges::any_of(literals, [&](const std::string& literal) { return ContainsNoCase(text, literal); })));
    }
  }
}

TEST_CASE("Literals are lower-case and long enough", "[core][literal_filter]") {
  for (const char* expression : {"LEDGER is Broken", "(?:ABCD|EFGH)", "Ä: KÄSE ist aus"}) {
    for (const std::string& literal : RequiredLiterals(expression)) {
      CHECK(literal.size() >= LiteralFilter::kShortest);
      CHECK(literal == ToLower(literal));
    }
  }
}

TEST_CASE("The filter names those whose literal occurs, in any case, once each and in order", "[core][literal_filter]") {
  LiteralFilter filter;
  filter.Add(7, {"ledger"});
  filter.Add(3, {"broken", "ledger"});
  filter.Add(5, {});  // always
  filter.Add(1, {"gearbox"});
  Numbers numbers{99};
  filter.Find("the LEDGER is Broken, the ledger", &numbers);
  CHECK(numbers == Numbers{3, 5, 7});
  filter.Find("nothing", &numbers);
  CHECK(numbers == Numbers{5});
  filter.Find("", &numbers);
  CHECK(numbers == Numbers{5});
  filter.Find("gearbox", &numbers);
  CHECK(numbers == Numbers{1, 5});
  filter.Find("gearbo", &numbers);
  CHECK(numbers == Numbers{5});
}

TEST_CASE("A literal is found at the beginning, in the middle and at the end", "[core][literal_filter]") {
  LiteralFilter filter;
  filter.Add(0, {"no module named '"});
  Numbers numbers;
  for (const char* text : {"No module named 'x", "xx No module named 'x", "xx No module named '"}) {
    filter.Find(text, &numbers);
    CHECK(numbers == Numbers{0});
  }
  for (const char* text : {"o module named '", "No module named"}) {
    filter.Find(text, &numbers);
    CHECK(numbers.empty());
  }
}

TEST_CASE("The filter agrees with a search for every literal, on random texts", "[core][literal_filter]") {
  std::mt19937 random(20260118);
  const std::string letters = "abcABC é\n";
  const auto word = [&](std::size_t length) {
    std::string out;
    while (out.size() < length) out += letters[random() % letters.size()];
    return out;
  };
  Literals literals;
  LiteralFilter filter;
  for (int i = 0; i < 300; ++i) {
    literals.push_back(ToLower(word(4 + random() % 4)));
    filter.Add(i, {literals.back()});
  }
  Numbers numbers;
  for (int round = 0; round < 300; ++round) {
    const std::string text = word(random() % 60);
    Numbers wanted;
    for (int i = 0; i < 300; ++i) {
      if (ContainsNoCase(text, literals[static_cast<std::size_t>(i)])) wanted.push_back(i);
    }
    filter.Find(text, &numbers);
    INFO(text);
    CHECK(numbers == wanted);
  }
}

}  // namespace
}  // namespace neverready::core
