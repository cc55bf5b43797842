// Several complaints of one kind are one: all missing variables, secrets or roles at once. Pure.
#ifndef NEVERREADY_ANALYZERS_ALIKE_H_
#define NEVERREADY_ANALYZERS_ALIKE_H_

#include <string>
#include <vector>

#include "analyzers/finding.h"

namespace neverready::analyzers {

// Adds to a rule's finding what findings of the same kind list, and lets the first of equal complaints prove
// it.
void UniteAlike(const std::vector<const Finding*>& all, Finding* finding);

// Whether more than one attempt has a finding of this rule.
bool Agree(const std::vector<AttemptFindings>& attempts, const std::string& id);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ALIKE_H_
