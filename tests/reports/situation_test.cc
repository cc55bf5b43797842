#include "reports/situation.h"

#include <catch2/catch.hpp>

namespace neverready::reports {
namespace {

using analyzers::Category;
using analyzers::State;
using incidents::Verdict;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

const core::Timestamp kBegin = *core::ParseRfc3339("2025-09-01T08:00:00Z");

// "f:ledger" failed of that cause, "c:x" keeps crashing of it, "r" is ready, "p" pending; an hour apart.
db::SituationRecord History(const std::vector<std::string>& said, std::size_t of) {
  db::SituationRecord record;
  for (std::size_t i = 0; i < said.size(); ++i) {
    Verdict verdict;
    verdict.revision = "api-0000" + std::to_string(i) + "-abc";
    verdict.started_at = kBegin + i * 1h;
    switch (said[i][0]) {
      case 'f': verdict.state = State::kFailed; break;
      case 'c': verdict.state = State::kCrashLooping; break;
      case 'r': verdict.state = State::kReady; break;
      default: verdict.state = State::kPending; break;
    }
    if (said[i].size() > 2) {
      verdict.root_cause = Category::kImportError;
      verdict.fingerprint = "import_error module=" + said[i].substr(2);
      verdict.summary = "cannot import " + said[i].substr(2);
      verdict.failed_at = *verdict.started_at + 5min;
    }
    if (verdict.state == State::kReady) verdict.ready_at = *verdict.started_at + 1min;
    record.verdicts.push_back(verdict);
  }
  const Verdict& own = record.verdicts.at(of);
  record.revision.start.diagnosis.key.revision = own.revision;
  record.revision.start.diagnosis.state = own.state;
  record.revision.start.diagnosis.failed_at = own.failed_at;
  return record;
}

std::string Told(const std::vector<std::string>& said, std::size_t of) {
  const db::SituationRecord record = History(said, of);
  const BorrowedSituation situation = SituationOf(record);
  return std::string(Name(situation.change)) + ": " +
         ToSentence(situation, record, Moments(core::Zone::kUtc));
}

TEST_CASE("What changed with a revision", "[reports][situation]") {
  CHECK(Told({"f:a"}, 0) == "first: No earlier revision of the service is known.");
  CHECK(Told({"f:a", "f:b"}, 0) == "first: No earlier revision of the service is known.");
  CHECK(Told({"r", "f:a"}, 1) == "broke: api-00000-abc before it became ready at 2025-09-01 08:01:00 UTC.");
  CHECK(Told({"f:a", "r"}, 1) ==
        "recovered: api-00000-abc before it failed of import error: cannot import a.");
  CHECK(Told({"r", "r"}, 1) == "still_ready: api-00000-abc before it became ready, too.");
  CHECK(
      Told({"f:a", "f:b"}, 1) ==
      "other_cause: Another cause than api-00000-abc before it, which failed of import error: cannot import a.");
  CHECK(Told({"f:b", "f:a", "c:a", "f:a"}, 3) ==
        "same_cause: Same cause as api-00002-abc before it: 3 failures in a row.");
  CHECK(Told({"p", "f:a"}, 1) ==
        "undetermined: Of api-00000-abc before it the log does not tell whether it became ready.");
  CHECK(Told({"f:a", "p"}, 1) ==
        "undetermined: api-00000-abc before it failed of import error: cannot import a.");
  CHECK(Told({"r", "p"}, 1) == "undetermined: api-00000-abc before it became ready.");
}

TEST_CASE("A cause that was gone and comes back is named with its last revision", "[reports][situation]") {
  const std::string back = " The cause came back: api-00001-abc failed of it at 2025-09-01 09:00:00 UTC.";
  CHECK(Told({"f:a", "f:a", "r", "f:a"}, 3).ends_with(back));
  CHECK(Told({"r", "f:a", "f:b", "f:a"}, 3).ends_with(back));
  CHECK(Told({"r", "f:a", "f:b", "r"}, 3).find("came back") == std::string::npos);
}

TEST_CASE("Who serves, and whether to go back", "[reports][situation]") {
  const Moments moments(core::Zone::kUtc);
  const db::SituationRecord failed = History({"r", "f:a"}, 1), ready = History({"r"}, 0);
  const WayBack before{"api-00000-abc", kBegin, "x"}, later{"api-00002-abc", kBegin + 24h, "x"};
  CHECK(Serving(failed, {}, moments) == "No revision of the service is known to be ready.");
  CHECK(Serving(ready, before, moments) == "This revision, the newest that is ready.");
  CHECK(NeedsWayBack(failed, before));
  CHECK_FALSE(NeedsWayBack(failed, later));
  CHECK_FALSE(NeedsWayBack(failed, {}));
  CHECK_FALSE(NeedsWayBack(ready, before));
}

}  // namespace
}  // namespace neverready::reports
