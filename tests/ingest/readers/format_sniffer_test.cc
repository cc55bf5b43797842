#include "ingest/readers/format_sniffer.h"

#include <catch2/catch.hpp>

namespace neverready::ingest {
namespace {

std::string Tell(std::string_view text, InputFormat wanted = InputFormat::kAuto, bool whole = true) {
  const core::Result<Form> form = TellForm("f", Beginning{text, whole}, wanted);
  if (!form) return form.error().message;
  switch (*form) {
    case Form::kEmpty: return "empty";
    case Form::kNdjson: return "ndjson";
    case Form::kArray: return "array";
    case Form::kObjects: return "objects";
    case Form::kPages: return "pages";
    case Form::kYaml: return "yaml";
    case Form::kCsv: return "csv";
    case Form::kText: return "text";
  }
  return "?";
}

TEST_CASE("The form is told by the content", "[ingest][sniffer]") {
  CHECK(Tell("") == "empty");
  CHECK(Tell(" \n\t\r\n") == "empty");
  CHECK(Tell("{\"logName\":1}\n{\"a\":2}\n") == "ndjson");
  CHECK(Tell("{\"a\":1}\n{\"json_payload\":2}\n") == "ndjson");
  CHECK(Tell("\n\n{\"InsertID\":1}") == "ndjson");
  CHECK(Tell("{\"a\":\"cut o") == "ndjson");
  CHECK(Tell("{\"a\":\"very long", InputFormat::kAuto, false) == "ndjson");
  CHECK(Tell("{\"logName\":1,\n{\"a\":2}\n{\"a\":3}\n") == "ndjson");
  CHECK(Tell("{\"logName\":1},\n{\"a\":2},\n") == "ndjson");
  CHECK(Tell("[{\"a\":1}]") == "array");
  CHECK(Tell("[\n  {\n    \"a\": 1\n  }\n]\n") == "array");
  CHECK(Tell("[]\n") == "array");
  CHECK(Tell("[[{\"a\":1}], null]") == "array");
  CHECK(Tell("[") == "array");
  CHECK(Tell("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n") == "objects");
  CHECK(Tell("{ \"a\": 1,\n  \"b\": 2 }\n") == "objects");
  CHECK(Tell("{\n}\n") == "objects");
}

TEST_CASE("An application's own JSON lines are text, with text between them perhaps", "[ingest][sniffer]") {
  CHECK(Tell("{\"msg\":1}\n{\"msg\":2}\n") == "text");
  CHECK(Tell("{\"msg\":1}\nError: no such file\n") == "text");
  CHECK(Tell("{\"msg\":1}\n", InputFormat::kNdjson) == "ndjson");
}

TEST_CASE("YAML is told by the keys of its first document", "[ingest][sniffer]") {
  CHECK(Tell("---\ninsertId: abc\nlogName: x\n") == "yaml");
  CHECK(Tell("---\ntextPayload: |-\n  x\n---\n") == "yaml");
  CHECK(Tell("---\r\ninsertId: abc\r\n") == "yaml");
  CHECK(Tell("# saved\n%YAML 1.2\n---\ntimestamp: x\n") == "yaml");
  CHECK(Tell("insertId: abc\nlogName: x\n") == "yaml");
  CHECK(Tell("timestamp: that is how an application talks\nmore\n") == "text");
  CHECK(Tell("--- starting up ---\nlogName: x\n") == "text");
  CHECK(Tell("---\nservices:\n  web: {}\n") ==
        "f is YAML, but no log: its first document has no key of a log entry (logName, timestamp …)");
  CHECK(Tell("apiVersion: v1\n", InputFormat::kYaml).starts_with("f is YAML, but no log"));
  CHECK(Tell("hello\n", InputFormat::kYaml) == "f is no YAML: it does not begin with a mapping");
  CHECK(Tell("---\ninsertId: abc\n", InputFormat::kText) == "text");
}

TEST_CASE("CSV is told by the names of its columns", "[ingest][sniffer]") {
  CHECK(Tell("timestamp,textPayload\n2025,x\n") == "csv");
  CHECK(Tell("\"insertId\",\"jsonPayload.message\"\r\n") == "csv");
  CHECK(Tell("{\"a\":1,\"jsonPayload\",\"timestamp\",3}\n") == "ndjson");
  CHECK(Tell("timestamp,severity\n") == "text");
  CHECK(Tell("textPayload\n") == "text");
  CHECK(Tell("a,b\n", InputFormat::kCsv).starts_with("f has no CSV header of a log"));
  const auto named = TellForm("a.csv", Beginning{"a,b\n1,2\n", true}, InputFormat::kAuto);
  CHECK((!named && named.error().message.starts_with("a.csv has no CSV header")));
}

TEST_CASE("Answers of entries.list are told from other objects", "[ingest][sniffer]") {
  CHECK(Tell("{\"entries\": [{\"logName\":1}], \"nextPageToken\": \"x\"}\n{\"entries\": []}\n") == "pages");
  CHECK(Tell("{\n  \"entries\": [\n    {\n      \"insertId\": \"a\"\n") == "pages");
  CHECK(Tell("{\"nextPageToken\": \"x\"}\n") == "pages");
  CHECK(Tell("{\"entries\": [{\"logName\":1}]}", InputFormat::kJsonArray) == "pages");
  CHECK(Tell("{\"entries\": [{\"logName\":1}]}", InputFormat::kNdjson) ==
        "f holds answers of entries.list, not one entry a line");
  CHECK(Tell("{\"entries\": [{\"name\":1}]}\n{\"entries\": 3}\n") == "text");
}

TEST_CASE("Archives and other compression are named", "[ingest][sniffer]") {
  CHECK(Tell("PK\x03\x04 and so on") == "f is a zip archive");
  CHECK(Tell("\x28\xB5\x2F\xFD and so on") == "f is compressed with Zstandard");
  CHECK(Tell(std::string_view("\xFD"
                              "7zXZ\0 and so on",
                              15)) == "f is compressed with xz");
  CHECK(Tell("BZh91AY&SY\xff\xfe") == "f is compressed with bzip2");
  CHECK(Tell("BZh is text\n") == "text");
  CHECK(Tell(std::string(257, 'a') + "ustar  ") == "f is a tar archive");
}

TEST_CASE("Logs that begin with a bracket are text", "[ingest][sniffer]") {
  CHECK(Tell("[2025-09-16 01:42:17 +0000] [1] [INFO] x\n") == "text");
  CHECK(Tell("[] nothing to do\n") == "text");
  CHECK(Tell("{app} starting\n{app} failed\n") == "text");
  CHECK(Tell("{\n  panic\n") == "text");
  CHECK(Tell("timestamp,severity\n2025,ERROR\n") == "text");
  CHECK(Tell("Listing…\n{\"a\":1}\n") == "text");
  CHECK(Tell("{\"a\":1}\nx\ny\nz\n") == "text");
  CHECK(Tell("{\"logName\":1}\nx\n{\"logName\":2}\ny\n") == "ndjson");
}

TEST_CASE("What cannot be read is refused with a way out", "[ingest][sniffer]") {
  CHECK(Tell("\x1F\x8B\x08 and so on") == "f is compressed twice, with gzip inside");
  CHECK(TellForm("a.gz", Beginning{"\x1F\x8B", true}, InputFormat::kText).error().hint ==
        "gunzip -c a.gz | neverready analyze -");
  CHECK(TellForm("-", Beginning{"---\na: b", true}, InputFormat::kAuto)
            .error()
            .message.starts_with("standard input is YAML, but no log"));
  CHECK(Tell("---\nnot a key, or so\n") == "text");
  CHECK(Tell("---\nhttp://x\n") == "text");
  CHECK(Tell(std::string_view("\xFF\xFE{\0\"\0", 6)) == "f is UTF-16 text, as PowerShell's > writes it");
  CHECK(Tell(std::string(4, '\0') + "\x7f"
                                    "ELF\x02\x01\xff\xfe") == "f is a binary file, no log");
  CHECK(Tell(std::string(1000, '\0')) == "f is a binary file, no log");
}

TEST_CASE("Text with a NUL or with Latin-1 is text", "[ingest][sniffer]") {
  std::string text = "caf\xE9 is open, and a line with a NUL ";
  text += '\0';
  CHECK(Tell(text + " comes from an application\n") == "text");
  CHECK(Tell("\xE9\xE8\xFC") == "text");
}

TEST_CASE("A forced format is taken, or refused where the content is of another", "[ingest][sniffer]") {
  CHECK(Tell("[{\"a\":1}]", InputFormat::kText) == "text");
  CHECK(Tell("---\na: b\n", InputFormat::kText) == "text");
  CHECK(Tell("x\n{\"a\":1}\ny\nz\n", InputFormat::kNdjson) == "ndjson");
  CHECK(Tell("[{\"a\":1}]", InputFormat::kNdjson) == "f is a JSON array, not one JSON object a line");
  CHECK(Tell("{\n\"a\":1}", InputFormat::kNdjson) ==
        "f holds JSON objects over several lines, not one a line");
  CHECK(Tell("hello\n", InputFormat::kNdjson) == "f is no NDJSON: none of its first lines is a JSON object");
  CHECK(Tell("[{\"a\":1}]", InputFormat::kJsonArray) == "array");
  CHECK(Tell("hello\n", InputFormat::kJsonArray) ==
        "f is no JSON array: it does not begin with [ and an object");
  CHECK(Tell("", InputFormat::kJsonArray) == "empty");
}

TEST_CASE("Only a UTF-8 byte order mark counts", "[ingest][sniffer]") {
  CHECK(ByteOrderMarkBytes("\xEF\xBB\xBF{}") == 3);
  CHECK(ByteOrderMarkBytes("\xEF\xBB") == 0);
}

}  // namespace
}  // namespace neverready::ingest
