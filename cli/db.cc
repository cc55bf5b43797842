// neverready db info|check|migrate|reclassify|prune|vacuum|backup
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <utility>

#include "cli/command.h"
#include "cli/listing.h"
#include "cli/recorder.h"
#include "cli/store_path.h"
#include "cli/time_argument.h"
#include "core/text.h"
#include "db/care.h"
#include "db/migrations.h"
#include "db/store.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Status;

constexpr int kPassed = 0, kFoundWrong = 1;

std::string Size(std::int64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{} KB", bytes / 1'000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

Result<std::int64_t> ParseSize(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit = core::ToLower(std::string_view(end, text.data() + text.size()));
  std::int64_t scale = 0;
  if (unit.empty() || unit == "b") scale = 1;
  if (unit == "k" || unit == "kb") scale = 1'000;
  if (unit == "m" || unit == "mb") scale = 1'000'000;
  if (unit == "g" || unit == "gb") scale = 1'000'000'000;
  if (error != std::errc() || scale == 0 || number < 0 || number > (std::int64_t{1} << 50) / scale)
    return core::Within("--max-size",
                        core::Error{ErrorCode::kInvalidArgument, "'" + text + "' is no size", "500MB, 2GB"});
  return number * scale;
}

std::string CauseOf(const analyzers::Diagnosis& one) {
  return one.root_cause ? std::string(Name(*one.root_cause)) : std::string();
}

class Carer {
 public:
  Carer(const DbOptions& options, std::string path, Io* io)
      : options_(options), path_(std::move(path)), io_(*io) {}

  Result<int> Run() {
    if (options_.command == "info") return Info();
    if (options_.command == "check") return Check();
    if (options_.command == "migrate") return Migrate();
    if (options_.command == "reclassify") return Reclassify();
    if (options_.command == "prune") return Prune();
    if (options_.command == "vacuum") return Vacuum();
    return Backup();
  }

 private:
  Result<std::unique_ptr<db::Connection>> Open(db::Access access) {
    auto connection = db::Connection::Open(path_, access);
    if (connection && !(*connection)->warning().empty() && !options_.common.quiet)
      PrintWarning((*connection)->warning(), io_);
    return connection;
  }

  void Tell(const std::string& text) {
    if (!options_.common.quiet) io_.out << core::SafeForTerminal(text) << '\n';
  }

  Result<int> Info() {
    auto connection = Open(db::Access::kReadOnly);
    if (!connection) return tl::unexpected(connection.error());
    const auto table = db::Describe(connection->get());
    if (!table) return tl::unexpected(table.error());
    reports::TableOptions look;
    look.name = "db_info";
    return PrintTable(*table, options_.listing, options_.common, look, io_);
  }

  Result<int> Check() {
    auto connection = Open(db::Access::kReadOnly);
    if (!connection) return tl::unexpected(connection.error());
    const auto version = db::ReadVersion(connection->get());
    if (!version) return tl::unexpected(version.error());
    if (*version < db::NewestVersion())
      return Fail(ErrorCode::kInvalidArgument,
                  "the store '" + path_ + "' has the older schema " + std::to_string(*version),
                  "neverready db migrate --db " + path_);
    const auto problems = db::Check(connection->get());
    if (!problems) return tl::unexpected(problems.error());
    for (const std::string& problem : *problems) io_.out << core::SafeForTerminal(problem) << '\n';
    if (problems->empty()) Tell("the store is sound");
    return problems->empty() ? kPassed : kFoundWrong;
  }

  Result<int> Migrate() {
    auto connection = Open(db::Access::kReadWrite);
    if (!connection) return tl::unexpected(connection.error());
    const auto before = db::Migrate(connection->get());
    if (!before) return tl::unexpected(before.error());
    Tell(*before == db::NewestVersion()
             ? fmt::format("the store has the newest schema, {}", *before)
             : fmt::format("the store was brought from schema {} to {}", *before, db::NewestVersion()));
    return kPassed;
  }

  Result<int> Reclassify() {
    const auto rules = LoadRules(options_.rules);
    if (!rules) return tl::unexpected(rules.error());
    // Made by nobody: a store that is not there is a mistake.
    if (auto there = Open(db::Access::kReadWrite); !there) return tl::unexpected(there.error());
    RecorderOptions how;
    how.rules_hash = HashOf(**rules);
    how.now = io_.now ? io_.now() : core::Timestamp();
    auto recorder = Recorder::Open(path_, **rules, how);
    if (!recorder) return tl::unexpected(recorder.error());
    const auto changes = (*recorder)->FindChanges(options_.threads);
    if (!changes) return tl::unexpected(changes.error());
    const int printed = PrintChanges(*changes);
    if (!options_.dry_run) {
      io_.out.flush();
      const Status written = (*recorder)->Reclassify(*changes);
      if (!written) return tl::unexpected(written.error());
    }
    if (!options_.common.quiet) {
      io_.err << fmt::format("neverready: {} {} {}\n", changes->size(),
                             changes->size() == 1 ? "verdict" : "verdicts",
                             options_.dry_run ? "would change" : "changed");
    }
    return printed;
  }

  int PrintChanges(const std::vector<Change>& changes) {
    core::Table table;
    table.columns = {{"service"},     {"revision"},    {"state_before"}, {"cause_before"}, {"rule_before"},
                     {"state_after"}, {"cause_after"}, {"rule_after"},   {"summary_after"}};
    for (const Change& change : changes) {
      table.rows.push_back({change.before.key.service, change.before.key.revision,
                            std::string(Name(change.before.state)), CauseOf(change.before),
                            change.before.rule, std::string(Name(change.after.state)), CauseOf(change.after),
                            change.after.rule, change.after.summary});
    }
    reports::TableOptions look;
    look.name = "db_reclassify";
    look.empty = "No verdict changes.";
    return PrintTable(table, options_.listing, options_.common, look, io_);
  }

  Result<int> Prune() {
    db::PruneOptions what;
    const auto time = [&](const std::string& text, const char* option,
                          std::optional<core::Timestamp>* out) -> Status {
      if (text.empty()) return {};
      auto parsed = ParseTimeArgument(text, io_.now ? std::optional(io_.now()) : std::nullopt);
      if (!parsed) return core::Within(option, parsed.error());
      *out = *parsed;
      return {};
    };
    Status status = time(options_.older_than, "--older-than", &what.entries_before);
    if (status) status = time(options_.forget_older_than, "--forget-older-than", &what.all_before);
    if (!status) return tl::unexpected(status.error());
    if (!options_.max_size.empty()) {
      const auto size = ParseSize(options_.max_size);
      if (!size) return tl::unexpected(size.error());
      what.max_bytes = *size;
    }
    if (!what.entries_before && !what.all_before && !what.max_bytes)
      return Fail(ErrorCode::kInvalidArgument, "nothing says what is old", "--older-than 90d");
    auto store = db::Store::Open(path_, db::Access::kReadWrite);
    if (!store) return tl::unexpected(store.error());
    const auto pruned = db::Prune(&(*store)->connection(), what);
    if (!pruned) return tl::unexpected(pruned.error());
    Tell(fmt::format(
        "raw entries of {} revisions, {} revisions and {} incidents are gone: {} in use instead of {}",
        pruned->entries_of, pruned->revisions, pruned->incidents, Size(pruned->bytes_after),
        Size(pruned->bytes_before)));
    if (what.max_bytes && pruned->bytes_after > *what.max_bytes && !options_.common.quiet)
      PrintWarning("the store is still larger than " + options_.max_size +
                       " without any raw entries: --forget-older-than takes out diagnoses, too",
                   io_);
    if (pruned->bytes_after < pruned->bytes_before)
      Tell("neverready db vacuum gives the room back to the disk");
    return kPassed;
  }

  Result<int> Vacuum() {
    auto store = db::Store::Open(path_, db::Access::kReadWrite);
    if (!store) return tl::unexpected(store.error());
    std::error_code ignored;
    const auto before = fs::file_size(path_, ignored);
    const Status done = db::Vacuum(&(*store)->connection());
    if (!done) return tl::unexpected(done.error());
    Tell(fmt::format("{} instead of {}", Size(static_cast<std::int64_t>(fs::file_size(path_, ignored))),
                     Size(static_cast<std::int64_t>(before))));
    return kPassed;
  }

  Result<int> Backup() {
    std::error_code error;
    if (fs::is_directory(options_.file, error))
      return Fail(ErrorCode::kInvalidArgument, "'" + options_.file + "' is a folder", "name a file in it");
    if (fs::exists(options_.file, error) && !options_.force)
      return Fail(ErrorCode::kInvalidArgument, "'" + options_.file + "' is there already",
                  "--force writes over it");
    auto connection = Open(db::Access::kReadWrite);
    if (!connection) return tl::unexpected(connection.error());
    if (const auto version = db::ReadVersion(connection->get()); !version)
      return tl::unexpected(version.error());
    // Only a whole copy gets the name.
    const std::string part = options_.file + ".part";
    fs::remove(part, error);
    Status copied = db::CopyTo(connection->get(), part);
    if (copied) {
      fs::rename(part, options_.file, error);
      if (error)
        copied =
            Fail(ErrorCode::kPermissionDenied, "cannot write '" + options_.file + "': " + error.message());
    }
    if (!copied) {
      fs::remove(part, error);
      return tl::unexpected(copied.error());
    }
    Tell(fmt::format("{} written: {}", options_.file,
                     Size(static_cast<std::int64_t>(fs::file_size(options_.file, error)))));
    return kPassed;
  }

  const DbOptions& options_;
  std::string path_;
  Io& io_;
};

}  // namespace

int RunDb(const DbOptions& options, Io& io) {
  const auto path = StorePath(options.db, io);
  if (!path) return PrintError(path.error(), io);
  const auto code = Carer(options, *path, &io).Run();
  return code ? *code : PrintError(code.error(), io);
}

}  // namespace neverready::cli
