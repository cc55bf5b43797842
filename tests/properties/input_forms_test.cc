// The same log in every form in which people have it gets the same diagnosis, to the byte where the form
// holds all of it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/fakes/gzip.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/yaml_writer.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Entries = std::vector<Json>;

struct Case {
  std::string name;
  Entries entries;
};

const std::vector<Case>& AllCases() {
  static const std::vector<Case> kCases = [] {
    std::vector<Case> cases;
    for (const auto& file : fs::recursive_directory_iterator("tests/cases")) {
      if (file.path().extension() != ".ndjson") continue;
      Case one{file.path().generic_string(), {}};
      std::istringstream in(fakes::ReadFile(one.name));
      for (std::string line; std::getline(in, line);) {
        if (!line.empty()) one.entries.push_back(Json::parse(line));
      }
      cases.push_back(std::move(one));
    }
    std::ranges::sort(cases, {}, &Case::name);
    return cases;
  }();
  return kCases;
}

std::string Ndjson(const Entries& entries) {
  std::string text;
  for (const Json& entry : entries) text += entry.dump() + "\n";
  return text;
}

// All that `analyze --format json` says but for input.bytes.
std::string Answer(const std::vector<std::string>& files, const std::string& in = {}) {
  std::vector<std::string> arguments{"analyze", "--format", "json"};
  arguments.insert(arguments.end(), files.begin(), files.end());
  const fakes::Ran ran = fakes::RunApp(arguments, {.in = in, .environment = {}, .terminal = false});
  Json document = Json::parse(ran.out);
  document["input"].erase("bytes");
  return ran.err + document.dump(1);
}

template <typename Convert>
void CheckSame(std::size_t step, Convert convert) {
  REQUIRE(AllCases().size() > 400);
  for (std::size_t i = 0; i < AllCases().size(); i += step) {
    const Case& one = AllCases()[i];
    const std::string wanted = Answer({"-"}, Ndjson(one.entries)), got = Answer({"-"}, convert(one.entries));
    INFO(one.name);
    if (got != wanted) {
      const auto at = std::ranges::mismatch(got, wanted).in1 - got.begin();
      const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 120));
      FAIL_CHECK("they differ at byte " << at << "\n got     " << got.substr(begin, 240) << "\n wanted  "
                                        << wanted.substr(begin, 240));
    }
  }
}

std::string Yaml(const Entries& entries) {
  std::string text;
  for (const Json& entry : entries) text += fakes::WriteYaml(entry);
  return text;
}

TEST_CASE("Every case as YAML documents gets the same answer", "[properties][forms]") { CheckSame(1, Yaml); }

TEST_CASE("Compressed YAML gets the same answer", "[properties][forms]") {
  CheckSame(16, [](const Entries& entries) { return fakes::Gzip(Yaml(entries)); });
}

TEST_CASE("Compressed NDJSON of several members gets the same answer", "[properties][forms]") {
  CheckSame(16, [](const Entries& entries) {
    std::string text;
    for (const Json& entry : entries) text += fakes::Gzip(entry.dump() + "\n");
    return text;
  });
}

// Answers of entries.list with three entries each, the newest first, as the API gives them.
std::vector<Json> Pages(const Entries& entries) {
  std::vector<Json> pages;
  for (std::size_t i = 0; i < entries.size(); i += 3) {
    Json page = Json::object();
    for (std::size_t n = i; n < std::min(i + 3, entries.size()); ++n) page["entries"].push_back(entries[n]);
    if (i + 3 < entries.size()) page["nextPageToken"] = "Eg0I\\\"]}" + std::to_string(i);
    pages.push_back(std::move(page));
    if (i == 3) pages.push_back(Json{{"nextPageToken", "an empty page"}});
  }
  return pages;
}

TEST_CASE("Concatenated answers of entries.list get the same answer", "[properties][forms]") {
  for (const int indent : {-1, 2}) {
    CheckSame(16, [&](const Entries& entries) {
      std::string text;
      for (const Json& page : Pages(entries)) text += page.dump(indent) + "\n";
      return text;
    });
  }
}

