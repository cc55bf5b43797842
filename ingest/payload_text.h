// What a JSON payload says: its leaves, and from them the texts, logger, level and time of a LogEntry.
#ifndef NEVERREADY_INGEST_PAYLOAD_TEXT_H_
#define NEVERREADY_INGEST_PAYLOAD_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

// TextParts whose memory is used again: the parts of the last entry become those of the next. One thread.
class PartPool {
 public:
  // Takes back all parts of `entry`.
  void Recycle(LogEntry* entry);

  // Appends a part to `entry`; cuts `text` to at most `max_bytes`, between code points.
  void Add(TextRole role, std::string_view key, std::string_view text, LogEntry* entry,
           std::size_t max_bytes = std::string_view::npos);

 private:
  std::vector<TextPart> spare_;
};

// The scalar members of one JSON value in document order, with their paths. Borrows the texts of its leaves
// from the parser that fills it: valid until that parser reads its next document. One thread.
class LeafList {
 public:
  enum class Kind { kString, kNumber, kBool };
  struct Leaf {
    Kind kind = Kind::kString;
    std::size_t depth = 0;  // number of keys in the path
    std::size_t path_begin = 0, path_size = 0;
    std::string_view text;  // a number or boolean as it was written
    bool boring = false;    // IsBoring(path)
  };

  void Clear();

  // The path of the leaves to come. Pop takes what Push returned.
  std::size_t Push(std::string_view key);
  std::size_t PushIndex(std::size_t index);
  void Pop(std::size_t mark);
  std::size_t depth() const { return depth_; }

  // Beyond a bound that no honest entry reaches, further leaves are dropped.
  void Add(Kind kind, std::string_view text);

  const std::vector<Leaf>& leaves() const { return leaves_; }
  std::string_view path(const Leaf& leaf) const {
    return std::string_view(paths_).substr(leaf.path_begin, leaf.path_size);
  }

  // The first leaf with this path, ignoring ASCII case; null where there is none.
  const Leaf* Find(std::string_view wanted) const;
  const Leaf* FindString(std::string_view wanted) const;

 private:
  std::vector<Leaf> leaves_;
  std::string paths_;
  std::string current_;
  std::size_t depth_ = 0;
};

// Appends the texts of a payload to entry->text: the message, the strings beside it (those that speak of an
// error first), and the short scalars as fields. Sets app_logger where the payload names it, and severity
// where it is still kDefault.
void TellPayload(const LeafList& payload, PartPool* pool, LogEntry* entry);

// The time that a structured line gives itself: RFC 3339, another FindLeadingTime form, an epoch, or
// {seconds, nanos}.
std::optional<core::Timestamp> FindPayloadTime(const LeafList& payload);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_PAYLOAD_TEXT_H_
