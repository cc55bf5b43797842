#include "core/text.h"

#include <catch2/catch.hpp>

namespace neverready::core {
namespace {

using Lines = std::vector<std::string_view>;
using Strings = std::vector<std::string>;

std::string Stripped(std::string_view text) {
  std::string out = "old";
  StripControls(text, &out);
  return out;
}

TEST_CASE("Trim takes blanks from both ends only", "[core][text]") {
  CHECK(Trim(" \t a b\r\n") == "a b");
  CHECK(Trim(" \n\t ").empty());
  CHECK(Trim("").empty());
}

TEST_CASE("ASCII case is ignored where the name says so", "[core][text]") {
  CHECK(StartsWithNoCase("Error: x", "ERROR"));
  CHECK_FALSE(StartsWithNoCase("Err", "Error"));
  CHECK(ContainsNoCase("Connection REFUSED", "refused"));
  CHECK(ContainsNoCase("x", ""));
  CHECK_FALSE(ContainsNoCase("", "x"));
  CHECK_FALSE(StartsWithNoCase("[", "{"));
  CHECK(ToLower("ÄB[C") == "Äb[c");
}

TEST_CASE("Lines are split at newlines, without their carriage returns", "[core][text]") {
  CHECK(SplitLines("a\r\nb\n\nc") == Lines{"a", "b", "", "c"});
  CHECK(SplitLines("a\n") == Lines{"a"});
  CHECK(SplitLines("\n") == Lines{""});
  CHECK(SplitLines("").empty());
}

TEST_CASE("UTF-8 is valid as Unicode defines it", "[core][text]") {
  CHECK(IsValidUtf8(""));
  CHECK(IsValidUtf8("plain ASCII, longer than eight bytes"));
  CHECK(IsValidUtf8("¢ € 😀 \U0010FFFF"));
  CHECK(IsValidUtf8(std::string_view("\0", 1)));
  for (const char* bad :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xE0\x80\xAF", "\xED\xA0\x80", "\xE2\x82",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "sixteen bytes ok\xE9 Latin-1"}) {
    INFO(bad);
    CHECK_FALSE(IsValidUtf8(bad));
  }
}

TEST_CASE("Every byte that is not UTF-8 becomes one replacement character", "[core][text]") {
  CHECK(RepairUtf8("caf\xE9!") == "caf\uFFFD!");
  CHECK(RepairUtf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(RepairUtf8("\xC0\xAF") == "\uFFFD\uFFFD");
  CHECK(RepairUtf8("€\xE2\x82") == "€\uFFFD\uFFFD");
  CHECK(RepairUtf8("fine €") == "fine €");
  CHECK(IsValidUtf8(RepairUtf8("\xF0\x9F\x98 x \xFF\xFE")));
}

TEST_CASE("Escape sequences and controls go, what a reader saw stays", "[core][text]") {
  CHECK(Stripped("\x1b[31mERROR\x1b[0m: no") == "ERROR: no");
  CHECK(Stripped("\x1b[38;5;196mx\x1b[1;2H") == "x");
  CHECK(Stripped("\x1b]8;;https://x.dev\x1b\\link\x1b]8;;\a!") == "link!");
  CHECK(Stripped("\x1b(Bx\x1b=y\x1b"
                 "7z") == "xyz");
  CHECK(Stripped("a\tb\nc\rd\be\x7f") == "a\tb\ncde");
  CHECK(Stripped(std::string_view("a\0b", 3)) == "ab");
  CHECK(Stripped("a\u0085b\u009b31mc") == "abc");
  CHECK(Stripped("€ stays") == "€ stays");
  CHECK(Stripped("cut\x1b[") == "cut");
  CHECK(Stripped("cut\x1b") == "cut");
}

TEST_CASE("An escape string that does not end swallows nothing", "[core][text]") {
  CHECK(Stripped("\x1b]0;title\nnext line") == "0;title\nnext line");
  CHECK(Stripped("\x1bPmore text") == "more text");
}

TEST_CASE("StripControls tells whether anything was removed, and replaces its output", "[core][text]") {
  std::string out = "old";
  CHECK_FALSE(StripControls("plain\ttext\n", &out));
  CHECK(out == "plain\ttext\n");
  CHECK(StripControls("\x1b[0m", &out));
  CHECK(out.empty());
  out = "\x1b[1mitself";
  CHECK(StripControls(out, &out));
  CHECK(out == "itself");
}

TEST_CASE("Nothing that reorders or hides text reaches a terminal", "[core][text]") {
  CHECK(SafeForTerminal("a\u202Eb\u2066c\u2028d\u2029e") == "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  CHECK(SafeForTerminal("a\tb\x1b[2J") == "a b");
  CHECK(SafeForTerminal("caf\xE9 \x9b\x33\x31m") == "caf\uFFFD \uFFFD31m");
  CHECK(SafeForTerminal("… “x” — €") == "… “x” — €");
}

TEST_CASE("Ellipsize counts code points", "[core][text]") {
  CHECK(Ellipsize("abc", 3) == "abc");
  CHECK(Ellipsize("abcd", 3) == "ab…");
  CHECK(Ellipsize("€€€€", 3) == "€€…");
  CHECK(Ellipsize("abc", 1) == "…");
  CHECK(Ellipsize("abc", 0).empty());
  CHECK(DisplayWidth("a€😀") == 3);
}

TEST_CASE("Wrap breaks at blanks and leaves long words whole", "[core][text]") {
  CHECK(Wrap("the quick brown fox", 10) == Strings{"the quick", "brown fox"});
  CHECK(Wrap("an unbreakablelongword here", 8) == Strings{"an", "unbreakablelongword", "here"});
  CHECK(Wrap("a\n\nb  c", 10) == Strings{"a", "", "b c"});
  CHECK(Wrap("€€€ €€€", 7) == Strings{"€€€ €€€"});
  CHECK(Wrap("", 10).empty());
}

TEST_CASE("Edit distance counts adjacent transpositions once", "[core][text]") {
  CHECK(EditDistance("", "abc") == 3);
  CHECK(EditDistance("abc", "abc") == 0);
  CHECK(EditDistance("analyze", "anaylze") == 1);
  CHECK(EditDistance("kitten", "sitting") == 3);
}

TEST_CASE("The nearest candidate is near, or nothing", "[core][text]") {
  const Strings commands = {"analyze", "watch", "rules"};
  CHECK(Nearest("anaylse", commands) == "analyze");
  CHECK(Nearest("rule", commands) == "rules");
  CHECK(Nearest("deploy", commands).empty());
  CHECK(Nearest("watch", commands) == "watch");
  CHECK(Nearest("x", {}).empty());
}

TEST_CASE("Globs know stars and question marks", "[core][text]") {
  CHECK(GlobMatch("*.log", "a.log"));
  CHECK(GlobMatch("*.l?g", ".lag"));
  CHECK(GlobMatch("a*b*c", "a-b-b-c"));
  CHECK(GlobMatch("*", ""));
  CHECK_FALSE(GlobMatch("*.log", "a.logs"));
  CHECK_FALSE(GlobMatch("?", ""));
  CHECK_FALSE(GlobMatch("", "a"));
  CHECK_FALSE(GlobMatch("*a*a*a*a*a*b", std::string(2000, 'a')));
}

}  // namespace
}  // namespace neverready::core
