#include "cli/store_path.h"

namespace neverready::cli {

core::Result<std::string> StorePath(const std::string& db, const Io& io) {
  const auto variable = [&](const char* name) {
    const char* value = io.environment ? io.environment(name) : nullptr;
    return std::string(value == nullptr ? "" : value);
  };
  if (!db.empty()) return db;
  if (std::string path = variable("NEVERREADY_DB"); !path.empty()) return path;
  if (const std::string state = variable("XDG_STATE_HOME"); state.starts_with('/'))
    return state + "/neverready/neverready.db";
  if (const std::string home = variable("HOME"); !home.empty())
    return home + "/.local/state/neverready/neverready.db";
  return core::Fail(core::ErrorCode::kInvalidArgument, "it is not said where the store is",
                    "--db FILE, or the variable NEVERREADY_DB");
}

}  // namespace neverready::cli
