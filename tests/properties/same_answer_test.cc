// The same entries, however they come, get the same answer: reversed, shuffled, repeated, divided, in other
// forms, beside another revision.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using fakes::TemporaryFolder;
using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

struct Case {
  std::string name;
  Lines lines;  // one LogEntry each
};

// Every twelfth case, which are about 25 of all runtimes.
const std::vector<Case>& Sample() {
  static const std::vector<Case> kSample = [] {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator("tests/cases")) {
      if (entry.path().extension() == ".ndjson") files.push_back(entry.path().generic_string());
    }
    std::ranges::sort(files);
    std::vector<Case> sample;
    for (std::size_t i = 0; i < files.size(); i += 12) {
      Case one{files[i], {}};
      std::istringstream in(fakes::ReadFile(files[i]));
      for (std::string line; std::getline(in, line);) {
        if (!line.empty()) one.lines.push_back(line);
      }
      sample.push_back(std::move(one));
    }
    return sample;
  }();
  return kSample;
}

std::string Join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

Json Diagnoses(const std::vector<std::string>& files, const std::string& in = {}) {
  std::vector<std::string> arguments{"analyze", "--format", "json"};
  arguments.insert(arguments.end(), files.begin(), files.end());
  return Json::parse(
      fakes::RunApp(arguments, {.in = in, .environment = {}, .terminal = false}).out)["diagnoses"];
}

// The array as it is printed: byte-identical is what is promised.
std::string Answer(const std::string& text) { return Diagnoses({"-"}, text).dump(1); }

template <typename Change>
void CheckSame(Change change) {
  CHECK(Sample().size() >= 20);
  for (const Case& one : Sample()) {
    const std::string wanted = Answer(Join(one.lines)), got = Answer(change(one.lines));
    INFO(one.name);
    // Not CHECK(got == wanted): that would print both.
    if (got != wanted) {
      const auto at = std::ranges::mismatch(got, wanted).in1 - got.begin();
      const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 120));
      FAIL_CHECK("they differ at byte " << at << "\n got     " << got.substr(begin, 240) << "\n wanted  "
                                        << wanted.substr(begin, 240));
    }
  }
}

TEST_CASE("Reversed entries get the same answer", "[properties]") {
  CheckSame([](Lines lines) {
    std::ranges::reverse(lines);
    return Join(lines);
  });
}

TEST_CASE("Shuffled entries get the same answer", "[properties]") {
  for (const unsigned seed : {1U, 20260118U}) {
    std::mt19937 random(seed);
    CheckSame([&](Lines lines) {
      std::shuffle(lines.begin(), lines.end(), random);
      return Join(lines);
    });
  }
}

TEST_CASE("Repeated entries get the same answer", "[properties]") {
  CheckSame([](const Lines& lines) { return Join(lines) + Join(lines); });
}

TEST_CASE("Entries as a pretty array get the same answer", "[properties]") {
  CheckSame([](const Lines& lines) {
    Json array = Json::array();
    for (const std::string& line : lines) array.push_back(Json::parse(line));
    return array.dump(2) + "\n";
  });
}

TEST_CASE("Entries with blank lines, commas and CRLF between them get the same answer", "[properties]") {
  CheckSame([](const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + ",\r\n\r\n";
    return text;
  });
}

TEST_CASE("Entries with snake_case keys get the same answer", "[properties]") {
  static const std::map<std::string, std::string> kSnake{{"insertId", "insert_id"},
                                                         {"logName", "log_name"},
                                                         {"textPayload", "text_payload"},
                                                         {"jsonPayload", "json_payload"},
                                                         {"protoPayload", "proto_payload"},
                                                         {"httpRequest", "http_request"},
                                                         {"receiveTimestamp", "receive_timestamp"},
                                                         {"errorGroups", "error_groups"}};
  CheckSame([](const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) {
      Json snake = Json::object();
      const Json entry = Json::parse(line);
      for (const auto& [key, value] : entry.items()) {
        const auto found = kSnake.find(key);
        snake[found == kSnake.end() ? key : found->second] = value;
      }
      text += snake.dump() + "\n";
    }
    return text;
  });
}

TEST_CASE("Entries divided over three files with an overlap get the same answer", "[properties]") {
  for (const Case& one : Sample()) {
    const TemporaryFolder folder;
    const std::size_t third = one.lines.size() / 3;
    const auto part = [&](std::size_t begin, std::size_t end) {
      return Join(Lines(one.lines.begin() + static_cast<std::ptrdiff_t>(begin),
                        one.lines.begin() + static_cast<std::ptrdiff_t>(end)));
    };
    folder.Write("c.ndjson", part(0, std::min(third + 2, one.lines.size())));
    folder.Write("a.ndjson", part(third, std::min(2 * third + 2, one.lines.size())));
    folder.Write("b.ndjson", part(2 * third, one.lines.size()));
    INFO(one.name);
    CHECK((Diagnoses({folder.name()}).dump() == Diagnoses({"-"}, Join(one.lines)).dump()));
  }
}

// What only depends on the revision's own entries; `early` and what is pending depend on the newest entry of
// all.
bool Settled(const Json& diagnoses) {
  return std::ranges::all_of(diagnoses, [](const Json& one) {
    return one["state"] != "pending" && one["state"] != "inconclusive" && one["early"] == false;
  });
}

TEST_CASE("Two revisions whose entries mingle get the answers that each gets alone", "[properties]") {
  std::size_t compared = 0;
  for (std::size_t i = 0; i + 1 < Sample().size(); ++i) {
    const Case &one = Sample()[i], &two = Sample()[i + 1];
    const Json first = Diagnoses({"-"}, Join(one.lines)), second = Diagnoses({"-"}, Join(two.lines));
    if (!Settled(first) || !Settled(second) || first.empty() || second.empty() ||
        first[0]["service"] == second[0]["service"])
      continue;
    Lines mingled;
    for (std::size_t line = 0; line < std::max(one.lines.size(), two.lines.size()); ++line) {
      if (line < one.lines.size()) mingled.push_back(one.lines[line]);
      if (line < two.lines.size()) mingled.push_back(two.lines[line]);
    }
    std::vector<std::string> wanted, got;
    for (const Json& diagnoses : {first, second}) {
      for (const Json& diagnosis : diagnoses) wanted.push_back(diagnosis.dump());
    }
    for (const Json& diagnosis : Diagnoses({"-"}, Join(mingled))) got.push_back(diagnosis.dump());
    std::ranges::sort(wanted);
    std::ranges::sort(got);
    INFO(one.name << " and " << two.name);
    CHECK((got == wanted));
    ++compared;
  }
  CHECK(compared >= 10);
}

}  // namespace
}  // namespace neverready
