#include "core/message.h"

#include <catch2/catch.hpp>

namespace neverready::core {
namespace {

TEST_CASE("A message has headline, reason, place and line with a caret", "[core][message]") {
  Message message;
  message.headline = "rule x.y does not match";
  message.reason = "it stopped";
  message.file = "rules/x.yaml";
  message.line = 12;
  message.snippet = "no module";
  message.caret = 3;
  message.caret_note = "here";
  CHECK(Format(message) ==
        "rule x.y does not match\n"
        "  reason: it stopped\n"
        "  --> rules/x.yaml:12\n"
        "   | no module\n"
        "   |    ^ here");
}

TEST_CASE("What is not there is left out", "[core][message]") {
  Message message;
  message.headline = "only this";
  CHECK(Format(message) == "only this");
  message.file = "a.yaml";
  CHECK(Format(message) == "only this\n  --> a.yaml");
  message.snippet = "text";
  CHECK(Format(message) == "only this\n  --> a.yaml\n   | text");
  message.caret = 0;
  CHECK(Format(message) == "only this\n  --> a.yaml\n   | text\n   | ^");
}

}  // namespace
}  // namespace neverready::core
