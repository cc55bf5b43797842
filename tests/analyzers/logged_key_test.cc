#include "analyzers/logged_key.h"

#include <catch2/catch.hpp>

namespace neverready::analyzers {
namespace {

const std::string kLine = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
const std::string kMarked = "[redacted:private-key]";

// The parts of `text` that are taken for keys, each in brackets.
std::string Shown(const std::string& text) {
  std::string shown;
  std::size_t at = 0;
  for (const core::SecretSpan& span : FindLoggedKeys(text)) {
    CHECK(span.kind == core::SecretKind::kPrivateKey);
    shown += text.substr(at, span.begin - at) + "<" + text.substr(span.begin, span.end - span.begin) + ">";
    at = span.end;
  }
  return shown + text.substr(at);
}

TEST_CASE("A logged key goes from its first line to its last, or as far as its lines go", "[logged_key]") {
  const std::string begin = "-----BEGIN RSA PRIVATE KEY-----", end = "-----END RSA PRIVATE KEY-----";
  CHECK(Shown("a\n" + begin + "\n" + kLine + "\nb") == "a\n" + begin + "<\n" + kLine + ">\nb");
  CHECK(Shown(begin + "\n[app] " + kLine + "\nb\n[app] " + end) ==
        begin + "<\n[app] " + kLine + "\nb\n[app] >" + end);
  CHECK(Shown(begin + "\n" + begin + "\n" + kLine) == begin + "\n" + begin + "<\n" + kLine + ">");
  for (const std::string& text :
       {std::string("-----BEGIN CERTIFICATE-----\n") + kLine + "\n-----END CERTIFICATE-----",
        begin + " is missing\n" + kLine, begin + "\nat node_modules/jose/index.js\n" + kLine,
        begin + "\n-----END CERTIFICATE-----", begin, std::string("-----BEGIN "), std::string()}) {
    CHECK(Shown(text) == text);
  }
}

TEST_CASE("Of a logged key only the key is hidden", "[logged_key]") {
  const std::vector<std::pair<std::string, std::string>> kParts{
      {kLine, kMarked},
      {"  " + kLine + "\r\nabcd", "  " + kMarked + "\r\n" + kMarked},
      {"INFO app: " + kLine, "INFO app: " + kMarked},
      {"level=info msg=\"" + kLine + "\"", "level=info msg=\"" + kMarked + "\""},
      {"INFO app: k4OgOPKAtq7l", "INFO app: " + kMarked},
      {"INFO app: abcdefghijklmnop==", "INFO app: " + kMarked},
      {"ModuleNotFoundError: No module named 'flask'", "ModuleNotFoundError: No module named 'flask'"},
      {"listening on 8080", "listening on 8080"},
      {"}", "}"},
      {kMarked, kMarked},
      {"[redacted:jwt] of " + kMarked, "[redacted:jwt] of " + kMarked},
      {"", ""},
      {"\n", "\n"},
  };
  for (const auto& [part, expected] : kParts) {
    CHECK(HideKeyPart(part) == expected);
    CHECK(HideKeyPart(expected) == expected);
  }
}

}  // namespace
}  // namespace neverready::analyzers
