// Files that a command writes for its user.
#ifndef NEVERREADY_CLI_OUTPUT_FILE_H_
#define NEVERREADY_CLI_OUTPUT_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace neverready::cli {

enum class IfThere : std::uint8_t { kFail, kReplace };

// Writes the whole file or nothing: into a file beside it, which takes its name at the end. A link is
// followed; what is no file, such as a pipe or /dev/stdout, is written to directly. kInvalidArgument for a
// folder, and for a file that is there where that must fail; kPermissionDenied, kResourceExhausted as the
// system says.
core::Status WriteOutputFile(const std::string& path, std::string_view text, IfThere if_there);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_OUTPUT_FILE_H_
