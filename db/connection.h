// A SQLite database as values: the only file that knows SQLiteCpp and SQLite. One thread at a time.
#ifndef NEVERREADY_DB_CONNECTION_H_
#define NEVERREADY_DB_CONNECTION_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/table.h"
#include "core/time.h"

namespace neverready::db {

// What a statement's parameter is set to. Borrows text and bytes for the time of the call.
class BorrowedValue {
 public:
  struct Bytes {
    std::string_view data;
  };
  using Variant = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Bytes>;

  // Whatever can be bound may be written where a parameter stands.
  // NOLINTBEGIN(google-explicit-constructor)
  BorrowedValue(std::nullptr_t) : value_(nullptr) {}
  BorrowedValue(bool value) : value_(std::int64_t{value}) {}
  BorrowedValue(int value) : value_(std::int64_t{value}) {}
  BorrowedValue(std::int64_t value) : value_(value) {}
  BorrowedValue(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
  BorrowedValue(double value) : value_(value) {}
  BorrowedValue(const char* value) : value_(std::string_view(value)) {}
  BorrowedValue(std::string_view value) : value_(value) {}
  BorrowedValue(const std::string& value) : value_(std::string_view(value)) {}
  BorrowedValue(Bytes value) : value_(value) {}
  BorrowedValue(core::Timestamp value) : value_(std::int64_t{value.time_since_epoch().count()}) {}
  template <typename T>
  BorrowedValue(const std::optional<T>& value)
      : value_(value ? BorrowedValue(*value).value_ : Variant(nullptr)) {}
  // NOLINTEND(google-explicit-constructor)

  const Variant& value() const { return value_; }

 private:
  Variant value_;
};
using Parameters = std::initializer_list<BorrowedValue>;

// What a column holds, of its own memory.
using StoredValue = std::variant<std::monostate, std::int64_t, double, std::string>;

// One row of an answer; valid within the call that shows it. Columns from 0.
class BorrowedRow {
 public:
  explicit BorrowedRow(void* statement) : statement_(statement) {}

  bool IsNull(int column) const;
  std::int64_t Int(int column) const;  // 0 for null
  bool Bool(int column) const { return Int(column) != 0; }
  double Real(int column) const;
  std::string Text(int column) const;  // "" for null; also the bytes of a BLOB
  std::optional<core::Timestamp> Time(int column) const;
  std::optional<std::int64_t> OptionalInt(int column) const;
  std::optional<std::string> OptionalText(int column) const;
  StoredValue Value(int column) const;
  int columns() const;
  std::string NameOf(int column) const;

 private:
  void* statement_;  // SQLite's
};
// False ends the reading.
using ReadRow = std::function<bool(const BorrowedRow&)>;

enum class Access : std::uint8_t {
  kCreate,     // reads and writes; a file that is not there is made
  kReadWrite,  // of a file that is there
  kReadOnly,
  kUntrusted,  // reads only, whatever the SQL says: for SQL that somebody else wrote
};

struct ConnectionOptions {
  std::chrono::milliseconds busy_timeout{5000};  // how long another process is waited for
  std::int64_t max_pages = 0;                    // of 4 KiB, above which the disk counts as full; 0: no limit
};

class Connection {
 public:
  // Fails with kNotFound (no such file), kPermissionDenied, kDataLoss (not a database, or a damaged one),
  // kUnavailable (locked), kInvalidArgument (a folder). `path` "" is a database in memory. Writes nothing to
  // a file that is there.
  static core::Result<std::unique_ptr<Connection>> Open(const std::string& path, Access access,
                                                        const ConnectionOptions& options = {});
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& path() const;
  // What had to be done differently than asked: "" or a sentence for people.
  const std::string& warning() const;

  // Runs one statement, which is compiled once: `sql` is a literal. Fails as Open does, and with
  // kResourceExhausted (disk full).
  core::Status Run(const char* sql, Parameters parameters = {});
  // The same with rows.
  core::Status Read(const char* sql, Parameters parameters, const ReadRow& read);
  // The same with SQL that was put together.
  core::Status ReadText(const std::string& sql, const std::vector<StoredValue>& parameters,
                        const ReadRow& read);
  // Several statements, in order.
  core::Status RunScript(const std::string& sql);
  // One statement that somebody else wrote, as a table of plain columns: at most `most_rows` rows (0: all),
  // and the limits of db/untrusted.h. BLOBs as X'0AFF'. REQUIRES: Access::kUntrusted. Fails with
  // kInvalidArgument where it is not one statement, is no SQL, or would do anything but read, and with
  // kResourceExhausted.
  core::Result<core::Table> Ask(const std::string& sql, std::size_t most_rows);
  // The first column of the first row; 0 where there is none.
  core::Result<std::int64_t> ReadInt(const char* sql, Parameters parameters = {});

  std::int64_t last_id() const;  // of the newest inserted row
  std::int64_t changes() const;  // rows that the last statement changed

  // Ends a statement that runs longer, with kResourceExhausted; none: no limit.
  void SetTimeLimit(std::optional<std::chrono::milliseconds> limit);

  // BEGIN IMMEDIATE, so that the writer waits here and not in the middle; Commit makes it last, the
  // destructor of what was not committed undoes it.
  class Transaction {
   public:
    ~Transaction();
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    core::Status Commit();

   private:
    friend class Connection;
    explicit Transaction(Connection* connection) : connection_(connection) {}
    Connection* connection_;
  };
  core::Result<Transaction> Begin();

 private:
  struct Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace neverready::db

#endif  // NEVERREADY_DB_CONNECTION_H_
