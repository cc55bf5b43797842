// The whole message of every way to get a rule wrong: tests/bad_rules/<mistake>/<speaker>.yaml and
// expected.txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;

TEST_CASE("Each mistake in a rule file has its own message", "[cli][rules][golden]") {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator("tests/bad_rules"))
    folders.push_back(entry.path().generic_string());
  std::ranges::sort(folders);
  CHECK(folders.size() >= 17);
  for (const std::string& folder : folders) {
    DYNAMIC_SECTION(folder) {
      std::string file;
      for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".yaml") file = entry.path().generic_string();
      }
      REQUIRE_FALSE(file.empty());
      const fakes::Ran ran = fakes::RunApp({"rules", "test", file});
      CHECK(ran.code == 1);
      CHECK(ran.err.find("neverready: error: ") == 0);
      fakes::CheckGolden(folder + "/expected.txt", ran.err);
    }
  }
}

TEST_CASE("A rule file that is wrong never comes to diagnosing", "[cli][rules]") {
  const fakes::Ran ran =
      fakes::RunApp({"analyze", "--rules", "tests/bad_rules/near-miss-matches/acme.yaml", "examples"});
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err.find("matches a line that it must not match") != std::string::npos);
}

}  // namespace
}  // namespace neverready::cli
