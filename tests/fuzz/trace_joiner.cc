// Lines of one attempt, joined to blocks and read as traces: every line stands in exactly one block, in
// order, and what is found in a block lies inside it. The first byte of every line chooses stream, container,
// pause, prefix and structure; the rest is the text.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "analyzers/block.h"
#include "analyzers/normalise.h"
#include "core/text.h"
#include "tests/fuzz/require.h"

namespace analyzers = neverready::analyzers;
namespace core = neverready::core;
namespace ingest = neverready::ingest;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

constexpr std::size_t kMostLines = 400;  // of one block, as block.h promises

analyzers::RevisionLog MakeLog(std::string_view text) {
  analyzers::RevisionLog log;
  core::Timestamp now{std::chrono::seconds(1757304131)};
  for (const std::string_view raw : core::SplitLines(text)) {
    if (raw.empty()) continue;
    const auto choice = static_cast<unsigned char>(raw.front());
    now += std::chrono::milliseconds((choice & 8) != 0 ? 300 : 1);
    auto& place = log.places.emplace_back();
    place.log = (choice & 1) != 0 ? ingest::LogKind::kStdout : ingest::LogKind::kStderr;
    place.container = (choice & 2) != 0 ? "web" : "proxy";
    if ((choice & 4) == 0) place.at = now;
    // As the collector makes lines: clean, with the logger's prefix known.
    for (std::string& clean : analyzers::CleanLines(core::RepairUtf8(raw.substr(1)))) {
      analyzers::Line& line = log.lines.emplace_back();
      line.text = std::move(clean);
      const auto prefix = analyzers::ParsePrefix(line.text);
      line.body_begin =
          static_cast<std::uint32_t>(prefix.body.empty() ? 0 : prefix.body.data() - line.text.data());
      line.body_end = static_cast<std::uint32_t>(line.body_begin + prefix.body.size());
      line.prefixed = (choice & 16) != 0;
      line.structured = (choice & 32) != 0;
      if ((choice & 64) != 0) line.role = ingest::TextRole::kFields;
      line.place = static_cast<std::uint32_t>(log.places.size() - 1);
    }
  }
  return log;
}

void CheckBlock(const analyzers::RevisionLog& log, const analyzers::Block& block) {
  Require(!block.lines.empty() && block.lines.size() <= kMostLines, "a block has 1 to 400 lines");
  Require(block.lines.size() == block.offsets.size(), "every line of a block has a place in its text");
  Require(std::ranges::adjacent_find(block.lines, std::ranges::greater_equal()) == block.lines.end(),
          "the lines of a block keep their order");
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const analyzers::Place& place = log.places[log.lines[block.lines[i]].place];
    const analyzers::Place& first = log.places[log.lines[block.lines[0]].place];
    Require(place.log == first.log && place.container == first.container, "a block is of one stream");
    Require(block.offsets[i] <= block.text.size() && block.LineAt(block.offsets[i]) == i,
            "a line is found again by its place");
  }
  for (const analyzers::Link& link : block.links) {
    Require(link.line < block.lines.size() && link.begin <= link.line && link.line < link.end &&
                link.end <= block.lines.size(),
            "an exception lies inside its block, and its headline inside its lines");
    Require(link.depth < block.links.size(), "an exception is no deeper than there are exceptions");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const analyzers::RevisionLog log = MakeLog(AsText(data, size));
  std::vector<std::uint32_t> lines(log.lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = static_cast<std::uint32_t>(i);
  const std::vector<analyzers::Block> blocks = analyzers::JoinBlocks(log, lines);
  std::vector<std::uint32_t> seen;
  std::size_t text = 0, said = 0;
  for (const analyzers::Block& block : blocks) {
    CheckBlock(log, block);
    seen.insert(seen.end(), block.lines.begin(), block.lines.end());
    text += block.text.size();
  }
  for (const analyzers::Line& line : log.lines) said += line.text.size() + 1;
  Require(
      std::ranges::is_sorted(blocks, {}, [](const analyzers::Block& block) { return block.lines.front(); }),
      "blocks stand by their first line");
  std::ranges::sort(seen);
  Require(seen == lines, "every line stands in exactly one block");
  Require(text <= said, "no text is multiplied");
  return 0;
}
