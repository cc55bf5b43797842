#include "ingest/readers/object_scanner.h"

#include <algorithm>

#include "ingest/entry_parser.h"

namespace neverready::ingest {
namespace {

// Follows one object byte by byte; its state outlives the block that the bytes stand in.
class ObjectState {
 public:
  // Returns true behind the object's last byte.
  bool Take(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return false;
    }
    if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      return --depth_ == 0;
    }
    return false;
  }

 private:
  std::uint64_t depth_ = 0;
  bool in_string_ = false, escaped_ = false;
};

}  // namespace

core::Result<bool> ObjectScanner::Next(Element* element) {
  buffer_->Skip(given_);
  given_ = 0;
  const core::Result<bool> found = SkipToElement();
  if (!found || !*found) return found;
  *element = Element{};
  element->line = line_;
  element->index = ++index_;
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
        case ']':
          if (open_arrays_ > 0) --open_arrays_;
          break;
        default: buffer_->Skip(at); return true;
      }
    }
    buffer_->Skip(data.size());
    core::Result<bool> more = buffer_->Fill();
    if (!more || !*more) return more;
  }
}

core::Result<bool> ObjectScanner::TakeObject(Element* element) {
  ObjectState state;
  std::size_t at = 0;
  while (true) {
    const std::string_view data = buffer_->data();
    for (; at < data.size(); ++at) {
      if (data[at] == '\n') ++line_;
      if (!state.Take(data[at])) continue;
      given_ = at + 1;
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
