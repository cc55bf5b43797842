#include "db/incident_store.h"

#include <catch2/catch.hpp>

#include "db/finder.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"

namespace neverready::db {
namespace {

using incidents::TransitionKind;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const core::Timestamp kBegin = *core::ParseRfc3339("2025-09-01T08:00:00Z");

StoredStart Start(const std::string& service, const std::string& revision, core::Timestamp at,
                  const std::string& fingerprint) {
  StoredStart start;
  start.diagnosis.key = {revision.empty() ? analyzers::LogScope::kDeploy : analyzers::LogScope::kRevision,
                         "p", "l", service, revision};
  start.environment = "staging";
  start.diagnosis.started_at = at;
  if (fingerprint.empty()) {
    start.diagnosis.state = analyzers::State::kReady;
    start.diagnosis.ready_at = at;
    return start;
  }
  start.diagnosis.state = analyzers::State::kFailed;
  start.diagnosis.root_cause = analyzers::Category::kImportError;
  start.diagnosis.failed_at = at;
  start.fingerprint = fingerprint;
  return start;
}

class Filled {
 public:
  explicit Filled(const std::vector<StoredStart>& starts) {
    fakes::StoreStarts(folder_.name() + "/s.db", starts);
    auto opened = Store::Open(folder_.name() + "/s.db", Access::kReadWrite);
    REQUIRE(opened);
    store_ = *std::move(opened);
  }
  Store* operator->() { return store_.get(); }
  Store* get() { return store_.get(); }
  IncidentRecord Load(std::int64_t id) {
    auto record = LoadIncident(store_.get(), id);
    REQUIRE(record);
    REQUIRE(*record);
    return **std::move(record);
  }

 private:
  fakes::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_CASE("An incident is read as the fold made it", "[db][incident]") {
  Filled store({Start("api", "a", kBegin, ""), Start("api", "b", kBegin + 1h, "x"),
                Start("api", "c", kBegin + 2h, "y"), Start("api", "d", kBegin + 3h, ""),
                Start("api", "e", kBegin + 4h, "x")});
  const IncidentRecord first = store.Load(1), second = store.Load(2);
  CHECK(first.service.name == "api");
  CHECK(first.service.environment == "staging");
  CHECK_FALSE(first.incident.open);
  CHECK(first.incident.opened_by == "b");
  CHECK(first.incident.closed_by == "d");
  REQUIRE(first.incident.transitions.size() == 3);
  CHECK(first.incident.transitions[1].kind == TransitionKind::kCauseChanged);
  REQUIRE(first.failed.size() == 2);
  CHECK(first.failed[1].start.diagnosis.key.revision == "c");
  CHECK(first.failed[1].failed_in == std::vector<std::int64_t>{1});
  REQUIRE(first.closed_by);
  CHECK(first.closed_by->start.diagnosis.key.revision == "d");
  CHECK(first.closed_by->closed == 1);
  CHECK(first.verdicts.size() == 5);
  CHECK(first.earlier.empty());
  CHECK_FALSE(first.regression_of);

  CHECK(second.incident.open);
  CHECK(second.regression_of == 1);
  REQUIRE(second.earlier.size() == 1);
  CHECK(second.earlier[0].id == 1);
  CHECK(second.earlier[0].closed_by == "d");
  const auto none = LoadIncident(store.get(), 3);
  REQUIRE(none);
  CHECK_FALSE(*none);
}

TEST_CASE("Only earlier incidents of the same cause are before", "[db][incident]") {
  Filled store({Start("api", "a", kBegin, "y"), Start("api", "b", kBegin + 1h, ""),
                Start("api", "c", kBegin + 2h, "x"), Start("api", "d", kBegin + 3h, ""),
                Start("api", "e", kBegin + 4h, "x"), Start("web", "f", kBegin - 100h, "x")});
  CHECK(store.Load(1).earlier.empty());
  CHECK(store.Load(2).earlier.empty());
  REQUIRE(store.Load(3).earlier.size() == 1);
  CHECK(store.Load(3).earlier[0].id == 2);
}

TEST_CASE("Failures of other services count within five minutes", "[db][incident]") {
  StoredStart other = Start("other", "o", kBegin + 1min, "y");
  other.diagnosis.root_cause = analyzers::Category::kMissingEnv;
  Filled store({Start("api", "a", kBegin, "x"), Start("near", "n", kBegin + 5min, "x"),
                Start("same", "s", kBegin - 5min, "z"), Start("far", "f", kBegin + 5min + 1ns, "x"),
                Start("early", "e", kBegin - 5min - 1ns, "x"), other});
  std::int64_t api = 0;
  for (std::int64_t id = 1; id <= 6; ++id)
    if (store.Load(id).service.name == "api") api = id;
  const std::vector<FailureElsewhere> elsewhere = store.Load(api).elsewhere;
  REQUIRE(elsewhere.size() == 2);
  CHECK(elsewhere[0].service.name == "same");
  CHECK_FALSE(elsewhere[0].same_cause);
  CHECK(elsewhere[1].service.name == "near");
  CHECK(elsewhere[1].revision == "n");
  CHECK(elsewhere[1].same_cause);
}

TEST_CASE("Verdicts that replaced one another are told in order", "[db][incident]") {
  Filled store({Start("api", "a", kBegin, "x")});
  {
    auto writer = store->Begin({"sha256:other", kBegin});
    REQUIRE(writer);
    StoredStart better = Start("api", "a", kBegin, "y");
    better.diagnosis.attempts = 3;
    REQUIRE(writer->Put(better, {}, 1) == PutResult::kChanged);
    REQUIRE(writer->Commit());
  }
  const auto record = LoadRevision(store.get(), 1);
  REQUIRE(record);
  REQUIRE(*record);
  REQUIRE((*record)->verdicts.size() == 2);
  CHECK((*record)->verdicts[0].why == "first");
  CHECK((*record)->verdicts[1].why == "better_informed");
  CHECK((*record)->verdicts[1].fingerprint == "y");
}

TEST_CASE("The newest revision is the one that started last", "[db][finder]") {
  Filled store({Start("api", "z", kBegin, ""), Start("api", "a", kBegin + 1h, "x"),
                Start("api", "", kBegin - 1h, "y"), Start("web", "w", kBegin + 9h, "")});
  const auto service = FindServices(&store->connection(), "api", {});
  REQUIRE(service);
  REQUIRE(service->size() == 1);
  const auto newest = NewestRevision(&store->connection(), service->front().id);
  REQUIRE(newest);
  CHECK(store->KeyOf(*newest)->revision == "a");
  const auto filtered = FindRevisions(&store->connection(), "z", {"p", "l", "web"});
  REQUIRE(filtered);
  CHECK(filtered->empty());
  // A refused deploy has no name to be found by.
  const auto nameless = FindRevisions(&store->connection(), "", {});
  REQUIRE(nameless);
  CHECK(nameless->empty());
}

}  // namespace
}  // namespace neverready::db
