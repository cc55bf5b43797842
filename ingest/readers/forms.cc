#include "ingest/readers/forms.h"

#include <fmt/format.h>

#include "core/text.h"
#include "ingest/json_repair.h"
#include "ingest/readers/format_sniffer.h"
#include "ingest/readers/line_prefix.h"
#include "ingest/readers/line_reader.h"
#include "ingest/readers/object_scanner.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kMaxJoinedBytes = 256 << 10;  // the platform's own limit of an entry
constexpr const char* kTooLong = "larger than 8 MiB";

void AddJsonLine(const Line& line, EntrySink* sink) {
  std::string_view json = core::Trim(line.text);
  if (json.ends_with("},")) json.remove_suffix(1);
  if (json.empty()) return;
  const core::Status status = sink->AddJson(json, line.number);
  if (status) return;
  if (!line.ended && IsCutOff(json)) {
    sink->RejectWithWarning(DisplayName(sink->file()) +
                            ": the last line is cut off (no newline, incomplete JSON)");
  } else {
    sink->Reject(line.number, status.error().message);
  }
}

void AddElement(const Element& element, EntrySink* sink) {
  const auto reject = [&](std::string_view reason) {
    sink->Reject(element.line, fmt::format("element {}: {}", element.index, reason));
  };
  switch (element.kind) {
    case Element::Kind::kObject: {
      const core::Status status = sink->AddJson(element.text, element.index);
      if (!status) reject(status.error().message);
      return;
    }
    case Element::Kind::kOther: return reject("not a JSON object");
    case Element::Kind::kTooLong: return reject(kTooLong);
    case Element::Kind::kCutOff:
      sink->RejectWithWarning(fmt::format("{}: the last element, which begins in line {}, is cut off",
                                          DisplayName(sink->file()), element.line));
      return;
  }
}

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

core::Status ReadNdjson(BlockBuffer* buffer, EntrySink* sink) {
  LineReader lines(buffer);
  Line line;
  while (true) {
    const core::Result<bool> more = lines.Next(&line);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (line.too_long) {
      sink->Reject(line.number, kTooLong);
    } else {
      AddJsonLine(line, sink);
    }
  }
}

core::Status ReadObjects(BlockBuffer* buffer, EntrySink* sink) {
  ObjectScanner objects(buffer);
  Element element;
  bool cut_off = false;
  while (true) {
    const core::Result<bool> more = objects.Next(&element);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    cut_off = element.kind == Element::Kind::kCutOff;
    AddElement(element, sink);
  }
  if (objects.unclosed() && !cut_off) {
    sink->Warn(DisplayName(sink->file()) + ": the JSON array is not closed; it was read as far as it goes");
  }
  return {};
}

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
