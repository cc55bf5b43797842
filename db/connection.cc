#include "db/connection.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <filesystem>
#include <unordered_map>

#include "db/untrusted.h"

namespace neverready::db {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Status;

struct Meaning {
  ErrorCode code;
  std::string_view says, hint;
};

Meaning MeaningOf(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnavailable, "another process is writing to it", "try again in a moment"};
    case SQLITE_FULL:
      return {ErrorCode::kResourceExhausted, "the disk is full, or the file has reached its size limit",
              "make room, or take out old entries: neverready db prune --older-than 90d"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kPermissionDenied, "it may only be read",
              "check the permissions of the file and of its folder"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kPermissionDenied, "it cannot be opened",
              "check the name, and the permissions of the file and of its folder"};
    case SQLITE_NOTADB:
      return {ErrorCode::kDataLoss, "it is no SQLite database", "give the file that analyze --db wrote"};
    case SQLITE_CORRUPT:
      return {ErrorCode::kDataLoss, "it is damaged",
              "neverready db check; restore a backup, or read the logs again into a new file"};
    case SQLITE_IOERR:
      return {ErrorCode::kUnavailable, "the disk failed to read or write it",
              "check the disk and its free space"};
    case SQLITE_INTERRUPT:
      return {ErrorCode::kResourceExhausted, "the question took too long",
              "ask for less, or allow more time: --timeout"};
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return {ErrorCode::kResourceExhausted, "the answer takes too much memory", "ask for less"};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::kInternal, "a rule of the schema was broken", "report this: it is a bug"};
    // Of our own SQL: a table or column that should be there is not.
    case SQLITE_ERROR:
      return {ErrorCode::kDataLoss, "",
              "neverready db check; restore a backup, or read the logs again into a new file"};
    default: return {ErrorCode::kInvalidArgument, "", ""};
  }
}

int FlagsOf(Access access) {
  switch (access) {
    case Access::kCreate: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::kReadWrite: return SQLITE_OPEN_READWRITE;
    case Access::kReadOnly:
    case Access::kUntrusted: return SQLITE_OPEN_READONLY;
  }
  return SQLITE_OPEN_READONLY;
}

// A file name as a URI.
std::string UriOf(const std::string& path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : fs::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#' || byte < 0x21 || byte > 0x7E) {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      uri += c;
    }
  }
  return uri;
}

void BindOne(SQLite::Statement* statement, int index, const BorrowedValue::Variant& value) {
  struct Binder {
    SQLite::Statement* statement;
    int index;
    void operator()(std::nullptr_t) const { statement->bind(index); }
    void operator()(std::int64_t number) const { statement->bind(index, number); }
    void operator()(double number) const { statement->bind(index, number); }
    void operator()(std::string_view text) const { statement->bind(index, std::string(text)); }
    void operator()(BorrowedValue::Bytes bytes) const {
      statement->bindNoCopy(index, bytes.data.data(), static_cast<int>(bytes.data.size()));
    }
  };
  std::visit(Binder{statement, index}, value);
}

// As SQL writes it: X'0AFF'.
std::string HexOf(const std::string& bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex = "X'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return hex + '\'';
}

SQLite::Column At(void* statement, int column) {
  return static_cast<SQLite::Statement*>(statement)->getColumn(column);
}

}  // namespace

struct Connection::Impl {
  std::string path, warning;
  bool untrusted = false;
  std::unique_ptr<SQLite::Database> database;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements;  // by literal
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::optional<std::chrono::milliseconds> limit;

  core::Error Explain(const SQLite::Exception& error) const {
    const int code = error.getErrorCode() & 0xFF;
    if (untrusted && (code == SQLITE_AUTH || code == SQLITE_READONLY)) {
      return {ErrorCode::kInvalidArgument, std::string("the question was refused: ") + error.what(),
              "a question may only read: one SELECT, WITH, VALUES or EXPLAIN"};
    }
    if (untrusted && code == SQLITE_ERROR) {
      return {ErrorCode::kInvalidArgument, std::string("the question: ") + error.what(),
              "SELECT name, sql FROM sqlite_schema WHERE type = 'view' shows what there is to ask"};
    }
    const Meaning meaning = MeaningOf(error.getErrorCode());
    const std::string what = path.empty() ? "the store" : "the store '" + path + "'";
    if (meaning.says.empty()) return {meaning.code, what + ": " + error.what(), std::string(meaning.hint)};
    return {meaning.code, what + ": " + std::string(meaning.says), std::string(meaning.hint)};
  }

