// Finds the JSON objects of an array, pretty or compact, or of a stream of objects, without holding more than
// one. One thread.
#ifndef NEVERREADY_INGEST_READERS_OBJECT_SCANNER_H_
#define NEVERREADY_INGEST_READERS_OBJECT_SCANNER_H_

#include <cstdint>
#include <string_view>

#include "ingest/readers/block_buffer.h"

namespace neverready::ingest {

struct Element {
  enum class Kind {
    kObject,
    kOther,    // a number, a string, stray text: `text` is its beginning
    kTooLong,  // more than kMaxEntryBytes: `text` is empty
    kCutOff,   // the file ended inside it: `text` is empty
  };
  Kind kind = Kind::kObject;
  std::string_view text;     // valid until the next Next
  std::uint64_t line = 0;    // where it begins, from 1
  std::uint64_t index = 0;   // from 1
  std::uint64_t offset = 0;  // of its first byte in the source
};

class ObjectScanner {
 public:
  // Borrows `buffer` for its own lifetime.
  explicit ObjectScanner(BlockBuffer* buffer) : buffer_(buffer) {}

  // The next element, or false at the end. Arrays inside arrays count as if they were not there: client
  // libraries wrap a page of entries once more. So do answers of entries.list around their entries:
  // {"entries": […], "nextPageToken": "…"}.
  core::Result<bool> Next(Element* element);

  // After the end: an array was opened and not closed.
  bool unclosed() const { return open_arrays_ > 0; }

 private:
  core::Result<bool> SkipToElement();
  core::Result<bool> EnterPage();
  core::Result<bool> LeavePage();
  core::Result<bool> TakeObject(Element* element);
  bool FindEnd(std::string_view data, std::size_t* at);
  void TakeOther(Element* element);

  BlockBuffer* buffer_;
  std::size_t given_ = 0;  // bytes of the element that was given out last
  std::uint64_t line_ = 1, index_ = 0, open_arrays_ = 0;
  // Within an object; it may take several blocks.
  std::uint64_t depth_ = 0;
  bool in_string_ = false, escaped_ = false;
  std::uint64_t page_arrays_ = 0;  // open_arrays_ inside the page's array; 0 outside of pages
};

// What an answer of entries.list begins with.
struct PageHead {
  bool is_page = false;
  bool needs_more = false;  // the bytes end too early to tell
  std::size_t bytes = 0;    // up to and with the [ of its entries; of a page without entries all of it
  bool whole = false;       // a page without entries
};
PageHead FindPageHead(std::string_view text);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_OBJECT_SCANNER_H_
