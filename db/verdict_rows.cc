#include "db/verdict_rows.h"

#include <utility>

#include "analyzers/diagnosis.h"

namespace neverready::db {

using core::Result;
using core::Status;
using incidents::Verdict;

Result<std::vector<Verdict>> LoadVerdicts(Connection* connection, std::int64_t service) {
  std::vector<Verdict> verdicts;
  Status problem;
  const Status read = connection->Read(
      "SELECT revisions.name, state, root_cause, rule, summary, fingerprint, confidence, started_at, failed_at,"
      " ready_at, scope, revisions.id FROM revisions JOIN diagnoses ON revision_id = revisions.id"
      " WHERE service_id = ? ORDER BY revisions.id",
      {service}, [&](const BorrowedRow& row) {
        Verdict verdict;
        verdict.revision = row.Text(0);
        verdict.state = analyzers::ParseState(row.Text(1)).value_or(analyzers::State::kInconclusive);
        if (!row.IsNull(2)) verdict.root_cause = analyzers::ParseCategory(row.Text(2));
        verdict.rule = row.Text(3);
        verdict.summary = row.Text(4);
        verdict.fingerprint = row.Text(5);
        verdict.confidence = row.Real(6);
        verdict.started_at = row.Time(7);
        verdict.failed_at = row.Time(8);
        verdict.ready_at = row.Time(9);
        if (row.Text(10) == Name(analyzers::LogScope::kDeploy)) {
          problem = connection->Read(
              "SELECT at FROM timeline WHERE revision_id = ? AND event = 'refused' AND at IS NOT NULL",
              {row.Int(11)}, [&](const BorrowedRow& refusal) {
                verdict.refused_at.push_back(*refusal.Time(0));
                return true;
              });
        }
        verdicts.push_back(std::move(verdict));
        return problem.has_value();
      });
  if (!read) return tl::unexpected(read.error());
  if (!problem) return tl::unexpected(problem.error());
  return verdicts;
}

}  // namespace neverready::db
