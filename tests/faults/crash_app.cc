// neverready, but its power fails at a chosen moment: nr_crash ARGUMENT…
//   NR_CRASH_AT=N       the N-th operation on the store's files (a write, a truncation, a sync or a removal;
//   from 1) ends
//                       the process at once, before it is done
//   NR_CRASH_LOSES=how  what becomes of writes that were not synced: "nothing" (kill -9), "all" of them, or a
//   number:
//                       the seed by which each is lost or not (the plug was pulled)
//   NR_CRASH_COUNT=FILE a letter for every operation: w, t, s or r
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cli/app.h"

namespace neverready {
namespace {

// What a range of a file held before a write that has not been synced yet.
struct Unsynced {
  sqlite3_int64 at = 0, size_before = 0;
  std::string before;
};

struct World {
  std::mutex mutex;
  sqlite3_vfs* real = nullptr;
  std::size_t crash_at = 0;
  std::string loses = "nothing", count_file, operations;
  std::map<std::string, std::vector<Unsynced>> unsynced;  // by file
};

World& TheWorld() {
  static World* const world = new World;  // outlives every connection
  return *world;
}

// The real file lies behind it in memory.
struct File {
  sqlite3_file base;
  const char* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* Of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

// Takes back what a disk without power may forget. Another process cannot see it: this one ends next.
void Lose(World* world) {
  if (world->loses == "nothing") return;
  std::mt19937 random(static_cast<unsigned>(std::strtoul(world->loses.c_str(), nullptr, 10)));
  for (auto& [name, writes] : world->unsynced) {
    FILE* file = std::fopen(name.c_str(), "r+b");
    if (file == nullptr) continue;
    for (std::size_t i = writes.size(); i-- > 0;) {
      const Unsynced& write = writes[i];
      if (world->loses != "all" && random() % 2 == 0) continue;
      std::fseek(file, static_cast<long>(write.at), SEEK_SET);
      std::fwrite(write.before.data(), 1, write.before.size(), file);
      // Only from the end is something cut off; a hole in the middle reads as zeros.
      std::fflush(file);
      if (world->loses == "all" && truncate(name.c_str(), write.size_before) != 0) std::abort();
    }
    std::fclose(file);
  }
}

void Count(char operation) {
  World& world = TheWorld();
  const std::lock_guard lock(world.mutex);
  world.operations += operation;
  if (world.operations.size() != world.crash_at) return;
  Lose(&world);
  _exit(137);
}

sqlite3_int64 SizeOf(File* file) {
  sqlite3_int64 size = 0;
  file->real()->pMethods->xFileSize(file->real(), &size);
  return size;
}

int Write(sqlite3_file* base, const void* data, int bytes, sqlite3_int64 at) noexcept {
  File* file = Of(base);
  Count('w');
  if (file->name != nullptr) {
    Unsynced write{at, SizeOf(file), std::string(static_cast<std::size_t>(bytes), '\0')};
    file->real()->pMethods->xRead(file->real(), write.before.data(), bytes, at);
    World& world = TheWorld();
    const std::lock_guard lock(world.mutex);
    world.unsynced[file->name].push_back(std::move(write));
  }
  return file->real()->pMethods->xWrite(file->real(), data, bytes, at);
}

int Truncate(sqlite3_file* base, sqlite3_int64 size) noexcept {
  File* file = Of(base);
  Count('t');
  // Counts as synced: what was written before it is not taken back.
  World& world = TheWorld();
  const std::lock_guard lock(world.mutex);
  if (file->name != nullptr) world.unsynced.erase(file->name);
  return file->real()->pMethods->xTruncate(file->real(), size);
}

int Sync(sqlite3_file* base, int flags) noexcept {
  File* file = Of(base);
  Count('s');
  const int result = file->real()->pMethods->xSync(file->real(), flags);
  World& world = TheWorld();
  const std::lock_guard lock(world.mutex);
  if (file->name != nullptr) world.unsynced.erase(file->name);
  return result;
}

int Close(sqlite3_file* base) noexcept { return Of(base)->real()->pMethods->xClose(Of(base)->real()); }
int Read(sqlite3_file* base, void* data, int bytes, sqlite3_int64 at) noexcept {
  return Of(base)->real()->pMethods->xRead(Of(base)->real(), data, bytes, at);
}
int FileSize(sqlite3_file* base, sqlite3_int64* size) noexcept {
  return Of(base)->real()->pMethods->xFileSize(Of(base)->real(), size);
}
int Lock(sqlite3_file* base, int how) noexcept {
  return Of(base)->real()->pMethods->xLock(Of(base)->real(), how);
}
int Unlock(sqlite3_file* base, int how) noexcept {
  return Of(base)->real()->pMethods->xUnlock(Of(base)->real(), how);
}
int CheckReservedLock(sqlite3_file* base, int* result) noexcept {
  return Of(base)->real()->pMethods->xCheckReservedLock(Of(base)->real(), result);
}
int FileControl(sqlite3_file* base, int what, void* argument) noexcept {
  return Of(base)->real()->pMethods->xFileControl(Of(base)->real(), what, argument);
}
int SectorSize(sqlite3_file* base) noexcept {
  return Of(base)->real()->pMethods->xSectorSize(Of(base)->real());
}
int DeviceCharacteristics(sqlite3_file* base) noexcept {
  return Of(base)->real()->pMethods->xDeviceCharacteristics(Of(base)->real());
}
int ShmMap(sqlite3_file* base, int page, int size, int extend, void volatile** memory) noexcept {
  return Of(base)->real()->pMethods->xShmMap(Of(base)->real(), page, size, extend, memory);
}
int ShmLock(sqlite3_file* base, int offset, int n, int flags) noexcept {
  return Of(base)->real()->pMethods->xShmLock(Of(base)->real(), offset, n, flags);
}
void ShmBarrier(sqlite3_file* base) noexcept { Of(base)->real()->pMethods->xShmBarrier(Of(base)->real()); }
int ShmUnmap(sqlite3_file* base, int remove) noexcept {
  return Of(base)->real()->pMethods->xShmUnmap(Of(base)->real(), remove);
}

// Version 2: without memory mapped files, whose writes nobody would see.
const sqlite3_io_methods kMethods{2,
                                  Close,
                                  Read,
                                  Write,
                                  Truncate,
                                  Sync,
                                  FileSize,
                                  Lock,
                                  Unlock,
                                  CheckReservedLock,
                                  FileControl,
                                  SectorSize,
                                  DeviceCharacteristics,
                                  ShmMap,
                                  ShmLock,
                                  ShmBarrier,
                                  ShmUnmap,
                                  nullptr,
                                  nullptr};

int Open(sqlite3_vfs*, const char* name, sqlite3_file* base, int flags, int* out) noexcept {
  File* file = Of(base);
  file->base.pMethods = nullptr;
  file->name = name;
  sqlite3_vfs* real = TheWorld().real;
  const int result = real->xOpen(real, name, file->real(), flags, out);
  if (file->real()->pMethods != nullptr) file->base.pMethods = &kMethods;
  return result;
}

int Delete(sqlite3_vfs*, const char* name, int sync) noexcept {
  Count('r');
  World& world = TheWorld();
  {
    const std::lock_guard lock(world.mutex);
    world.unsynced.erase(name);
  }
  return world.real->xDelete(world.real, name, sync);
}

void Install() {
  World& world = TheWorld();
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  world.crash_at = std::strtoul(variable("NR_CRASH_AT").c_str(), nullptr, 10);
  if (std::string loses = variable("NR_CRASH_LOSES"); !loses.empty()) world.loses = std::move(loses);
  world.count_file = variable("NR_CRASH_COUNT");
  world.real = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs shim;
  shim = *world.real;
  shim.pNext = nullptr;
  shim.zName = "crash";
  shim.szOsFile = static_cast<int>(sizeof(File)) + world.real->szOsFile;
  shim.xOpen = Open;
  shim.xDelete = Delete;
  if (sqlite3_vfs_register(&shim, 1) != SQLITE_OK) std::abort();
}

}  // namespace
}  // namespace neverready

int main(int argc, char** argv) {
  neverready::Install();
  neverready::cli::Io io{
      std::cin, std::cout, std::cerr,
      false,    100,       [](const char* name) { return static_cast<const char*>(std::getenv(name)); }};
  io.now = [] { return neverready::core::Timestamp(std::chrono::system_clock::now()); };
  const int code = neverready::cli::RunApp(std::vector<std::string>(argv + 1, argv + argc), io);
  const neverready::World& world = neverready::TheWorld();
  if (!world.count_file.empty()) std::ofstream(world.count_file) << world.operations;
  return code;
}
