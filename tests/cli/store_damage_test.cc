// A store whose file is damaged: read as far as it is sound, or told; never a crash.
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "tests/fakes/example_store.h"
#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;
using fakes::TemporaryFolder;

constexpr const char* kExample = "examples/netra-backend-staging-00170-55z.ndjson";

// Any answer may be given that is not a crash, nor blames the program for the disk.
void CheckDamaged(const std::string& path, const std::string& bytes, int* told) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"incidents", "--db", path, "--since", "2000-01-01"},
        {"search", "--db", path, "--since", "2000-01-01", "module"},
        {"show", "--db", path, "netra-backend-staging-00170-55z"},
        {"query", "--db", path, "SELECT * FROM v_timeline"},
        {"analyze", kExample, "--db", path}}) {
    fakes::WriteFile(path, bytes);
    fs::remove(path + "-wal");
    fs::remove(path + "-shm");
    const fakes::Ran ran = fakes::RunApp(command);
    INFO(command[0] << ": " << ran.err);
    CHECK(ran.code >= 0);
    CHECK(ran.code <= 2);
    if (ran.code != 2) continue;
    CHECK(ran.err.find("neverready: error: ") != std::string::npos);
    CHECK(ran.err.find("it is a bug") == std::string::npos);
    CHECK(ran.err.find("\n  try: ") != std::string::npos);
    if (ran.err.find("': it is damaged\n  try: neverready db check; restore a backup, or read the logs again "
                     "into a new file\n") != std::string::npos)
      ++*told;
  }
}

TEST_CASE("A damaged file is told, or read as far as it is sound", "[cli][store][faults]") {
  const TemporaryFolder folder;
  const std::string path = folder.name() + "/s.db";
  const fakes::ExampleStore example;
  const std::string sound = fakes::ReadFile(example.path());
  constexpr std::size_t kPage = 4096;
  std::mt19937 random(11);
  int told = 0;
  SECTION("bytes of the header") {
    for (std::size_t at = 16; at < 100; at += 3) {
      std::string bytes = sound;
      bytes[at] = static_cast<char>(random());
      INFO("byte " << at);
      CheckDamaged(path, bytes, &told);
    }
  }
  SECTION("a page of noise") {
    for (std::size_t page = 1; page < sound.size() / kPage; ++page) {
      std::string bytes = sound;
      for (std::size_t i = 0; i < kPage; ++i) bytes[page * kPage + i] = static_cast<char>(random());
      INFO("page " << page + 1);
      CheckDamaged(path, bytes, &told);
    }
    CHECK(told > 20);
  }
  SECTION("a few bytes anywhere") {
    for (int round = 0; round < 60; ++round) {
      std::string bytes = sound;
      for (int i = 0; i < 20; ++i) bytes[100 + random() % (bytes.size() - 100)] = static_cast<char>(random());
      INFO("round " << round);
      CheckDamaged(path, bytes, &told);
    }
  }
  SECTION("cut off") {
    for (std::size_t size = 1; size < sound.size(); size += sound.size() / 25) {
      INFO("size " << size);
      CheckDamaged(path, sound.substr(0, size), &told);
    }
    CHECK(told > 5);
  }
}

}  // namespace
}  // namespace neverready::cli
