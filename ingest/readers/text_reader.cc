#include <optional>
#include <string>

#include "core/text.h"
#include "ingest/entry_parser.h"
#include "ingest/readers/format_sniffer.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/line_prefix.h"
#include "ingest/readers/line_reader.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kMaxJoinedBytes = 256 << 10;  // the platform's own limit of an entry
constexpr const char* kTooLong = "larger than 8 MiB";

// Lines without their prefix. Where the prefix stands once an entry, the lines behind it are its own.
class TextLines {
 public:
  TextLines(LinePrefix prefix, EntrySink* sink)
      : prefix_(prefix), joins_(prefix.clock() == LinePrefix::Clock::kSeconds), sink_(sink) {}

  void Add(const Line& line) {
    BorrowedLine stripped = prefix_.Strip(line.text);
    if (!stripped.speaker.empty()) speaker_.assign(stripped.speaker);
    stripped.speaker = speaker_;
    if (!joins_) return Hand(stripped, line.number);
    if (stripped.at || entry_.size() + stripped.text.size() > kMaxJoinedBytes) {
      End();
      at_ = stripped.at ? stripped.at : at_;
      first_line_ = line.number;
    }
    entry_.append(entry_.empty() ? "" : "\n").append(stripped.text);
  }

  void End() {
    Hand({entry_, speaker_, at_}, first_line_);
    entry_.clear();
  }

 private:
  void Hand(const BorrowedLine& line, std::uint64_t number) {
    if (!core::Trim(line.text).empty()) sink_->AddText(line, number);
  }

  LinePrefix prefix_;
  bool joins_;
  EntrySink* sink_;
  std::string entry_, speaker_;
  std::optional<core::Timestamp> at_;
  std::uint64_t first_line_ = 1;
};

}  // namespace

core::Status ReadText(BlockBuffer* buffer, EntrySink* sink) {
  TextLines text(LinePrefix::Tell(buffer->data().substr(0, kSniffBytes)), sink);
  LineReader lines(buffer);
  Line line;
  while (true) {
    const core::Result<bool> more = lines.Next(&line);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    if (line.too_long) {
      sink->Reject(line.number, kTooLong);
    } else {
      text.Add(line);
    }
  }
  text.End();
  return {};
}

}  // namespace neverready::ingest
