#include "core/deflate.h"

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

TEST_CASE("What was compressed comes back, at every level", "[core][deflate]") {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("\0\xff\n", 3), std::string(300000, 'x'),
        Noise(16 << 10), Noise((16 << 10) + 1), Noise(200000)}) {
    for (int level = -1; level <= 10; ++level) {
      const std::string data = Deflate(text, level);
      CHECK((Inflate(data, text.size()) == text));
      CHECK((Inflate(data, static_cast<std::size_t>(-1)) == text));
    }
  }
  CHECK(Deflate(std::string(300000, 'x')).size() < 1000);
  CHECK(Deflate("abc abc abc abc", 0).size() > Deflate("abc abc abc abc", 9).size());
}

TEST_CASE("More than is allowed is never made", "[core][deflate]") {
  const std::string bomb = Deflate(std::string(50 << 20, '0'), 9);
  CHECK(bomb.size() < (100U << 10));
  CHECK(Why(Inflate(bomb, 1000)) == "the compressed data holds more than 1000 bytes");
  CHECK(Why(Inflate(bomb, (50U << 20) - 1)) == "the compressed data holds more than 52428799 bytes");
  CHECK(Inflate(bomb, 50U << 20).has_value());
  CHECK(Why(Inflate(Deflate("a"), 0)) == "the compressed data holds more than 0 bytes");
  CHECK((Inflate(Deflate(""), 0) == ""));
}

TEST_CASE("Compressed data that is cut off or damaged is data loss", "[core][deflate]") {
  const std::string text = "{\"at\":1}\n{\"at\":2}\n" + Noise(500);
  const std::string data = Deflate(text);
  for (std::size_t size = 0; size < data.size(); ++size) {
    INFO(size << " bytes of " << data.size());
    CHECK(Why(Inflate(std::string_view(data).substr(0, size), 1 << 20)) == "the compressed data is cut off");
  }
  CHECK(Why(Inflate(data + "x", 1 << 20)) == "the compressed data is followed by something else");
  CHECK(Why(Inflate(data + data, 1 << 20)) == "the compressed data is followed by something else");
  CHECK(Why(Inflate("no zlib data", 1 << 20)).starts_with("the compressed data is damaged ("));
  std::size_t found = 0;
  for (std::size_t at = 0; at < data.size(); ++at) {
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const Result<std::string> inflated = Inflate(damaged, 1 << 20);
    INFO("byte " << at);
    // The checksum finds what the format lets pass; a bit that says nothing changes nothing.
    CHECK((!inflated.has_value() || *inflated == text));
    found += inflated.has_value() ? 0 : 1;
  }
  CHECK(found + 5 > data.size());
}

}  // namespace
}  // namespace neverready::core
