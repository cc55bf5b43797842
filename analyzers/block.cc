#include "analyzers/block.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/text.h"

namespace neverready::analyzers {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMaxLines = 400;
constexpr milliseconds kMaxPause{250};

// Finds the exceptions of a block.
class LinkFinder {
 public:
  explicit LinkFinder(Block* block) : block_(block) {}

  void Run() {
    for (std::size_t i = 0; i < block_->lines.size(); ++i) Look(i);
    Finish();
  }

 private:
  std::string_view LineText(std::size_t i) const {
    const std::size_t begin = block_->offsets[i];
    const std::size_t end = i + 1 < block_->offsets.size() ? block_->offsets[i + 1] - 1 : block_->text.size();
    return std::string_view(block_->text).substr(begin, end - begin);
  }

  static std::string_view WithoutGroupBars(std::string_view text) {
    // Python's exception groups draw "  | " before every line.
    const std::string_view trimmed = core::Trim(text);
    return trimmed.starts_with("| ") ? trimmed.substr(2) : text;
  }

  void Look(std::size_t i) {
    const std::string_view text = WithoutGroupBars(LineText(i));
    if (IsChainMark(text)) {
      mark_ = true;
      python_ = false;
      return;
    }
    if (IsTracebackHead(text)) {
      python_ = true;
      if (!mark_) ++chain_;
      frame_ = {};
      own_frame_ = {};
      traceback_ = i;
      return;
    }
    if (python_ && PythonLine(i, text)) return;
    if (anyhow_ && AnyhowLine(i, text)) return;
    if (core::Trim(text) == "Caused by:" && !block_->links.empty()) {
      anyhow_ = true;
      return;
    }
    if (const auto frame = ParseFrame(text)) {
      TakeFrame(*frame);
      return;
    }
    if (auto headline = ParseHeadline(core::Trim(text))) {
      Push(i, *std::move(headline), i);
      return;
    }
    // Rust prints the message under "thread 'main' panicked at src/main.rs:5:10:".
    if (!block_->links.empty()) {
      Link& last = block_->links.back();
      if (last.headline.type == "panic" && last.headline.message.empty() && last.line + 1 == i) {
        last.headline.message = core::Trim(text);
        last.line = i;
        last.frames = true;
      }
    }
  }

  bool PythonLine(std::size_t i, std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.front() == '\t' || text.front() == '>') {
      if (const auto frame = ParseFrame(text); frame && !frame->file.empty()) {
        frame_ = *frame;
        if (IsOwnCode(frame->file)) own_frame_ = *frame;
      }
      return true;
    }
    python_ = false;
    auto headline = ParseHeadline(text, {.after_frames = true});
    if (!headline) return false;
    Push(i, *std::move(headline), traceback_, true);
    Link& link = block_->links.back();
    link.frames = true;
    const Frame& frame = own_frame_.file.empty() ? frame_ : own_frame_;
    link.file = frame.file;
    link.file_line = frame.line;
    mark_ = false;
    return true;
  }

  // "Caused by:\n    0: could not connect\n    1: Connection refused (os error 111)" of Rust's anyhow and
  // eyre.
  bool AnyhowLine(std::size_t i, std::string_view text) {
    if (text.empty()) return true;
    if (text.front() != ' ' && text.front() != '\t') {
      anyhow_ = false;
      return false;
    }
    Headline headline;
    headline.message = core::Trim(text);
    headline.tie = Tie::kInner;
    Push(i, std::move(headline), i);
    return true;
  }

  void TakeFrame(const Frame& frame) {
    if (block_->links.empty()) return;
    Link& last = block_->links.back();
    last.frames = true;
    if (frame.file.empty()) return;
    // Innermost frames come first; of these the first of the application's own code counts.
    if (last.file.empty() || (!IsOwnCode(last.file) && IsOwnCode(frame.file))) {
      last.file = frame.file;
      last.file_line = frame.line;
    }
  }

