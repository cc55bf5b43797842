// --since and --until: RFC 3339, a date (its first instant, UTC), or a span before `as_of` ("7d", "90m",
// "12h", "30s", "2w").
#ifndef NEVERREADY_CLI_TIME_ARGUMENT_H_
#define NEVERREADY_CLI_TIME_ARGUMENT_H_

#include <optional>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace neverready::cli {

// Fails with kInvalidArgument on any other text, and on a span where `as_of` is not known.
core::Result<core::Timestamp> ParseTimeArgument(const std::string& text,
                                                std::optional<core::Timestamp> as_of);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_TIME_ARGUMENT_H_
