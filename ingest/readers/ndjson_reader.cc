#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/parallel.h"
#include "core/text.h"
#include "ingest/json_repair.h"
#include "ingest/readers/forms.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kChunkBytes = 256 << 10;
constexpr std::size_t kMoreBytes = 64 << 10;  // of a line that does not end in its chunk

struct Rejected {
  std::uint64_t line = 0;  // of the chunk, from 0
  std::string reason;
};

// What was seen in a chunk: the lines that begin there.
struct ChunkReport {
  std::uint64_t chunk = 0, lines = 0, malformed = 0, end = 0;  // end: offset behind the last byte read
  std::vector<Rejected> rejected;                              // the first of them
  bool cut_off = false;                                        // the file's last line is no whole JSON
};

// What the threads share.
struct Shared {
  ByteSource* source = nullptr;
  std::uint64_t begin = 0;
  std::atomic<std::uint64_t> next_chunk{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<ChunkReport> reports;
  std::optional<core::Error> error;
};

class ChunkReader {
 public:
  ChunkReader(Shared* shared, EntryTaker* taker, const EntrySink& sink)
      : shared_(shared),
        taker_(taker),
        source_(sink.source()),
        max_described_(sink.options().max_described) {}

  void Run() {
    while (RunOnce()) {
    }
  }

  // Reads the next chunk; false if there is none behind it.
  bool RunOnce() {
    if (shared_->stop) return false;
    ChunkReport report;
    report.chunk = shared_->next_chunk++;
    const core::Result<bool> more = ReadChunk(&report);
    const bool last = size_ < kChunkBytes;
    const std::lock_guard lock(shared_->mutex);
    if (!more && !shared_->error) shared_->error = more.error();
    if (!more) shared_->stop = true;
    if (!more || !*more) return false;
    shared_->reports.push_back(std::move(report));
    return !last;
  }

 private:
  // False behind the end of the source.
  core::Result<bool> ReadChunk(ChunkReport* report) {
    const std::uint64_t start = shared_->begin + report->chunk * kChunkBytes;
    // One byte more before the chunk tells whether a line begins with it.
    const std::size_t before = report->chunk == 0 ? 0 : 1;
    offset_ = start - before;
    size_ = 0;
    const core::Result<bool> some = Extend(kChunkBytes + before);
    if (!some) return some;
    if (size_ <= before) return false;
    report->end = offset_ + size_;
    const std::size_t ours = std::min<std::size_t>(size_, kChunkBytes + before);
    std::size_t at = 0;
    if (before == 1) {
      const void* newline = std::memchr(bytes_.data(), '\n', ours);
      at = newline == nullptr ? ours : Index(newline) + 1;
    }
    while (at < ours) {
      const void* newline = std::memchr(bytes_.data() + at, '\n', size_ - at);
      while (newline == nullptr && size_ - at <= kMaxEntryBytes) {
        const std::size_t searched = size_;
        const core::Result<bool> more = Extend(kMoreBytes);
        if (!more) return more;
        if (!*more) break;
        newline = std::memchr(bytes_.data() + searched, '\n', size_ - searched);
      }
      const std::size_t end = newline == nullptr ? size_ : Index(newline);
      report->end = std::max(report->end, offset_ + end);
      TakeLine(at, end, newline != nullptr, report);
      ++report->lines;
      at = end + 1;
    }
    return true;
  }

  std::size_t Index(const void* byte) const {
    return static_cast<std::size_t>(static_cast<const char*>(byte) - bytes_.data());
  }

  // Reads up to `n` bytes more; false at the end of the source.
  core::Result<bool> Extend(std::size_t n) {
    if (bytes_.size() < size_ + n + EntrySkimmer::kPadding) bytes_.resize(size_ + n + EntrySkimmer::kPadding);
    const core::Result<std::size_t> got =
        ReadFully(shared_->source, offset_ + size_, bytes_.data() + size_, n);
    if (!got) return tl::unexpected(got.error());
    size_ += *got;
    return *got > 0;
  }

  void TakeLine(std::size_t begin, std::size_t end, bool ended, ChunkReport* report) {
    if (end - begin > kMaxEntryBytes) return Reject("larger than 8 MiB", report);
    std::string_view json = core::Trim({bytes_.data() + begin, end - begin});
    if (json.ends_with("},")) json.remove_suffix(1);
    if (json.empty()) return;
    const core::Status status = taker_->TakeSpot(
        json, {offset_ + Index(json.data()), static_cast<std::uint32_t>(json.size()), source_});
    if (status) return;
    if (!ended && IsCutOff(json)) {
      report->cut_off = true;
    } else {
      Reject(status.error().message, report);
    }
  }

  // This thread's chunks come in order: what it describes first is enough.
  void Reject(std::string reason, ChunkReport* report) {
    ++report->malformed;
    if (described_++ < max_described_) report->rejected.push_back({report->lines, std::move(reason)});
  }

  Shared* shared_;
  EntryTaker* taker_;
  const std::uint32_t source_;
  const std::size_t max_described_;
  std::size_t described_ = 0;
  std::vector<char> bytes_;
  std::uint64_t offset_ = 0;  // of bytes_ in the source
  std::size_t size_ = 0;
};

}  // namespace

core::Status ReadNdjson(ByteSource* source, std::uint64_t begin, EntrySink* sink) {
  Shared shared;
  shared.source = source;
  shared.begin = begin;
  // A small file is read before other threads have begun.
  if (ChunkReader(&shared, &sink->taker(0), *sink).RunOnce()) {
    core::OnEachWorker(sink->takers(),
                       [&](std::size_t worker) { ChunkReader(&shared, &sink->taker(worker), *sink).Run(); });
  }
  std::ranges::sort(shared.reports, {}, &ChunkReport::chunk);
  std::uint64_t line = 1, end = begin;
  for (ChunkReport& report : shared.reports) {
    for (Rejected& rejected : report.rejected) sink->Reject(line + rejected.line, std::move(rejected.reason));
    sink->RejectMore(report.malformed - report.rejected.size());
    if (report.cut_off) {
      sink->RejectWithWarning(DisplayName(sink->file()) +
                              ": the last line is cut off (no newline, incomplete JSON)");
    }
    line += report.lines;
    end = std::max(end, report.end);
  }
  sink->CountBytes(end);
  if (shared.error) return tl::unexpected(*shared.error);
  return {};
}

}  // namespace neverready::ingest
