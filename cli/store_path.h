// Where the store is that a command asks.
#ifndef NEVERREADY_CLI_STORE_PATH_H_
#define NEVERREADY_CLI_STORE_PATH_H_

#include <string>

#include "cli/app.h"
#include "core/result.h"

namespace neverready::cli {

// The first that is there and not empty: `db`, $NEVERREADY_DB, $XDG_STATE_HOME/neverready/neverready.db (the
// folder must be absolute, as the XDG base directory specification asks),
// $HOME/.local/state/neverready/neverready.db. kInvalidArgument where none is.
core::Result<std::string> StorePath(const std::string& db, const Io& io);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_STORE_PATH_H_
