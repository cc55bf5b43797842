// Work on several processors.
#ifndef NEVERREADY_CORE_PARALLEL_H_
#define NEVERREADY_CORE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace neverready::core {

// Calls work(index, worker) once for every index below `count`, from `workers` threads of which the caller's
// is one; worker is below `workers`. Indexes begin in order. Returns when all are done. `work` does not
// throw.
void ForEachIndex(std::size_t count, std::size_t workers,
                  const std::function<void(std::size_t index, std::size_t worker)>& work);

// Calls work(worker) once on each of `workers` threads, of which the caller's is one, and waits for all.
void OnEachWorker(std::size_t workers, const std::function<void(std::size_t worker)>& work);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_PARALLEL_H_
