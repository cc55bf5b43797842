#include "ingest/reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace neverready::ingest {
namespace {

namespace fs = std::filesystem;

// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "reader-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string Write(const std::string& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::string path(const std::string& name = "") const {
    return name.empty() ? path_.string() : (path_ / name).string();
  }

 private:
  fs::path path_;
};

struct Outcome {
  std::string texts;  // "source:position:text|"
  ReadSummary summary;
  std::string error, hint;
};

Outcome Read(const std::vector<std::string>& files, ReadOptions options = {}, const std::string& input = "") {
  Outcome outcome;
  std::istringstream in(input);
  core::Result<ReadSummary> summary = ReadFiles(files, in, options, [&](const LogEntry& entry) {
    outcome.texts += std::to_string(entry.source) + ":" + std::to_string(entry.position) + ":" +
                     (entry.text.empty() ? "" : entry.text[0].text) + "|";
  });
  if (summary) {
    outcome.summary = *summary;
  } else {
    outcome.error = summary.error().message;
    outcome.hint = summary.error().hint;
  }
  return outcome;
}

std::string Described(const Outcome& outcome) {
  std::string out;
  for (const Malformed& m : outcome.summary.described) {
    out += fs::path(m.file).filename().string() + ":" + std::to_string(m.line) + ": " + m.reason + "\n";
  }
  return out;
}

TEST_CASE("The same entries are read from every form", "[ingest][reader]") {
  const Folder folder;
  const std::string a = R"({"textPayload":"one","logName":"x"})",
                    b = R"({"textPayload":"two","logName":"x"})";
  const std::vector<std::string> forms = {
      a + "\n" + b + "\n",
      a + "\r\n" + b,
      "\xEF\xBB\xBF" + a + "\n\n" + b,
      "[" + a + "," + b + "]",
      "[\n" + a + ",\n" + b + "\n]\n",
      a + ",\n" + b + ",\n",
      "{\n  \"textPayload\": \"one\"\n}\n{\n  \"textPayload\": \"two\"\n}\n"};
  for (const std::string& text : forms) {
    INFO(text);
    const Outcome outcome = Read({folder.Write("f", text)});
    CHECK(outcome.error.empty());
    CHECK(outcome.texts.starts_with("0:"));
    CHECK(outcome.texts.find(":one|0:") != std::string::npos);
    CHECK(outcome.texts.ends_with(":two|"));
    CHECK(
        (outcome.summary.entries == 2 && outcome.summary.malformed == 0 && outcome.summary.warnings.empty()));
    CHECK(outcome.summary.bytes == text.size());
  }
}

TEST_CASE("Plain text is read line by line, JSON lines in it as such", "[ingest][reader]") {
  const Folder folder;
  const Outcome outcome =
      Read({folder.Write("app.log", "starting\n\n{\"msg\":\"inside\"}\n  indented\r\nlast")});
  CHECK(outcome.texts == "0:1:starting|0:3:inside|0:4:  indented|0:5:last|");
}

TEST_CASE("Files are read in order and numbered, standard input among them", "[ingest][reader]") {
  const Folder folder;
  const Outcome outcome =
      Read({folder.Write("b.log", "from b\n"), "-", folder.Write("a.log", "from a\n")}, {}, "piped\n");
  CHECK(outcome.texts == "0:1:from b|1:1:piped|2:1:from a|");
  CHECK(outcome.summary.files[1] == "-");
  CHECK(outcome.summary.bytes == 20);
}

TEST_CASE("Malformed lines are described a few times, counted always, and the rest is read",
          "[ingest][reader]") {
  const Folder folder;
  std::string text =
      "{\"textPayload\":\"ok\"}\n{\"textPayload\":\"open\nnot json\n{\"textPayload\":\"ok\"}\n";
  for (int i = 0; i < 9; ++i) text += "{\"textPayload\":\"ok\"}\n{broken\n";
  const Outcome outcome = Read({folder.Write("f.ndjson", text)});
  CHECK((outcome.summary.entries == 11 && outcome.summary.malformed == 11));
  CHECK(Described(outcome) ==
        "f.ndjson:2: an unterminated string at byte 16\nf.ndjson:3: not a JSON object\n"
        "f.ndjson:6: the JSON object ends too early, after byte 7\nf.ndjson:8: the JSON object ends too "
        "early, after byte 7\n"
        "f.ndjson:10: the JSON object ends too early, after byte 7\n");
}