  SQLite::Statement* Prepared(const char* sql) {
    auto& statement = statements[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(*database, sql);
    return statement.get();
  }

  void StartClock() {
    if (limit) deadline = std::chrono::steady_clock::now() + *limit;
  }

  static int OnProgress(void* data) noexcept {
    const auto* self = static_cast<const Impl*>(data);
    return self->deadline && std::chrono::steady_clock::now() > *self->deadline ? 1 : 0;
  }
};

bool BorrowedRow::IsNull(int column) const { return At(statement_, column).isNull(); }
std::int64_t BorrowedRow::Int(int column) const { return At(statement_, column).getInt64(); }
double BorrowedRow::Real(int column) const { return At(statement_, column).getDouble(); }
std::string BorrowedRow::Text(int column) const { return At(statement_, column).getString(); }
std::optional<core::Timestamp> BorrowedRow::Time(int column) const {
  if (IsNull(column)) return std::nullopt;
  return core::Timestamp(std::chrono::nanoseconds(Int(column)));
}
std::optional<std::int64_t> BorrowedRow::OptionalInt(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int(column));
}
std::optional<std::string> BorrowedRow::OptionalText(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Text(column));
}
StoredValue BorrowedRow::Value(int column) const {
  const SQLite::Column value = At(statement_, column);
  if (value.isInteger()) return value.getInt64();
  if (value.isFloat()) return value.getDouble();
  if (value.isNull()) return std::monostate();
  return value.getString();
}
int BorrowedRow::columns() const { return static_cast<SQLite::Statement*>(statement_)->getColumnCount(); }
std::string BorrowedRow::NameOf(int column) const { return At(statement_, column).getName(); }

