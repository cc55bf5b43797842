#include "analyzers/alike.h"

#include <algorithm>

namespace neverready::analyzers {
namespace {

constexpr int kAsGood = 15;  // scores that differ by less

bool SameCulprit(const Finding& a, const Finding& b) {
  const auto mine = a.facts.List(Fact::kEnvVars), theirs = b.facts.List(Fact::kEnvVars);
  const bool disjoint = std::ranges::none_of(
      mine, [&](const std::string& name) { return std::ranges::find(theirs, name) != theirs.end(); });
  if (!mine.empty() && !theirs.empty() && disjoint) return false;
  for (const Fact fact : {Fact::kModule, Fact::kSymbol, Fact::kSetting, Fact::kHost, Fact::kSecret,
                          Fact::kPermission, Fact::kPrincipal, Fact::kException}) {
    if (a.facts.Has(fact) && b.facts.Has(fact) && a.facts.Text(fact) != b.facts.Text(fact)) return false;
  }
  return true;
}

}  // namespace

void UniteAlike(const std::vector<const Finding*>& all, Finding* finding) {
  for (const Finding* one : all) {
    const Finding& other = *one;
    if (other.rule == finding->rule ||
        (other.category == finding->category && other.category == Category::kMissingEnv &&
         other.role == finding->role)) {
      // What was said with less weight was not what stopped the start.
      if ((other.tolerated && !finding->tolerated) || other.score + kAsGood < finding->score) continue;
      Facts lists;
      if (other.facts.Has(Fact::kEnvVars)) lists.Set(Fact::kEnvVars, other.facts.List(Fact::kEnvVars));
      finding->facts.Unite(lists);
      const bool role_or_secret =
          other.category == Category::kPermissionDenied || other.category == Category::kSecretUnavailable;
      if (other.rule == finding->rule && role_or_secret && !SameCulprit(other, *finding) &&
          std::ranges::find(finding->also, other.summary) == finding->also.end()) {
        finding->also.push_back(other.summary);
      }
    }
  }
  if (finding->rule != nullptr) finding->summary = Sentence(finding->rule->says, finding->facts);
  // Of several equal complaints the first proves it.
  const Finding* first = nullptr;
  for (const Finding* one : all) {
    const Finding& other = *one;
    if (other.rule == finding->rule && other.event == finding->event &&
        other.tolerated == finding->tolerated && other.line < finding->line &&
        (first == nullptr || other.line < first->line)) {
      if (other.score + kAsGood >= finding->score || other.facts == finding->facts) first = &other;
    }
  }
  if (first != nullptr && SameCulprit(*first, *finding)) finding->line = first->line;
}

bool Agree(const std::vector<AttemptFindings>& attempts, const std::string& id) {
  const auto says = [&](const AttemptFindings& one) {
    return std::ranges::any_of(one.findings, [&](const Finding& finding) { return finding.id == id; });
  };
  return std::ranges::count_if(attempts, says) > 1;
}

}  // namespace neverready::analyzers
