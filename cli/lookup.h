// From the operand of a question to the row of the store that is meant.
#ifndef NEVERREADY_CLI_LOOKUP_H_
#define NEVERREADY_CLI_LOOKUP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "cli/app.h"
#include "cli/options.h"
#include "core/result.h"
#include "db/incident_records.h"
#include "db/store.h"
#include "reports/course.h"

namespace neverready::cli {

// Opens the store to be read, all of it as of this moment. Warns of what had to be done differently.
core::Result<std::unique_ptr<db::Store>> OpenToAsk(const AskOptions& options, Io& io);

// "12" or "#12": the number; nothing for any other word.
std::optional<std::int64_t> IncidentNumber(const std::string& word);

// The incident of that number. kNotFound says which numbers there are.
core::Result<db::IncidentRecord> LookUpIncident(db::Store* store, std::int64_t number);

enum class Operand : std::uint8_t { kRevision, kServiceOrRevision };

// The id of the revision that the options are about; of a service, its newest one. kNotFound with the nearest
// name; kInvalidArgument where several are meant, which are listed.
core::Result<std::int64_t> LookUpRevision(db::Store* store, const AskOptions& options, Operand operand);

// The newest revision that is ready, before the time where one is given.
reports::WayBack FindWayBack(const db::StoredService& service,
                             const std::vector<incidents::Verdict>& verdicts,
                             std::optional<core::Timestamp> before = std::nullopt);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_LOOKUP_H_
