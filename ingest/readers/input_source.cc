#include "ingest/readers/input_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "ingest/readers/file_source.h"
#include "ingest/readers/gzip_source.h"

namespace neverready::ingest {
namespace {

class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::istream* in) : in_(in) {}

  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    in_->read(data, static_cast<std::streamsize>(size));
    if (in_->bad()) return core::Fail(core::ErrorCode::kUnavailable, "standard input cannot be read");
    return static_cast<std::size_t>(in_->gcount());
  }

 private:
  std::istream* in_;
};

// Finds out with the first bytes whether they are gzip data.
class DecompressedSource : public ByteSource {
 public:
  explicit DecompressedSource(std::unique_ptr<ByteSource> source) : raw_(std::move(source)) {}

  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    if (!looked_) {
      looked_ = true;
      const core::Result<bool> gzip = raw_.StartsWithGzipMagic();
      if (!gzip) return tl::unexpected(gzip.error());
      if (*gzip) gzip_ = std::make_unique<GzipSource>(&raw_);
    }
    return gzip_ ? gzip_->Read(data, size) : raw_.Read(data, size);
  }

  std::string fault() const override { return gzip_ ? gzip_->fault() : std::string(); }

 private:
  // What was looked at already, then the rest.
  class Raw : public ByteSource {
   public:
    explicit Raw(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

    core::Result<bool> StartsWithGzipMagic() {
      std::array<char, kGzipMagic.size()> bytes{};
      while (beginning_.size() < kGzipMagic.size()) {
        const core::Result<std::size_t> n =
            source_->Read(bytes.data(), kGzipMagic.size() - beginning_.size());
        if (!n) return tl::unexpected(n.error());
        if (*n == 0) break;
        beginning_.append(bytes.data(), *n);
      }
      return beginning_ == kGzipMagic;
    }

    core::Result<std::size_t> Read(char* data, std::size_t size) override {
      if (beginning_.empty()) return source_->Read(data, size);
      const std::size_t n = std::min(size, beginning_.size());
      std::memcpy(data, beginning_.data(), n);
      beginning_.erase(0, n);
      return n;
    }

   private:
    std::unique_ptr<ByteSource> source_;
    std::string beginning_;
  };

  Raw raw_;
  bool looked_ = false;
  std::unique_ptr<GzipSource> gzip_;
};

}  // namespace

core::Result<std::unique_ptr<ByteSource>> OpenInput(const std::string& file, std::istream& in, Meter* meter,
                                                    Spool* spool) {
  std::unique_ptr<ByteSource> raw;
  if (file == "-") {
    raw = std::make_unique<StreamSource>(&in);
  } else {
    core::Result<std::unique_ptr<ByteSource>> opened = FileSource::Open(file);
    if (!opened) return opened;
    raw = std::move(*opened);
  }
  auto source = std::make_unique<MeteredSource>(std::move(raw), meter);
  if (source->can_reread()) {
    std::array<char, kGzipMagic.size()> magic{};
    const core::Result<std::size_t> n = ReadFully(source.get(), 0, magic.data(), magic.size());
    if (!n) return tl::unexpected(n.error());
    if (std::string_view(magic.data(), *n) != kGzipMagic) return source;
  }
  return std::make_unique<SpooledSource>(std::make_unique<DecompressedSource>(std::move(source)), spool);
}

}  // namespace neverready::ingest
