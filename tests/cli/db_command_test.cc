#include <catch2/catch.hpp>
#include <filesystem>

#include "db/connection.h"
#include "db/store.h"
#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using fakes::Ran;
using fakes::RunApp;

const std::string kBundled = "examples/netra-backend-staging-00170-55z.ndjson";

class Filled {
 public:
  Filled() {
    REQUIRE(RunApp({"analyze", kBundled, "--db", file(), "-q"}).code == 1);
    REQUIRE(RunApp({"analyze", "tests/cases/netra", "--db", file(), "-q"}).code == 1);
  }
  std::string file() const { return folder_.name() + "/store.db"; }
  const fakes::TemporaryFolder& folder() const { return folder_; }

  Ran Db(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "db");
    arguments.insert(arguments.end(), {"--db", file()});
    return RunApp(arguments);
  }

  std::int64_t Count(const char* sql) const {
    auto connection = db::Connection::Open(file(), db::Access::kReadOnly);
    REQUIRE(connection.has_value());
    const auto count = (*connection)->ReadInt(sql);
    REQUIRE(count.has_value());
    return *count;
  }
  void Change(const std::string& sql) const {
    auto connection = db::Connection::Open(file(), db::Access::kReadWrite);
    REQUIRE(connection.has_value());
    REQUIRE((*connection)->RunScript(sql).has_value());
  }

 private:
  fakes::TemporaryFolder folder_;
};

TEST_CASE("analyze --db says what it stored, and the second time that it is known", "[cli][db]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.name() + "/store.db";
  const Ran first = RunApp({"analyze", kBundled, "--db", file});
  CHECK(first.code == 1);
  CHECK(first.err == "neverready: stored in " + file + ": 1 new, 0 changed, 0 known already\n");
  const Ran second = RunApp({"analyze", kBundled, "--db", file});
  CHECK(second.err == "neverready: stored in " + file + ": 0 new, 0 changed, 1 known already\n");
  CHECK(second.out == first.out);
  CHECK(RunApp({"analyze", kBundled}).out == first.out);
}

TEST_CASE("A log that names no revision is diagnosed and not stored", "[cli][db]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.name() + "/store.db";
  const std::string log =
      folder.Write("log.txt",
                   "Traceback (most recent call last):\n  File \"/app/main.py\", line 1, in <module>\n"
                   "ModuleNotFoundError: No module named 'flask'\n");
  const Ran ran = RunApp({"analyze", log, "--db", file});
  CHECK(ran.code == 1);
  CHECK(ran.err ==
        "neverready: warning: a log that names no revision cannot be stored: nobody could ask for it"
        " again\nneverready: stored in " +
            file + ": 0 new, 0 changed, 0 known already\n");
}

TEST_CASE("db info counts what is there", "[cli][db]") {
  const Filled store;
  const Ran ran = store.Db({"info", "--format", "csv"});
  CHECK(ran.code == 0);
  for (const char* row : {"services,1\n", "revisions,2\n", "failed,1\n", "ready,1\n", "incidents,1\n",
                          "open_incidents,0\n", "verdicts,2\n", "rule_packs,1\n"}) {
    INFO(row);
    CHECK(ran.out.find(row) != std::string::npos);
  }
}

TEST_CASE("db check finds what is wrong", "[cli][db]") {
  const Filled store;
  const Ran sound = store.Db({"check"});
  CHECK(sound.code == 0);
  CHECK(sound.out == "the store is sound\n");
  SECTION("a name that nobody knows") {
    store.Change("UPDATE diagnoses SET root_cause = 'bad_luck' WHERE state = 'failed'");
    const Ran ran = store.Db({"check"});
    CHECK(ran.code == 1);
    CHECK(ran.out.find("holds the name 'bad_luck', which nobody knows") != std::string::npos);
  }
  SECTION("entries that cannot be read") {
    store.Change("UPDATE raw_entries SET body = x'00112233'");
    const Ran ran = store.Db({"check"});
    CHECK(ran.code == 1);
    CHECK(ran.out.find("the compressed data is damaged or cut off") != std::string::npos);
  }
  SECTION("a reference into nothing") {
    store.Change("PRAGMA foreign_keys = OFF; DELETE FROM rule_packs");
    const Ran ran = store.Db({"check"});
    CHECK(ran.code == 1);
    CHECK(ran.out.find("refers to a row of rule_packs that is not there") != std::string::npos);
  }
  SECTION("no store") {
    const Ran ran = RunApp({"db", "check", "--db", store.folder().name() + "/none.db"});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("does not exist") != std::string::npos);
    CHECK_FALSE(fs::exists(store.folder().name() + "/none.db"));
  }
}

TEST_CASE("Reclassifying by the same rules changes nothing", "[cli][db]") {
  const Filled store;
  const Ran ran = store.Db({"reclassify"});
  CHECK(ran.code == 0);
  CHECK(ran.out == "No verdict changes.\n");
  CHECK(ran.err == "neverready: 0 verdicts changed\n");
  CHECK(store.Count("SELECT count(*) FROM verdicts") == 2);
}

