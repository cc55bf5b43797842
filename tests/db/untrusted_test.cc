#include "db/untrusted.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>

#include "db/connection.h"
#include "db/migrations.h"
#include "tests/fakes/example_store.h"

namespace neverready::db {
namespace {

using core::ErrorCode;
using core::Result;
using core::Table;

class Asker {
 public:
  Asker() : store_(example_.Open(Access::kUntrusted)) {
    store_->connection().SetTimeLimit(std::chrono::milliseconds(2'000));
  }
  Result<Table> Ask(const std::string& sql, std::size_t rows = 100) {
    return store_->connection().Ask(sql, rows);
  }
  // The first cell as text, or what is wrong.
  std::string First(const std::string& sql) {
    const auto table = Ask(sql);
    if (!table) return table.error().message;
    if (table->rows.empty()) return "(no rows)";
    const core::Cell& cell = table->rows.front().front();
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return "(neither)";
  }
  const std::string& path() const { return example_.path(); }

 private:
  fakes::ExampleStore example_;
  std::unique_ptr<Store> store_;
};

TEST_CASE("A question may use all that reads", "[db][untrusted]") {
  Asker asker;
  CHECK(asker.First("SELECT count(*) FROM v_diagnoses") == "17");
  CHECK(asker.First("  -- how many?\n SELECT 1 ; -- that many\n ;") == "1");
  CHECK(asker.First("VALUES (7)") == "7");
  CHECK(asker.First("SELECT text FROM evidence_text WHERE evidence_text MATCH '\"flask_cors\"' LIMIT 1") ==
        "ModuleNotFoundError: No module named 'flask_cors'");
  CHECK(asker.First("SELECT highlight(evidence_text, 0, '[', ']') FROM evidence_text"
                    " WHERE evidence_text MATCH 'flask_cors' ORDER BY rank LIMIT 1") ==
        "ModuleNotFoundError: No module named '[flask_cors]'");
  CHECK(asker.First("SELECT sum(value) FROM json_each('[1,2,3]')") == "6");
  CHECK(asker.First("SELECT json_extract('{\"a\": 5}', '$.a')") == "5");
  CHECK(asker.First("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 10)"
                    " SELECT sum(x) FROM c") == "55");
  CHECK(asker.First("SELECT group_concat(name, ' ') FROM (SELECT name FROM pragma_table_info('services'))") ==
        "id project location name environment");
  CHECK(asker.First("PRAGMA user_version") == std::to_string(SchemaScripts().size()));
  CHECK(asker.First("SELECT strftime('%Y', 0, 'unixepoch')") == "1970");
  CHECK(asker.First("SELECT row_number() OVER (ORDER BY incident) FROM v_incidents") == "1");
  CHECK(asker.Ask("EXPLAIN QUERY PLAN SELECT * FROM v_timeline"));
  CHECK(asker.Ask("EXPLAIN SELECT 1"));
  CHECK(asker.First("SELECT x'00ff'") == "X'00FF'");
}

TEST_CASE("A question changes nothing, whatever it says", "[db][untrusted]") {
  Asker asker;
  const std::string before = fakes::ReadFile(asker.path());
  const std::string other = asker.path() + ".other";
  for (const std::string& sql : {
           std::string("INSERT INTO services VALUES (99, 'p', 'l', 'n', 'unknown')"),
           std::string("UPDATE services SET name = 'x'"),
           std::string("DELETE FROM services"),
           std::string("DELETE FROM services RETURNING name"),
           std::string("WITH x AS (SELECT 1) DELETE FROM services"),
           std::string("REPLACE INTO state VALUES ('as_of', 0)"),
           std::string("CREATE TABLE x (a)"),
           std::string("CREATE TEMP TABLE x (a)"),
           std::string("CREATE TEMP VIEW x AS SELECT 1"),
           std::string("CREATE TEMP TRIGGER x AFTER INSERT ON services BEGIN SELECT 1; END"),
           std::string("CREATE VIRTUAL TABLE x USING fts5 (a)"),
           std::string("CREATE INDEX x ON services (name)"),
           std::string("DROP TABLE services"),
           std::string("DROP VIEW v_incidents"),
           std::string("ALTER TABLE services ADD COLUMN x"),
           std::string("INSERT INTO evidence_text (evidence_text) VALUES ('delete-all')"),
           std::string("UPDATE sqlite_master SET sql = ''"),
           std::string("UPDATE sqlite_schema SET sql = ''"),
           "ATTACH '" + other + "' AS other",
           std::string("ATTACH ':memory:' AS other"),
           std::string("DETACH main"),
           std::string("VACUUM"),
           "VACUUM INTO '" + other + "'",
           std::string("ANALYZE"),
           std::string("REINDEX"),
           std::string("BEGIN"),
           std::string("BEGIN IMMEDIATE"),
           std::string("SAVEPOINT x"),
           std::string("COMMIT"),
           std::string("PRAGMA journal_mode = DELETE"),
           std::string("PRAGMA query_only = OFF"),
           std::string("PRAGMA writable_schema = ON"),
           std::string("PRAGMA user_version = 7"),
           std::string("PRAGMA application_id = 7"),
           std::string("PRAGMA hard_heap_limit = 0"),
           std::string("PRAGMA temp_store_directory = '/'"),
           std::string("PRAGMA wal_checkpoint"),
           std::string("PRAGMA optimize"),
           std::string("SELECT load_extension('x')"),
           std::string("SELECT fts3_tokenizer('simple')"),
           std::string("SELECT writefile('" + other + "', 'x')"),
           std::string("SELECT readfile('/etc/passwd')"),
           std::string("SELECT * FROM pragma_database_list"),
           std::string("EXPLAIN DELETE FROM services"),
       }) {
    INFO(sql);
    const auto answer = asker.Ask(sql);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ErrorCode::kInvalidArgument);
    CHECK_FALSE(answer.error().message.empty());
    CHECK_FALSE(answer.error().hint.empty());
  }
  CHECK_FALSE(std::filesystem::exists(other));
  CHECK(fakes::ReadFile(asker.path()) == before);
  CHECK(asker.First("SELECT count(*) FROM services") == "4");
}

TEST_CASE("A question is one statement", "[db][untrusted]") {
  Asker asker;
  for (const char* sql : {"SELECT 1; SELECT 2", "SELECT 1; DROP TABLE services", "SELECT 1;;/* x */ nonsense",
                          "SELECT 1; -- x\nSELECT 2"}) {
    INFO(sql);
    CHECK(asker.First(sql) == "the question has more than one statement");
  }
  for (const char* sql : {"", " ", ";", "-- nothing", "/* nothing */ ;"}) {
    INFO(sql);
    CHECK(asker.First(sql) == "the question is empty");
  }
  CHECK(asker.First(std::string("SELECT 1\0 ; DROP TABLE services", 31)) ==
        "the question holds a NUL character");
  CHECK(asker.First("SELEC 1") == "the question: near \"SELEC\": syntax error");
  CHECK(asker.First("SELECT * FROM no_table") == "the question: no such table: no_table");
}

TEST_CASE("An answer has at most so many rows, and says so", "[db][untrusted]") {
  Asker asker;
  const std::string sql = "SELECT value AS n FROM json_each('[1,2,3,4]')";
  const auto three = asker.Ask(sql, 3), four = asker.Ask(sql, 4), all = asker.Ask(sql, 0);
  REQUIRE((three && four && all));
  CHECK(three->rows.size() == 3);
  CHECK(three->truncated);
  CHECK(four->rows.size() == 4);
  CHECK_FALSE(four->truncated);
  CHECK(all->rows.size() == 4);
  CHECK(three->columns.front().name == "n");
  const auto none = asker.Ask("SELECT incident, project FROM v_incidents WHERE 0");
  REQUIRE(none);
  CHECK(none->columns.size() == 2);
}

TEST_CASE("What never ends is ended in time, what grows is ended in memory", "[db][untrusted]") {
  Asker asker;
  struct Bomb {
    const char *sql, *says;
  };
  constexpr const char *kTime = "too long", *kMemory = "takes too much memory", *kSize = "larger than 64 MiB";
  for (
      const Bomb& bomb : {
          Bomb{"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
               kTime},
          Bomb{"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x < 0",
               kTime},
          Bomb{"SELECT count(*) FROM evidence a, evidence b, evidence c, evidence d, evidence e, evidence f,"
               " evidence g, evidence h WHERE a.text || b.text LIKE '%nothing%'",
               kTime},
          Bomb{
              "WITH RECURSIVE c(x) AS (SELECT zeroblob(8000000) UNION ALL SELECT zeroblob(8000000) FROM c LIMIT 200)"
              " SELECT count(*) FROM (SELECT x, random() AS y FROM c ORDER BY y)",
              kMemory},
          Bomb{"SELECT randomblob(1000000000)", kMemory},
          Bomb{"SELECT zeroblob(1000000000)", kMemory},
          Bomb{"SELECT hex(zeroblob(8000000))", kMemory},
          Bomb{"SELECT group_concat(zeroblob(1000000)) FROM evidence a, evidence b", kMemory},
          Bomb{"SELECT zeroblob(8000000) FROM evidence a, evidence b", kSize},
      }) {
    INFO(bomb.sql);
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = asker.Ask(bomb.sql, 0);
    [[maybe_unused]] const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ErrorCode::kResourceExhausted);
#ifndef __SANITIZE_ADDRESS__  // which is so slow that time may run out before memory does
    CHECK(answer.error().message.find(bomb.says) != std::string::npos);
    CHECK(took.count() < 4);
#endif
  }
  // SQLite's own answer to a value that is too long.
  CHECK(asker.First("SELECT printf('%.*c', 1000000000, 'x') IS NULL") == "1");
  // And it can be asked on.
  CHECK(asker.First("SELECT 1") == "1");
}

}  // namespace
}  // namespace neverready::db
