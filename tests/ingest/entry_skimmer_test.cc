#include "ingest/entry_skimmer.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

namespace neverready::ingest {
namespace {

using Kind = BorrowedGlimpse::Kind;

constexpr const char* kResource =
    R"("resource":{"labels":{"configuration_name":"api","location":"l","project_id":"p","revision_name":"api-00001-abc","service_name":"api"},"type":"cloud_run_revision"})";
constexpr const char* kTime = R"("timestamp":"2025-09-08T04:02:11.319Z")";

std::string Entry(const std::string& log, const std::string& members) {
  return R"({"insertId":"x1","labels":{"instanceId":"00aa"},"logName":"projects/p/logs/run.googleapis.com%2F)" +
         log + "\"," + kResource + "," + kTime + "," + members + "}";
}

// The glimpse in one line, "-" where the entry has to be read as a whole.
std::string Seen(const std::string& json) {
  static EntrySkimmer skimmer;
  const std::string padded = json + std::string(EntrySkimmer::kPadding, ' ');
  BorrowedGlimpse glimpse;
  if (!skimmer.Skim(std::string_view(padded).substr(0, json.size()), &glimpse)) return "-";
  constexpr const char* kNames[] = {"app", "platform", "request", "foreign"};
  return std::string(kNames[static_cast<std::size_t>(glimpse.kind)]) + " " + std::string(glimpse.project) +
         "/" + std::string(glimpse.service) + "/" + std::string(glimpse.revision) + " " +
         std::string(glimpse.instance) + " " + std::string(glimpse.insert_id) + " " +
         core::FormatRfc3339(glimpse.at);
}

TEST_CASE("A plain entry is seen without its payload", "[ingest][skimmer]") {
  const std::string rest = " p/api/api-00001-abc 00aa x1 2025-09-08T04:02:11.319Z";
  CHECK(Seen(Entry("stdout", R"("textPayload":"hello")")) == "app" + rest);
  CHECK(Seen(Entry("stderr", R"("severity":"ERROR","jsonPayload":{"level":"error","message":"hello"})")) ==
        "app" + rest);
  CHECK(Seen(Entry("varlog%2Fsystem", R"("textPayload":"Container called exit(1).")")) == "platform" + rest);
  CHECK(Seen(Entry("requests",
                   R"("httpRequest":{"status":200},"spanId":"1","trace":"t","traceSampled":true)")) ==
        "request" + rest);
  CHECK(Seen(Entry("requests", R"("httpRequest":{"status":500},"textPayload":"The request failed.")")) ==
        "platform" + rest);
  // The same resource again, and one that is spelled otherwise.
  CHECK(Seen(Entry("stdout", R"("textPayload":"again")")) == "app" + rest);
  CHECK(
      Seen(
          R"({"logName":"projects/p/logs/run.googleapis.com%2Fstdout","textPayload":"a","resource":{"type":"cloud_run_revision","labels":{"service_name":"api","revision_name":"api-00001-abc","location":"l","project_id":"p"}},"timestamp":"2025-09-08T04:02:11Z"})") ==
      "app p/api/api-00001-abc   2025-09-08T04:02:11Z");
  CHECK(
      Seen(
          R"({"logName":"projects/p/logs/x","textPayload":"a","resource":{"type":"k8s_container","labels":{}},"timestamp":"2025-09-08T04:02:11Z"})")
          .starts_with("foreign"));
}

TEST_CASE("Whatever is not plain is read as a whole", "[ingest][skimmer]") {
  for (const char* members : {
           R"("textPayload":"")",                                 // no text
           R"("textPayload":"{\"msg\":\"inside\"}")",             // JSON in a text
           R"("textPayload":"\u001b[31mred")",                    // begins with an escape
           R"("jsonPayload":{"duration":3})",                     // no message
           R"("jsonPayload":{"message":{"text":"deep"}})",        //
           R"("textPayload":"a","split":{"uid":"u","index":0})",  // a part
           R"("textPayload":"a","jsonPayload":{"message":"b"})",  // two payloads
           R"("text_payload":"a")",                               // another spelling
           R"("textPayload":"a","surprise":1)",                   // a member that nobody knows
           R"("protoPayload":{"status":{"message":"m"}})",        // no audit log
       }) {
    INFO(members);
    CHECK(Seen(Entry("stdout", members)) == "-");
  }
  for (const char* json : {
           "",
           "{",
           "[]",
           "{}",
           "null",
           R"({"textPayload":"a"})",
           R"({"textPayload":"a"} {"textPayload":"b"})",
           R"({"logName":"l","textPayload":"a","timestamp":"yesterday"})",
       }) {
    INFO(json);
    CHECK(Seen(json) == "-");
  }
  std::string invalid = Entry("stdout", R"("textPayload":"a?")");
  invalid[invalid.find('?')] = '\xff';
  CHECK(Seen(invalid) == "-");
  std::string cut = Entry("stdout", R"("textPayload":"hello")");
  for (std::size_t size = 0; size < cut.size(); ++size) CHECK(Seen(cut.substr(0, size)) == "-");
}

TEST_CASE("A glimpse of an entry that was read tells the same", "[ingest][skimmer]") {
  LogEntry entry;
  entry.timestamp = core::ParseRfc3339("2025-09-08T04:02:11Z");
  entry.resource_type = "cloud_run_revision";
  entry.service = "api";
  entry.revision = "api-00001-abc";
  entry.log = LogKind::kStderr;
  entry.text.push_back({TextRole::kMessage, "", "hello"});
  BorrowedGlimpse glimpse;
  REQUIRE(GlimpseOf(entry, &glimpse));
  CHECK((glimpse.kind == Kind::kApp && glimpse.revision == "api-00001-abc" && glimpse.owner_number == 0));
  entry.log = LogKind::kSystem;
  REQUIRE(GlimpseOf(entry, &glimpse));
  CHECK(glimpse.kind == Kind::kPlatform);
  LogEntry part = entry;
  part.split = Split{"u", 0, 2};
  CHECK_FALSE(GlimpseOf(part, &glimpse));
  entry.revision.clear();
  CHECK_FALSE(GlimpseOf(entry, &glimpse));
}

}  // namespace
}  // namespace neverready::ingest
