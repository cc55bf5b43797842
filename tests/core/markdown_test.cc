#include "core/markdown.h"

#include <catch2/catch.hpp>
#include <random>

#include "core/text.h"

namespace neverready::core {
namespace {

// What is active inside a line, at its beginning, or in a cell of a table, if no backslash stands before it.
bool IsActive(char c) { return std::string_view("`*_~[]<>|$!").find(c) != std::string_view::npos; }

// The names of entities are the function's own.
std::string WithoutEntities(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool entity = false;
    for (const std::string_view name : {"&lt;", "&gt;", "&amp;", "&#124;", "&#36;"}) {
      if (!std::string_view(text).substr(at).starts_with(name)) continue;
      at += name.size() - 1;
      out += 'x';
      entity = true;
    }
    if (!entity) out += text[at];
  }
  return out;
}

// The first promise of the header that does not hold, or "".
std::string Broken(const std::string& escaped) {
  if (!IsValidUtf8(escaped)) return "valid UTF-8";
  if (escaped.find_first_of("\n\t\r\x1b") != std::string::npos) return "one line without controls";
  const std::string text = WithoutEntities(escaped);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
      continue;
    }
    if (IsActive(text[at])) return std::string("an active sign: ") + text[at];
    if (text[at] == '#' && (at == 0 || text[at - 1] != '&')) return "a bare #";
    if (text[at] == '&' && text.compare(at, 7, "&#8203;") != 0) return "a bare &";
  }
  const std::string lower = ToLower(text);
  for (const char* link : {"://", "www.", "mailto:", "xmpp:", "gh-1"}) {
    if (lower.find(link) != std::string::npos) return std::string("a link: ") + link;
  }
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at + 1);
    if (!rest.empty() && rest.front() != ' ' && !rest.starts_with("&#8203;")) return "a mention";
  }
  for (std::size_t at = text.find("\\#"); at != std::string::npos; at = text.find("\\#", at + 1)) {
    if (at + 2 < text.size() && text[at + 2] >= '0' && text[at + 2] <= '9') return "an issue";
  }
  if (!text.empty() && std::string_view("-+=# ").find(text.front()) != std::string_view::npos)
    return "a block";
  const std::size_t number = text.find_first_not_of("0123456789");
  if (number != std::string::npos && number > 0 && number < 10 &&
      (text[number] == '.' || text[number] == ')'))
    return "a numbered list";
  return {};
}

TEST_CASE("What Markdown would read is escaped", "[core][markdown]") {
  CHECK(EscapeMarkdown("plain words, 8080 (ok).") == "plain words, 8080 (ok).");
  CHECK(EscapeMarkdown("a | b") == "a &#124; b");
  CHECK(EscapeMarkdown("`x` *y* _z_ ~~w~~") == "\\`x\\` \\*y\\* \\_z\\_ \\~\\~w\\~\\~");
  CHECK(EscapeMarkdown("[x](javascript:alert(1))") == "\\[x\\](javascript:alert(1))");
  CHECK(EscapeMarkdown("![x](y)") == "\\!\\[x\\](y)");
  CHECK(EscapeMarkdown("<script>&amp;") == "&lt;script&gt;&amp;amp;");
  CHECK(EscapeMarkdown("a\\|b") == "a\\\\&#124;b");
  CHECK(EscapeMarkdown("$x$") == "&#36;x&#36;");
}

TEST_CASE("What GitHub finds in text is parted", "[core][markdown]") {
  CHECK(EscapeMarkdown("@everyone") == "@&#8203;everyone");
  CHECK(EscapeMarkdown("run@demo.iam") == "run@&#8203;demo.iam");
  CHECK(EscapeMarkdown("a @ b @") == "a @ b @");
  CHECK(EscapeMarkdown("fixes #12 and o/r#3, # 4") == "fixes \\#&#8203;12 and o/r\\#&#8203;3, \\# 4");
  CHECK(EscapeMarkdown("gh-12 GH-x") == "gh-&#8203;12 GH-x");
  CHECK(EscapeMarkdown("http://evil HTTPS://evil") == "http:&#8203;//evil HTTPS:&#8203;//evil");
  CHECK(EscapeMarkdown("WWW.evil.com") == "WWW&#8203;.evil.com");
  CHECK(EscapeMarkdown("mailto:a@b.c") == "mailto&#8203;:a@&#8203;b.c");
}

