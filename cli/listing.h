// What the commands share that list what the store holds: the span of time that is asked about, and how the
// answer is printed.
#ifndef NEVERREADY_CLI_LISTING_H_
#define NEVERREADY_CLI_LISTING_H_

#include <optional>

#include "cli/app.h"
#include "cli/options.h"
#include "core/result.h"
#include "core/table.h"
#include "core/time.h"
#include "reports/table.h"

namespace neverready::cli {

// Both ends belong to it, as with `analyze`.
struct TimeRange {
  std::optional<core::Timestamp> since, until;  // nothing: without an end there
};

// What --since and --until ask for. Spans ("7d") count back from Io's time of day. Fails with
// kInvalidArgument on what is no time, and where the range ends before it begins.
core::Result<TimeRange> RangeOf(const ListingOptions& options, const Io& io);

// Rows that a question has to fetch: one more than are shown, to tell whether there are more. Nothing: all.
std::optional<std::size_t> RowsToFetch(const ListingOptions& options);

// Cuts a table of that many rows to the limit, and marks it as truncated if it was longer.
void CutToLimit(const ListingOptions& options, core::Table* table);

// Prints the table to standard output in the format, zone, width and colour of the options; `look` says the
// rest: name, title, what to say of nothing. People get no columns of detail, unless --verbose. Where the
// format cannot tell that rows are left out (NDJSON, CSV), a warning does, unless --quiet. Returns the exit
// code: 0, even if empty.
int PrintTable(const core::Table& table, const ListingOptions& options, const CommonOptions& common,
               reports::TableOptions look, Io& io);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_LISTING_H_
