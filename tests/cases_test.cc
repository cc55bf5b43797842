// The labelled cases: a whole log to its label. tests/cases/right.txt names each case that is right; one that
// turns wrong fails the test, one that turned right is reported. NEVERREADY_UPDATE_GOLDENS=1 rewrites the
// list. Judged as tests/cases/score.py does.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const std::string kCases = "tests/cases";
const std::string kRight = kCases + "/right.txt";
// Cases that nobody may tune for yet are left out until their first score is recorded.
const std::vector<std::string> kFolders{"netra",   "other",   "pynode", "unseen",
                                        "unseen2", "unseen3", "unseen4"};

struct Judged {
  std::string name;  // "pynode/py-flask-cors-01"
  std::string expected, got;
  bool right = false;
};

// The diagnosis that a label speaks of: its own revision, else the one that did not become ready, else the
// first.
const Json* Pick(const Json& diagnoses, const Json& label) {
  if (label.contains("revision")) {
    for (const Json& one : diagnoses) {
      if (one["revision"] == label["revision"]) return &one;
    }
  }
  for (const Json& one : diagnoses) {
    if (one["state"] != "ready" && !one["root_cause"].is_null()) return &one;
  }
  return diagnoses.empty() ? nullptr : &diagnoses.front();
}

std::string Verdict(const Json* diagnosis) {
  if (diagnosis == nullptr) return "no diagnosis";
  const std::string state = (*diagnosis)["state"];
  const Json& cause = (*diagnosis)["root_cause"];
  if (state == "ready" || (cause.is_null() && state != "failed" && state != "crash_looping"))
    return "healthy";
  return cause.is_null() ? "unknown" : cause.get<std::string>();
}

Judged Judge(const fs::path& label_file) {
  Judged judged;
  std::string stem = label_file.filename().string();
  stem = stem.substr(0, stem.size() - std::string(".label.json").size());
  judged.name = label_file.parent_path().filename().string() + "/" + stem;
  const Json label = Json::parse(fakes::ReadFile(label_file.string()));
  judged.expected = label["root_cause"];
  const fakes::Ran ran = fakes::RunApp(
      {"analyze", "--format", "json", (label_file.parent_path() / (stem + ".ndjson")).string()});
  const Json document = Json::parse(ran.out, nullptr, false);
  if (document.is_discarded()) {
    judged.got = "no answer: " + ran.err.substr(0, 200);
    return judged;
  }
  judged.got = Verdict(Pick(document["diagnoses"], label));
  std::vector<std::string> accepted{judged.expected};
  if (label.contains("also_acceptable")) {
    for (const Json& other : label["also_acceptable"]) accepted.push_back(other);
  }
  judged.right = std::ranges::find(accepted, judged.got) != accepted.end();
  return judged;
}

std::vector<Judged> JudgeAll() {
  std::vector<fs::path> labels;
  for (const std::string& folder : kFolders) {
    for (const auto& entry : fs::directory_iterator(kCases + "/" + folder)) {
      if (entry.path().filename().string().ends_with(".label.json")) labels.push_back(entry.path());
    }
  }
  std::ranges::sort(labels);
  std::vector<Judged> all;
  for (const fs::path& label : labels) all.push_back(Judge(label));
  return all;
}

std::set<std::string> ReadList() {
  std::set<std::string> names;
  std::istringstream in(fakes::ReadFile(kRight));
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') names.insert(line);
  }
  return names;
}

TEST_CASE("No labelled case that was right has turned wrong", "[cases]") {
  const std::vector<Judged> all = JudgeAll();
  REQUIRE(all.size() > 600);
  std::set<std::string> names, now_right;
  for (const Judged& judged : all) {
    names.insert(judged.name);
    if (judged.right) now_right.insert(judged.name);
  }
  if (fakes::UpdateGoldens()) {
    std::string text =
        "# The cases whose root cause is right. Written by the test with NEVERREADY_UPDATE_GOLDENS=1.\n";
    for (const std::string& name : now_right) text += name + "\n";
    fakes::WriteFile(kRight, text);
  }
  const std::set<std::string> list = ReadList();
  for (const std::string& name : list) {
    if (!names.contains(name)) FAIL_CHECK(kRight << " names " << name << ", which does not exist");
  }
  std::string wrong, risen;
  std::size_t count = 0;
  for (const Judged& judged : all) {
    if (!judged.right && list.contains(judged.name)) {
      FAIL_CHECK("tests/cases/" << judged.name << " was right and is wrong now: expected " << judged.expected
                                << ", got " << judged.got
                                << "\n  try: build/release/neverready analyze -v tests/cases/" << judged.name
                                << ".ndjson");
    } else if (!judged.right) {
      wrong += "\n  " + judged.name + ": expected " + judged.expected + ", got " + judged.got;
      ++count;
    } else if (!list.contains(judged.name)) {
      risen += "\n  " + judged.name;
    }
  }
  if (count > 0) WARN(count << " of " << all.size() << " cases are known to be wrong:" << wrong);
  if (!risen.empty()) WARN("these cases are right now; NEVERREADY_UPDATE_GOLDENS=1 lists them:" << risen);
}

}  // namespace
}  // namespace neverready
