// A store of the bundled examples: what `analyze --db FILE examples/…` makes. Of its own folder, removed at
// the end.
#ifndef NEVERREADY_TESTS_FAKES_EXAMPLE_STORE_H_
#define NEVERREADY_TESTS_FAKES_EXAMPLE_STORE_H_

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "db/store.h"
#include "tests/fakes/run_app.h"

namespace neverready::fakes {

class ExampleStore {
 public:
  ExampleStore() {
    const Ran ran = RunApp({"analyze", "-q", "--db", path_, "examples/shop-2025-09.ndjson",
                            "examples/netra-backend-staging-00170-55z.ndjson"});
    INFO(ran.err);
    REQUIRE(ran.code == 1);
  }

  const std::string& path() const { return path_; }

  std::unique_ptr<db::Store> Open(db::Access access = db::Access::kReadWrite) const {
    auto store = db::Store::Open(path_, access);
    REQUIRE(store);
    return *std::move(store);
  }

 private:
  TemporaryFolder folder_;
  std::string path_ = folder_.name() + "/store.db";
};

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_EXAMPLE_STORE_H_
