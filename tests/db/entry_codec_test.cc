#include "db/entry_codec.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <limits>
#include <random>
#include <sstream>

#include "core/text.h"
#include "ingest/reader.h"

namespace neverready::db {
namespace {

using ingest::AuditRecord;
using ingest::LogEntry;

// Everything that is stored of an entry, told by another way than the codec's. Each text stands behind its
// length, so that nothing is confused.
class Teller {
 public:
  explicit Teller(const LogEntry& entry) {
    const auto& [timestamp, insert_id, log, log_name, severity, resource_type, project, location, service,
                 revision, instance, container, app_logger, text, audit, http, split, source, position] =
        entry;
    Tell(timestamp ? std::to_string(timestamp->time_since_epoch().count()) : "no time");
    for (const std::string* one : {&insert_id, &log_name, &resource_type, &project, &location, &service,
                                   &revision, &instance, &container, &app_logger})
      Tell(*one);
    Tell(static_cast<int>(log));
    Tell(static_cast<int>(severity));
    Tell(text.size());
    for (const auto& [role, key, words] : text) {
      Tell(static_cast<int>(role));
      Tell(key);
      Tell(words);
    }
    if (audit) Audit(*audit);
    if (http) {
      const auto& [status, method, url, latency] = *http;
      Tell("http");
      Tell(status);
      Tell(method);
      Tell(url);
      Tell(latency.count());
    }
    if (split) {
      const auto& [uid, index, total] = *split;
      Tell("split");
      Tell(uid);
      Tell(index);
      Tell(total);
    }
  }

  std::string told() const { return told_.str(); }

 private:
  void Tell(const std::string& text) { told_ << text.size() << ':' << text << '\n'; }
  void Tell(const char* text) { Tell(std::string(text)); }
  template <typename T>
  void Tell(T number) {
    told_ << number << '\n';
  }

  void Audit(const AuditRecord& record) {
    const auto& [method, resource_name, kind, object_name, service, status_code, status_message, principal,
                 conditions, latest_created_revision, latest_ready_revision, image, container_port,
                 memory_limit, cpu_limit, service_account, startup_probe, env, default_startup_probe] =
        record;
    Tell("audit");
    for (const std::string* one : {&method, &resource_name, &kind, &object_name, &service, &status_message,
                                   &principal, &latest_created_revision, &latest_ready_revision, &image,
                                   &memory_limit, &cpu_limit, &service_account})
      Tell(*one);
    Tell(status_code ? std::to_string(*status_code) : "no code");
    Tell(container_port);
    Tell(default_startup_probe);
    Tell(conditions.size());
    for (const auto& [type, status, reason, message, severity, last_transition] : conditions)
      for (const std::string* one : {&type, &status, &reason, &message, &severity, &last_transition})
        Tell(*one);
    if (startup_probe) {
      const auto& [probe, initial_delay, period, timeout, failure_threshold, port, path] = *startup_probe;
      Tell("probe");
      Tell(probe);
      for (const std::int64_t number : {initial_delay, period, timeout, failure_threshold, port})
        Tell(number);
      Tell(path);
    }
    Tell(env.size());
    for (const auto& [name, secret] : env) {
      Tell(name);
      Tell(secret);
    }
  }

