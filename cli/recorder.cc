#include "cli/recorder.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "analyzers/entry_redaction.h"
#include "incidents/environment.h"
#include "incidents/fingerprint.h"
#include "incidents/fold.h"

namespace neverready::cli {
namespace {

using analyzers::AssembledLog;
using analyzers::Explanation;
using analyzers::LogScope;
using analyzers::RevisionKey;
using core::Result;
using core::Status;
using ingest::LogEntry;

constexpr int kTries = 8;

std::string_view Name(analyzers::Attempt::End end) {
  switch (end) {
    case analyzers::Attempt::End::kOpen: return "open";
    case analyzers::Attempt::End::kExit: return "exit";
    case analyzers::Attempt::End::kSignal: return "signal";
    case analyzers::Attempt::End::kProbeFailed: return "probe_failed";
    case analyzers::Attempt::End::kShutdown: return "shutdown";
    case analyzers::Attempt::End::kLiveness: return "liveness";
  }
  return "open";
}

// Nobody asks for the variables of a start that went well: they are in its entries.
void Shorten(analyzers::Diagnosis* diagnosis) {
  if (diagnosis->state == analyzers::State::kReady && diagnosis->degraded.empty())
    diagnosis->environment.clear();
}

db::StoredStart ToStored(const analyzers::RevisionLog& log, Explanation explanation) {
  db::StoredStart start;
  start.diagnosis = std::move(explanation.diagnosis);
  Shorten(&start.diagnosis);
  start.fingerprint = incidents::Fingerprint(start.diagnosis);
  start.environment = std::string(incidents::Name(
      incidents::EnvironmentOf({start.diagnosis.key.project, start.diagnosis.key.service, {}, {}})));
  start.last_entry_at = log.last;
  for (std::size_t i = 0; i < log.attempts.size(); ++i) {
    const analyzers::Attempt& attempt = log.attempts[i];
    start.attempts.push_back({attempt.instance, attempt.container, attempt.started,
                              explanation.first_error[i], attempt.ended, std::string(Name(attempt.end)),
                              attempt.end_number, explanation.died[i]});
  }
  return start;
}

// Of all that redaction may change.
std::size_t HashOfTexts(const std::vector<analyzers::KeptEntry>& entries) {
  std::size_t hash = 0;
  const auto mix = [&hash](std::string_view text) {
    hash = hash * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(text);
  };
  for (const analyzers::KeptEntry& entry : entries) {
    for (const ingest::TextPart& part : entry.text) mix(part.text);
    if (!entry.audit) continue;
    mix(entry.audit->status_message);
    mix(entry.audit->image);
    if (entry.audit->startup_probe) mix(entry.audit->startup_probe->path);
    for (const ingest::Condition& condition : entry.audit->conditions) {
      mix(condition.reason);
      mix(condition.message);
    }
  }
  return hash;
}

struct Chosen {
  std::vector<LogEntry> entries;  // that explain, as they came, redacted
  bool as_read = false;           // they are all that was read, and nothing in them was hidden
};

// Takes the entries out of `assembled`.
Chosen Choose(AssembledLog* assembled, const Explanation& explanation,
              const analyzers::DiagnoseOptions& options) {
  Chosen chosen;
  chosen.as_read = explanation.places.size() == assembled->entries.size();
  std::vector<analyzers::KeptEntry> kept;
  kept.reserve(explanation.places.size());
  for (const std::uint32_t place : explanation.places) {
    analyzers::KeptEntry& entry = assembled->entries[place];
    if (entry.parts.empty()) {
      kept.push_back(std::move(entry));
    } else {
      std::ranges::move(entry.parts, std::back_inserter(kept));
    }
  }
  core::RedactOptions redaction{options.redact_emails, {}};
  redaction.keep = explanation.diagnosis.facts.Text(analyzers::Fact::kPrincipal);
  const std::size_t before = HashOfTexts(kept);
  RedactEntries(redaction, kept);
  chosen.as_read = chosen.as_read && HashOfTexts(kept) == before;
  chosen.entries.reserve(kept.size());
  for (analyzers::KeptEntry& entry : kept) chosen.entries.push_back(ToLogEntry(std::move(entry)));
  return chosen;
}

}  // namespace

db::StoredStart MakeStart(const analyzers::RuleSet& rules, const RevisionKey& key,
                          const analyzers::DiagnoseOptions& options, std::vector<LogEntry>* entries) {
  AssembledLog assembled = analyzers::Reassemble(key, std::move(*entries));
  Explanation explanation = Explain(rules, assembled.log, options);
  Chosen chosen = Choose(&assembled, explanation, options);
  *entries = std::move(chosen.entries);
  if (chosen.as_read) return ToStored(assembled.log, std::move(explanation));
  assembled = analyzers::Reassemble(key, *entries);
  return ToStored(assembled.log, Explain(rules, assembled.log, options));
}

Result<std::unique_ptr<Recorder>> Recorder::Open(const std::string& path, const analyzers::RuleSet& rules,
                                                 const RecorderOptions& options) {
  std::unique_ptr<Recorder> recorder(new Recorder(rules, options));
  auto writer = db::Store::Open(path, db::Access::kCreate, options.connection);
  if (!writer) return tl::unexpected(writer.error());
  recorder->writer_ = *std::move(writer);
  auto reader = db::Store::Open(path, db::Access::kReadOnly, options.connection);
  if (!reader) return tl::unexpected(reader.error());
  recorder->reader_ = *std::move(reader);
  const auto any = recorder->reader_->connection().ReadInt("SELECT EXISTS (SELECT 1 FROM revisions)");
  if (!any) return tl::unexpected(any.error());
  recorder->empty_ = *any == 0;
  const auto as_of = recorder->reader_->AsOf();
  if (!as_of) return tl::unexpected(as_of.error());
  recorder->stored_as_of_ = *as_of;
  return recorder;
}

Status Recorder::Join(analyzers::Collector* collector) {
  if (empty_) return {};
  std::set<RevisionKey> services;  // scope kDeploy: the input says something of the service itself
  for (RevisionKey key : collector->Keys()) {
    if (key.scope == LogScope::kFile) continue;
    key.revision.clear();
    services.insert(std::move(key));
  }
  for (const RevisionKey& service : services) {
    const bool deploys = service.scope == LogScope::kDeploy;
    std::vector<std::int64_t> revisions;
    const Status read = reader_->connection().Read(
        "SELECT revisions.id FROM services JOIN revisions ON service_id = services.id"
        " WHERE project = ? AND location = ? AND services.name = ? AND (scope = 'deploy' OR ?)"
        " ORDER BY revisions.name DESC LIMIT 50",
        {service.project, service.location, service.service, deploys}, [&](const db::BorrowedRow& row) {
          revisions.push_back(row.Int(0));
          return true;
        });
    if (!read) return read;
    for (const std::int64_t id : revisions) {
      const auto key = reader_->KeyOf(id);
      auto stored = reader_->LoadEntries(id);
      if (!key) return tl::unexpected(key.error());
      if (!stored) return tl::unexpected(stored.error());
      collector->Remember(*key, stored->entries);
      if (key->scope == LogScope::kDeploy) deploys_.insert(*key);
    }
  }
  return {};
}

std::optional<core::Timestamp> Recorder::SetNewest(std::optional<core::Timestamp> newest) {
  as_of_ = std::max(stored_as_of_, newest);
  return as_of_;
}

std::vector<LogEntry> Recorder::Known(const RevisionKey& key) {
  if (empty_) return {};
  const std::lock_guard lock(reader_mutex_);
  const auto id = reader_->FindRevision(key);
  if (!id || *id == 0) {
    if (!id) Keep(tl::unexpected(id.error()));
    return {};
  }
  auto stored = reader_->LoadEntries(*id);
  if (!stored) {
    Keep(tl::unexpected(stored.error()));
    return {};
  }
  generations_[key] = stored->generation;
  return std::move(stored->entries);
}

void Recorder::Record(AssembledLog assembled, const Explanation& explanation,
                      const analyzers::DiagnoseOptions& options) {
  Item item;
  if (assembled.log.key.scope == LogScope::kFile) {
    const std::lock_guard lock(items_mutex_);
    ++recorded_.nameless;
    return;
  }
  analyzers::DiagnoseOptions redacting = options;
  redacting.redact = true;
  Chosen chosen = Choose(&assembled, explanation, redacting);
  if (chosen.as_read && options.redact) {
    item.start = ToStored(assembled.log, explanation);
  } else {
    const AssembledLog again = analyzers::Reassemble(assembled.log.key, chosen.entries);
    item.start = ToStored(again.log, Explain(rules_, again.log, redacting));
  }
  item.entries = db::Pack(chosen.entries);
  {
    const std::lock_guard lock(reader_mutex_);
    const auto generation = generations_.find(assembled.log.key);
    if (generation != generations_.end()) item.generation = generation->second;
  }
  std::vector<Item> full;
  {
    const std::lock_guard lock(items_mutex_);
    deploys_.erase(item.start.diagnosis.key);
    items_.push_back(std::move(item));
    if (items_.size() < options_.batch) return;
    full = std::exchange(items_, {});
  }
  Keep(Flush(std::move(full), db::WriteReason::kImport));
}

void Recorder::Keep(Status status) {
  const std::lock_guard lock(error_mutex_);
  if (status_ && !status) status_ = std::move(status);
}

Status Recorder::Flush(std::vector<Item> items, db::WriteReason why) {
  // Not as threads finished with them: incidents are numbered in this order.
  std::ranges::sort(items, {}, [](const Item& item) { return std::tie(item.start.diagnosis.key); });
  const std::lock_guard lock(writer_mutex_);
  {
    const std::lock_guard error(error_mutex_);
    if (!status_) return status_;
  }
  for (int i = 0; i < kTries && !items.empty(); ++i) {
    std::vector<Item> conflicts;
    const Status flushed = FlushOnce(&items, why, &conflicts);
    if (!flushed) return flushed;
    for (Item& item : conflicts) {
      const Status merged = Merge(&item);
      if (!merged) return merged;
    }
    items = std::move(conflicts);
  }
  if (!items.empty())
    return core::Fail(core::ErrorCode::kUnavailable,
                      "another process writes the same revisions to the store all the time",
                      "try again in a moment");
  return {};
}

Status Recorder::FlushOnce(std::vector<Item>* items, db::WriteReason why, std::vector<Item>* conflicts) {
  auto writer = writer_->Begin({options_.rules_hash, options_.now});
  if (!writer) return tl::unexpected(writer.error());
  Recorded now;
  for (Item& item : *items) {
    const auto put = writer->Put(item.start, item.entries, item.generation, why);
    if (!put) return tl::unexpected(put.error());
    switch (*put) {
      case db::PutResult::kAdded: ++now.added; break;
      case db::PutResult::kChanged: ++now.changed; break;
      case db::PutResult::kUnchanged:
      case db::PutResult::kKept: ++now.unchanged; break;
      case db::PutResult::kConflict: conflicts->push_back(std::move(item)); break;
    }
  }
  Status status = FoldIncidents(&*writer);
  if (status && as_of_) status = writer->SetAsOf(*as_of_);
  if (status) status = writer->Commit();
  if (!status) return status;
  recorded_.added += now.added;
  recorded_.changed += now.changed;
  recorded_.unchanged += now.unchanged;
  return {};
}

// Another process has stored something of the revision: both belong together.
Status Recorder::Merge(Item* item) {
  const RevisionKey key = item->start.diagnosis.key;
  const auto id = writer_->FindRevision(key);
  if (!id) return tl::unexpected(id.error());
  auto stored = writer_->LoadEntries(*id);
  if (!stored) return tl::unexpected(stored.error());
  auto own = db::Unpack(item->entries);
  if (!own) return tl::unexpected(own.error());
  std::vector<LogEntry> entries = *std::move(own);
  entries.insert(entries.end(), stored->entries.begin(), stored->entries.end());
  item->start = MakeStart(rules_, key, {as_of_, std::nullopt, true, options_.redact_emails}, &entries);
  item->entries = db::Pack(entries);
  item->generation = stored->generation;
  return {};
}

Status Recorder::FoldIncidents(db::Store::Writer* writer) {
  for (const std::int64_t service : writer->touched()) {
    const auto verdicts = writer->Verdicts(service);
    if (!verdicts) return tl::unexpected(verdicts.error());
    Status put = writer->PutIncidents(service, incidents::Fold(*verdicts));
    if (!put) return put;
  }
  return {};
}

// The start as the rules see it today, of what is stored of it.
Result<Recorder::Item> Recorder::Remake(std::int64_t revision) {
  Result<RevisionKey> key;
  Result<db::StoredEntries> stored;
  {
    const std::lock_guard lock(reader_mutex_);
    key = reader_->KeyOf(revision);
    stored = reader_->LoadEntries(revision);
  }
  if (!key) return tl::unexpected(key.error());
  if (!stored) return tl::unexpected(stored.error());
  Item item;
  item.generation = stored->generation;
  std::vector<LogEntry> entries = std::move(stored->entries);
  item.start = MakeStart(rules_, *key, {as_of_, std::nullopt, true, options_.redact_emails}, &entries);
  item.entries = db::Pack(entries);
  return item;
}

Status Recorder::RejudgeWaiting() {
  // Another process may have read newer entries meanwhile.
  const auto newest = writer_->AsOf();
  if (!newest) return tl::unexpected(newest.error());
  as_of_ = std::max(as_of_, *newest);
  const auto waiting = writer_->Waiting();
  if (!waiting) return tl::unexpected(waiting.error());
  std::vector<Item> items;
  for (const std::int64_t id : *waiting) {
    auto item = Remake(id);
    if (!item) return tl::unexpected(item.error());
    if (item->entries.entries > 0) items.push_back(*std::move(item));  // else they were pruned
  }
  const Recorded before = recorded_;
  Status flushed = Flush(std::move(items), db::WriteReason::kImport);
  // These were no part of the input.
  recorded_.unchanged = before.unchanged;
  return flushed;
}

// Deploys that belong to a revision, now that it is known, are none of their own any more.
Status Recorder::ForgetPlaced() {
  for (const RevisionKey& key : deploys_) {
    auto writer = writer_->Begin({options_.rules_hash, options_.now});
    if (!writer) return tl::unexpected(writer.error());
    Status status = writer->Forget(key);
    if (status) status = FoldIncidents(&*writer);
    if (status) status = writer->Commit();
    if (!status) return status;
  }
  return {};
}

Result<Recorded> Recorder::Finish() {
  Keep(Flush(std::exchange(items_, {}), db::WriteReason::kImport));
  if (status_) Keep(ForgetPlaced());
  if (status_ && as_of_) Keep(RejudgeWaiting());
  if (!status_) return tl::unexpected(status_.error());
  return recorded_;
}

}  // namespace neverready::cli
