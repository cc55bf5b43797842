// What happens to a store whose disk, file, lock or neighbour is not as it should be: an error that names the
// store and the next step, never a crash, and nothing lost.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "db/migrations.h"
#include "db/store.h"
#include "tests/fakes/log_builder.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/store.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using fakes::LogBuilder;
using fakes::TemporaryFolder;
using fakes::TryStoreLog;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using Entries = std::vector<ingest::LogEntry>;

constexpr const char* kExample = "examples/netra-backend-staging-00170-55z.ndjson";

// Failing starts, each with `noise` lines that compress badly.
Entries Starts(int count, int noise = 0) {
  Entries entries;
  std::mt19937_64 random(7);
  for (int i = 0; i < count; ++i) {
    LogBuilder log("api-" + std::to_string(10'000 + i) + "-abc");
    log.Wait(i * 10min).Start();
    for (int line = 0; line < noise; ++line) {
      std::string text = "config";
      for (int word = 0; word < 12; ++word) text += " " + std::to_string(random());
      log.App(text);
    }
    log.App("ModuleNotFoundError: No module named 'm" + std::to_string(i) + "'").Exit(1).NotReady(8080);
    entries.insert(entries.end(), log.entries().begin(), log.entries().end());
  }
  return entries;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// What the program says, with the folder's own name taken out.
std::string Told(const TemporaryFolder& folder, const std::vector<std::string>& arguments) {
  const fakes::Ran ran = fakes::RunApp(arguments);
  return "exit code " + std::to_string(ran.code) + "\n" + Replaced(ran.err, folder.name(), "FOLDER");
}

std::string TextOf(const core::Status& status) {
  return status ? "" : status.error().message + "\n" + status.error().hint;
}

void Run(const std::string& path, const std::string& script) {
  const auto connection = db::Connection::Open(path, db::Access::kCreate);
  REQUIRE(connection);
  const core::Status done = (*connection)->RunScript(script);
  INFO((done ? "" : done.error().message));
  REQUIRE(done);
}

// Root may do everything: the tests of permissions become nobody for a while.
class AsNobody {
 public:
  explicit AsNobody(const TemporaryFolder& folder) {
    if (geteuid() != 0) return;
    for (const auto& entry : fs::recursive_directory_iterator(folder.name()))
      REQUIRE(chown(entry.path().c_str(), kNobody, kNobody) == 0);
    REQUIRE(chown(folder.name().c_str(), kNobody, kNobody) == 0);
    became_ = seteuid(kNobody) == 0;
    REQUIRE(became_);
  }
  ~AsNobody() {
    if (became_ && seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  bool became_ = false;
};

TEST_CASE("A disk that is full at any page is told, and what was stored stays", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const Entries all = Starts(8, 12),
                first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
  const std::string whole = folder.name() + "/whole.db", half = folder.name() + "/half.db";
  fakes::StoreLog(whole, all);
  fakes::StoreLog(half, first);
  const std::vector<std::string> content = fakes::ContentOf(whole), before = fakes::ContentOf(half);
  for (const bool fresh : {true, false}) {
    int refused = 0;
    for (std::int64_t pages = 1;; ++pages) {
      REQUIRE(pages < 2000);
      const TemporaryFolder own;
      const std::string path = own.name() + "/s.db";
      if (!fresh) fs::copy_file(half, path);
      fakes::StoreWith with;
      with.connection.max_pages = pages;
      const core::Status stored = TryStoreLog(path, all, with);
      if (stored) break;
      ++refused;
      INFO("at most " << pages << " pages");
      REQUIRE(stored.error().code == ErrorCode::kResourceExhausted);
      REQUIRE(TextOf(stored) ==
              "the store '" + path +
                  "': the disk is full, or the file has reached its size limit\nmake room, or take out old "
                  "entries: neverready db prune --older-than 90d");
      REQUIRE(fakes::SoundnessOf(path) == "ok");
      // What was stored before is there as it was: this was one transaction.
      if (!fresh) REQUIRE(fakes::DifferenceOf(before, fakes::ContentOf(path)).empty());
      REQUIRE(TryStoreLog(path, all));
      REQUIRE(fakes::DifferenceOf(content, fakes::ContentOf(path)).empty());
    }
    CHECK(refused >= (fresh ? 40 : 5));
  }
}

TEST_CASE("Of several transactions on a disk that fills up, those before it stay", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const Entries all = Starts(12, 12);
  const std::string whole = folder.name() + "/whole.db";
  fakes::StoreLog(whole, all);
  std::set<std::int64_t> kept;
  for (std::int64_t pages = 40;; ++pages) {
    REQUIRE(pages < 2000);
    const TemporaryFolder own;
    const std::string path = own.name() + "/s.db";
    fakes::StoreWith with{{}, 2};
    with.connection.max_pages = pages;
    if (TryStoreLog(path, all, with)) break;
    REQUIRE(fakes::SoundnessOf(path) == "ok");
    REQUIRE(db::Store::Open(path, db::Access::kReadWrite));
    const auto store = db::Connection::Open(path, db::Access::kReadOnly);
    REQUIRE(store);
    const std::int64_t revisions = *(*store)->ReadInt("SELECT count(*) FROM revisions");
    REQUIRE(revisions % 2 == 0);
    kept.insert(revisions);
    REQUIRE(TryStoreLog(path, all, {{}, 2}));
    REQUIRE(fakes::DifferenceOf(fakes::ContentOf(whole), fakes::ContentOf(path)).empty());
  }
  CHECK(kept.size() >= 4);
}

// A file system of its own.
class Tmpfs {
 public:
  explicit Tmpfs(std::string folder) : folder_(std::move(folder)) {
    mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~Tmpfs() {
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  Tmpfs(const Tmpfs&) = delete;
  Tmpfs& operator=(const Tmpfs&) = delete;
  bool mounted() const { return mounted_; }
  void Grow() const { REQUIRE(mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=32m") == 0); }

 private:
  std::string folder_;
  bool mounted_;
};

TEST_CASE("A real disk that is full is told, and what was stored stays", "[cli][store][faults]") {
  const TemporaryFolder folder, elsewhere;
  const Tmpfs disk(folder.name());
  if (!disk.mounted()) {
    WARN("SKIPPED: no file system can be mounted here (root may)");
    return;
  }
  const std::string path = folder.name() + "/s.db";
  const Entries all = Starts(60, 180);
  int stored = 0;
  core::Status last;
  std::vector<std::string> before;
  for (int revisions = 5; revisions <= 60; revisions += 5) {
    const auto end = static_cast<std::ptrdiff_t>(all.size() / 60 * static_cast<std::size_t>(revisions));
    last = TryStoreLog(path, Entries(all.begin(), all.begin() + end));
    if (!last) break;
    stored = revisions;
    before = fakes::ContentOf(path);
  }
  CHECK(stored > 0);
  REQUIRE_FALSE(last);
  INFO(TextOf(last));
  CHECK((last.error().code == ErrorCode::kResourceExhausted || last.error().code == ErrorCode::kUnavailable));
  CHECK(last.error().message.find("the store '" + path + "': the disk ") == 0);
  disk.Grow();
  CHECK(fakes::SoundnessOf(path) == "ok");
  CHECK(fakes::DifferenceOf(before, fakes::ContentOf(path)).empty());
  REQUIRE(TryStoreLog(path, all));
  fakes::StoreLog(elsewhere.name() + "/whole.db", all);
  CHECK(
      fakes::DifferenceOf(fakes::ContentOf(elsewhere.name() + "/whole.db"), fakes::ContentOf(path)).empty());
}

TEST_CASE("A file that may only be read is told", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const std::string path = folder.name() + "/s.db";
  fakes::StoreLog(path, Starts(2));
  const AsNobody nobody(folder);
  REQUIRE(chmod(path.c_str(), 0444) == 0);
  const std::string before = fakes::ReadFile(path);
  CHECK(Told(folder, {"analyze", kExample, "--db", path}) ==
        "exit code 2\nneverready: error: the store 'FOLDER/s.db': it may only be read\n  try: check the "
        "permissions of the file and of its folder\n");
  CHECK(fakes::ReadFile(path) == before);
  CHECK(fakes::RunApp({"incidents", "--db", path, "--since", "2000-01-01"}).code == 0);
  REQUIRE(chmod(path.c_str(), 0000) == 0);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"analyze", kExample, "--db", path}, {"incidents", "--db", path}}) {
    CHECK(Told(folder, command) ==
          "exit code 2\nneverready: error: the store 'FOLDER/s.db': it cannot be opened\n  try: check the "
          "name, and the permissions of the file and of its folder\n");
  }
}

TEST_CASE("A folder that may only be read is told, and its store can be asked", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const std::string path = folder.name() + "/s.db";
  fakes::StoreLog(path, Starts(2));
  const AsNobody nobody(folder);
  REQUIRE(chmod(folder.name().c_str(), 0555) == 0);
  const std::string before = fakes::ReadFile(path);
  CHECK(Told(folder, {"analyze", kExample, "--db", path}) ==
        "exit code 2\nneverready: error: the store 'FOLDER/s.db': it may only be read\n  try: check the "
        "permissions of the file and of its folder\n");
  CHECK(Told(folder, {"analyze", kExample, "--db", folder.name() + "/new.db"}) ==
        "exit code 2\nneverready: error: the store 'FOLDER/new.db': it cannot be opened\n  try: check the "
        "name, and the permissions of the file and of its folder\n");
  const fakes::Ran asked = fakes::RunApp({"incidents", "--db", path, "--since", "2000-01-01"});
  CHECK(asked.code == 0);
  CHECK(asked.out.find("import_error") != std::string::npos);
  CHECK(Replaced(asked.err, folder.name(), "FOLDER") ==
        "neverready: warning: the folder of the store 'FOLDER/s.db' may only be read: what another process "
        "has written lately may be missing\n");
  CHECK(fakes::ReadFile(path) == before);
  REQUIRE(chmod(folder.name().c_str(), 0755) == 0);
}

TEST_CASE("What is no store is told and left as it is", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const auto check = [&](const std::string& path, const std::string& told) {
    const bool file = fs::is_regular_file(path);
    const std::string before = file ? fakes::ReadFile(path) : "";
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"analyze", kExample, "--db", path},
          {"incidents", "--db", path},
          {"query", "--db", path, "SELECT 1"}}) {
      INFO(command[0]);
      CHECK(Told(folder, command) == "exit code 2\nneverready: error: " + told);
      if (file) CHECK((fakes::ReadFile(path) == before));
    }
    CHECK_FALSE(fs::exists(path + "-journal"));
  };
  SECTION("text") {
    check(
        folder.Write("notes.txt", std::string(5000, 'x')),
        "the store 'FOLDER/notes.txt': it is no SQLite database\n  try: give the file that analyze --db wrote\n");
  }
  SECTION("a folder") { check(folder.name(), "the store 'FOLDER' is a folder\n  try: name a file in it\n"); }
  SECTION("a folder that is not there") {
    check(folder.name() + "/no/s.db",
          "the store 'FOLDER/no/s.db': its folder does not exist\n  try: mkdir -p FOLDER/no\n");
  }
  SECTION("another program's database") {
    for (const char* journal : {"DELETE", "WAL"}) {
      const std::string path = folder.name() + "/places.db";
      Run(path, std::string("PRAGMA journal_mode = ") + journal +
                    "; CREATE TABLE IF NOT EXISTS places (name TEXT); INSERT INTO places VALUES ('home');");
      check(path, "'FOLDER/places.db' is a database of another program\n  try: name another file for --db\n");
    }
  }
  SECTION("another program's database without a table") {
    const std::string path = folder.name() + "/places.db";
    Run(path, "PRAGMA journal_mode = DELETE; PRAGMA application_id = 17;");
    check(path, "'FOLDER/places.db' is a database of another program\n  try: name another file for --db\n");
  }
  SECTION("a newer schema") {
    for (const char* journal : {"DELETE", "WAL"}) {
      const std::string path = folder.name() + "/s.db";
      fakes::StoreLog(path, Starts(1));
      Run(path, std::string("PRAGMA user_version = 99; PRAGMA journal_mode = ") + journal);
      check(path,
            "the store 'FOLDER/s.db' was written by a newer neverready (schema 99; this one knows up to " +
                std::to_string(db::NewestVersion()) +
                ")\n  try: use that version, or another file; nothing was changed\n");
      fs::remove(path);
    }
  }
}

TEST_CASE("A store that another process is writing to is waited for, then told", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const std::string path = folder.name() + "/s.db";
  fakes::StoreLog(path, Starts(1));
  const auto other = db::Connection::Open(path, db::Access::kReadWrite);
  REQUIRE(other);
  REQUIRE((*other)->RunScript("BEGIN EXCLUSIVE"));
  fakes::StoreWith with;
  with.connection.busy_timeout = 60ms;
  const auto begin = std::chrono::steady_clock::now();
  const core::Status refused = TryStoreLog(path, Starts(3), with);
  CHECK(std::chrono::steady_clock::now() - begin >= 50ms);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK(TextOf(refused) ==
        "the store '" + path + "': another process is writing to it\ntry again in a moment");
  // Readers do not wait.
  CHECK(fakes::RunApp({"incidents", "--db", path, "--since", "2000-01-01"}).code == 0);
  std::thread soon([&] {
    std::this_thread::sleep_for(200ms);
    REQUIRE((*other)->RunScript("ROLLBACK"));
  });
  with.connection.busy_timeout = 20s;
  const core::Status stored = TryStoreLog(path, Starts(3), with);
  soon.join();
  CHECK(stored);
  fakes::StoreLog(folder.name() + "/whole.db", Starts(3));
  CHECK(fakes::DifferenceOf(fakes::ContentOf(folder.name() + "/whole.db"), fakes::ContentOf(path)).empty());
}

TEST_CASE("Two processes that store the same revisions at once store what one would",
          "[cli][store][faults]") {
  std::vector<std::string> lines;
  for (const char* file : {"examples/shop-2025-09.ndjson", kExample}) {
    std::istringstream in(fakes::ReadFile(file));
    for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  }
  const TemporaryFolder folder;
  std::mt19937 random(5);
  const auto write = [&](const std::string& name, const auto& takes) {
    std::string text;
    for (const std::string& line : lines) text += takes() ? line : "";
    return folder.Write(name, text);
  };
  const std::string whole = folder.name() + "/whole.db";
  REQUIRE(fakes::RunApp({"analyze", write("all.ndjson", [] { return true; }), "-q", "--db", whole}).code ==
          1);
  const std::vector<std::string> content = fakes::ContentOf(whole);
  for (int round = 0; round < 12; ++round) {
    const TemporaryFolder own;
    const std::string store = own.name() + "/s.db";
    // Each line is in one piece or in both; nothing, a part or all of it was stored before.
    std::string one, two;
    for (const std::string& line : lines) {
      const unsigned which = random() % 3;
      if (which != 0) one += line;
      if (which != 1) two += line;
    }
    folder.Write("one.ndjson", one);
    folder.Write("two.ndjson", two);
    if (round % 3 == 1) REQUIRE(fakes::RunApp({"analyze", kExample, "-q", "--db", store}).code == 1);
    const auto import = [&](const std::string& piece) {
      return std::string(NEVERREADY_BINARY) + " analyze " + folder.name() + "/" + piece + ".ndjson --db " +
             store + " >/dev/null 2>" + folder.name() + "/" + piece + ".err";
    };
    const auto begin = std::chrono::steady_clock::now();
    const int codes = std::system(
        (import("one") + " & first=$!; " + import("two") + "; [ $? = 1 ] && wait $first; [ $? = 1 ]")
            .c_str());
    INFO("round " << round << "\n"
                  << fakes::ReadFile(folder.name() + "/one.err")
                  << fakes::ReadFile(folder.name() + "/two.err"));
    CHECK(codes == 0);
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
    CHECK(fakes::SoundnessOf(store) == "ok");
    CHECK(fakes::DifferenceOf(content, fakes::ContentOf(store)).empty());
  }
}

}  // namespace
}  // namespace neverready::cli
