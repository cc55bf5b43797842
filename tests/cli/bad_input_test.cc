// What analyze says of input that is not as it should be: tests/bad_input/<mistake>/input.* (or made here)
// and expected.txt, which holds the exit code, standard error, and the first line of standard output.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>

#include "core/text.h"
#include "tests/fakes/gzip.h"
#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;

const std::string kWithBug = "tests/bad_input/truncated-last-line";  // until its bug is mended

std::string Entry(const std::string& text) {
  return R"({"insertId":"68c8","logName":"projects/demo-proj/logs/run.googleapis.com%2Fstderr","resource":{"type":"cloud_run_revision","labels":{"project_id":"demo-proj",)"
         R"("location":"us-central1","service_name":"api","revision_name":"api-00001-abc"}},"timestamp":"2026-01-18T02:24:00Z","textPayload":")" +
         text + "\"}\n";
}

// Entries that compress badly.
std::string Noise(int entries) {
  std::string text;
  unsigned number = 1;
  for (int i = 0; i < entries; ++i) {
    std::string words;
    for (int n = 0; n < 20; ++n) {
      number = number * 1664525 + 1013904223;
      words += std::to_string(number >> 8);
    }
    text += Entry(words);
  }
  return text;
}

std::string Describe(const fakes::Ran& ran) {
  const std::string first = ran.out.substr(0, ran.out.find('\n'));
  return "exit code " + std::to_string(ran.code) + "\n" + ran.err +
         (first.empty() ? "" : "first line: " + first + "\n");
}

// Made here because they are huge, binary or no files at all. The argument is the folder to write to; the
// result is what to analyze.
struct Made {
  const char* mistake;
  std::function<std::vector<std::string>(const fakes::TemporaryFolder&)> make;
};

const std::vector<Made>& AllMade() {
  using Folder = fakes::TemporaryFolder;
  using Names = std::vector<std::string>;
  static const std::vector<Made> kMade{
      {"line-of-9-mib",
       [](const Folder& folder) {
         return Names{folder.Write("input.ndjson",
                                   Entry("boot") + Entry(std::string(9u << 20, 'x')) + Entry("booted"))};
       }},
      {"nested-too-deep",
       [](const Folder& folder) {
         return Names{folder.Write("input.ndjson", Entry("boot") + R"({"jsonPayload":)" +
                                                       std::string(20000, '[') + std::string(20000, ']') +
                                                       "}\n")};
       }},
      {"gzip-damaged-at-once",
       [](const Folder& folder) {
         return Names{folder.Write("input.ndjson.gz",
                                   std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10) + "rest")};
       }},
      {"gzip-cut-off",
       [](const Folder& folder) {
         const std::string packed = fakes::Gzip(Noise(300));
         return Names{folder.Write("input.ndjson.gz", packed.substr(0, packed.size() / 2))};
       }},
      {"gzip-damaged-in-the-middle",
       [](const Folder& folder) {
         std::string packed = fakes::Gzip(Noise(20)) + fakes::Gzip(Noise(300));
         packed[packed.size() - 6] ^= 1;  // the checksum
         return Names{folder.Write("input.ndjson.gz", packed)};
       }},
      {"gzip-with-something-behind",
       [](const Folder& folder) {
         return Names{folder.Write("input.ndjson.gz", fakes::Gzip(Entry("boot")) + "and a word of mine")};
       }},
      {"gzip-of-nothing",
       [](const Folder& folder) { return Names{folder.Write("input.json.gz", fakes::Gzip(""))}; }},
      {"gzip-of-a-binary",
       [](const Folder& folder) {
         return Names{folder.Write("input.log.gz", fakes::Gzip("\x7f" + std::string(2000, '\0')))};
       }},
      {"gzip-of-a-tar",
       [](const Folder& folder) {
         return Names{folder.Write("logs.tar.gz", fakes::Gzip(std::string(257, 'a') + "ustar  and so on"))};
       }},
      {"gzip-without-the-ending",
       [](const Folder& folder) { return Names{folder.Write("input.json", fakes::Gzip(Entry("boot")))}; }},
      {"gzip-by-name-only",
       [](const Folder& folder) { return Names{folder.Write("input.json.gz", Entry("boot"))}; }},
      {"zip", [](const Folder& folder) { return Names{folder.Write("logs.zip", "PK\x03\x04 and so on")}; }},
      {"zstandard",
       [](const Folder& folder) { return Names{folder.Write("a.json.zst", "\x28\xb5\x2f\xfd and so on")}; }},
      {"binary",
       [](const Folder& folder) {
         return Names{folder.Write("input.log", std::string("\x7f"
                                                            "ELF\x02\x01\x01",
                                                            7) +
                                                    std::string(2000, '\0'))};
       }},
      {"utf-16",
       [](const Folder& folder) {
         return Names{folder.Write("input.json", std::string("\xff\xfe[\0\n\0", 6))};
       }},
      {"empty-file", [](const Folder& folder) { return Names{folder.Write("input.ndjson", "")}; }},
      {"only-blank-lines",
       [](const Folder& folder) { return Names{folder.Write("input.ndjson", "\n\n  \n")}; }},
      {"no-such-file", [](const Folder& folder) { return Names{folder.name() + "/input.ndjson"}; }},
      {"directory-without-logs",
       [](const Folder& folder) {
         folder.Write("readme.md", "x");
         return Names{folder.name()};
       }},
      {"standard-input-twice",
       [](const Folder&) {
         return Names{"-", "-"};
       }},
      {"empty-standard-input", [](const Folder&) { return Names{"-"}; }},
      {"many-malformed-lines",
       [](const Folder& folder) {
         std::string text = Entry("boot");
         for (int i = 0; i < 20; ++i) text += Entry("boot") + "{\"insertId\": }\n";
         return Names{folder.Write("input.ndjson", text)};
       }},
      {"invalid-utf-8",
       [](const Folder& folder) { return Names{folder.Write("input.ndjson", Entry("caf\xe9 is closed"))}; }},
      {"nul-bytes",
       [](const Folder& folder) {
         return Names{folder.Write("input.ndjson", Entry(std::string("a\0b", 3)))};
       }},
  };
  return kMade;
}