  std::ostringstream told_;
};

std::string Told(const LogEntry& entry) { return Teller(entry).told(); }

LogEntry Decoded(std::string_view line) {
  core::Result<LogEntry> entry = DecodeEntry(line);
  if (!entry) FAIL(entry.error().message);
  return *entry;
}

void CheckRoundTrip(const LogEntry& entry) {
  const std::string line = EncodeEntry(entry);
  REQUIRE(line.find('\n') == std::string::npos);
  const LogEntry back = Decoded(line);
  REQUIRE(Told(back) == Told(entry));
  REQUIRE(EncodeEntry(back) == line);
}

std::string Why(std::string_view line) {
  const core::Result<LogEntry> entry = DecodeEntry(line);
  REQUIRE_FALSE(entry.has_value());
  CHECK(entry.error().code == core::ErrorCode::kDataLoss);
  return entry.error().message;
}

LogEntry Full() {
  LogEntry entry;
  entry.timestamp = core::ParseRfc3339("2025-09-16T01:42:17.868096123Z");
  entry.insert_id = "id-1";
  entry.log = ingest::LogKind::kSystemEvent;
  entry.log_name = "projects/p/logs/x";
  entry.severity = ingest::Severity::kError;
  entry.resource_type = "cloud_run_revision";
  entry.project = "p";
  entry.location = "l";
  entry.service = "s";
  entry.revision = "s-00001-abc";
  entry.instance = "0a1b";
  entry.container = "app-1";
  entry.app_logger = "app.main";
  entry.text = {{ingest::TextRole::kMessage, "", "boot"},
                {ingest::TextRole::kDetail, "error.stack", "Error: x\n  at y"},
                {ingest::TextRole::kFields, "", "a=1 b=2"}};
  AuditRecord& audit = entry.audit.emplace();
  audit.method = "m";
  audit.resource_name = "namespaces/p/revisions/r";
  audit.kind = "Revision";
  audit.object_name = "r";
  audit.service = "as";
  audit.status_code = 9;
  audit.status_message = "no";
  audit.principal = "ada@example.com";
  audit.conditions = {{"Ready", "False", "Because", "it is", "Error", "2025-09-16T01:42:17Z"}, {}};
  audit.latest_created_revision = "r2";
  audit.latest_ready_revision = "r1";
  audit.image = "gcr.io/p/i";
  audit.container_port = 8080;
  audit.memory_limit = "512Mi";
  audit.cpu_limit = "1000m";
  audit.service_account = "run@p.iam.gserviceaccount.com";
  audit.startup_probe = {"http", 1, 2, 3, 4, 5, "/healthz"};
  audit.env = {{"PORT", false}, {"DB_PASSWORD", true}};
  audit.default_startup_probe = true;
  entry.http = {503, "GET", "https://x/y?z=1", std::chrono::nanoseconds(123456789)};
  entry.split = {"u", 2, 3};
  entry.source = 4;
  entry.position = 5;
  return entry;
}

TEST_CASE("An entry is stored under these keys", "[db][entry_codec]") {
  // What stands in somebody's database: this text never changes, it only grows.
  CHECK(
      EncodeEntry(Full()) ==
      R"({"at":1757986937868096123,"id":"id-1","log":4,"name":"projects/p/logs/x","sev":500,)"
      R"("type":"cloud_run_revision","proj":"p","loc":"l","svc":"s","rev":"s-00001-abc","inst":"0a1b",)"
      R"("cont":"app-1","logger":"app.main","text":[{"text":"boot"},)"
      R"({"text":"Error: x\n  at y","key":"error.stack","role":1},{"text":"a=1 b=2","role":2}],)"
      R"("audit":{"method":"m","resource":"namespaces/p/revisions/r","kind":"Revision","object":"r","svc":"as",)"
      R"("code":9,"message":"no","principal":"ada@example.com","conditions":[{"type":"Ready","status":"False",)"
      R"("reason":"Because","message":"it is","severity":"Error","since":"2025-09-16T01:42:17Z"},{}],)"
      R"("created":"r2","ready":"r1","image":"gcr.io/p/i","port":8080,"memory":"512Mi","cpu":"1000m",)"
      R"("account":"run@p.iam.gserviceaccount.com","probe":{"kind":"http","delay":1,"period":2,"timeout":3,)"
      R"("threshold":4,"port":5,"path":"/healthz"},"env":[{"name":"PORT"},{"name":"DB_PASSWORD","secret":true}],)"
      R"("default_probe":true},"http":{"status":503,"method":"GET","url":"https://x/y?z=1",)"
      R"("latency":123456789},"split":{"uid":"u","index":2,"total":3}})");
  CheckRoundTrip(Full());
  CHECK(Decoded(EncodeEntry(Full())).source == 0);
  CHECK(Decoded(EncodeEntry(Full())).position == 0);
}

TEST_CASE("What is absent stays absent, and what is there but empty stays there", "[db][entry_codec]") {
  CHECK(EncodeEntry(LogEntry{}) == "{}");
  CheckRoundTrip(LogEntry{});
  LogEntry entry;
  entry.audit.emplace();
  entry.http.emplace();
  entry.split.emplace();
  entry.text.emplace_back();
  CHECK(EncodeEntry(entry) == R"({"text":[{}],"audit":{},"http":{},"split":{}})");
  CheckRoundTrip(entry);
  entry.audit->status_code = 0;
  entry.audit->startup_probe.emplace();
  entry.timestamp = core::Timestamp{};
  CHECK(EncodeEntry(entry) == R"({"at":0,"text":[{}],"audit":{"code":0,"probe":{}},"http":{},"split":{}})");
  CheckRoundTrip(entry);
}

TEST_CASE("Every value of a stored type comes back", "[db][entry_codec]") {
  LogEntry entry = Full();
  for (const core::Timestamp at : {core::Timestamp::min(), core::Timestamp::max(), core::Timestamp(),
                                   core::Timestamp(std::chrono::nanoseconds(-1))}) {
    entry.timestamp = at;
    CheckRoundTrip(entry);
  }
  for (int kind = 0; kind <= static_cast<int>(ingest::LogKind::kOther); ++kind) {
    entry.log = static_cast<ingest::LogKind>(kind);
    CheckRoundTrip(entry);
  }
  for (int rank = 0; rank <= 800; rank += 100) {
    entry.severity = static_cast<ingest::Severity>(rank);
    CheckRoundTrip(entry);
  }
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}}) {
    entry.audit->status_code = number;
    entry.audit->container_port = number;
    entry.audit->startup_probe = {"", number, number, number, number, number, ""};
    entry.split = {"", number, number};
    entry.http->latency = std::chrono::nanoseconds(number);
    CheckRoundTrip(entry);
  }
  for (const int status : {std::numeric_limits<int>::min(), std::numeric_limits<int>::max()}) {
    entry.http->status = status;
    CheckRoundTrip(entry);
  }
}

