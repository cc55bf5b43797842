#include "core/parallel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <vector>

namespace neverready::core {
namespace {

TEST_CASE("Every index is worked on once, by a worker that there is", "[core][parallel]") {
  for (const std::size_t workers : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> seen(1000);
    std::atomic<bool> strange{false};
    ForEachIndex(seen.size(), workers, [&](std::size_t index, std::size_t worker) {
      ++seen[index];
      if (worker >= workers) strange = true;
    });
    CHECK_FALSE(strange);
    for (const std::atomic<int>& count : seen) CHECK(count == 1);
  }
  ForEachIndex(0, 4, [](std::size_t, std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("Each worker is called once, the caller's thread among them", "[core][parallel]") {
  std::vector<std::atomic<int>> called(5);
  OnEachWorker(called.size(), [&](std::size_t worker) { ++called[worker]; });
  for (const std::atomic<int>& count : called) CHECK(count == 1);
}

}  // namespace
}  // namespace neverready::core
