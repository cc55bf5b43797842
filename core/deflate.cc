#include "core/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace neverready::core {
namespace {

constexpr std::size_t kFirstRoom = 16 << 10;
constexpr std::size_t kMostAtOnce = std::numeric_limits<uInt>::max();

class Inflater {
 public:
  Inflater() {
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream* operator->() { return &stream_; }
  int Step() { return inflate(&stream_, Z_NO_FLUSH); }

 private:
  z_stream stream_{};
};

tl::unexpected<Error> Damaged(const std::string& how) {
  return Fail(ErrorCode::kDataLoss, "the compressed data " + how);
}

}  // namespace

std::string Deflate(std::string_view text, int level) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  const int code =
      compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
                text.size(), std::clamp(level, Z_NO_COMPRESSION, Z_BEST_COMPRESSION));
  // With room for the worst and a valid level nothing else can fail.
  if (code != Z_OK) throw std::bad_alloc();
  out.resize(size);
  return out;
}

Result<std::string> Inflate(std::string_view data, std::size_t max_bytes) {
  Inflater inflater;
  std::string out;
  std::size_t used = 0, made = 0;
  while (true) {
    // One byte more than allowed tells a text that is too long from one that just fits.
    if (made == out.size())
      out.resize(std::min(std::max(kFirstRoom, out.size() * 2), std::max(max_bytes, max_bytes + 1)));
    const std::size_t input = std::min(data.size() - used, kMostAtOnce);
    const std::size_t room = std::min(out.size() - made, kMostAtOnce);
    inflater->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data())) + used;
    inflater->avail_in = static_cast<uInt>(input);
    inflater->next_out = reinterpret_cast<Bytef*>(out.data()) + made;
    inflater->avail_out = static_cast<uInt>(room);
    const int code = inflater.Step();
    used += input - inflater->avail_in;
    made += room - inflater->avail_out;
    if (made > max_bytes) return Damaged("holds more than " + std::to_string(max_bytes) + " bytes");
    if (code == Z_STREAM_END) break;
    if (code != Z_OK && code != Z_BUF_ERROR)
      return Damaged("is damaged (" + std::string(inflater->msg == nullptr ? "invalid" : inflater->msg) +
                     ")");
    // Neither input nor room was lacking, or the input has come to its end.
    if (used == data.size() && inflater->avail_out > 0) return Damaged("is cut off");
  }
  if (used != data.size()) return Damaged("is followed by something else");
  out.resize(made);
  return out;
}

}  // namespace neverready::core
