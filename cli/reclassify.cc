// Recorder, as far as it judges anew what is stored.
#include <algorithm>
#include <tuple>
#include <utility>

#include "cli/recorder.h"
#include "core/parallel.h"

namespace neverready::cli {

using core::Result;
using core::Status;

Result<std::vector<Change>> Recorder::FindChanges(unsigned threads) {
  SetNewest(std::nullopt);
  std::vector<std::int64_t> revisions;
  const Status read = reader_->connection().Read(
      "SELECT raw_entries.revision_id FROM raw_entries JOIN revisions ON revisions.id = raw_entries.revision_id"
      " JOIN services ON services.id = service_id ORDER BY project, location, services.name, revisions.name",
      {}, [&](const db::BorrowedRow& row) {
        revisions.push_back(row.Int(0));
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  std::vector<std::vector<std::pair<std::size_t, Change>>> found(threads);
  core::ForEachIndex(revisions.size(), threads, [&](std::size_t index, std::size_t worker) {
    auto item = Remake(revisions[index]);
    if (!item) return Keep(tl::unexpected(item.error()));
    Result<std::optional<db::StoredStart>> before;
    {
      const std::lock_guard lock(reader_mutex_);
      before = reader_->Load(revisions[index]);
    }
    if (!before) return Keep(tl::unexpected(before.error()));
    if (!*before || (*before)->diagnosis == item->start.diagnosis) return;
    found[worker].emplace_back(
        index, Change{revisions[index], std::move((*before)->diagnosis), std::move(item->start.diagnosis)});
  });
  if (!status_) return tl::unexpected(status_.error());
  std::vector<std::pair<std::size_t, Change>> all;
  for (auto& some : found) std::ranges::move(some, std::back_inserter(all));
  std::ranges::sort(all, {}, &std::pair<std::size_t, Change>::first);
  std::vector<Change> changes;
  changes.reserve(all.size());
  for (auto& [index, change] : all) changes.push_back(std::move(change));
  return changes;
}

Status Recorder::Reclassify(const std::vector<Change>& changes) {
  for (std::size_t begin = 0; begin < changes.size(); begin += options_.batch) {
    std::vector<Item> items;
    for (std::size_t i = begin; i < std::min(changes.size(), begin + options_.batch); ++i) {
      auto item = Remake(changes[i].revision);
      if (!item) return tl::unexpected(item.error());
      items.push_back(*std::move(item));
    }
    Status written = Flush(std::move(items), db::WriteReason::kReclassified);
    if (!written) return written;
  }
  return {};
}

}  // namespace neverready::cli
