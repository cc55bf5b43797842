// From entries in order to the lines and events of a RevisionLog. One thread.
#ifndef NEVERREADY_ANALYZERS_REVISION_BUILDER_H_
#define NEVERREADY_ANALYZERS_REVISION_BUILDER_H_

#include <vector>

#include "analyzers/attempts.h"
#include "analyzers/kept_entry.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// A line or an event that was appended to a log.
struct LogItem {
  BorrowedAttemptItem::Kind kind = BorrowedAttemptItem::Kind::kLine;
  std::uint32_t index = 0;  // into lines or events
};

// The same with what AttemptSplitter wants to know. Borrows from the log.
BorrowedAttemptItem ItemOf(const RevisionLog& log, const LogItem& item);

// Appends the entries, which are in order, to the log's places, lines, events and specs. Returns what was
// appended, in order.
std::vector<LogItem> AppendEntries(const std::vector<KeptEntry>& entries, RevisionLog* log);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_REVISION_BUILDER_H_