TEST_CASE("Malformed elements of an array are named with line and number", "[ingest][reader]") {
  const Folder folder;
  const Outcome outcome =
      Read({folder.Write("f.json", "[\n{\"textPayload\":\"a\"},\n7,\n{\"x\" 1},\n{\"textPayload\":\"b\"}]")});
  CHECK(outcome.texts == "0:3:a|0:36:b|");
  CHECK(Described(outcome) == "f.json:3: element 2: not a JSON object\nf.json:4: element 3: invalid JSON\n");
}

TEST_CASE("Cut-off files are read as far as they go, with a warning", "[ingest][reader]") {
  const Folder folder;
  const auto warning = [&](std::string_view text) {
    const Outcome outcome = Read({folder.Write("f", text)});
    CHECK(outcome.texts.ends_with(":a|"));
    CHECK(Described(outcome).empty());
    REQUIRE(outcome.summary.warnings.size() == 1);
    return outcome.summary.warnings[0].substr(folder.path().size() + 1);
  };
  CHECK(warning("{\"textPayload\":\"a\"}\n{\"textPayload\":\"b") ==
        "f: the last line is cut off (no newline, incomplete JSON)");
  CHECK(warning("[{\"textPayload\":\"a\"},\n{\"textPayload\":\"b") ==
        "f: the last element, which begins in line 2, is cut off");
  CHECK(warning("[{\"textPayload\":\"a\"},\n") ==
        "f: the JSON array is not closed; it was read as far as it goes");
  const Outcome single = Read({folder.Write("f", "{\"textPayload\":\"a")});
  CHECK((single.summary.malformed == 1 && single.summary.warnings.size() == 1));
}

TEST_CASE("Empty files are warned of", "[ingest][reader]") {
  const Folder folder;
  CHECK(Read({"-"}).summary.warnings == std::vector<std::string>{"standard input is empty"});
  CHECK(Read({folder.Write("e", " \n")}).summary.warnings ==
        std::vector<std::string>{folder.path("e") + " is empty"});
  CHECK(Read({folder.Write("e", "[]\n")}).summary.warnings ==
        std::vector<std::string>{folder.path("e") + " holds no entries"});
}

TEST_CASE("Files that cannot be read at all fail by name", "[ingest][reader]") {
  const Folder folder;
  CHECK(Read({folder.path("gone")}).error == folder.path("gone") + ": no such file or directory");
  CHECK(Read({folder.path()}).error == folder.path() + ": is a directory");
  CHECK(Read({folder.Write("x.gz", "\x1F\x8B\x08")}).error ==
        folder.path("x.gz") +
            " cannot be decompressed: the gzip data is cut off; it was read as far as it goes");
  CHECK(Read({folder.Write("bin", std::string(100, '\0') + "\xff")}).error ==
        folder.path("bin") + " is a binary file, no log");
  CHECK(Read({"-"}, {}, "---\nname: x\n").error.starts_with("standard input is YAML, but no log"));
  if (::geteuid() != 0) {
    ::chmod(folder.Write("locked", "x").c_str(), 0);
    CHECK(Read({folder.path("locked")}).error == folder.path("locked") + ": permission denied");
  }
}

TEST_CASE("A forced format is obeyed", "[ingest][reader]") {
  const Folder folder;
  ReadOptions options;
  options.format = InputFormat::kText;
  CHECK(Read({folder.Write("f", "[\n{\"textPayload\":\"a\"},\n]\n")}, options).texts ==
        "0:1:[|0:2:{\"textPayload\":\"a\"},|0:3:]|");
  options.format = InputFormat::kNdjson;
  CHECK(Read({folder.Write("f", "x\ny\nz\n{\"textPayload\":\"a\"}\n")}, options).texts == "0:7:a|");
  CHECK(Read({folder.Write("f", "hello\n")}, options)
            .error.ends_with("f is no NDJSON: none of its first lines is a JSON object"));
}

