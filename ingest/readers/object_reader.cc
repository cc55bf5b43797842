#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/parallel.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/object_scanner.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kBatchBytes = 1 << 20;
constexpr std::size_t kMostWaiting = 4;

struct Rejected {
  std::uint64_t line = 0, index = 0;
  std::string reason;
};

// Copies of some elements, one behind the other.
struct Batch {
  struct Item {
    std::size_t begin = 0, size = 0;  // in bytes
    std::uint64_t offset = 0, line = 0, index = 0;
  };
  std::string bytes;
  std::vector<Item> items;
};

// Scanning finds out where elements end and is done by one thread; what they hold is read by all.
class ObjectReader {
 public:
  ObjectReader(BlockBuffer* buffer, EntrySink* sink)
      : objects_(buffer), sink_(sink), rejected_(sink->takers()) {}

  core::Status Run() {
    core::Status status;
    core::OnEachWorker(sink_->takers(), [&](std::size_t worker) {
      if (worker == 0) {
        status = Scan();
        const std::lock_guard lock(mutex_);
        done_ = true;
        changed_.notify_all();
      }
      Batch batch;
      while (Wait(&batch)) Take(batch, worker);
    });
    Report();
    if (status && objects_.unclosed() && !cut_off_) {
      sink_->Warn(DisplayName(sink_->file()) +
                  ": the JSON array is not closed; it was read as far as it goes");
    }
    return status;
  }

 private:
  core::Status Scan() {
    Batch batch;
    Element element;
    while (true) {
      const core::Result<bool> more = objects_.Next(&element);
      if (!more) return tl::unexpected(more.error());
      if (!*more) break;
      cut_off_ = element.kind == Element::Kind::kCutOff;
      if (element.kind != Element::Kind::kObject) {
        Refuse(element);
        continue;
      }
      batch.items.push_back(
          {batch.bytes.size(), element.text.size(), element.offset, element.line, element.index});
      batch.bytes += element.text;
      if (batch.bytes.size() >= kBatchBytes) Hand(std::exchange(batch, {}));
    }
    Hand(std::move(batch));
    return {};
  }

  void Refuse(const Element& element) {
    switch (element.kind) {
      case Element::Kind::kObject: return;
      case Element::Kind::kOther: return Reject(0, element.line, element.index, "not a JSON object");
      case Element::Kind::kTooLong: return Reject(0, element.line, element.index, "larger than 8 MiB");
      case Element::Kind::kCutOff:
        sink_->RejectWithWarning(fmt::format("{}: the last element, which begins in line {}, is cut off",
                                             DisplayName(sink_->file()), element.line));
        return;
    }
  }

  // To whoever is free; the scanner reads itself rather than wait.
  void Hand(Batch batch) {
    batch.bytes.append(EntrySkimmer::kPadding, '\0');
    {
      const std::lock_guard lock(mutex_);
      if (sink_->takers() > 1 && waiting_.size() < kMostWaiting) {
        waiting_.push_back(std::move(batch));
        changed_.notify_one();
        return;
      }
    }
    Take(batch, 0);
  }

  bool Wait(Batch* batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_ || !waiting_.empty(); });
    if (waiting_.empty()) return false;
    *batch = std::move(waiting_.front());
    waiting_.pop_front();
    return true;
  }

  void Take(const Batch& batch, std::size_t worker) {
    for (const Batch::Item& item : batch.items) {
      const std::string_view json(batch.bytes.data() + item.begin, item.size);
      const core::Status status = sink_->taker(worker).TakeSpot(
          json, {item.offset, static_cast<std::uint32_t>(item.size), sink_->source()});
      if (!status) Reject(worker, item.line, item.index, status.error().message);
    }
  }

  void Reject(std::size_t worker, std::uint64_t line, std::uint64_t index, std::string_view reason) {
    std::vector<Rejected>& own = rejected_[worker];
    own.push_back({line, index, fmt::format("element {}: {}", index, reason)});
    // The first few are enough; the others are counted.
    if (own.size() <= 2 * sink_->options().max_described + 64) return;
    std::ranges::sort(own, {}, &Rejected::index);
    const std::lock_guard lock(mutex_);
    more_ += own.size() - sink_->options().max_described;
    own.resize(sink_->options().max_described);
  }

  void Report() {
    std::vector<Rejected> all;
    for (std::vector<Rejected>& own : rejected_)
      all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    std::ranges::sort(all, {}, &Rejected::index);
    for (Rejected& one : all) sink_->Reject(one.line, std::move(one.reason));
    sink_->RejectMore(more_);
  }

  ObjectScanner objects_;
  EntrySink* sink_;
  bool cut_off_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool done_ = false;
  std::uint64_t more_ = 0;
  std::vector<std::vector<Rejected>> rejected_;  // by worker
};

}  // namespace

core::Status ReadObjects(BlockBuffer* buffer, EntrySink* sink) { return ObjectReader(buffer, sink).Run(); }

}  // namespace neverready::ingest
