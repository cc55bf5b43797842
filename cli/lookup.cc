#include "cli/lookup.h"

#include <algorithm>
#include <vector>

#include "cli/command.h"
#include "cli/store_path.h"
#include "core/text.h"
#include "db/finder.h"
#include "db/incident_store.h"
#include "incidents/rollback.h"

namespace neverready::cli {
namespace {

using core::ErrorCode;
using core::Fail;
using core::Result;

constexpr std::size_t kMostDigits = 18, kMostListed = 10;

std::string Narrowed(const AskOptions& options) {
  std::string text;
  const auto add = [&](const char* what, const std::string& value) {
    if (!value.empty()) text += std::string(text.empty() ? " of " : ", ") + what + " '" + value + "'";
  };
  add("project", options.project);
  add("location", options.location);
  add("service", options.service);
  return text;
}

// Several have the name: their places, and the option that tells them apart.
tl::unexpected<core::Error> Ambiguous(const char* what, const std::string& name,
                                      const std::vector<db::FoundName>& found) {
  std::string message = std::to_string(found.size()) + " " + what + " are named '" + name + "':";
  for (std::size_t i = 0; i < found.size() && i < kMostListed; ++i)
    message += "\n  " + found[i].project + "/" + found[i].location + "/" + found[i].service;
  if (found.size() > kMostListed)
    message += "\n  and " + std::to_string(found.size() - kMostListed) + " more";
  const auto differ = [&](std::string db::FoundName::*part) {
    return std::ranges::any_of(found,
                               [&](const db::FoundName& one) { return one.*part != found.front().*part; });
  };
  const db::FoundName& first = found.front();
  std::string hint = differ(&db::FoundName::project)    ? "--project " + first.project
                     : differ(&db::FoundName::location) ? "--location " + first.location
                                                        : "--service " + first.service;
  return Fail(ErrorCode::kInvalidArgument, std::move(message), std::move(hint));
}

// The name with its letter cases and slips aside.
std::string NearestOf(const std::string& name, const std::vector<std::string>& names) {
  const std::string_view near = core::Nearest(name, names);
  return std::string(near);
}

tl::unexpected<core::Error> Unknown(db::Connection* connection, const AskOptions& options, Operand operand) {
  const bool services_too = operand == Operand::kServiceOrRevision;
  std::vector<std::string> names;
  for (const bool services : {true, false}) {
    auto some = services ? db::ServiceNames(connection) : db::RevisionNames(connection);
    if (!some) return tl::unexpected(some.error());
    if (services && !services_too) continue;
    names.insert(names.end(), some->begin(), some->end());
  }
  const std::string narrowed = Narrowed(options);
  const std::string near = NearestOf(options.about, names);
  std::string hint = near == options.about ? "leave out --project, --location or --service"
                     : !near.empty()       ? "did you mean '" + near + "'?"
                     : names.empty() ? "the store is empty: neverready analyze LOG --db " + connection->path()
                     : services_too  ? "neverready incidents lists what failed"
                                     : "neverready explain SERVICE finds a service's newest revision";
  return Fail(ErrorCode::kNotFound,
              std::string("the store '") + connection->path() + "' knows no " +
                  (services_too ? "service or revision" : "revision") + " '" + options.about + "'" + narrowed,
              std::move(hint));
}

}  // namespace

Result<std::unique_ptr<db::Store>> OpenToAsk(const AskOptions& options, Io& io) {
  const auto path = StorePath(options.db, io);
  if (!path) return tl::unexpected(path.error());
  auto store = db::Store::Open(*path, db::Access::kReadOnly);
  if (!store) return store;
  db::Connection& connection = (*store)->connection();
  if (!connection.warning().empty() && !options.common.quiet) PrintWarning(connection.warning(), io);
  // Ends with the connection.
  const core::Status begun = connection.Run("BEGIN");
  if (!begun) return tl::unexpected(begun.error());
  return store;
}

std::optional<std::int64_t> IncidentNumber(const std::string& word) {
  const std::string_view digits = std::string_view(word).substr(word.starts_with('#') ? 1 : 0);
  if (digits.empty() || digits.size() > kMostDigits ||
      !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  return std::stoll(std::string(digits));
}

Result<db::IncidentRecord> LookUpIncident(db::Store* store, std::int64_t number) {
  auto record = db::LoadIncident(store, number);
  if (!record) return tl::unexpected(record.error());
  if (*record) return **std::move(record);
  const auto span = db::FindIncidentSpan(&store->connection());
  if (!span) return tl::unexpected(span.error());
  std::string hint = "it knows no incident yet";
  if (*span) {
    hint = "its incidents have numbers from " + std::to_string((*span)->first) + " to " +
           std::to_string((*span)->last);
  }
  return Fail(ErrorCode::kNotFound,
              "the store '" + store->connection().path() + "' knows no incident " + std::to_string(number),
              std::move(hint));
}

Result<std::int64_t> LookUpRevision(db::Store* store, const AskOptions& options, Operand operand) {
  db::Connection* connection = &store->connection();
  const db::NameFilter filter{options.project, options.location, options.service};
  const auto revisions = db::FindRevisions(connection, options.about, filter);
  if (!revisions) return tl::unexpected(revisions.error());
  if (revisions->size() > 1) return Ambiguous("revisions", options.about, *revisions);
  if (revisions->size() == 1) return revisions->front().id;
  const auto services = db::FindServices(connection, options.about, filter);
  if (!services) return tl::unexpected(services.error());
  if (services->empty()) return Unknown(connection, options, operand);
  if (operand == Operand::kRevision)
    return Fail(ErrorCode::kInvalidArgument, "'" + options.about + "' is a service, not a revision",
                "neverready explain " + options.about);
  if (services->size() > 1) return Ambiguous("services", options.about, *services);
  const auto newest = db::NewestRevision(connection, services->front().id);
  if (!newest) return newest;
  if (*newest == 0) return Unknown(connection, options, operand);
  return newest;
}

reports::WayBack FindWayBack(const db::StoredService& service,
                             const std::vector<incidents::Verdict>& verdicts,
                             std::optional<core::Timestamp> before) {
  reports::WayBack way_back;
  const auto revision = incidents::RollbackTarget(verdicts, before);
  if (!revision) return way_back;
  way_back.revision = *revision;
  const auto verdict = std::ranges::find(verdicts, *revision, &incidents::Verdict::revision);
  if (verdict != verdicts.end()) way_back.ready_at = verdict->ready_at;
  way_back.command = incidents::RollbackCommand({service.project, service.location, service.name, *revision});
  return way_back;
}

}  // namespace neverready::cli
