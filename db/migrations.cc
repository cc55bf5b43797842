#include "db/migrations.h"

#include <string>

namespace neverready::db {

using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Status;

Result<std::int64_t> ReadVersion(Connection* connection) {
  const auto version = connection->ReadInt("PRAGMA user_version");
  const auto application = connection->ReadInt("PRAGMA application_id");
  const auto tables = connection->ReadInt("SELECT count(*) FROM sqlite_master");
  for (const auto* result : {&version, &application, &tables}) {
    if (!*result) return tl::unexpected(result->error());
  }
  if (*application != kApplicationId && (*tables > 0 || *application != 0)) {
    return Fail(ErrorCode::kInvalidArgument, "'" + connection->path() + "' is a database of another program",
                "name another file for --db");
  }
  if (*version > NewestVersion()) {
    return Fail(ErrorCode::kInvalidArgument,
                "the store '" + connection->path() + "' was written by a newer neverready (schema " +
                    std::to_string(*version) + "; this one knows up to " + std::to_string(NewestVersion()) +
                    ")",
                "use that version, or another file; nothing was changed");
  }
  return *version;
}

Result<std::int64_t> Migrate(Connection* connection, std::int64_t to) {
  const auto before = ReadVersion(connection);
  if (!before) return before;
  while (true) {
    // Without a lock first: most stores are up to date.
    auto version = ReadVersion(connection);
    if (!version) return version;
    if (*version >= to) return before;
    auto transaction = connection->Begin();
    if (!transaction) return tl::unexpected(transaction.error());
    version = ReadVersion(connection);
    if (!version) return version;
    if (*version >= to) return before;
    std::string script(SchemaScripts()[static_cast<std::size_t>(*version)]);
    script += "\nPRAGMA application_id = " + std::to_string(kApplicationId) +
              ";\nPRAGMA user_version = " + std::to_string(*version + 1) + ";\n";
    Status done = connection->RunScript(script);
    if (done) done = transaction->Commit();
    if (!done) return tl::unexpected(done.error());
  }
}

}  // namespace neverready::db
