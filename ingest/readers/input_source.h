// The bytes of one input, a file or standard input, decompressed where they are gzip data. One thread.
#ifndef NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_
#define NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_

#include <istream>
#include <memory>
#include <string>

#include "ingest/readers/byte_source.h"
#include "ingest/readers/gzip_source.h"
#include "ingest/readers/meter.h"

namespace neverready::ingest {

class InputSource : public ByteSource {
 public:
  // Opens `file`, or takes in `in` for "-", and looks at its first bytes. Borrows `meter` for its own
  // lifetime. Fails as FileSource::Open and Spool::TakeIn do.
  static core::Result<std::unique_ptr<InputSource>> Open(const std::string& file, std::istream& in,
                                                         const ReadOptions& options, Meter* meter);

  core::Result<std::size_t> Read(char* data, std::size_t size) override;

  bool compressed() const { return gzip_ != nullptr; }

  // GzipSource::fault, "" for what is not compressed.
  std::string fault() const { return gzip_ ? gzip_->fault() : std::string(); }

 private:
  // What Open has looked at already, then the rest.
  class Raw : public ByteSource {
   public:
    Raw(std::unique_ptr<ByteSource> source, Meter* meter) : source_(std::move(source)), meter_(meter) {}
    core::Result<bool> StartsWithGzipMagic();
    core::Result<std::size_t> Read(char* data, std::size_t size) override;

   private:
    std::unique_ptr<ByteSource> source_;
    Meter* meter_;
    std::string beginning_;
  };

  InputSource(std::unique_ptr<ByteSource> source, Meter* meter) : raw_(std::move(source), meter) {}

  Raw raw_;
  std::unique_ptr<GzipSource> gzip_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_READERS_INPUT_SOURCE_H_
