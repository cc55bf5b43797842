// --since and --until: RFC 3339, a date (its first instant), a date and time without an offset
// ("2025-09-08T04:02:11", "2025-09-08 04:02"; the first of two where clocks were set back), or a span before
// `as_of` ("7d", "90m", "12h", "30s", "2w").
#ifndef NEVERREADY_CLI_TIME_ARGUMENT_H_
#define NEVERREADY_CLI_TIME_ARGUMENT_H_

#include <optional>
#include <string>

#include "core/local_time.h"
#include "core/result.h"
#include "core/time.h"

namespace neverready::cli {

// `zone` is that of dates and times without an offset. Fails with kInvalidArgument on any other text, and on
// a span where `as_of` is not known.
core::Result<core::Timestamp> ParseTimeArgument(const std::string& text, std::optional<core::Timestamp> as_of,
                                                core::Zone zone = core::Zone::kUtc);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_TIME_ARGUMENT_H_
