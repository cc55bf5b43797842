// Whole files in every form, from standard input and from disk. The first byte chooses; the rest is the file,
// compressed or not. Its low two bits and bit 4 choose the form: with bit 4, YAML, CSV or by content.
#include "ingest/reader.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "tests/fuzz/require.h"

namespace ingest = neverready::ingest;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

namespace {

struct TemporaryFile {
  std::string name = "/tmp/neverready-fuzz-XXXXXX";
  TemporaryFile() {
    const int handle = mkstemp(name.data());
    Require(handle >= 0, "a temporary file can be made");
    close(handle);
  }
  ~TemporaryFile() { unlink(name.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr ingest::InputFormat kFormats[] = {ingest::InputFormat::kAuto, ingest::InputFormat::kNdjson,
                                              ingest::InputFormat::kJsonArray, ingest::InputFormat::kText};
  ingest::ReadOptions options;
  constexpr ingest::InputFormat kMore[] = {ingest::InputFormat::kYaml, ingest::InputFormat::kCsv,
                                           ingest::InputFormat::kAuto, ingest::InputFormat::kAuto};
  options.format =
      (data[0] & 16) != 0 ? kMore[data[0] % std::size(kMore)] : kFormats[data[0] % std::size(kFormats)];
  std::uint64_t progressed = 0;
  options.progress = [&](const ingest::Progress& progress) { progressed = progress.bytes; };
  if ((data[0] & 4) != 0) options.spool_bytes = 16;
  const bool from_disk = (data[0] & 8) != 0;
  const std::string content(AsText(data + 1, size - 1));

  std::istringstream in(from_disk ? std::string() : content);
  std::string name = "-";
  if (from_disk) {
    static const TemporaryFile file;
    std::ofstream(file.name, std::ios::binary | std::ios::trunc) << content;
    name = file.name;
  }
  std::uint64_t visited = 0;
  const auto summary = ingest::ReadFiles({name}, in, options, [&](const ingest::LogEntry&) { ++visited; });
  if (!summary) {
    Require(!summary.error().message.empty(), "a refusal has a reason");
    return 0;
  }
  Require(summary->entries == visited, "every entry is counted");
  Require(progressed == content.size(), "progress ends with the last byte");
  Require(
      summary->described.size() <= options.max_described && summary->described.size() <= summary->malformed,
      "a few malformed lines are described");
  return 0;
}