TEST_CASE("Reclassifying by other rules shows what changes before it writes", "[cli][db]") {
  const Filled store;
  // What stands for better rules: the stored verdict is made worse.
  store.Change(
      "UPDATE diagnoses SET root_cause = 'unknown', rule = 'old.rule', fingerprint = 'unknown'"
      " WHERE state = 'failed'");
  const Ran dry = store.Db({"reclassify", "--dry-run", "--format", "csv"});
  CHECK(dry.code == 0);
  CHECK(dry.out.find("netra-backend-staging,netra-backend-staging-00170-55z,failed,unknown,old.rule,failed,"
                     "import_error,cpython.cannot-import-name,") != std::string::npos);
  CHECK(dry.err == "neverready: 1 verdict would change\n");
  CHECK(store.Count("SELECT count(*) FROM diagnoses WHERE rule = 'old.rule'") == 1);
  const Ran written = store.Db({"reclassify", "--format", "csv"});
  CHECK(written.out == dry.out);
  CHECK(written.err == "neverready: 1 verdict changed\n");
  CHECK(store.Count("SELECT count(*) FROM diagnoses WHERE rule = 'cpython.cannot-import-name'") == 1);
  CHECK(store.Count("SELECT count(*) FROM verdicts WHERE why = 'reclassified'") == 1);
  CHECK(store.Count("SELECT count(*) FROM incidents WHERE root_cause = 'import_error'") == 1);
}

TEST_CASE("Pruning takes raw entries, and diagnoses only if asked", "[cli][db]") {
  const Filled store;
  CHECK(store.Db({"prune"}).code == 2);
  CHECK(store.Db({"prune", "--max-size", "lots"}).err.find("'lots' is no size") != std::string::npos);
  CHECK(store.Db({"prune", "--older-than", "2025-09-01"}).code == 0);
  CHECK(store.Count("SELECT count(*) FROM raw_entries") == 2);
  CHECK(store.Db({"prune", "--older-than", "2025-09-09"}).code == 0);
  CHECK(store.Count("SELECT count(*) FROM raw_entries") == 0);
  CHECK(store.Count("SELECT count(*) FROM diagnoses") == 2);
  CHECK(store.Count("SELECT count(*) FROM evidence_text") > 0);
  SECTION("a piece that tells less does not replace the verdict") {
    const std::string whole = fakes::ReadFile(kBundled);
    const std::string piece =
        store.folder().Write("piece.ndjson", whole.substr(0, whole.find('\n', 2000) + 1));
    CHECK(RunApp({"analyze", piece, "--db", store.file(), "-q"}).code != 1);
    CHECK(store.Count("SELECT count(*) FROM diagnoses WHERE state = 'failed'") == 1);
  }
  SECTION("all of it") {
    CHECK(store.Db({"prune", "--forget-older-than", "2025-09-09"}).code == 0);
    for (const char* sql :
         {"SELECT count(*) FROM diagnoses", "SELECT count(*) FROM incidents", "SELECT count(*) FROM services",
          "SELECT count(*) FROM evidence", "SELECT count(*) FROM transitions"}) {
      INFO(sql);
      CHECK(store.Count(sql) == 0);
    }
    CHECK(store.Db({"check"}).code == 0);
  }
}

TEST_CASE("What belongs to an open incident is not forgotten", "[cli][db]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.name() + "/store.db";
  REQUIRE(RunApp({"analyze", kBundled, "--db", file, "-q"}).code == 1);
  CHECK(RunApp({"db", "prune", "--forget-older-than", "1d", "--db", file}).code == 0);
  auto connection = db::Connection::Open(file, db::Access::kReadOnly);
  REQUIRE(connection.has_value());
  CHECK((*connection)->ReadInt("SELECT count(*) FROM incidents").value() == 1);
  CHECK((*connection)->ReadInt("SELECT count(*) FROM diagnoses").value() == 1);
}

TEST_CASE("A size cap takes the oldest raw entries first", "[cli][db]") {
  const Filled store;
  const Ran ran = store.Db({"prune", "--max-size", "1"});
  CHECK(ran.code == 0);
  CHECK(store.Count("SELECT count(*) FROM raw_entries") == 0);
  CHECK(ran.err.find("still larger than 1 without any raw entries") != std::string::npos);
}

TEST_CASE("A backup is a whole store, and replaces nothing unasked", "[cli][db]") {
  const Filled store;
  const std::string copy = store.folder().name() + "/copy.db";
  CHECK(store.Db({"backup", copy}).code == 0);
  CHECK(RunApp({"db", "check", "--db", copy}).code == 0);
  const Ran again = store.Db({"backup", copy});
  CHECK(again.code == 2);
  CHECK(again.err == "neverready: error: '" + copy + "' is there already\n  try: --force writes over it\n");
  CHECK(store.Db({"backup", copy, "--force"}).code == 0);
  CHECK(store.Db({"backup", store.folder().name() + "/none/copy.db"}).code == 2);
  CHECK(store.Db({"backup", store.folder().name()}).err.find("is a folder") != std::string::npos);
  CHECK_FALSE(fs::exists(copy + ".part"));
  CHECK(store.Db({"vacuum"}).code == 0);
  CHECK(store.Db({"migrate"}).out == "the store has the newest schema, 2\n");
}

TEST_CASE("What is stored reads back equal", "[cli][db]") {
  const fakes::TemporaryFolder folder;
  const std::string file = folder.name() + "/store.db";
  for (const char* cases : {"tests/cases/pynode", "tests/cases/other", "tests/cases/netra"})
    REQUIRE(RunApp({"analyze", cases, "--db", file, "-q"}).code == 1);
  auto store = db::Store::Open(file, db::Access::kReadWrite);
  REQUIRE(store.has_value());
  auto writer = (*store)->Begin({"sha256:0", core::Timestamp()});
  REQUIRE(writer.has_value());
  std::size_t seen = 0;
  for (std::int64_t id = 1; id <= 200; ++id) {
    const auto start = (*store)->Load(id);
    const auto entries = (*store)->LoadEntries(id);
    REQUIRE((start.has_value() && entries.has_value()));
    if (!*start) continue;
    ++seen;
    const auto put = writer->Put(**start, db::Pack(entries->entries), entries->generation);
    REQUIRE(put.has_value());
    CHECK(*put == db::PutResult::kUnchanged);
  }
  CHECK(seen > 130);
}

}  // namespace
}  // namespace neverready