TEST_CASE("Each kind of bad input has its own message", "[cli][analyze][golden]") {
  for (const Made& made : AllMade()) {
    DYNAMIC_SECTION(made.mistake) {
      const fakes::TemporaryFolder folder;
      std::vector<std::string> arguments{"analyze"};
      for (const std::string& name : made.make(folder)) arguments.push_back(name);
      std::string told = Describe(fakes::RunApp(arguments));
      // The temporary folder's own name does not belong into a golden file.
      for (std::size_t at = told.find(folder.name()); at != std::string::npos; at = told.find(folder.name()))
        told.replace(at, folder.name().size(), "FOLDER");
      fs::create_directories(std::string("tests/bad_input/") + made.mistake);
      fakes::CheckGolden(std::string("tests/bad_input/") + made.mistake + "/expected.txt", told);
    }
  }
}

TEST_CASE("Each bad file has its own message", "[cli][analyze][golden]") {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/bad_input")) {
    if (entry.path().stem() == "input") files.push_back(entry.path().generic_string());
  }
  std::ranges::sort(files);
  CHECK(files.size() >= 8);
  for (const std::string& file : files) {
    if (file.find(kWithBug) != std::string::npos) continue;
    DYNAMIC_SECTION(file) {
      fakes::CheckGolden(fs::path(file).parent_path().generic_string() + "/expected.txt",
                         Describe(fakes::RunApp({"analyze", file})));
    }
  }
}

// BUG: the cut-off line is counted a second time, as "1 more malformed lines were skipped (1 in all)".
TEST_CASE("A last line that is cut off is told once", "[cli][analyze]") {
  CHECK(Describe(fakes::RunApp({"analyze", kWithBug + "/input.ndjson"})) ==
        fakes::ReadFile(kWithBug + "/expected.txt"));
}

TEST_CASE("Every mistake of tests/bad_input has a test", "[cli][analyze][golden]") {
  for (const auto& entry : fs::directory_iterator("tests/bad_input")) {
    const std::string name = entry.path().filename().string();
    bool has_input = false;
    for (const auto& file : fs::directory_iterator(entry.path()))
      has_input = has_input || file.path().stem() == "input";
    const bool made = std::ranges::any_of(AllMade(), [&](const Made& one) { return name == one.mistake; });
    INFO(name);
    CHECK(has_input != made);
  }
}

}  // namespace
}  // namespace neverready::cli