TEST_CASE("A huge single line is skipped without being kept", "[ingest][reader]") {
  const Folder folder;
  const std::string huge(20 << 20, 'x');
  const Outcome json = Read({folder.Write(
      "f", "{\"textPayload\":\"a\"}\n{\"textPayload\":\"" + huge + "\"}\n{\"textPayload\":\"b\"}\n")});
  CHECK(json.texts == "0:1:a|0:20971560:b|");
  CHECK(Described(json) == "f:2: larger than 8 MiB\n");
  CHECK(Read({folder.Write("f", huge)}).summary.malformed == 1);
  CHECK(Read({folder.Write("f", "{\"textPayload\":\"" + huge)}).summary.malformed == 1);
}

TEST_CASE("Deep nesting is one malformed line", "[ingest][reader]") {
  const Folder folder;
  const std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}";
  const Outcome outcome = Read({folder.Write("f", deep + "\n{\"textPayload\":\"b\"}\n")});
  CHECK(outcome.texts == "0:200008:b|");
  CHECK(Described(outcome) == "f:1: nested more than 256 levels deep\n");
  CHECK(Read({folder.Write("f", "[" + deep + ",{\"textPayload\":\"b\"}]")}).texts == "0:200009:b|");
}

TEST_CASE("Entries that straddle blocks are read whole", "[ingest][reader]") {
  const Folder folder;
  std::string ndjson, array = "[";
  for (int i = 0; i < 4000; ++i) {
    const std::string json = "{\"logName\":\"x\",\"textPayload\":\"" +
                             std::string(static_cast<std::size_t>(i % 1500), 'x') + "\"}";
    ndjson += json + "\n";
    array += json + ",";
  }
  const Outcome lines = Read({folder.Write("f", ndjson)});
  CHECK((lines.summary.entries == 4000 && lines.summary.malformed == 0));
  CHECK(Read({folder.Write("f", array + "{\"logName\":\"x\"}]")}).summary.entries == 4001);
  ReadOptions options;
  options.spool_bytes = 1000;
  CHECK(Read({"-"}, options, ndjson).texts == lines.texts);
}

TEST_CASE("A directory gives its log files by name in byte order", "[ingest][reader]") {
  const Folder folder;
  for (const char* name : {"b.ndjson", "a.log", "sub/c.JSON", "B.txt", ".hidden.log", ".git/x.log",
                           "a.label.json", "pic.png", "sub/d.yaml"}) {
    folder.Write(name, "x\n");
  }
  fs::create_symlink("nowhere", folder.path("dead.log"));
  const auto files = FindFiles({folder.path("pic.png"), folder.path(), "-"});
  REQUIRE(files);
  std::string names;
  for (const std::string& file : *files)
    names += (file == "-" ? file : fs::relative(file, folder.path()).string()) + " ";
  CHECK(names == "pic.png B.txt a.log b.ndjson sub/c.JSON sub/d.yaml - ");
}

TEST_CASE("Names that lead nowhere are errors", "[ingest][reader]") {
  const Folder folder;
  folder.Write("pic.png", "x");
  const auto fault = [](const std::vector<std::string>& names) {
    const auto files = FindFiles(names);
    return files ? std::string("none") : files.error().message;
  };
  CHECK(fault({folder.path("gone")}) == folder.path("gone") + ": no such file or directory");
  CHECK(fault({folder.path("pic.png/x")}) == folder.path("pic.png/x") + ": no such file or directory");
  CHECK(fault({folder.path()}) ==
        folder.path() +
            " holds no log files (*.ndjson *.jsonl *.json *.yaml *.yml *.csv *.log *.txt, also .gz)");
  CHECK(fault({"-", "-"}) == "standard input (-) is named twice");
  CHECK(fault({""}) == "a file name is empty");
  CHECK(FindFiles({}).value().empty());
}

}  // namespace
}  // namespace neverready::ingest
