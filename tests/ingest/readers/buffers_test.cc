// LineReader, ObjectScanner and Spool, over sources that give their bytes in small pieces.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <sstream>

#include "ingest/entry_parser.h"
#include "ingest/readers/line_reader.h"
#include "ingest/readers/object_scanner.h"
#include "ingest/readers/spool.h"

namespace neverready::ingest {
namespace {

// Gives a text in pieces of `piece` bytes, `times` times over.
class PieceSource : public ByteSource {
 public:
  PieceSource(std::string text, std::size_t piece) : text_(std::move(text)), piece_(piece) {}

  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    const std::size_t n = std::min({size, piece_, text_.size() - at_});
    std::memcpy(data, text_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string text_;
  std::size_t piece_, at_ = 0;
};

std::string Lines(const std::string& text, std::size_t piece) {
  PieceSource source(text, piece);
  BlockBuffer buffer(&source);
  LineReader reader(&buffer);
  Line line;
  std::string out;
  while (*reader.Next(&line)) {
    out += std::to_string(line.number) + ":" + std::string(line.text) + (line.too_long ? "LONG" : "") +
           (line.ended ? "|" : "$");
  }
  CHECK(buffer.bytes_read() == text.size());
  return out;
}

std::string Elements(const std::string& text, std::size_t piece) {
  PieceSource source(text, piece);
  BlockBuffer buffer(&source);
  ObjectScanner scanner(&buffer);
  Element element;
  std::string out;
  while (*scanner.Next(&element)) {
    const char kinds[] = {'o', '?', 'L', 'c'};
    out += kinds[static_cast<int>(element.kind)] + std::to_string(element.index) + "@" +
           std::to_string(element.line) + ":" + std::string(element.text) + "|";
  }
  return out + (scanner.unclosed() ? "unclosed" : "");
}

TEST_CASE("Lines are the same whatever pieces they come in", "[ingest][lines]") {
  for (const std::size_t piece : {1, 2, 3, 1000}) {
    CHECK(Lines("a\nbc\r\n\nd", piece) == "1:a|2:bc|3:|4:d$");
    CHECK(Lines("a\n", piece) == "1:a|");
    CHECK(Lines("", piece).empty());
    CHECK(Lines("\n\n", piece) == "1:|2:|");
  }
}

TEST_CASE("A line that is too long is skipped, the next is read", "[ingest][lines]") {
  const std::string long_line(kMaxEntryBytes + 1, 'x');
  CHECK(Lines("a\n" + long_line + "\nb\n", 1 << 20) == "1:a|2:LONG|3:b|");
  CHECK(Lines(long_line + long_line + long_line, 1 << 20) == "1:LONG$");
  CHECK(Lines(std::string(kMaxEntryBytes, 'x') + "\nb", 1 << 20).ends_with("x|2:b$"));
}

TEST_CASE("Elements are the same whatever pieces they come in", "[ingest][objects]") {
  for (const std::size_t piece : {1, 2, 5, 1000}) {
    CHECK(Elements("[{\"a\":1},{\"b\":[{}]}]", piece) == "o1@1:{\"a\":1}|o2@1:{\"b\":[{}]}|");
    CHECK(Elements("[\n {\n \"a\":\"}\\\"]\"\n },\n {}\n]\n", piece) ==
          "o1@2:{\n \"a\":\"}\\\"]\"\n }|o2@5:{}|");
    CHECK(Elements("{\"a\":1}\n{\"b\":2}", piece) == "o1@1:{\"a\":1}|o2@2:{\"b\":2}|");
    CHECK(Elements("[{\"a\":1}]\n[{\"b\":2}]\n", piece) == "o1@1:{\"a\":1}|o2@2:{\"b\":2}|");
    CHECK(Elements("[{\"a\":1},{\"b\":", piece) == "o1@1:{\"a\":1}|c2@1:|unclosed");
    CHECK(Elements("[{\"a\":1},\n", piece) == "o1@1:{\"a\":1}|unclosed");
    CHECK(Elements("[]", piece).empty());
  }
  CHECK(Elements("[{\"a\":1},7,\n\"x\",{\"b\":2}]", 1000) ==
        "o1@1:{\"a\":1}|?2@1:7|?3@2:\"x\"|o4@2:{\"b\":2}|");
}

TEST_CASE("An element that is too long is skipped, the next is read", "[ingest][objects]") {
  const std::string filler(kMaxEntryBytes, 'x');
  CHECK(Elements("[{\"a\":\"" + filler + "\"},\n{\"b\":2}]", 1 << 20) == "L1@1:|o2@2:{\"b\":2}|");
  CHECK(Elements("[{\"a\":\"" + filler + filler, 1 << 20) == "L1@1:|unclosed");
}

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    const std::size_t n = text_.copy(data, std::min<std::size_t>(size, 7001), at_);
    at_ += n;
    return n;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

TEST_CASE("What comes once is kept in memory up to its bound, then on disk", "[ingest][spool]") {
  std::string text;
  for (int i = 0; i < 400000; ++i) text += std::to_string(i) + "\n";
  for (const std::size_t bound :
       {std::size_t{0}, std::size_t{1000}, std::size_t{1} << 20, std::size_t{100} << 20}) {
    Spool spool(bound);
    SpooledSource source(std::make_unique<TextSource>(text), &spool);
    std::string back;
    std::vector<char> piece(7777);
    while (const std::size_t n = *source.Read(piece.data(), piece.size())) back.append(piece.data(), n);
    CHECK(back == text);
    CHECK(spool.on_disk() == (bound < text.size()));
    // Again, from the middle on.
    back.resize(text.size() - 1'234'567);
    CHECK(*ReadFully(&source, 1'234'567, back.data(), back.size()) == back.size());
    CHECK(back == text.substr(1'234'567));
    CHECK(*source.ReadAt(text.size(), piece.data(), 1) == 0);
  }
}

TEST_CASE("Several sources share a spool, one behind the other", "[ingest][spool]") {
  Spool spool(5);
  SpooledSource first(std::make_unique<TextSource>("first"), &spool);
  char c = 0;
  CHECK(*first.ReadAt(5, &c, 1) == 0);  // waits for the end
  SpooledSource second(std::make_unique<TextSource>("second"), &spool);
  std::string text(6, ' ');
  CHECK(*ReadFully(&second, 0, text.data(), 6) == 6);
  CHECK(text == "second");
  CHECK(*ReadFully(&first, 0, text.data(), 6) == 5);
  CHECK(text == "firstd");
}

TEST_CASE("An empty source is empty", "[ingest][spool]") {
  Spool spool(10);
  SpooledSource source(std::make_unique<TextSource>(""), &spool);
  char c = 0;
  CHECK(*source.Read(&c, 1) == 0);
}

}  // namespace
}  // namespace neverready::ingest
