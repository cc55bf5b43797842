// Every text of a diagnosis, one by one; and how they are made fit to leave: no control sequences, no
// secrets. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_DIAGNOSIS_TEXT_H_
#define NEVERREADY_ANALYZERS_DIAGNOSIS_TEXT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "analyzers/diagnosis.h"
#include "core/redact.h"

namespace neverready::analyzers {

enum class TextPart : std::uint8_t {
  kText,
  kCommand,           // of the fix
  kEnvironmentValue,  // of a variable
};

// Calls `change` for every text in turn. A new member of a diagnosis does not compile until it is visited.
void ForEachText(Diagnosis* diagnosis, const std::function<void(TextPart, std::string*)>& change);

// Takes out control sequences.
void StripControls(Diagnosis* diagnosis);

// Hides secrets, also where a fact or a sentence holds only the secret without the words that gave it away.
// An environment value that is one is left out, and so is a command that would hold one. Addresses in the
// fact `principal` stay everywhere: without them a missing permission cannot be granted.
void Redact(const core::RedactOptions& options, Diagnosis* diagnosis);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_DIAGNOSIS_TEXT_H_
