// Hides secrets in the entries of a revision before they are stored, so that what better rules will read
// again holds none. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_ENTRY_REDACTION_H_
#define NEVERREADY_ANALYZERS_ENTRY_REDACTION_H_

#include <span>

#include "analyzers/kept_entry.h"
#include "core/redact.h"

namespace neverready::analyzers {

// `entries` are those of one revision, in order (Before). Hidden is, in every piece of text and in what audit
// entries say in words (status, conditions, image, the path of a probe):
//  - what core::Redactor finds, and the value of a detail whose key names a secret ("config.db_password");
//  - a secret that goes over several entries of one log of one container, such as a private key that was
//    logged line by line, and one that was cut in two with its message (LogSplit);
//  - what was hidden in one entry, where it stands bare in another.
// Names, ids and the principal of an audit entry stay. With options.emails, addresses in texts are hidden but
// for those in options.keep: give it the diagnosis' fact `principal`, as analyzers::Redact does.
// Escapes and control characters stay, because raw is raw: whoever shows an entry strips them, and redacts
// again, since a secret may only be told once they are gone.
// Redacting twice is redacting once, provided that the options are the same. Time is linear in the text, but
// for texts made to defeat that, which may lose whole pieces.
void RedactEntries(const core::RedactOptions& options, std::span<KeptEntry> entries);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ENTRY_REDACTION_H_
