#include "core/parallel.h"

#include <atomic>
#include <thread>
#include <vector>

namespace neverready::core {

void OnEachWorker(std::size_t workers, const std::function<void(std::size_t worker)>& work) {
  std::vector<std::thread> others;
  for (std::size_t worker = 1; worker < workers; ++worker)
    others.emplace_back([&work, worker] { work(worker); });
  work(0);
  for (std::thread& other : others) other.join();
}

void ForEachIndex(std::size_t count, std::size_t workers,
                  const std::function<void(std::size_t index, std::size_t worker)>& work) {
  std::atomic<std::size_t> next{0};
  OnEachWorker(workers < count ? workers : count, [&](std::size_t worker) {
    for (std::size_t index = next++; index < count; index = next++) work(index, worker);
  });
}

}  // namespace neverready::core
