#include "ingest/readers/object_scanner.h"

#include <algorithm>
#include <array>
#include <optional>

#include "ingest/entry_parser.h"

namespace neverready::ingest {
namespace {

// The bytes at which something happens, inside and outside of strings.
struct Stops {
  std::array<bool, 256> in_string{}, outside{};
};

constexpr Stops MakeStops() {
  Stops stops;
  for (const char c : {'"', '\\', '\n'}) stops.in_string[static_cast<unsigned char>(c)] = true;
  for (const char c : {'"', '{', '}', '[', ']', '\n'}) stops.outside[static_cast<unsigned char>(c)] = true;
  return stops;
}
constexpr Stops kStops = MakeStops();

// Reads a few bytes of JSON.
class HeadCursor {
 public:
  explicit HeadCursor(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t position() const { return at_; }

  bool Take(char c) {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<std::string_view> TakeString() {
    if (!Take('"')) return std::nullopt;
    const std::size_t begin = at_;
    at_ = std::min(text_.find('"', at_), text_.size());
    if (at_end()) return std::nullopt;
    return text_.substr(begin, at_++ - begin);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr std::size_t kPageHeadBytes = 16 << 10;

}  // namespace

PageHead FindPageHead(std::string_view text) {
  PageHead head;
  HeadCursor cursor(text.substr(0, kPageHeadBytes));
  const auto failed = [&] {
    head.needs_more = cursor.at_end() && text.size() < kPageHeadBytes;
    return head;
  };
  if (!cursor.Take('{')) return failed();
  while (true) {
    const std::optional<std::string_view> key = cursor.TakeString();
    if (!key || !cursor.Take(':')) return failed();
    if (*key == "entries") break;
    if (*key != "nextPageToken" || !cursor.TakeString()) return failed();
    if (cursor.Take('}')) {
      head.is_page = head.whole = true;
      head.bytes = cursor.position();
      return head;
    }
    if (!cursor.Take(',')) return failed();
  }
  if (!cursor.Take('[')) return failed();
  head.bytes = cursor.position();
  head.is_page = cursor.Take('{') || cursor.Take(']');
  return head.is_page ? head : failed();
}

core::Result<bool> ObjectScanner::Next(Element* element) {
  buffer_->Skip(given_);
  given_ = 0;
  while (true) {
    const core::Result<bool> found = SkipToElement();
    if (!found || !*found) return found;
    const core::Result<bool> entered = EnterPage();
    if (!entered) return entered;
    if (!*entered) break;
  }
  *element = Element{};
  element->line = line_;
  element->index = ++index_;
  element->offset = buffer_->bytes_read() - buffer_->data().size();
  if (buffer_->data().front() == '{') return TakeObject(element);
  TakeOther(element);
  return true;
}

core::Result<bool> ObjectScanner::SkipToElement() {
  while (true) {
    const std::string_view data = buffer_->data();
    for (std::size_t at = 0; at < data.size(); ++at) {
      switch (data[at]) {
        case '\n': ++line_; break;
        case ' ':
        case '\t':
        case '\r':
        case ',': break;
        case '[': ++open_arrays_; break;
        case ']': {
          if (open_arrays_ == 0) break;
          const bool page_ends = open_arrays_ == page_arrays_;
          --open_arrays_;
          if (!page_ends) break;
          buffer_->Skip(at + 1);
          const core::Result<bool> left = LeavePage();
          if (!left || !*left) return left;
          return SkipToElement();
        }
        default: buffer_->Skip(at); return true;
      }
    }
    buffer_->Skip(data.size());
    core::Result<bool> more = buffer_->Fill();
    if (!more || !*more) return more;
  }
}

// Goes on from `*at` to behind the object's last byte, and returns true, or to the end of `data`.
bool ObjectScanner::FindEnd(std::string_view data, std::size_t* at) {
  const char* p = data.data() + *at;
  const char* const end = data.data() + data.size();
  while (p < end) {
    if (escaped_) {
      escaped_ = false;
      ++p;
      continue;
    }
    const std::array<bool, 256>& stops = in_string_ ? kStops.in_string : kStops.outside;
    while (p < end && !stops[static_cast<unsigned char>(*p)]) ++p;
    if (p == end) break;
    const char c = *p++;
    if (c == '\n') {
      ++line_;
    } else if (c == '"') {
      in_string_ = !in_string_;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (--depth_ == 0) {
      *at = static_cast<std::size_t>(p - data.data());
      return true;
    }
  }
  *at = data.size();
  return false;
}

// Skips what an answer of entries.list begins with; false where none begins here.
core::Result<bool> ObjectScanner::EnterPage() {
  if (page_arrays_ > 0) return false;
  PageHead head = FindPageHead(buffer_->data());
  while (head.needs_more) {
    const core::Result<bool> more = buffer_->Fill();
    if (!more) return more;
    if (!*more) return false;
    head = FindPageHead(buffer_->data());
  }
  if (!head.is_page) return false;
  const std::string_view skipped = buffer_->data().substr(0, head.bytes);
  line_ += static_cast<std::uint64_t>(std::count(skipped.begin(), skipped.end(), '\n'));
  buffer_->Skip(head.bytes);
  if (!head.whole) page_arrays_ = ++open_arrays_;
  return true;
}

// Skips what follows the entries of an answer, up to its end; false where the file ends before.
core::Result<bool> ObjectScanner::LeavePage() {
  page_arrays_ = 0;
  depth_ = 1;
  in_string_ = escaped_ = false;
  while (true) {
    const std::string_view data = buffer_->data();
    std::size_t at = 0;
    const bool found = FindEnd(data, &at);
    buffer_->Skip(at);
    if (found) return true;
    core::Result<bool> more = buffer_->Fill();
    if (!more || !*more) return more;
  }
}

core::Result<bool> ObjectScanner::TakeObject(Element* element) {
  depth_ = 0;
  in_string_ = escaped_ = false;
  std::size_t at = 0;
  while (true) {
    const std::string_view data = buffer_->data();
    if (FindEnd(data, &at)) {
      given_ = at;
      element->text = data.substr(0, given_);
      if (given_ > kMaxEntryBytes) element->kind = Element::Kind::kTooLong;
      if (element->kind == Element::Kind::kTooLong) element->text = {};
      return true;
    }
    if (at > kMaxEntryBytes) {
      element->kind = Element::Kind::kTooLong;
      buffer_->Skip(at);
      at = 0;
    }
    const core::Result<bool> more = buffer_->Fill();
    if (!more) return more;
    if (*more) continue;
    given_ = at;
    if (element->kind == Element::Kind::kObject) element->kind = Element::Kind::kCutOff;
    return true;
  }
}

// Up to the end of the line or the next thing that could begin an element.
void ObjectScanner::TakeOther(Element* element) {
  const std::string_view data = buffer_->data();
  std::size_t end = data.find_first_of("\n,{[]", 1);
  if (end == std::string_view::npos) end = data.size();
  given_ = end;
  element->kind = Element::Kind::kOther;
  element->text = data.substr(0, std::min<std::size_t>(end, 60));
}

}  // namespace neverready::ingest
