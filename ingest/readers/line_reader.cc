#include "ingest/readers/line_reader.h"

#include <cstring>

#include "ingest/entry_parser.h"

namespace neverready::ingest {

core::Result<bool> LineReader::Next(Line* line) {
  buffer_->Skip(given_);
  given_ = 0;
  *line = Line{};
  std::size_t searched = 0;
  while (true) {
    const std::string_view data = buffer_->data();
    const void* newline =
        searched < data.size() ? std::memchr(data.data() + searched, '\n', data.size() - searched) : nullptr;
    std::size_t length = data.size();
    line->ended = newline != nullptr;
    if (line->ended) {
      length = static_cast<std::size_t>(static_cast<const char*>(newline) - data.data());
    } else {
      searched = data.size();
      if (searched > kMaxEntryBytes) {
        line->too_long = true;
        buffer_->Skip(searched);
        searched = 0;
      }
      const core::Result<bool> more = buffer_->Fill();
      if (!more) return tl::unexpected(more.error());
      if (*more) continue;
      if (searched == 0 && !line->too_long) return false;
      length = searched;
    }
    line->text = buffer_->data().substr(0, length);
    given_ = length + (line->ended ? 1 : 0);
    line->number = ++number_;
    if (line->text.size() > kMaxEntryBytes) line->too_long = true;
    if (line->too_long) line->text = {};
    if (line->text.ends_with('\r')) line->text.remove_suffix(1);
    return true;
  }
}

}  // namespace neverready::ingest
