#include "core/compression.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

namespace neverready::core {
namespace {

std::string Noise(std::size_t size) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same bytes in every run
  std::string noise(size, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  return noise;
}

std::string Why(const Result<std::string>& result) {
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ErrorCode::kDataLoss);
  return result.error().message;
}

TEST_CASE("What was compressed comes back", "[core][compression]") {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("\0\xff\n", 3), std::string(300000, 'x'),
        Noise(16 << 10), Noise((16 << 10) + 1), Noise(200000)}) {
    const std::string data = Compress(text);
    CHECK((Decompress(data, text.size()) == text));
    CHECK((Decompress(data, static_cast<std::size_t>(-1)) == text));
  }
  CHECK(Compress(std::string(300000, 'x')).size() < 1000);
}

TEST_CASE("More than is allowed is never made", "[core][compression]") {
  const std::string bomb = Compress(std::string(50 << 20, '0'));
  CHECK(bomb.size() < (100U << 10));
  CHECK(Why(Decompress(bomb, 1000)) == "the compressed data holds more than 1000 bytes");
  CHECK(Why(Decompress(bomb, (50U << 20) - 1)) == "the compressed data holds more than 52428799 bytes");
  CHECK(Decompress(bomb, 50U << 20).has_value());
  CHECK(Why(Decompress(Compress("a"), 0)) == "the compressed data holds more than 0 bytes");
  CHECK((Decompress(Compress(""), 0) == ""));
}

TEST_CASE("Compressed data that is cut off or damaged is data loss", "[core][compression]") {
  const std::string text = "{\"at\":1}\n{\"at\":2}\n" + Noise(500);
  const std::string data = Compress(text);
  for (std::size_t size = 0; size < data.size(); ++size) {
    INFO(size << " bytes of " << data.size());
    CHECK(Why(Decompress(std::string_view(data).substr(0, size), 1 << 20)) ==
          "the compressed data is damaged or cut off");
  }
  CHECK(Why(Decompress(data + "x", 1 << 20)) == "the compressed data is followed by something else");
  CHECK(Why(Decompress(data + data, 1 << 20)) == "the compressed data is followed by something else");
  CHECK(Why(Decompress("no zstd data", 1 << 20)) == "the compressed data is damaged or cut off");
  std::size_t found = 0;
  for (std::size_t at = 0; at < data.size(); ++at) {
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const Result<std::string> inflated = Decompress(damaged, 1 << 20);
    INFO("byte " << at);
    // The checksum finds what the format lets pass; a bit that says nothing changes nothing.
    CHECK((!inflated.has_value() || *inflated == text));
    found += inflated.has_value() ? 0 : 1;
  }
  CHECK(found + 5 > data.size());
}

}  // namespace
}  // namespace neverready::core
