#include "incidents/rollback.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "core/ascii.h"
#include "core/text.h"

namespace neverready::incidents {
namespace {

std::optional<core::Timestamp> ReadySince(const Verdict& verdict) {
  return verdict.ready_at ? verdict.ready_at : verdict.started_at;
}

bool IsPlain(char c) {
  return core::IsAlnum(c) || std::string_view("-_./:@=").find(c) != std::string_view::npos;
}

std::string Quoted(const std::string& word) {
  if (std::ranges::all_of(word, IsPlain)) return word;
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += R"('\'')";
    } else {
      out += c;
    }
  }
  return out + "'";
}

bool CanBeQuoted(const std::string& name) {
  return !name.starts_with('-') && name.find('\n') == std::string::npos &&
         core::SafeForTerminal(name) == name;
}

}  // namespace

std::optional<std::string> RollbackTarget(const std::vector<Verdict>& verdicts,
                                          std::optional<core::Timestamp> before) {
  const Verdict* best = nullptr;
  for (const Verdict& verdict : verdicts) {
    if (verdict.state != analyzers::State::kReady || verdict.revision.empty()) continue;
    const std::optional<core::Timestamp> since = ReadySince(verdict);
    if (before && (!since || *since >= *before)) continue;
    // Nothing is less than any time.
    if (best == nullptr || std::tuple(ReadySince(*best), std::string_view(best->revision)) <
                               std::tuple(since, std::string_view(verdict.revision)))
      best = &verdict;
  }
  return best != nullptr ? std::optional(best->revision) : std::nullopt;
}

std::string RollbackCommand(const Rollback& rollback) {
  const auto& [project, location, service, revision] = rollback;
  if (service.empty() || revision.empty()) return {};
  for (const std::string* name : {&project, &location, &service, &revision}) {
    if (!CanBeQuoted(*name)) return {};
  }
  if (revision.find_first_of(",=^") != std::string::npos) return {};
  std::string out = "gcloud run services update-traffic " + Quoted(service);
  if (!location.empty()) out += " --region " + Quoted(location);
  if (!project.empty()) out += " --project " + Quoted(project);
  return out + " --to-revisions " + Quoted(revision + "=100");
}

}  // namespace neverready::incidents
