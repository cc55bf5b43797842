#include "ingest/entry_parser.h"

#include <catch2/catch.hpp>

namespace neverready::ingest {
namespace {

LogEntry Read(std::string_view json) {
  EntryParser parser;
  LogEntry entry;
  const core::Status status = parser.Parse(json, &entry);
  INFO(json.substr(0, 300));
  INFO((status ? std::string() : status.error().message));
  REQUIRE(status);
  return entry;
}

std::string Fault(std::string_view json) {
  EntryParser parser;
  LogEntry entry;
  entry.service = "left over";
  const core::Status status = parser.Parse(json, &entry);
  CHECK(entry.service.empty());
  CHECK(entry.text.empty());
  return status ? "none" : status.error().message;
}

std::string TimeOf(const LogEntry& entry) {
  return entry.timestamp ? core::FormatRfc3339(*entry.timestamp) : "none";
}

// All parts, one a line: "message|key|text".
std::string Parts(const LogEntry& entry) {
  std::string out;
  for (const TextPart& part : entry.text) {
    const char* role = part.role == TextRole::kMessage  ? "message"
                       : part.role == TextRole::kDetail ? "detail"
                                                        : "fields";
    out += std::string(role) + "|" + part.key + "|" + part.text + "\n";
  }
  return out;
}

constexpr std::string_view kSystem =
    R"({"insertId":"68c8","labels":{"instanceId":"0069","container_name":"api-1"},)"
    R"("logName":"projects/demo-proj/logs/run.googleapis.com%2Fvarlog%2Fsystem",)"
    R"("receiveTimestamp":"2025-09-16T01:42:18.168986681Z","resource":{"labels":{"configuration_name":"api",)"
    R"("location":"us-central1","project_id":"demo-proj","revision_name":"api-00742-b95","service_name":"api"},)"
    R"("type":"cloud_run_revision"},"severity":"WARNING","textPayload":"Container called exit(3).",)"
    R"("timestamp":"2025-09-16T01:42:17.868096Z"})";

TEST_CASE("A text entry of Cloud Logging is read with all its fields", "[ingest][parser]") {
  const LogEntry entry = Read(kSystem);
  CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868096Z");
  CHECK(entry.insert_id == "68c8");
  CHECK(entry.log == LogKind::kSystem);
  CHECK(entry.log_name == "projects/demo-proj/logs/run.googleapis.com%2Fvarlog%2Fsystem");
  CHECK(entry.severity == Severity::kWarning);
  CHECK(entry.resource_type == "cloud_run_revision");
  CHECK(entry.project == "demo-proj");
  CHECK(entry.location == "us-central1");
  CHECK(entry.service == "api");
  CHECK(entry.revision == "api-00742-b95");
  CHECK(entry.instance == "0069");
  CHECK(entry.container == "api-1");
  CHECK(Parts(entry) == "message||Container called exit(3).\n");
}

TEST_CASE("A parser used again leaves nothing of the entry before", "[ingest][parser]") {
  EntryParser parser;
  LogEntry entry;
  REQUIRE(parser.Parse(kSystem, &entry));
  REQUIRE(parser.Parse(R"({"logName":"x","split":{"uid":"u"},"httpRequest":{"status":503}})", &entry));
  CHECK(entry.http);
  REQUIRE(parser.Parse(R"({"textPayload":"two"})", &entry));
  CHECK(Parts(entry) == "message||two\n");
  CHECK((entry.service.empty() && entry.insert_id.empty() && entry.instance.empty() &&
         entry.resource_type.empty()));
  CHECK_FALSE((entry.timestamp || entry.http || entry.split || entry.audit));
  CHECK(entry.severity == Severity::kDefault);
}

TEST_CASE("The log's name tells the kind, encoded or not", "[ingest][parser]") {
  const auto kind = [](std::string name) { return Read("{\"logName\":\"" + name + "\"}").log; };
  CHECK(kind("projects/p/logs/run.googleapis.com%2Fstdout") == LogKind::kStdout);
  CHECK(kind("projects/p/logs/run.googleapis.com/stderr") == LogKind::kStderr);
  CHECK(kind("run.googleapis.com/stderr") == LogKind::kStderr);
  CHECK(kind("projects/p/logs/run.googleapis.com%2frequests") == LogKind::kRequests);
  CHECK(kind("projects/p/logs/cloudaudit.googleapis.com%2Fsystem_event") == LogKind::kSystemEvent);
  CHECK(kind("projects/p/logs/cloudaudit.googleapis.com%2Factivity") == LogKind::kActivity);
  CHECK(kind("projects/p/logs/run.googleapis.com%2F%2Fvar%2Flog%2Fapp.log") == LogKind::kOther);
  CHECK(kind("projects/p/logs/python") == LogKind::kOther);
  CHECK(Read(R"({"logName":"projects/from-name/logs/x"})").project == "from-name");
}

TEST_CASE("An entry without a log name is told by what it holds", "[ingest][parser]") {
  CHECK(Read(R"({"textPayload":"x"})").log == LogKind::kText);
  CHECK(Read(R"({"textPayload":"x","httpRequest":{"status":503}})").log == LogKind::kRequests);
  CHECK(Read(R"({"protoPayload":{"methodName":"/Services.CreateService"}})").log == LogKind::kSystemEvent);
  CHECK(Read(R"({"protoPayload":{"methodName":"google.cloud.run.v1.Services.CreateService"}})").log ==
        LogKind::kActivity);
}

TEST_CASE("Dumps of client libraries are read in their own spelling", "[ingest][parser]") {
  SECTION("Python, snake_case with payload") {
    const LogEntry entry = Read(
        R"({"log_name":"projects/p/logs/run.googleapis.com%2Fstderr","insert_id":"i","type":"text","labels":null,)"
        R"("payload":"boom","severity":500,"timestamp":{"seconds":"1757986937","nanos":868096000},)"
        R"("resource":{"type":"cloud_run_revision","labels":{"service_name":"api","revision_name":"r","location":"l"}},)"
        R"("http_request":{"request_method":"GET","request_url":"/x","status":503,"latency":{"seconds":1,"nanos":5}}})");
    CHECK(entry.severity == Severity::kError);
    CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868096Z");
    CHECK(Parts(entry) == "message||boom\n");
    CHECK((entry.service == "api" && entry.revision == "r" && entry.location == "l" && entry.project == "p"));
    REQUIRE(entry.http);
    CHECK((entry.http->status == 503 && entry.http->method == "GET" && entry.http->url == "/x"));
    CHECK(entry.http->latency == std::chrono::nanoseconds(1000000005));
  }
  SECTION("Python, json_payload and a datetime as text") {
    const LogEntry entry = Read(
        R"({"insert_id":"i","json_payload":{"message":"m"},"timestamp":"2025-09-16 01:42:17.868096+00:00"})");
    CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868096Z");
    CHECK(Parts(entry) == "message|message|m\n");
  }
  SECTION("Node: Struct form, and a payload member that only names the other") {
    const LogEntry entry = Read(
        R"({"insertId":"i","payload":"jsonPayload","timestamp":{"seconds":1757986937,"nanos":0},"severity":"ERROR",)"
        R"("jsonPayload":{"fields":{"message":{"stringValue":"m","kind":"stringValue"},"port":{"numberValue":3000},)"
        R"("error":{"structValue":{"fields":{"stack":{"stringValue":"at x"}}}},)"
        R"("names":{"listValue":{"values":[{"stringValue":"a b"}]}}}}})");
    CHECK(entry.text.at(0).text == "m");
    CHECK(entry.text.at(0).key == "message");
    CHECK(entry.text.at(1).key == "error.stack");
    CHECK(entry.text.back().text.find("port=3000") != std::string::npos);
    CHECK(Parts(entry).find("detail|names.0|a b") != std::string::npos);
  }
  SECTION("Go") {
    const LogEntry entry = Read(
        R"({"Timestamp":"2025-09-16T01:42:17Z","Severity":400,"Payload":"p","InsertID":"i",)"
        R"("LogName":"projects/p/logs/run.googleapis.com%2Fstdout","Resource":{"type":"t"},"Labels":{"instanceId":"n"}})");
    CHECK(Parts(entry) == "message||p\n");
    CHECK((entry.severity == Severity::kWarning && entry.instance == "n" && entry.insert_id == "i"));
  }
}

TEST_CASE("Times stand as text, objects, epochs, or only as the time of receipt", "[ingest][parser]") {
  const auto time = [](std::string value) {
    return TimeOf(Read("{\"logName\":\"x\",\"timestamp\":" + value + "}"));
  };
  CHECK(time(R"("2025-09-16T01:42:17Z")") == "2025-09-16T01:42:17Z");
  CHECK(time(R"({"nanos":"5000","seconds":"1757986937"})") == "2025-09-16T01:42:17.000005Z");
  CHECK(time(R"({"seconds":1757986937})") == "2025-09-16T01:42:17Z");
  CHECK(time("1757986937") == "2025-09-16T01:42:17Z");
  CHECK(time("1757986937868") == "2025-09-16T01:42:17.868Z");
  CHECK(time(R"("1757986937.5")") == "2025-09-16T01:42:17.500Z");
  CHECK(time("null") == "none");
  CHECK(time("[1]") == "none");
  CHECK(time(R"("yesterday")") == "none");
  CHECK(TimeOf(Read(R"({"logName":"x","receiveTimestamp":"2025-09-16T01:42:18Z"})")) ==
        "2025-09-16T01:42:18Z");
}

TEST_CASE("Severities stand in any case, as ranks, or in the payload", "[ingest][parser]") {
  const auto severity = [](std::string members) {
    return Read("{\"logName\":\"x\"," + members + "}").severity;
  };
  CHECK(severity(R"("severity":"error")") == Severity::kError);
  CHECK(severity(R"("severity":"Emergency")") == Severity::kEmergency);
  CHECK(severity(R"("severity":600)") == Severity::kCritical);
  CHECK(severity(R"("severity":"200")") == Severity::kInfo);
  CHECK(severity(R"("severity":null)") == Severity::kDefault);
  CHECK(severity(R"("severity":"DEFAULT","jsonPayload":{"level":"fatal"})") == Severity::kCritical);
  CHECK(severity(R"("jsonPayload":{"level":50})") == Severity::kError);
  CHECK(severity(R"("severity":"INFO","jsonPayload":{"level":"error"})") == Severity::kInfo);
}

TEST_CASE("Split entries carry their split", "[ingest][parser]") {
  const LogEntry entry = Read(R"({"textPayload":"part","split":{"uid":"u","index":1,"totalSplits":3}})");
  REQUIRE(entry.split);
  CHECK((entry.split->uid == "u" && entry.split->index == 1 && entry.split->total == 3));
}

TEST_CASE("A request entry carries its request and may have no text", "[ingest][parser]") {
  const LogEntry entry = Read(
      R"({"logName":"projects/p/logs/run.googleapis.com%2Frequests","httpRequest":{"requestMethod":"GET",)"
      R"("requestUrl":"https://x/","status":503,"latency":"3.786648988s","requestSize":"327"}})");
  REQUIRE(entry.http);
  CHECK(entry.http->latency == std::chrono::nanoseconds(3786648988));
  CHECK(entry.text.empty());
}

TEST_CASE("A JSON payload gives message, details with errors first, and fields", "[ingest][parser]") {
  const LogEntry entry = Read(
      R"({"logName":"x","jsonPayload":{"hint":"look at the database","message":"cannot start","timestamp":"2025",)"
      R"("labels":{"function":"f","module":"app.main"},"context":{"name":"app.smd","service":"s"},"pid":12,)"
      R"("port":3000,"retry":true,"error":{"type":"OSError","value":"refused","traceback":"Traceback\n  x"},)"
      R"("trace":"t","copy":"cannot start"}})");
  CHECK(Parts(entry) ==
        "message|message|cannot start\n"
        "detail|error.type|OSError\n"
        "detail|error.value|refused\n"
        "detail|error.traceback|Traceback\n  x\n"
        "detail|hint|look at the database\n"
        "fields||hint=look at the database port=3000 retry=true error.type=OSError error.value=refused "
        "copy=cannot start\n");
  CHECK(entry.app_logger == "app.smd");
}

TEST_CASE("The message stands under many names", "[ingest][parser]") {
  const auto message = [](std::string payload) {
    const LogEntry entry = Read("{\"logName\":\"x\",\"jsonPayload\":" + payload + "}");
    if (entry.text.empty() || entry.text[0].role != TextRole::kMessage) return std::string("none");
    return entry.text[0].key + "|" + entry.text[0].text;
  };
  CHECK(message(R"({"msg":"m"})") == "msg|m");
  CHECK(message(R"({"error":"e","msg":"m"})") == "msg|m");
  CHECK(message(R"({"message":"","log":"l"})") == "log|l");
  CHECK(message(R"({"event":"e"})") == "event|e");
  CHECK(message(R"({"error":"e"})") == "error|e");
  CHECK(message(R"({"textPayload":"t"})") == "textPayload|t");
  CHECK(message(R"({"Message":"net"})") == "Message|net");
  CHECK(message(R"({"message":{"text":"inner","code":3}})") == "message.text|inner");
  CHECK(message(R"({"fields":{"message":"tracing"},"target":"app"})") == "message|tracing");
  CHECK(message(R"({"err":{"message":"inner","stack":"s"}})") == "err.message|inner");
  CHECK(message(R"({"record":{"message":"loguru"},"a":"b"})") == "record.message|loguru");
  CHECK(message(R"({"detail":{"info":"deep"}})") == "none");
  CHECK(message(R"({"message":null,"a":NaN,"b":[]})") == "none");
}

TEST_CASE("Text that is a JSON object is taken apart", "[ingest][parser]") {
  const LogEntry entry =
      Read(R"({"logName":"x","textPayload":"{\"msg\":\"m\",\"level\":\"error\",\"err\":\"e\"}"})");
  CHECK(Parts(entry) == "message|msg|m\ndetail|err|e\nfields||err=e\n");
  CHECK(entry.severity == Severity::kError);
  CHECK(Parts(Read(R"({"textPayload":"{not json}"})")) == "message||{not json}\n");
  CHECK(Parts(Read(R"({"textPayload":" {\"a\":1} {\"b\":2}"})")) == "message|| {\"a\":1} {\"b\":2}\n");
}

TEST_CASE("An application's structured line is text with its own time, level and message",
          "[ingest][parser]") {
  SECTION("pino") {
    const LogEntry entry = Read(
        R"({"level":60,"time":1757986937868,"pid":1,"hostname":"h","name":"svc","err":{"type":"Error","message":"in use",)"
        R"("stack":"Error: in use\n    at x","code":"EADDRINUSE","port":8080},"msg":"shutting down"})");
    CHECK(entry.log == LogKind::kText);
    CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868Z");
    CHECK(entry.severity == Severity::kCritical);
    CHECK(entry.app_logger == "svc");
    CHECK(Parts(entry) ==
          "message|msg|shutting down\ndetail|err.type|Error\ndetail|err.message|in use\n"
          "detail|err.stack|Error: in use\n    at x\ndetail|err.code|EADDRINUSE\n"
          "fields||err.type=Error err.message=in use err.code=EADDRINUSE err.port=8080\n");
  }
  SECTION("zap") {
    const LogEntry entry =
        Read(R"({"level":"warn","ts":1757986937.868096,"caller":"main.go:3","logger":"l","msg":"m"})");
    CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868096Z");
    CHECK((entry.severity == Severity::kWarning && entry.app_logger == "l"));
    CHECK(Parts(entry) == "message|msg|m\n");
  }
  SECTION("structlog, ECS, slog, monolog, log4j, tracing") {
    CHECK(Read(R"({"event":"e","level":"critical"})").severity == Severity::kCritical);
    CHECK(TimeOf(Read(R"({"@timestamp":"2025-09-16T01:42:17Z","log.level":"ERROR","message":"m"})")) ==
          "2025-09-16T01:42:17Z");
    CHECK(Read(R"({"log.level":"ERROR","message":"m"})").severity == Severity::kError);
    CHECK(Read(R"({"level":"ERROR+4","msg":"m"})").severity == Severity::kError);
    CHECK(Read(R"({"level":400,"level_name":"ERROR","message":"m"})").severity == Severity::kError);
    CHECK(Read(R"({"levelno":40,"message":"m"})").severity == Severity::kError);
    CHECK(TimeOf(Read(R"({"instant":{"epochSecond":1757986937,"nanoOfSecond":5},"message":"m"})")) ==
          "2025-09-16T01:42:17.000000005Z");
    CHECK(Parts(Read(R"({"level":"INFO","fields":{"message":"m"},"target":"app"})")) ==
          "message|message|m\n");
  }
  SECTION("members that the envelope also has are the application's own") {
    const LogEntry entry = Read(
        R"({"severity":"ERROR","message":"m","labels":{"instanceId":"no"},"time":"2025-09-16T01:42:17Z"})");
    CHECK(entry.instance.empty());
    CHECK(entry.severity == Severity::kError);
    CHECK(TimeOf(entry) == "2025-09-16T01:42:17Z");
  }
}

TEST_CASE("Docker's json-file lines give their text", "[ingest][parser]") {
  const LogEntry plain = Read(R"({"log":"panic: x\r\n","stream":"stderr","time":"2025-09-16T01:42:17.1Z"})");
  CHECK(Parts(plain) == "message|log|panic: x\n");
  CHECK(TimeOf(plain) == "2025-09-16T01:42:17.100Z");
  const LogEntry inner =
      Read(R"({"log":"{\"msg\":\"m\",\"level\":50}\n","stream":"stdout","time":"2025-09-16T01:42:17Z"})");
  CHECK(Parts(inner) == "message|msg|m\n");
  CHECK(inner.severity == Severity::kError);
  CHECK(Read(R"({"log":"\n","stream":"stdout","time":"2025-09-16T01:42:17Z"})").text.empty());
}

TEST_CASE("Whole stacks survive, endless strings are cut between characters", "[ingest][parser]") {
  std::string stack = "Error: x";
  while (stack.size() < 60000) stack += "\\n    at f (/app/index.js:1:2)";
  const LogEntry entry = Read(R"({"logName":"x","jsonPayload":{"message":"m","stack":")" + stack + "\"}}");
  CHECK(entry.text.at(1).text.size() > 55000);
  CHECK(entry.text.at(1).text.ends_with("at f (/app/index.js:1:2)"));
  std::string euros = "x";
  for (int i = 0; i < 30000; ++i) euros += "€";
  const LogEntry cut = Read(R"({"logName":"x","jsonPayload":{"message":"m","detail":")" + euros + "\"}}");
  CHECK(cut.text.at(1).text.size() <= 65536);
  CHECK(cut.text.at(1).text.ends_with("€"));
}

TEST_CASE("Details are bounded in number and depth, fields in size", "[ingest][parser]") {
  std::string many = R"({"message":"m")";
  for (int i = 0; i < 100; ++i)
    many += ",\"key" + std::to_string(i) + "\":\"a value of some length " + std::to_string(i) + "\"";
  const LogEntry entry = Read("{\"logName\":\"x\",\"jsonPayload\":" + many + R"(,"error":"last"}})");
  CHECK(entry.text.size() == 42);
  CHECK(entry.text.at(1).text == "last");
  CHECK(entry.text.back().role == TextRole::kFields);
  CHECK(entry.text.back().text.size() <= 1024);
  const std::string deep = R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":"eight","b":{"c":"nine"}}}}}}}}})";
  CHECK(Parts(Read("{\"logName\":\"x\",\"jsonPayload\":" + deep + "}")) == "detail|a.a.a.a.a.a.a.a|eight\n");
}

TEST_CASE("Broken text inside a line does not cost the line", "[ingest][parser]") {
  CHECK(Parts(Read("{\"textPayload\":\"caf\xE9\"}")) == "message||caf\uFFFD\n");
  CHECK(Parts(Read("{\"textPayload\":\"a\tb\x1b[0m\"}")) == "message||a\tb\x1b[0m\n");
  CHECK(Parts(Read(R"({"textPayload":"x \ud83d y"})")) == "message||x \uFFFD y\n");
  CHECK(Parts(Read(R"({"textPayload":"C:\Users"})")) == "message||C:\\Users\n");
  const LogEntry nul = Read(std::string("{\"textPayload\":\"a") + '\0' + "b\"}" + '\0');
  CHECK(nul.text.at(0).text == std::string("a\0b", 3));
  CHECK(Parts(Read(R"({"textPayload":"{\"msg\":\"\\ud800\"}"})")) == "message|msg|\uFFFD\n");
}

TEST_CASE("What is no entry fails with its reason and leaves the entry empty", "[ingest][parser]") {
  CHECK(Fault("") == "not a JSON object");
  CHECK(Fault("hello") == "not a JSON object");
  CHECK(Fault("[{}]") == "not a JSON object");
  CHECK(Fault(R"({"textPayload":"x)") == "an unterminated string at byte 16");
  CHECK(Fault(R"({"textPayload":"x")") == "the JSON object ends too early, after byte 18");
  CHECK(Fault(R"({"textPayload":"x"}{"textPayload":"y"})") == "text behind the JSON object at byte 20");
  CHECK(Fault(R"({"textPayload":"x","a":[1})") == "a bracket that does not match at byte 26");
  CHECK(Fault(R"({"textPayload" "x"})") == "invalid JSON");
  CHECK(Fault("{\"textPayload\":\"" + std::string(9 << 20, 'x') + "\"}") == "larger than 8 MiB");
  CHECK(Fault("{\"a\":" + std::string(200000, '[') + std::string(200000, ']') + "}") ==
        "nested more than 256 levels deep");
  CHECK(Fault("{\"a\":" + std::string(200000, '[')) == "nested more than 256 levels deep");
  CHECK(Fault(R"({"protoPayload":{"a":NaN}})") == "an audit payload that is no JSON object");
}

TEST_CASE("Odd but sound members are left out", "[ingest][parser]") {
  const LogEntry entry = Read(
      R"({"textPayload":7,"logName":null,"insertId":["i"],"labels":[],"resource":"r","httpRequest":null,"split":1,)"
      R"("severity":{"a":1},"timestamp":true,"jsonPayload":[1,2],"protoPayload":null,"":{}})");
  CHECK(entry.text.empty());
  CHECK_FALSE((entry.http || entry.split || entry.audit || entry.timestamp));
  CHECK(Read("{}").log == LogKind::kText);
}

TEST_CASE("Plain text keeps its whole line and finds its time", "[ingest][parser]") {
  EntryParser parser;
  LogEntry entry;
  parser.ParseText("2025-09-16 01:42:17,868 ERROR boom", &entry);
  CHECK(TimeOf(entry) == "2025-09-16T01:42:17.868Z");
  CHECK(entry.log == LogKind::kText);
  CHECK(Parts(entry) == "message||2025-09-16 01:42:17,868 ERROR boom\n");
  parser.ParseText("  indented, caf\xE9", &entry);
  CHECK(TimeOf(entry) == "none");
  CHECK(Parts(entry) == "message||  indented, caf\uFFFD\n");
  parser.ParseText(R"({"msg":"json"})", &entry);
  CHECK(Parts(entry) == "message|msg|json\n");
  parser.ParseText("{half a thing}", &entry);
  CHECK(Parts(entry) == "message||{half a thing}\n");
}

TEST_CASE("Every cut and every changed byte of an entry is survived", "[ingest][parser]") {
  EntryParser parser;
  LogEntry entry;
  for (std::size_t size = 0; size < kSystem.size(); ++size) {
    CHECK_FALSE(parser.Parse(kSystem.substr(0, size), &entry));
    std::string changed(kSystem);
    for (const char c : {'"', '{', ']', '\\', '\0', '\xff'}) {
      changed[size] = c;
      static_cast<void>(parser.Parse(changed, &entry));
      parser.ParseText(changed, &entry);
    }
  }
  REQUIRE(parser.Parse(kSystem, &entry));
  CHECK(entry.service == "api");
}

}  // namespace
}  // namespace neverready::ingest
