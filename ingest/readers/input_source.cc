#include "ingest/readers/input_source.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ingest/readers/file_source.h"
#include "ingest/readers/spool.h"

namespace neverready::ingest {
namespace {

core::Result<std::unique_ptr<ByteSource>> OpenRaw(const std::string& file, std::istream& in,
                                                  const ReadOptions& options, Meter* meter) {
  if (file != "-") return FileSource::Open(file);
  core::Result<std::unique_ptr<Spool>> spool =
      Spool::TakeIn(in, options.spool_bytes, [meter](std::size_t bytes) { meter->TookIn(bytes); });
  if (!spool) return tl::unexpected(std::move(spool.error()));
  meter->TookInAll();
  return std::unique_ptr<ByteSource>(std::move(*spool));
}

}  // namespace

core::Result<std::unique_ptr<InputSource>> InputSource::Open(const std::string& file, std::istream& in,
                                                             const ReadOptions& options, Meter* meter) {
  core::Result<std::unique_ptr<ByteSource>> source = OpenRaw(file, in, options, meter);
  if (!source) return tl::unexpected(std::move(source.error()));
  std::unique_ptr<InputSource> input(new InputSource(std::move(*source), meter));
  const core::Result<bool> gzip = input->raw_.StartsWithGzipMagic();
  if (!gzip) return tl::unexpected(gzip.error());
  if (*gzip) input->gzip_ = std::make_unique<GzipSource>(&input->raw_);
  return input;
}

core::Result<std::size_t> InputSource::Read(char* data, std::size_t size) {
  return gzip_ ? gzip_->Read(data, size) : raw_.Read(data, size);
}

core::Result<bool> InputSource::Raw::StartsWithGzipMagic() {
  std::array<char, kGzipMagic.size()> bytes{};
  while (beginning_.size() < kGzipMagic.size()) {
    const core::Result<std::size_t> n = source_->Read(bytes.data(), kGzipMagic.size() - beginning_.size());
    if (!n) return tl::unexpected(n.error());
    if (*n == 0) break;
    beginning_.append(bytes.data(), *n);
  }
  return beginning_ == kGzipMagic;
}

core::Result<std::size_t> InputSource::Raw::Read(char* data, std::size_t size) {
  core::Result<std::size_t> n = 0;
  if (!beginning_.empty()) {
    *n = std::min(size, beginning_.size());
    std::memcpy(data, beginning_.data(), *n);
    beginning_.erase(0, *n);
  } else {
    n = source_->Read(data, size);
  }
  if (n) meter_->Read(*n);
  return n;
}

}  // namespace neverready::ingest
