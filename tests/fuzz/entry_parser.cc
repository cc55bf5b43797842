// One JSON value, or one line of text, becomes an entry whatever it holds.
#include "ingest/entry_parser.h"

#include "core/text.h"
#include "tests/fuzz/require.h"

namespace core = neverready::core;
namespace ingest = neverready::ingest;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

void CheckTexts(const ingest::LogEntry& entry) {
  for (const ingest::TextPart& part : entry.text) {
    Require(core::IsValidUtf8(part.text), "the text of an entry is valid UTF-8");
    Require(core::IsValidUtf8(part.key), "the name of a field is valid UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ingest::EntryParser parser;
  static ingest::LogEntry entry;  // reused, as readers do
  const std::string_view text = AsText(data, size);
  if (const auto status = parser.Parse(text, &entry)) {
    CheckTexts(entry);
  } else {
    Require(!status.error().message.empty(), "a refusal has a reason");
    Require(entry.text.empty() && entry.revision.empty(), "a refused entry is left empty");
  }
  parser.ParseText(text.substr(0, text.find('\n')), &entry);
  CheckTexts(entry);
  return 0;
}
