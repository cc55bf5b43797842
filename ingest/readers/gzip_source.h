// Decompresses gzip data (https://www.rfc-editor.org/rfc/rfc1952), one member or many, as a stream. One
// thread.
#ifndef NEVERREADY_INGEST_READERS_GZIP_SOURCE_H_
#define NEVERREADY_INGEST_READERS_GZIP_SOURCE_H_

#include <memory>
#include <string>
#include <string_view>

#include "ingest/readers/byte_source.h"

namespace neverready::ingest {

inline constexpr std::string_view kGzipMagic = "\x1F\x8B";

class GzipSource : public ByteSource {
 public:
  // Borrows `compressed`, whose first bytes are kGzipMagic, for its own lifetime.
  explicit GzipSource(ByteSource* compressed);
  ~GzipSource() override;
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  // Damaged data ends the stream: what stands before it is given out, and fault() tells of it.
  core::Result<std::size_t> Read(char* data, std::size_t size) override;

  // What was wrong with the data so far, as the second half of a sentence: "the gzip data is cut off; …". ""
  // if nothing.
  std::string fault() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_GZIP_SOURCE_H_