  void Push(std::size_t line, Headline headline, std::size_t begin, bool python = false) {
    const bool below = headline.tie == Tie::kBelow && !block_->links.empty() &&
                       block_->links.back().headline.tie == Tie::kBelow;
    const bool tied = !block_->links.empty() &&
                      (python ? mark_ : headline.tie == Tie::kInner || headline.tie == Tie::kOuter || below);
    if (!tied && !python) ++chain_;
    Link link;
    link.chain = chain_;
    link.line = line;
    link.begin = begin;
    link.file = headline.file;
    link.file_line = headline.line;
    link.frames = !headline.file.empty();
    inner_last_.try_emplace(chain_, !python);
    if (headline.tie == Tie::kOuter) inner_last_[chain_] = false;
    // ".NET and old Java: "Outer: message ---> Inner: message" on one line.
    const std::size_t arrow = headline.message.find(" ---> ");
    std::string rest = arrow == std::string::npos ? std::string() : headline.message.substr(arrow + 6);
    if (arrow != std::string::npos) headline.message.resize(arrow);
    link.headline = std::move(headline);
    block_->links.push_back(std::move(link));
    if (rest.empty()) return;
    if (auto inner = ParseHeadline(rest)) {
      inner->tie = Tie::kInner;
      Push(line, *std::move(inner), line);
    }
  }

  void Finish() {
    std::map<std::size_t, std::size_t> size, seen;
    for (const Link& link : block_->links) ++size[link.chain];
    for (std::size_t i = 0; i < block_->links.size(); ++i) {
      Link& link = block_->links[i];
      const std::size_t nth = seen[link.chain]++;
      // Python prints the innermost exception first, all others last.
      link.depth = inner_last_[link.chain] ? nth : size[link.chain] - 1 - nth;
      link.end = i + 1 < block_->links.size() ? std::max(block_->links[i + 1].begin, link.line + 1)
                                              : block_->lines.size();
    }
  }

  Block* block_;
  bool python_ = false, mark_ = false, anyhow_ = false;
  std::size_t chain_ = 0, traceback_ = 0;
  Frame frame_, own_frame_;
  std::map<std::size_t, bool> inner_last_;
};

}  // namespace

std::size_t Block::LineAt(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(offsets, offset);
  return after == offsets.begin() ? 0 : static_cast<std::size_t>(after - offsets.begin()) - 1;
}

std::vector<Block> JoinBlocks(const RevisionLog& log, const std::vector<std::uint32_t>& lines) {
  struct Stream {
    std::size_t block = 0;
    std::optional<core::Timestamp> at;
    bool structured = false;
  };
  std::vector<Block> blocks;
  std::map<std::pair<std::string, ingest::LogKind>, Stream> streams;
  for (const std::uint32_t index : lines) {
    const Line& line = log.lines[index];
    const Place& place = log.places[line.place];
    const auto key = std::make_pair(place.container, place.log);
    const auto found = streams.find(key);
    bool fresh = found == streams.end() || line.prefixed || line.role == ingest::TextRole::kFields;
    if (!fresh) {
      const Stream& stream = found->second;
      const bool pause = place.at && stream.at && *place.at - *stream.at > kMaxPause;
      fresh = pause || stream.structured != line.structured || blocks[stream.block].lines.size() >= kMaxLines;
    }
    if (fresh) {
      streams[key] = {blocks.size(), place.at, line.structured};
      blocks.emplace_back();
    }
    Stream& stream = streams[key];
    stream.at = place.at;
    Block& block = blocks[stream.block];
    if (!block.lines.empty()) block.text += '\n';
    block.offsets.push_back(block.text.size());
    const bool whole = !block.lines.empty() && line.body_begin > 0 &&
                       core::Trim(std::string_view(line.text).substr(0, line.body_begin)).empty();
    block.text += whole ? std::string_view(line.text) : line.Body();
    block.lines.push_back(index);
  }
  for (Block& block : blocks) LinkFinder(&block).Run();
  return blocks;
}

}  // namespace neverready::analyzers
