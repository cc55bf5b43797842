#include "core/compression.h"

#include <zstd.h>

#include <memory>

namespace neverready::core {
namespace {

constexpr int kLevel = 1;  // fast: logs compress well at any level

// Contexts are costly to make; each thread keeps its own.
ZSTD_CCtx* Compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context = [] {
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> made(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
    return made;
  }();
  return context.get();
}

tl::unexpected<Error> Lost(std::string message) { return Fail(ErrorCode::kDataLoss, std::move(message)); }

}  // namespace

std::string Compress(std::string_view text) {
  std::string data(ZSTD_compressBound(text.size()), '\0');
  // Cannot fail: there is room for all.
  data.resize(ZSTD_compress2(Compressor(), data.data(), data.size(), text.data(), text.size()));
  return data;
}

Result<std::string> Decompress(std::string_view data, std::size_t max_bytes) {
  const std::size_t frame = ZSTD_findFrameCompressedSize(data.data(), data.size());
  const unsigned long long size = ZSTD_getFrameContentSize(data.data(), data.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return Lost("the compressed data is damaged or cut off");
  if (size > max_bytes)
    return Lost("the compressed data holds more than " + std::to_string(max_bytes) + " bytes");
  if (ZSTD_isError(frame)) return Lost("the compressed data is damaged or cut off");
  if (frame < data.size()) return Lost("the compressed data is followed by something else");
  std::string text(static_cast<std::size_t>(size), '\0');
  const std::size_t made = ZSTD_decompress(text.data(), text.size(), data.data(), data.size());
  if (ZSTD_isError(made) || made != text.size()) return Lost("the compressed data is damaged or cut off");
  return text;
}

}  // namespace neverready::core
