#include "ingest/readers/object_scanner.h"

#include <algorithm>
#include <array>

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

}  // namespace

core::Result<bool> ObjectScanner::Next(Element* element) {
  buffer_->Skip(given_);
  given_ = 0;
  const core::Result<bool> found = SkipToElement();
  if (!found || !*found) return found;
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
