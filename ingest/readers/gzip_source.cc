#include "ingest/readers/gzip_source.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <vector>

namespace neverready::ingest {
namespace {

constexpr std::size_t kInputBytes = 256 << 10;
constexpr int kGzipOnly = 16 + MAX_WBITS;

}  // namespace

struct GzipSource::State {
  explicit State(ByteSource* source) : compressed(source), input(kInputBytes) {
    if (inflateInit2(&stream, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~State() { inflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  core::Result<bool> FillInput();
  core::Result<bool> NextMember();
  void End(std::string why) {
    ended = true;
    fault = std::move(why);
  }

  ByteSource* compressed;
  std::vector<char> input;
  z_stream stream{};
  bool ended = false, between_members = false;
  std::string fault;
};

GzipSource::GzipSource(ByteSource* compressed) : state_(std::make_unique<State>(compressed)) {}
GzipSource::~GzipSource() = default;

std::string GzipSource::fault() const { return state_->fault; }

// At least one byte of input; false at the end.
core::Result<bool> GzipSource::State::FillInput() {
  if (stream.avail_in > 0) return true;
  const core::Result<std::size_t> n = compressed->Read(input.data(), input.size());
  if (!n) return tl::unexpected(n.error());
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(*n);
  return *n > 0;
}

// Whether another member follows. Zero bytes may fill up a file; all else that is no member is left out.
core::Result<bool> GzipSource::State::NextMember() {
  while (true) {
    const core::Result<bool> more = FillInput();
    if (!more || !*more) return more;
    while (stream.avail_in > 0 && *stream.next_in == 0) {
      ++stream.next_in;
      --stream.avail_in;
    }
    if (stream.avail_in > 0) break;
  }
  if (*stream.next_in != static_cast<unsigned char>(kGzipMagic[0])) {
    fault = "what follows the gzip data is something else and was left out";
    return false;
  }
  inflateReset(&stream);
  between_members = false;
  return true;
}

core::Result<std::size_t> GzipSource::Read(char* data, std::size_t size) {
  State& state = *state_;
  const std::size_t room = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
  state.stream.next_out = reinterpret_cast<Bytef*>(data);
  state.stream.avail_out = static_cast<uInt>(room);
  while (!state.ended && state.stream.avail_out == room) {
    const core::Result<bool> more = state.between_members ? state.NextMember() : state.FillInput();
    if (!more) return tl::unexpected(more.error());
    if (!*more) {
      state.End(state.between_members ? state.fault
                                      : "the gzip data is cut off; it was read as far as it goes");
      break;
    }
    const int code = inflate(&state.stream, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      state.between_members = true;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      const char* reason = state.stream.msg == nullptr ? "invalid data" : state.stream.msg;
      state.End("the gzip data is damaged (" + std::string(reason) + "); it was read as far as it goes");
    }
  }
  return room - state.stream.avail_out;
}

}  // namespace neverready::ingest
