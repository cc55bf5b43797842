#include "analyzers/companions.h"

namespace neverready::analyzers {
namespace {

constexpr std::uint32_t kSameReport = 8;  // lines
constexpr int kWorthTelling = 45;         // score of a runner-up

void FindValidation(const std::vector<const Finding*>& all, RootCause* root) {
  if (root->finding.category == Category::kValidationFailure) return;
  const Finding* summary = nullptr;
  for (const Finding* one : all) {
    const Finding& finding = *one;
    if (finding.role != Role::kSymptom || finding.category != Category::kValidationFailure ||
        finding.tolerated || finding.event != root->finding.event)
      continue;
    if (finding.line < root->finding.line) continue;
    // An exception that wraps the cause is no link of its own.
    if (finding.block == root->finding.block && finding.chain != 0 && finding.chain == root->finding.chain)
      continue;
    // A schema library's own headline is part of the same complaint.
    if (finding.block == root->finding.block && finding.line - root->finding.line <= kSameReport &&
        !finding.facts.Has(Fact::kCriticalFailures))
      continue;
    // The line that tells most: how many checks failed, and where.
    if (summary == nullptr || finding.facts.size() > summary->facts.size()) summary = &finding;
  }
  if (summary != nullptr) root->validation = *summary;
}

void FindRunnerUp(const std::vector<const Finding*>& all, RootCause* root) {
  const Finding* second = nullptr;
  for (const Finding* one : all) {
    const Finding& finding = *one;
    if (finding.category == root->finding.category || finding.score < kWorthTelling ||
        finding.role == Role::kSymptom)
      continue;
    if (second == nullptr || finding.score > second->score) second = &finding;
  }
  if (second != nullptr) {
    root->runner_up = *second;
  } else if (root->validation) {
    root->runner_up = *root->validation;
  }
}

}  // namespace

void FindCompanions(const std::vector<const Finding*>& all, RootCause* root) {
  FindValidation(all, root);
  FindRunnerUp(all, root);
}

}  // namespace neverready::analyzers