TEST_CASE("Texts of all kinds come back; what is no UTF-8 is replaced", "[db][entry_codec]") {
  LogEntry entry;
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("\x1b[31mred\x1b[0m\r\n\t\x7f"),
        std::string("Grüße \u2028 \U0001F600"), std::string("{\"a\":\"\\u0000\"}"),
        std::string(256 << 10, 'x'), std::string(256 << 10, '\x01'), std::string(256 << 10, '"')}) {
    entry.text = {{ingest::TextRole::kMessage, text.substr(0, 100), text}};
    entry.instance = text;
    CheckRoundTrip(entry);
  }
  entry.text = {{ingest::TextRole::kMessage, "",
                 "a\xff"
                 "b\xc3"}};
  entry.instance.clear();
  const LogEntry back = Decoded(EncodeEntry(entry));
  CHECK(back.text[0].text == core::RepairUtf8(entry.text[0].text));
}

// The entries of the labelled cases and of the example, as the readers give them.
const std::vector<LogEntry>& RealEntries() {
  static const std::vector<LogEntry> kEntries = [] {
    std::vector<std::string> files;
    for (const std::string folder : {"tests/cases", "examples"}) {
      for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.path().extension() == ".ndjson") files.push_back(file.path().string());
      }
    }
    std::vector<LogEntry> entries;
    std::istringstream none;
    const auto read =
        ingest::ReadFiles(files, none, {}, [&](const LogEntry& one) { entries.push_back(one); });
    REQUIRE(read.has_value());
    return entries;
  }();
  return kEntries;
}

TEST_CASE("The entries of all labelled logs come back as they were", "[db][entry_codec]") {
  const std::vector<LogEntry>& entries = RealEntries();
  REQUIRE(entries.size() > 10000);
  for (const LogEntry& entry : entries) CheckRoundTrip(entry);
  const std::string lines = EncodeEntries(entries);
  const auto back = DecodeEntries(lines);
  REQUIRE(back.has_value());
  REQUIRE(back->size() == entries.size());
  CHECK(EncodeEntries(*back) == lines);
  CHECK(Told(back->back()) == Told(entries.back()));
}

TEST_CASE("Several entries are lines", "[db][entry_codec]") {
  CHECK(EncodeEntries({}).empty());
  CHECK(EncodeEntries({LogEntry{}, LogEntry{}}) == "{}\n{}");
  CHECK(DecodeEntries("")->empty());
  CHECK(DecodeEntries("{}\n{}")->size() == 2);
  CHECK(DecodeEntries("{}\n{}\n")->size() == 2);
  CHECK(DecodeEntries("{}\n\n{}").error().message ==
        "entry 2: the stored entry cannot be read: it is no JSON from byte 1 on");
  CHECK(DecodeEntries("{}\n{\"at\":true}").error().message ==
        "entry 2: the stored entry cannot be read: at is not a whole number");
}

TEST_CASE("What a newer program wrote beside is passed over", "[db][entry_codec]") {
  const LogEntry entry = Decoded(
      R"({"id":"a","new":{"x":[1,2,{"y":null}]},"text":[{"text":"t","lang":"en"}],"audit":{"labels":{}}})");
  CHECK(entry.insert_id == "a");
  CHECK(entry.text.at(0).text == "t");
  CHECK(entry.audit.has_value());
}