TEST_CASE("What begins a block does not", "[core][markdown]") {
  CHECK(EscapeMarkdown("# heading") == "\\# heading");
  CHECK(EscapeMarkdown("- item") == "\\- item");
  CHECK(EscapeMarkdown("+ item") == "\\+ item");
  CHECK(EscapeMarkdown("===") == "\\===");
  CHECK(EscapeMarkdown("1. item") == "1\\. item");
  CHECK(EscapeMarkdown("12) item") == "12\\) item");
  CHECK(EscapeMarkdown("1.5 s") == "1\\.5 s");
  CHECK(EscapeMarkdown("    code") == "code");
  CHECK(EscapeMarkdown("a\n# b\n\n```\n") == "a \\# b \\`\\`\\`");
  CHECK(EscapeMarkdown("8080") == "8080");
  CHECK(EscapeMarkdown("").empty());
}

TEST_CASE("Controls are gone before anything is escaped", "[core][markdown]") {
  CHECK(EscapeMarkdown("\x1b[31mred\x1b[0m\x07 \u202Ex\xff") == "red \uFFFDx\uFFFD");
  CHECK(CodeBlock("\x1b[31mred\u202E", "text") == "```text\nred\uFFFD\n```\n");
}

TEST_CASE("No text closes its own fence", "[core][markdown]") {
  CHECK(CodeBlock("a", "sh") == "```sh\na\n```\n");
  CHECK(CodeBlock("a\n", "sh") == "```sh\na\n```\n");
  CHECK(CodeBlock("", "text") == "```text\n```\n");
  CHECK(CodeBlock("x\n```\n# y", "text") == "````text\nx\n```\n# y\n````\n");
  CHECK(CodeBlock("`````", "text") == "``````text\n`````\n``````\n");
}

TEST_CASE("The property test sees what is wrong", "[core][markdown]") {
  for (const char* bad :
       {"a|b", "*x*", "<b>", "&nbsp;", "@me", "\\#1", "http://x", "www.x", "- x", "3. x", "x\ny", "# x"}) {
    INFO(bad);
    CHECK_FALSE(Broken(bad).empty());
  }
}

TEST_CASE("Whatever the text, nothing in it stays active", "[core][markdown][property]") {
  const std::vector<std::string_view> parts{
      "@",     "#",  "1",       "12. ", "|",      "`",      "```",    "\\",      "<",     ">",    "&", "lt;",
      "#124;", "[",  "](",      ")",    "!",      "*",      "_",      "~",       "$",     "-",    "+", "=",
      ":",     "//", "http",    "www",  ".",      "mailto", "gh-",    "GH-",     "a",     "B",    " ", "\n",
      "\t",    "\r", "\x1b[1m", "\xff", "\u202E", "é",      "\u200B", "&#8203;", "x@y.z", "xmpp:"};
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts in every run
  for (int run = 0; run < 20000; ++run) {
    std::string text;
    for (unsigned length = random() % 12; length > 0; --length) text += parts[random() % parts.size()];
    const std::string escaped = EscapeMarkdown(text);
    INFO("text " << text << "\nescaped " << escaped);
    const std::string broken = Broken(escaped);
    INFO(broken);
    REQUIRE(broken.empty());
    const std::string block = CodeBlock(text, "text");
    const std::string fence = block.substr(0, block.find('t'));
    REQUIRE(block.find(fence, fence.size()) == block.size() - fence.size() - 1);
  }
}

}  // namespace
}  // namespace neverready::core
