// docs/queries.md: its SQL is run, its answers are compared, and its views are those of the schema.
// NEVERREADY_UPDATE_GOLDENS=1 renews the answers.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/text.h"
#include "tests/fakes/example_store.h"

namespace neverready {
namespace {

constexpr const char* kPage = "docs/queries.md";
constexpr std::string_view kSql = "\n```sql\n", kAnswer = "\n```\n<!-- answer -->\n```\n", kEnd = "```\n";

std::string WithoutTrailingBlanks(const std::string& text) {
  std::string out;
  for (std::string_view line : core::SplitLines(text)) {
    while (line.ends_with(' ')) line.remove_suffix(1);
    out += std::string(line) + '\n';
  }
  return out;
}

TEST_CASE("The cookbook's questions are answered as it says", "[docs][queries]") {
  const fakes::ExampleStore example;
  std::string page = fakes::ReadFile(kPage);
  const std::string before = page;
  std::size_t questions = 0;
  for (std::size_t at = page.find(kSql); at != std::string::npos; at = page.find(kSql, at + 1)) {
    const std::size_t sql = at + kSql.size(), answer = page.find(kAnswer, sql);
    REQUIRE(answer != std::string::npos);
    const std::string question = page.substr(sql, answer - sql);
    INFO(question);
    REQUIRE(question.find("```") == std::string::npos);
    CHECK(question.ends_with(";"));
    const std::size_t body = answer + kAnswer.size(), end = page.find(kEnd, body);
    REQUIRE(end != std::string::npos);
    const fakes::Ran ran = fakes::RunApp({"query", "--db", example.path(), question});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    const std::string now = WithoutTrailingBlanks(ran.out);
    if (fakes::UpdateGoldens()) {
      page.replace(body, end - body, now);
    } else {
      CHECK(page.substr(body, end - body) == now);
    }
    ++questions;
  }
  CHECK(questions == 15);
  if (page != before) fakes::WriteFile(kPage, page);
}

TEST_CASE("docs/queries.md lists every column of every view, in order", "[docs][queries]") {
  const fakes::ExampleStore example;
  const auto store = example.Open(db::Access::kReadOnly);
  std::vector<std::string> expected, found;
  REQUIRE(store->connection().Read(
      "SELECT master.name, columns.name FROM sqlite_schema AS master, pragma_table_info(master.name) AS columns"
      " WHERE master.type = 'view' ORDER BY master.rowid, columns.cid",
      {}, [&](const db::BorrowedRow& row) {
        expected.push_back(row.Text(0) + "." + row.Text(1));
        return true;
      }));
  std::string view;
  const std::string page = fakes::ReadFile(kPage);
  const std::string views = page.substr(page.find("\n## Views\n"));
  for (const std::string_view line : core::SplitLines(views)) {
    if (line.starts_with("### ")) view = line.substr(4);
    if (line.starts_with("| `") && !view.empty())
      found.push_back(view + "." + std::string(line.substr(3, line.find('`', 3) - 3)));
  }
  CHECK(expected.size() > 100);
  CHECK(found == expected);
}

}  // namespace
}  // namespace neverready
