#include "ingest/readers/gzip_source.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <sstream>

#include "ingest/reader.h"
#include "tests/fakes/gzip.h"

namespace neverready::ingest {
namespace {

// Gives out few bytes at a time.
class Trickle : public ByteSource {
 public:
  Trickle(std::string bytes, std::size_t step) : bytes_(std::move(bytes)), step_(step) {}
  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    const std::size_t n = std::min({size, step_, bytes_.size() - at_});
    std::memcpy(data, bytes_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t step_, at_ = 0;
};

struct Unpacked {
  std::string text, fault;
};

Unpacked Unpack(const std::string& packed, std::size_t step = 1u << 20, std::size_t room = 1000) {
  Trickle trickle(packed, step);
  GzipSource source(&trickle);
  Unpacked unpacked;
  std::string block(room, '\0');
  while (true) {
    const auto n = source.Read(block.data(), block.size());
    REQUIRE(n);
    if (*n == 0) break;
    unpacked.text.append(block, 0, *n);
  }
  unpacked.fault = source.fault();
  return unpacked;
}

std::string Text() {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  return text;
}

TEST_CASE("gzip data is decompressed whatever the sizes of the blocks", "[ingest][gzip]") {
  const std::string text = Text(), packed = fakes::Gzip(text);
  for (const std::size_t step : {1u, 7u, 1u << 20}) {
    for (const std::size_t room : {1u, 1000u, 1u << 20}) {
      const Unpacked unpacked = Unpack(packed, step, room);
      CHECK((unpacked.text == text));
      CHECK(unpacked.fault.empty());
    }
  }
  CHECK(Unpack(fakes::Gzip("")).text.empty());
}

TEST_CASE("Several members are one stream, padding with zeros is none of them", "[ingest][gzip]") {
  const std::string packed = fakes::Gzip("one") + fakes::Gzip("") + fakes::Gzip("two");
  for (const std::size_t step : {1u, 1u << 20}) {
    CHECK(Unpack(packed, step).text == "onetwo");
    CHECK(Unpack(packed, step).fault.empty());
    CHECK(Unpack(packed + std::string(512, '\0'), step).fault.empty());
  }
}

TEST_CASE("What stands before the damage is given out, and the damage is told", "[ingest][gzip]") {
  const std::string text = Text(), packed = fakes::Gzip(text);
  const Unpacked cut = Unpack(packed.substr(0, packed.size() / 2));
  CHECK(cut.fault == "the gzip data is cut off; it was read as far as it goes");
  CHECK((cut.text.size() > 1000 && text.starts_with(cut.text)));
  std::string wrong = packed;
  wrong[wrong.size() - 6] ^= 1;
  CHECK(Unpack(wrong).fault ==
        "the gzip data is damaged (incorrect data check); it was read as far as it goes");
  CHECK((Unpack(wrong).text == text));
  const Unpacked behind = Unpack(packed + "more");
  CHECK(behind.fault == "what follows the gzip data is something else and was left out");
  CHECK((behind.text == text));
}

TEST_CASE("A file that decompresses to very much is read without being kept", "[ingest][gzip]") {
  const std::string packed = fakes::Gzip(std::string(200u << 20, 'x'));
  CHECK(packed.size() < (1u << 20));
  std::istringstream in(packed);
  const auto summary = ReadFiles({"-"}, in, {}, [](const LogEntry&) {});
  REQUIRE(summary);
  CHECK(summary->bytes == 200u << 20);
  CHECK((summary->malformed == 1 && summary->entries == 0));
}

}  // namespace
}  // namespace neverready::ingest
