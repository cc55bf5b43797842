#include "cli/store_path.h"

namespace neverready::cli {

core::Result<std::string> StorePath(const std::string& option, const Io& io) {
  const auto variable = [&io](const char* name) {
    const char* value = io.environment ? io.environment(name) : nullptr;
    return std::string(value == nullptr ? "" : value);
  };
  if (!option.empty()) return option;
  if (std::string named = variable("NEVERREADY_DB"); !named.empty()) return named;
  // The XDG specification has relative folders ignored.
  if (const std::string state = variable("XDG_STATE_HOME"); state.starts_with('/'))
    return state + "/neverready/neverready.db";
  if (const std::string home = variable("HOME"); home.starts_with('/'))
    return home + "/.local/state/neverready/neverready.db";
  return core::Fail(core::ErrorCode::kInvalidArgument,
                    "no store is named, and HOME does not say where one would be", "--db FILE");
}

}  // namespace neverready::cli
