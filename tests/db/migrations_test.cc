// Stores as they lie on people's disks: tests/golden/schema_vN.sql holds one of every schema that ever
// landed, all with the same rows. A new schema brings its own file here.
#include "db/migrations.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "db/store.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"

namespace neverready::db {
namespace {

using fakes::TemporaryFolder;

std::string DumpOf(std::int64_t version) {
  return "tests/golden/schema_v" + std::to_string(version) + ".sql";
}

// A store of that schema.
std::string MakeOld(const TemporaryFolder& folder, std::int64_t version) {
  std::string path = folder.name() + "/v" + std::to_string(version) + ".db";
  const auto connection = Connection::Open(path, Access::kCreate);
  REQUIRE(connection);
  const core::Status made = (*connection)->RunScript(fakes::ReadFile(DumpOf(version)));
  INFO((made ? "" : made.error().message));
  REQUIRE(made);
  return path;
}

std::vector<std::string> SchemaOf(const std::string& path) {
  std::vector<std::string> schema;
  const auto connection = Connection::Open(path, Access::kReadOnly);
  REQUIRE(connection);
  REQUIRE(
      (*connection)
          ->Read("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2", {}, [&](const BorrowedRow& row) {
            schema.push_back(row.Text(0) + " " + row.Text(1) + " " + row.Text(2));
            return true;
          }));
  return schema;
}

TEST_CASE("A store of every schema that ever landed is brought up to date with all that it holds",
          "[db][migrations]") {
  const TemporaryFolder folder;
  const std::string fresh = folder.name() + "/fresh.db";
  REQUIRE(Store::Open(fresh, Access::kCreate));
  const std::string newest = MakeOld(folder, NewestVersion());
  const std::vector<std::string> content = fakes::ContentOf(newest);
  CHECK(content.size() > 100);
  for (std::int64_t version = 1; version <= NewestVersion(); ++version) {
    INFO(DumpOf(version));
    REQUIRE(std::filesystem::exists(DumpOf(version)));
    const TemporaryFolder own;
    const std::string path = MakeOld(own, version);
    {
      const auto opened = Connection::Open(path, Access::kReadWrite);
      REQUIRE(opened);
      CHECK(Migrate(opened->get()) == version);
      CHECK(ReadVersion(opened->get()) == NewestVersion());
      CHECK(Migrate(opened->get()) == NewestVersion());
    }
    CHECK(fakes::SoundnessOf(path) == "ok");
    CHECK(fakes::DifferenceOf(content, fakes::ContentOf(path)).empty());
    CHECK(fakes::DifferenceOf(SchemaOf(fresh), SchemaOf(path)).empty());
    // It takes what today's program writes.
    CHECK(fakes::RunApp({"analyze", "-q", "--db", path, "examples/shop-2025-09.ndjson"}).code == 1);
    CHECK(fakes::SoundnessOf(path) == "ok");
  }
}

TEST_CASE("A migration that runs out of space leaves the version before, whole", "[db][migrations]") {
  const TemporaryFolder folder;
  const std::string path = MakeOld(folder, 1);
  const std::vector<std::string> schema = SchemaOf(path);
  int refused = 0;
  for (std::int64_t pages = 1; pages < 1000; ++pages) {
    ConnectionOptions options;
    options.max_pages = pages;
    const auto store = Store::Open(path, Access::kReadWrite, options);
    if (store) break;
    ++refused;
    INFO(store.error().message);
    REQUIRE(store.error().code == core::ErrorCode::kResourceExhausted);
    REQUIRE(SchemaOf(path) == schema);
  }
  CHECK(refused > 0);
  CHECK(fakes::SoundnessOf(path) == "ok");
  CHECK(fakes::ContentOf(path).size() > 100);
}

TEST_CASE("A store with an older schema that may only be read names the command that mends it",
          "[db][migrations]") {
  const TemporaryFolder folder;
  const std::string path = MakeOld(folder, 1);
  const fakes::Ran ran = fakes::RunApp({"incidents", "--db", path});
  CHECK(ran.code == 2);
  CHECK(ran.err == "neverready: error: the store '" + path +
                       "' has the older schema 1\n  try: neverready db migrate --db " + path + "\n");
}

}  // namespace
}  // namespace neverready::db
