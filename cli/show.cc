// neverready show INCIDENT|REVISION, neverready explain SERVICE|REVISION
#include "cli/command.h"
#include "cli/github_step.h"
#include "cli/lookup.h"
#include "db/incident_store.h"
#include "reports/incident_json.h"
#include "reports/incident_text.h"

namespace neverready::cli {
namespace {

using analyzers::State;

int ExitCode(State state) {
  switch (state) {
    case State::kFailed:
    case State::kCrashLooping: return kExitFailed;
    case State::kInconclusive:
    case State::kPending: return kExitUnanswered;
    case State::kReady: return kExitReady;
  }
  return kExitUnanswered;
}

// Each report takes what it is of, and the way back where it has one.
template <typename... Record>
void Print(const AskOptions& options, Io& io, const Record&... record) {
  std::string text;
  if (options.format == "json" || options.format == "ndjson") {
    text = reports::ToJson(record..., options.format == "json" ? 2 : -1);
  } else if (options.format == "markdown") {
    text = reports::ToMarkdown(record...);
  } else {
    text = reports::ToText(record..., {UseColor(options.common, io), io.width, options.common.verbose > 0});
  }
  io.out << SafeOnGithub(std::move(text), options.format, io);
}

// No verdict hangs on a revision whose row is there: only while another process takes it out.
core::Error Gone(const AskOptions& options) {
  return {core::ErrorCode::kNotFound, "the store holds no verdict on '" + options.about + "'",
          "neverready db check"};
}

}  // namespace

int RunShow(const AskOptions& options, Io& io) {
  const auto store = OpenToAsk(options, io);
  if (!store) return PrintError(store.error(), io);
  if (const auto number = IncidentNumber(options.about)) {
    const auto record = LookUpIncident(store->get(), *number);
    if (!record) return PrintError(record.error(), io);
    Print(options, io, *record, FindWayBack(record->service, record->verdicts, record->incident.opened_at));
    return kExitReady;
  }
  const auto revision = LookUpRevision(store->get(), options, Operand::kRevision);
  if (!revision) return PrintError(revision.error(), io);
  const auto record = db::LoadRevision(store->get(), *revision);
  if (!record) return PrintError(record.error(), io);
  if (!*record) return PrintError(Gone(options), io);
  Print(options, io, **record);
  return ExitCode((*record)->start.diagnosis.state);
}

int RunExplain(const AskOptions& options, Io& io) {
  const auto store = OpenToAsk(options, io);
  if (!store) return PrintError(store.error(), io);
  const auto revision = LookUpRevision(store->get(), options, Operand::kServiceOrRevision);
  if (!revision) return PrintError(revision.error(), io);
  const auto record = db::LoadSituation(store->get(), *revision);
  if (!record) return PrintError(record.error(), io);
  if (!*record) return PrintError(Gone(options), io);
  Print(options, io, **record, FindWayBack((*record)->revision.service, (*record)->verdicts));
  return ExitCode((*record)->revision.start.diagnosis.state);
}

}  // namespace neverready::cli