TEST_CASE("An array of answers of entries.list gets the same answer", "[properties][forms]") {
  for (const int indent : {-1, 2}) {
    CheckSame(16, [&](const Entries& entries) { return Json(Pages(entries)).dump(indent); });
  }
}

// As a sink to Cloud Storage writes them: a folder a log and day, a file an hour and shard; entries come at
// least once.
TEST_CASE("The folders of a Cloud Storage sink get the same answer", "[properties][forms]") {
  for (std::size_t i = 0; i < AllCases().size(); i += 16) {
    const Case& one = AllCases()[i];
    const bool all_times = std::ranges::all_of(one.entries, [](const Json& entry) {
      return entry.contains("timestamp") && entry.contains("logName") && entry.contains("insertId");
    });
    if (!all_times) continue;
    const fakes::TemporaryFolder folder;
    std::map<std::string, std::string> files;
    for (std::size_t n = 0; n < one.entries.size(); ++n) {
      const Json& entry = one.entries[n];
      std::string log = entry["logName"], time = entry["timestamp"];
      log = log.substr(log.find("/logs/") + 6);
      for (std::size_t at = log.find("%2F"); at != std::string::npos; at = log.find("%2F"))
        log.replace(at, 3, "/");
      const std::string path = log + "/" + time.substr(0, 4) + "/" + time.substr(5, 2) + "/" +
                               time.substr(8, 2) + "/" + time.substr(11, 2) + ":00:00_" + time.substr(11, 2) +
                               ":59:59_S";
      files[path + std::to_string(n % 2) + ".json"] += entry.dump() + "\n";
      if (n % 5 == 0) files[path + "1.json"] += entry.dump() + "\n";
    }
    for (const auto& [name, text] : files) {
      fs::create_directories(fs::path(folder.name() + "/" + name).parent_path());
      folder.Write(name, text);
    }
    INFO(one.name);
    const auto diagnoses = [](const std::string& answer) {
      return answer.substr(answer.find("\"diagnoses\""));
    };
    CHECK((diagnoses(Answer({folder.name()})) == diagnoses(Answer({"-"}, Ndjson(one.entries)))));
  }
}

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

void Flatten(const Json& value, const std::string& name, std::map<std::string, std::string>* row) {
  if (!value.is_object()) {
    (*row)[name] = value.is_string() ? value.get<std::string>() : value.dump();
    return;
  }
  for (const auto& [key, member] : value.items()) Flatten(member, name.empty() ? key : name + "." + key, row);
}

// Only entries whose payload is a text: CSV has no arrays, and no order of its own for a payload's fields.
TEST_CASE("The CSV of the Logs Explorer gets the same answer", "[properties][forms]") {
  std::size_t compared = 0;
  for (std::size_t i = 0; i < AllCases().size(); i += 4) {
    Entries entries = AllCases()[i].entries;
    std::erase_if(entries, [](const Json& entry) { return !entry.contains("textPayload"); });
    if (entries.empty()) continue;
    std::map<std::string, std::size_t> columns;
    std::vector<std::map<std::string, std::string>> rows;
    for (const Json& entry : entries) {
      Flatten(entry, "", &rows.emplace_back());
      for (const auto& [name, value] : rows.back()) columns[name];
    }
    std::string text;
    for (const auto& [name, unused] : columns) text += (text.empty() ? "" : ",") + name;
    text += "\r\n";
    for (auto& row : rows) {
      bool first = true;
      for (const auto& [name, unused] : columns) {
        text += (first ? "" : ",") + Quoted(row[name]);
        first = false;
      }
      text += "\r\n";
    }
    INFO(AllCases()[i].name);
    CHECK((Answer({"-"}, text) == Answer({"-"}, Ndjson(entries))));
    ++compared;
  }
  CHECK(compared > 80);
}

}  // namespace
}  // namespace neverready