Result<std::unique_ptr<Connection>> Connection::Open(const std::string& path, Access access,
                                                     const ConnectionOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  std::error_code error;
  const std::string what = "the store '" + path + "'";
  if (fs::is_directory(path, error))
    return Fail(ErrorCode::kInvalidArgument, what + " is a folder", "name a file in it");
  if (const fs::path folder = fs::path(path).parent_path();
      !folder.empty() && !fs::is_directory(folder, error))
    return Fail(ErrorCode::kNotFound, what + ": its folder does not exist", "mkdir -p " + folder.string());
  if (!path.empty() && access != Access::kCreate && !fs::exists(path, error))
    return Fail(ErrorCode::kNotFound, what + " does not exist", "analyze LOG --db " + path + " makes it");
  const bool reads_only = access == Access::kReadOnly || access == Access::kUntrusted;
  try {
    const auto open = [&](const std::string& name, int flags) {
      impl->database =
          std::make_unique<SQLite::Database>(name, flags, static_cast<int>(options.busy_timeout.count()));
      // Opening reads nothing yet.
      impl->database->execAndGet("SELECT count(*) FROM sqlite_master");
    };
    try {
      open(path.empty() ? ":memory:" : path, FlagsOf(access));
    } catch (const SQLite::Exception& first) {
      // A WAL database needs a file beside it, which a folder that may only be read does not take.
      const int code = first.getErrorCode() & 0xFF;
      if (!reads_only || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY)) throw;
      open(UriOf(path) + "?immutable=1", FlagsOf(access) | SQLITE_OPEN_URI);
      impl->warning = "the folder of the store '" + path +
                      "' may only be read: what another process has written lately may be missing";
    }
    SQLite::Database& database = *impl->database;
    database.exec("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000");
    if (reads_only) {
      // A small cache stays in the processor's own; the system keeps the file's pages anyway.
      database.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -2000");
    } else {
      database.exec("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216");
      if (options.max_pages > 0)
        database.exec("PRAGMA max_page_count = " + std::to_string(options.max_pages));
    }
    sqlite3* handle = database.getHandle();
    sqlite3_progress_handler(handle, 1'000, &Impl::OnProgress, impl.get());
    if (access == Access::kUntrusted) {
      // Single steps of such a statement may take long.
      sqlite3_progress_handler(handle, 50, &Impl::OnProgress, impl.get());
      impl->untrusted = true;
      Restrict(handle);
    }
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(impl->Explain(failure));
  }
  return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;
const std::string& Connection::path() const { return impl_->path; }
const std::string& Connection::warning() const { return impl_->warning; }

Status Connection::Run(const char* sql, Parameters parameters) {
  return Read(sql, parameters, [](const BorrowedRow&) { return true; });
}

Status Connection::Read(const char* sql, Parameters parameters, const ReadRow& read) {
  try {
    SQLite::Statement* statement = impl_->Prepared(sql);
    // Whatever happens, the statement holds no lock afterwards.
    struct Reset {
      SQLite::Statement* statement;
      ~Reset() { statement->tryReset(); }
    } reset{statement};
    int index = 0;
    for (const BorrowedValue& value : parameters) BindOne(statement, ++index, value.value());
    impl_->StartClock();
    while (statement->executeStep()) {
      if (!read(BorrowedRow(statement))) break;
    }
    return {};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(impl_->Explain(error));
  }
}

Status Connection::ReadText(const std::string& sql, const std::vector<StoredValue>& parameters,
                            const ReadRow& read) {
  try {
    SQLite::Statement statement(*impl_->database, sql);
    int index = 0;
    for (const StoredValue& value : parameters) {
      BorrowedValue::Variant bound = nullptr;
      if (const auto* number = std::get_if<std::int64_t>(&value)) bound = *number;
      if (const auto* real = std::get_if<double>(&value)) bound = *real;
      if (const auto* text = std::get_if<std::string>(&value)) bound = std::string_view(*text);
      BindOne(&statement, ++index, bound);
    }
    impl_->StartClock();
    while (statement.executeStep()) {
      if (!read(BorrowedRow(&statement))) break;
    }
    return {};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(impl_->Explain(error));
  }
}

Result<core::Table> Connection::Ask(const std::string& sql, std::size_t most_rows) {
  const MemoryLimit memory;
  impl_->StartClock();
  if (const Status checked = CheckQuestion(impl_->database->getHandle(), sql); !checked)
    return tl::unexpected(checked.error());
  core::Table table;
  std::size_t bytes = 0;
  const auto take = [&](const SQLite::Column& value) -> core::Cell {
    bytes += static_cast<std::size_t>(value.getBytes()) + sizeof(core::Cell);
    if (value.isInteger()) return value.getInt64();
    if (value.isFloat()) return value.getDouble();
    if (value.isNull()) return std::monostate();
    return value.isBlob() ? HexOf(value.getString()) : value.getString();
  };
  try {
    SQLite::Statement statement(*impl_->database, sql);
    const int columns = statement.getColumnCount();
    for (int i = 0; i < columns; ++i) table.columns.push_back({statement.getColumnName(i)});
    while (statement.executeStep()) {
      if (most_rows != 0 && table.rows.size() == most_rows) {
        table.truncated = true;
        break;
      }
      std::vector<core::Cell>& row = table.rows.emplace_back();
      for (int i = 0; i < columns; ++i) row.push_back(take(statement.getColumn(i)));
      if (bytes > kLargestAnswer)
        return Fail(ErrorCode::kResourceExhausted, "the answer is larger than 64 MiB", "ask for less");
    }
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(impl_->Explain(error));
  }
  return table;
}

Status Connection::RunScript(const std::string& sql) {
  try {
    impl_->StartClock();
    impl_->database->exec(sql);
    return {};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(impl_->Explain(error));
  }
}

Result<std::int64_t> Connection::ReadInt(const char* sql, Parameters parameters) {
  std::int64_t number = 0;
  const Status status = Read(sql, parameters, [&](const BorrowedRow& row) {
    number = row.Int(0);
    return false;
  });
  if (!status) return tl::unexpected(status.error());
  return number;
}

std::int64_t Connection::last_id() const { return impl_->database->getLastInsertRowid(); }
std::int64_t Connection::changes() const { return sqlite3_changes(impl_->database->getHandle()); }
void Connection::SetTimeLimit(std::optional<std::chrono::milliseconds> limit) {
  impl_->limit = limit;
  impl_->deadline.reset();
}

Result<Connection::Transaction> Connection::Begin() {
  const Status begun = Run("BEGIN IMMEDIATE");
  if (!begun) return tl::unexpected(begun.error());
  return Transaction(this);
}

Connection::Transaction::~Transaction() {
  // SQLite itself undoes a transaction that a full disk ended.
  if (connection_ != nullptr && sqlite3_get_autocommit(connection_->impl_->database->getHandle()) == 0)
    (void)connection_->Run("ROLLBACK");
}

Status Connection::Transaction::Commit() {
  Status committed = connection_->Run("COMMIT");
  if (committed) connection_ = nullptr;
  return committed;
}

}  // namespace neverready::db
