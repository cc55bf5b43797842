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
    case Form::kText: return "text";
  }
  return "?";
}

TEST_CASE("The form is told by the content", "[ingest][sniffer]") {
  CHECK(Tell("") == "empty");
  CHECK(Tell(" \n\t\r\n") == "empty");
  CHECK(Tell("{\"a\":1}\n{\"a\":2}\n") == "ndjson");
  CHECK(Tell("\n\n{\"a\":1}") == "ndjson");
  CHECK(Tell("{\"a\":\"cut o") == "ndjson");
  CHECK(Tell("{\"a\":\"very long", InputFormat::kAuto, false) == "ndjson");
  CHECK(Tell("{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n") == "ndjson");
  CHECK(Tell("{\"a\":1},\n{\"a\":2},\n") == "ndjson");
  CHECK(Tell("[{\"a\":1}]") == "array");
  CHECK(Tell("[\n  {\n    \"a\": 1\n  }\n]\n") == "array");
  CHECK(Tell("[]\n") == "array");
  CHECK(Tell("[[{\"a\":1}], null]") == "array");
  CHECK(Tell("[") == "array");
  CHECK(Tell("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n") == "objects");
  CHECK(Tell("{ \"a\": 1,\n  \"b\": 2 }\n") == "objects");
  CHECK(Tell("{\n}\n") == "objects");
}

TEST_CASE("Logs that begin with a bracket are text", "[ingest][sniffer]") {
  CHECK(Tell("[2025-09-16 01:42:17 +0000] [1] [INFO] x\n") == "text");
  CHECK(Tell("[] nothing to do\n") == "text");
  CHECK(Tell("{app} starting\n{app} failed\n") == "text");
  CHECK(Tell("{\n  panic\n") == "text");
  CHECK(Tell("timestamp,severity\n2025,ERROR\n") == "text");
  CHECK(Tell("Listing…\n{\"a\":1}\n") == "text");
  CHECK(Tell("{\"a\":1}\nx\ny\nz\n") == "text");
  CHECK(Tell("{\"a\":1}\nx\n{\"a\":2}\ny\n") == "ndjson");
}

TEST_CASE("What cannot be read is refused with a way out", "[ingest][sniffer]") {
  CHECK(Tell("\x1F\x8B\x08 and so on") == "f is gzip-compressed");
  CHECK(TellForm("a.gz", Beginning{"\x1F\x8B", true}, InputFormat::kText).error().hint ==
        "gunzip -c a.gz | neverready analyze -");
  CHECK(Tell("---\ninsertId: abc\nlogName: x\n") == "f is YAML");
  CHECK(TellForm("-", Beginning{"---\na: b", true}, InputFormat::kAuto).error().message ==
        "standard input is YAML");
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
