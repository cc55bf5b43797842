#include "ingest/readers/meter.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace neverready::ingest {

namespace fs = std::filesystem;

Meter::Meter(const ReadOptions& options, const std::vector<std::string>& files) : options_(options) {
  if (!options.progress) return;
  for (const std::string& file : files) {
    std::error_code error;
    if (file == "-") {
      waits_for_input_ = true;
    } else if (fs::is_regular_file(file, error)) {
      const std::uintmax_t size = fs::file_size(file, error);
      if (!error) known_ += size;
    } else {
      all_known_ = false;
    }
  }
}

void Meter::TookIn(std::uint64_t bytes) {
  taken_in_ += bytes;
  Tell({Progress::Stage::kTakingIn, taken_in_, std::nullopt});
}

void Meter::TookInAll() {
  known_ += taken_in_;
  waits_for_input_ = false;
}

void Meter::Read(std::uint64_t bytes) {
  read_ += bytes;
  const bool known = all_known_ && !waits_for_input_;
  Tell({Progress::Stage::kReading, read_, known ? std::optional(known_) : std::nullopt});
}

}  // namespace neverready::ingest
