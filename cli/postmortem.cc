// neverready postmortem INCIDENT|REVISION
#include "reports/postmortem.h"

#include "cli/command.h"
#include "cli/github_step.h"
#include "cli/lookup.h"
#include "cli/output_file.h"
#include "db/incident_store.h"

namespace neverready::cli {
namespace {

using core::ErrorCode;
using core::Fail;

// The incident that a revision failed in.
core::Result<std::int64_t> IncidentOf(db::Store* store, const AskOptions& options, Io& io) {
  const auto revision = LookUpRevision(store, options, Operand::kRevision);
  if (!revision) return revision;
  const auto record = db::LoadRevision(store, *revision);
  if (!record) return tl::unexpected(record.error());
  const std::string& name = options.about;
  if (!*record) return Fail(ErrorCode::kNotFound, "the store holds no verdict on '" + name + "'");
  const std::vector<std::int64_t>& incidents = (*record)->failed_in;
  if (incidents.empty() && (*record)->closed) {
    const std::string closed = std::to_string(*(*record)->closed);
    return Fail(ErrorCode::kNotFound, "'" + name + "' did not fail: it ended incident " + closed,
                "neverready postmortem " + closed);
  }
  if (incidents.empty())
    return Fail(ErrorCode::kNotFound,
                "'" + name + "' belongs to no incident: its state is " +
                    std::string(Name((*record)->start.diagnosis.state)),
                "neverready show " + name);
  if (incidents.size() > 1 && !options.common.quiet) {
    std::string others;
    for (std::size_t i = 1; i < incidents.size(); ++i)
      others += (i == 1 ? "" : ", ") + std::to_string(incidents[i]);
    PrintWarning("'" + name + "' failed in several incidents; this is the newest, " +
                     std::to_string(incidents.front()) + "; before it: " + others,
                 io);
  }
  return incidents.front();
}

}  // namespace

int RunPostmortem(const AskOptions& options, Io& io) {
  const auto store = OpenToAsk(options, io);
  if (!store) return PrintError(store.error(), io);
  const std::optional<std::int64_t> number = IncidentNumber(options.about);
  const auto incident = number ? core::Result<std::int64_t>(*number) : IncidentOf(store->get(), options, io);
  if (!incident) return PrintError(incident.error(), io);
  const auto record = LookUpIncident(store->get(), *incident);
  if (!record) return PrintError(record.error(), io);
  const std::string draft = reports::ToPostmortem(
      *record, FindWayBack(record->service, record->verdicts, record->incident.opened_at),
      {options.local ? core::Zone::kLocal : core::Zone::kUtc, NEVERREADY_VERSION});
  if (options.output == "-") {
    io.out << SafeOnGithub(draft, "markdown", io);
    return kExitReady;
  }
  const core::Status written =
      WriteOutputFile(options.output, draft, options.force ? IfThere::kReplace : IfThere::kFail);
  return written ? kExitReady : PrintError(written.error(), io);
}

}  // namespace neverready::cli