TEST_CASE("A stored line that cannot be right is data loss, and the key is named", "[db][entry_codec]") {
  const std::string begin = "the stored entry cannot be read: ";
  const std::vector<std::pair<std::string, std::string>> kWrong{
      {"", "it is no JSON from byte 1 on"},
      {"{\"id\":\"a\"", "it is no JSON from byte 10 on"},
      {"{} {}", "it is no JSON from byte 4 on"},
      {"{\"id\":\"\xff\"}", "it is no JSON from byte 8 on"},
      {"[]", "it is no JSON object"},
      {"null", "it is no JSON object"},
      {R"({"at":1e999})", "it holds a number that is out of range"},
      {R"({"at":"2025-09-16T01:42:17Z"})", "at is not a whole number"},
      {R"({"at":1.5})", "at is not a whole number"},
      {R"({"at":null})", "at is not a whole number"},
      {R"({"at":9223372036854775808})", "at is out of range"},
      {R"({"id":7})", "id is not a text"},
      {R"({"log":8})", "log is out of range"},
      {R"({"log":-1})", "log is out of range"},
      {R"({"log":"stderr"})", "log is not a whole number"},
      {R"({"sev":550})", "sev is out of range"},
      {R"({"text":"boot"})", "text is not a list"},
      {R"({"text":["boot"]})", "text[0] is not an object"},
      {R"({"text":[{},{"role":3}]})", "text[1].role is out of range"},
      {R"({"audit":[]})", "audit is not an object"},
      {R"({"audit":{"code":"9"}})", "audit.code is not a whole number"},
      {R"({"audit":{"conditions":[{},{},{"type":1}]}})", "audit.conditions[2].type is not a text"},
      {R"({"audit":{"env":[{"secret":1}]}})", "audit.env[0].secret is neither true nor false"},
      {R"({"audit":{"probe":{"port":false}}})", "audit.probe.port is not a whole number"},
      {R"({"http":{"status":2147483648}})", "http.status is out of range"},
      {R"({"split":{"uid":{}}})", "split.uid is not a text"},
  };
  for (const auto& [line, why] : kWrong) {
    INFO(line);
    CHECK(Why(line) == begin + why);
  }
}

TEST_CASE("Depth and size of a stored line are bounded", "[db][entry_codec]") {
  const auto nested = [](std::size_t depth) {
    return R"({"new":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(DecodeEntry(nested(31)).has_value());
  CHECK(Why(nested(32)) == "the stored entry cannot be read: it is nested more than 32 levels deep");
  CHECK(Why(R"({"new":)" + std::string(1 << 20, '{')) ==
        "the stored entry cannot be read: it is nested more than 32 levels deep");
  // Brackets within a text are none.
  CHECK(DecodeEntry(R"({"id":"\"\\)" + std::string(1000, '[') + "\"}").has_value());
  CHECK(Why(std::string(kMaxLineBytes + 1, ' ')) ==
        "the stored entry cannot be read: it is larger than 64 MiB");
}

TEST_CASE("Damaged lines are read or refused, and never quoted", "[db][entry_codec]") {
  std::mt19937 random(4);  // NOLINT(cert-msc51-cpp): the same lines in every run
  const std::string line = EncodeEntry(Full());
  std::size_t refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string damaged = line;
    for (std::size_t n = 1 + random() % 3; n > 0; --n)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    const core::Result<LogEntry> entry = DecodeEntry(damaged);
    if (entry) {
      CheckRoundTrip(*entry);
      continue;
    }
    ++refused;
    CHECK(entry.error().code == core::ErrorCode::kDataLoss);
    CHECK(entry.error().message.find("example.com") == std::string::npos);
    CHECK(entry.error().message.size() < 120);
  }
  CHECK(refused > 1000);
}

TEST_CASE("50,000 small entries are written and read quickly", "[db][entry_codec]") {
  LogEntry entry;
  entry.timestamp = core::ParseRfc3339("2025-09-16T01:42:17.868096123Z");
  entry.insert_id = "68c8c1b9000d3f00abcdef12";
  entry.log = ingest::LogKind::kStderr;
  entry.severity = ingest::Severity::kError;
  entry.instance = std::string(120, 'a');
  entry.container = "app-1";
  entry.text = {{ingest::TextRole::kMessage, "", "ModuleNotFoundError: No module named 'flask_cors'"}};
  const std::vector<LogEntry> entries(50000, entry);
  const auto start = std::chrono::steady_clock::now();
  const std::string lines = EncodeEntries(entries);
  const auto encoded = std::chrono::steady_clock::now();
  const auto back = DecodeEntries(lines);
  const auto decoded = std::chrono::steady_clock::now();
  CHECK(back->size() == entries.size());
  using Milliseconds = std::chrono::duration<double, std::milli>;
  INFO("written in " << Milliseconds(encoded - start).count() << " ms, read in "
                     << Milliseconds(decoded - encoded).count() << " ms");
  // With room for a slow machine and a sanitizer.
  CHECK(decoded - start < std::chrono::seconds(15));
}

}  // namespace
}  // namespace neverready::db
