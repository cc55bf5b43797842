// Where the store is, unless --db says so: $NEVERREADY_DB, else neverready/neverready.db in $XDG_STATE_HOME,
// else in ~/.local/state. Touches no file.
#ifndef NEVERREADY_CLI_STORE_PATH_H_
#define NEVERREADY_CLI_STORE_PATH_H_

#include <string>

#include "cli/app.h"
#include "core/result.h"

namespace neverready::cli {

// `option` is what --db gave, "" without it. Fails with kInvalidArgument where nothing says where it is.
core::Result<std::string> StorePath(const std::string& option, const Io& io);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_STORE_PATH_H_
