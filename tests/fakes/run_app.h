// The program in process, with everything that it touches made up; and golden files.
#ifndef NEVERREADY_TESTS_FAKES_RUN_APP_H_
#define NEVERREADY_TESTS_FAKES_RUN_APP_H_

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/time.h"

namespace neverready::fakes {

struct RunWith {
  std::string in;                                  // standard input
  std::map<std::string, std::string> environment;  // all else is unset
  bool terminal = false;
  core::Timestamp now{std::chrono::seconds(1757937600)};  // 2025-09-15T12:00:00Z
};

struct Ran {
  int code = 0;
  std::string out, err;
};

Ran RunApp(const std::vector<std::string>& arguments, const RunWith& with = {});

// Fails the test unless `actual` is what the file holds. NEVERREADY_UPDATE_GOLDENS=1 writes it instead:
// review it as code.
void CheckGolden(const std::string& file, const std::string& actual);
bool UpdateGoldens();

std::string ReadFile(const std::string& file);
void WriteFile(const std::string& file, const std::string& text);

// A folder of its own below the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  // Writes a file there; returns its name.
  std::string Write(const std::string& name, const std::string& text) const;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_RUN_APP_H_
