#include "tests/fakes/run_app.h"

#include <stdlib.h>  // mkdtemp

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/app.h"

namespace neverready::fakes {

namespace fs = std::filesystem;

Ran RunApp(const std::vector<std::string>& arguments, const RunWith& with) {
  std::istringstream in(with.in);
  std::ostringstream out, err;
  const auto environment = [&with](const char* name) -> const char* {
    const auto found = with.environment.find(name);
    return found == with.environment.end() ? nullptr : found->second.c_str();
  };
  cli::Io io{in, out, err, with.terminal, 100, environment};
  io.now = [&with] { return with.now; };
  Ran ran;
  ran.code = cli::RunApp(arguments, io);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

bool UpdateGoldens() {
  const char* update = std::getenv("NEVERREADY_UPDATE_GOLDENS");
  return update != nullptr && std::string(update) == "1";
}

std::string ReadFile(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) FAIL("cannot write " + file);
}

void CheckGolden(const std::string& file, const std::string& actual) {
  if (UpdateGoldens()) return WriteFile(file, actual);
  INFO("golden file: " << file << " (NEVERREADY_UPDATE_GOLDENS=1 rewrites it)");
  CHECK(fs::exists(file));
  CHECK(actual == ReadFile(file));
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "neverready-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) FAIL("cannot make a temporary folder");
  name_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(name_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, const std::string& text) const {
  const std::string file = name_ + "/" + name;
  WriteFile(file, text);
  return file;
}

}  // namespace neverready::fakes
