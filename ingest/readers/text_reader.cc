#include "core/text.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/line_reader.h"

namespace neverready::ingest {
namespace {

constexpr const char* kTooLong = "larger than 8 MiB";

}  // namespace

core::Status ReadText(BlockBuffer* buffer, EntrySink* sink) {
  LineReader lines(buffer);
  Line line;
  while (true) {
    const core::Result<bool> more = lines.Next(&line);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (line.too_long) {
      sink->Reject(line.number, kTooLong);
    } else if (!core::Trim(line.text).empty()) {
      sink->AddText(line.text, line.number);
    }
  }
}

}  // namespace neverready::ingest
