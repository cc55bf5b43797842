#include "analyzers/collector.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "analyzers/kept_entry.h"
#include "analyzers/platform_event.h"
#include "analyzers/revision_assembler.h"
#include "analyzers/revision_notes.h"

namespace neverready::analyzers {
namespace {

using ingest::BorrowedGlimpse;
using ingest::LogEntry;
using ingest::LogKind;
using Kind = PlatformEvent::Kind;

// The short name at the end of "projects/p/locations/l/services/s/revisions/r".
std::string ShortName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

RevisionKey KeyOf(const LogEntry& entry) {
  RevisionKey key{LogScope::kRevision, entry.project, entry.location, entry.service, entry.revision};
  if (!key.revision.empty()) return key;
  if (entry.audit) {
    // A service-level entry belongs to the revision that it names.
    const auto event = ParsePlatformText(entry.audit->status_message);
    if (event && !event->revision.empty()) {
      key.revision = event->revision;
    } else if (entry.audit->kind == "Revision" && !entry.audit->object_name.empty()) {
      key.revision = ShortName(entry.audit->object_name);
    } else if (event && event->kind == Kind::kNotReady && !entry.audit->latest_created_revision.empty()) {
      key.revision = ShortName(entry.audit->latest_created_revision);
    } else if (event && event->kind == Kind::kReady && !entry.audit->latest_ready_revision.empty()) {
      key.revision = ShortName(entry.audit->latest_ready_revision);
    }
    if (key.service.empty())
      key.service = entry.audit->service.empty() && entry.audit->kind == "Service" ? entry.audit->object_name
                                                                                   : entry.audit->service;
    if (!key.revision.empty()) return key;
  }
  key.scope = key.service.empty() ? LogScope::kFile : LogScope::kDeploy;
  return key;
}

// A call that succeeded explains nothing by itself.
bool ExplainsNothing(const KeptEntry& kept) {
  return !kept.audit || (kept.audit->status_message.empty() && kept.audit->status_code.value_or(0) == 0);
}

using ByRevision = std::map<RevisionKey, RevisionNotes>;

// The newest entry of a revision that is not younger than `at`.
std::optional<core::Timestamp> NewestUntil(const RevisionNotes& notes, core::Timestamp at) {
  std::optional<core::Timestamp> newest;
  const auto offer = [&](std::optional<core::Timestamp> one) {
    if (one && *one <= at && (!newest || *one > *newest)) newest = one;
  };
  for (const KeptEntry& kept : notes.kept) offer(kept.at);
  for (const std::vector<Sighting>* list : {&notes.app, &notes.platform}) {
    for (const Sighting& sighting : *list) offer(sighting.at);
  }
  if (notes.kept_request) offer(notes.kept_request->at);
  if (notes.request) offer(notes.request->at);
  return newest;
}

// Service-level entries that name no revision: readiness belongs to the revision that changed at the same
// time; what is left is a deploy.
void PlaceServiceLevel(ByRevision* by_revision) {
  std::vector<RevisionKey> deploys;
  for (const auto& [key, notes] : *by_revision) {
    if (key.scope == LogScope::kDeploy) deploys.push_back(key);
  }
  for (const RevisionKey& key : deploys) {
    std::vector<KeptEntry> left;
    for (KeptEntry& kept : (*by_revision)[key].kept) {
      const auto event = kept.audit ? ParsePlatformText(kept.audit->status_message) : std::nullopt;
      if (event && event->kind == Kind::kReady) continue;  // its revision's own entry tells as much
      RevisionNotes* target = nullptr;
      if (event && event->kind == Kind::kNotReady && kept.at) {
        std::optional<core::Timestamp> newest;
        for (auto& [other, notes] : *by_revision) {
          if (other.scope != LogScope::kRevision || other.service != key.service ||
              other.project != key.project)
            continue;
          const auto until = NewestUntil(notes, *kept.at);
          if (!until || (newest && *until <= *newest)) continue;
          newest = until;
          target = &notes;
        }
      }
      if (target != nullptr) {
        target->kept.push_back(std::move(kept));
      } else {
        left.push_back(std::move(kept));
      }
    }
    std::erase_if(left, ExplainsNothing);
    if (left.empty()) {
      by_revision->erase(key);
    } else {
      (*by_revision)[key] = RevisionNotes{std::move(left), {}, {}, {}, {}};
    }
  }
}

void OfferRequest(FirstRequest request, RevisionNotes* notes) {
  if (!notes->request ||
      std::tie(request.at, request.insert_id) < std::tie(notes->request->at, notes->request->insert_id))
    notes->request = std::move(request);
}

}  // namespace

struct Collector::Impl {
  ByRevision by_revision;
  std::map<std::uint32_t, core::Timestamp> last_time;  // of text, by source
  std::vector<RevisionNotes*> notes_of_owner;          // by the numbers of glimpses
  Totals totals;

  void Count(std::optional<core::Timestamp> at) {
    ++totals.entries;
    if (!at) return;
    if (!totals.first || *at < *totals.first) totals.first = at;
    if (!totals.last || *at > *totals.last) totals.last = at;
  }
  RevisionNotes* NotesOf(const BorrowedGlimpse& glimpse);
};

struct Gathered::Impl {
  Totals totals;
  std::vector<std::pair<RevisionKey, RevisionNotes>> revisions;
};

Collector::Collector() : impl_(std::make_unique<Impl>()) {}
Collector::~Collector() = default;
Collector::Collector(Collector&&) noexcept = default;
Collector& Collector::operator=(Collector&&) noexcept = default;

void Collector::Add(const LogEntry& entry) {
  impl_->Count(entry.timestamp);
  if (!entry.resource_type.empty() && entry.resource_type != "cloud_run_revision") {
    ++impl_->totals.foreign;
    return;
  }
  if (entry.text.empty() && !entry.audit && !entry.http) {
    ++impl_->totals.without_text;
    return;
  }
  RevisionKey key = KeyOf(entry);
  KeptEntry kept = Keep(entry);
  if (entry.log == LogKind::kRequests && entry.text.empty())
    return OfferRequest(std::move(kept), &impl_->by_revision[std::move(key)]);
  if (key.scope == LogScope::kDeploy && kept.audit && ExplainsNothing(kept)) return;
  if (entry.log == LogKind::kText) {
    auto& last_time = impl_->last_time;
    if (kept.at) {
      last_time[entry.source] = *kept.at;
    } else if (const auto last = last_time.find(entry.source); last != last_time.end()) {
      kept.at = last->second;
      kept.own_time = false;
    }
  }
  impl_->by_revision[std::move(key)].kept.push_back(std::move(kept));
}

RevisionNotes* Collector::Impl::NotesOf(const BorrowedGlimpse& glimpse) {
  const std::uint32_t number = glimpse.owner_number;
  if (number < notes_of_owner.size() && notes_of_owner[number] != nullptr) return notes_of_owner[number];
  RevisionNotes* notes =
      &by_revision[{LogScope::kRevision, std::string(glimpse.project), std::string(glimpse.location),
                    std::string(glimpse.service), std::string(glimpse.revision)}];
  if (number > 0) {
    if (number >= notes_of_owner.size()) notes_of_owner.resize(number + 1);
    notes_of_owner[number] = notes;
  }
  return notes;
}

void Collector::Note(const BorrowedGlimpse& glimpse) {
  impl_->Count(glimpse.at);
  if (glimpse.kind == BorrowedGlimpse::Kind::kForeign) {
    ++impl_->totals.foreign;
    return;
  }
  RevisionNotes* notes = impl_->NotesOf(glimpse);
  if (glimpse.kind == BorrowedGlimpse::Kind::kRequest) {
    if (notes->request && notes->request->at < glimpse.at) return;
    return OfferRequest(FirstRequest{glimpse.at, std::string(glimpse.insert_id), glimpse.spot}, notes);
  }
  const bool app = glimpse.kind == BorrowedGlimpse::Kind::kApp;
  (app ? notes->app : notes->platform)
      .push_back({glimpse.at, glimpse.spot.offset, glimpse.spot.size, glimpse.spot.source,
                  app ? InstanceMark(glimpse.instance) : 0});
}

void Collector::Remember(const RevisionKey& key, const std::vector<LogEntry>& entries) {
  RevisionNotes& notes = impl_->by_revision[key];
  std::uint64_t position = 0;
  for (const LogEntry& entry : entries) notes.kept.push_back(KeepRemembered(entry, ++position));
}

std::vector<RevisionKey> Collector::Keys() const {
  std::vector<RevisionKey> keys;
  for (const auto& [key, notes] : impl_->by_revision) keys.push_back(key);
  return keys;
}

void Collector::Absorb(Collector&& other) {
  Impl& from = *other.impl_;
  Totals& totals = impl_->totals;
  totals.entries += from.totals.entries;
  totals.foreign += from.totals.foreign;
  totals.without_text += from.totals.without_text;
  for (const auto at : {from.totals.first, from.totals.last}) {
    if (!at) continue;
    if (!totals.first || *at < *totals.first) totals.first = at;
    if (!totals.last || *at > *totals.last) totals.last = at;
  }
  const auto append = []<typename T>(std::vector<T>* out, std::vector<T>* in) {
    if (out->empty()) {
      *out = std::move(*in);
    } else {
      out->insert(out->end(), std::make_move_iterator(in->begin()), std::make_move_iterator(in->end()));
    }
  };
  while (!from.by_revision.empty()) {
    auto node = from.by_revision.extract(from.by_revision.begin());
    RevisionNotes& notes = node.mapped();
    RevisionNotes& own = impl_->by_revision[std::move(node.key())];
    append(&own.kept, &notes.kept);
    append(&own.app, &notes.app);
    append(&own.platform, &notes.platform);
    if (notes.kept_request) OfferRequest(std::move(*notes.kept_request), &own);
    if (notes.request) OfferRequest(*std::move(notes.request), &own);
  }
  other.impl_ = std::make_unique<Impl>();
}

Gathered Collector::Gather() {
  PlaceServiceLevel(&impl_->by_revision);
  auto gathered = std::make_unique<Gathered::Impl>();
  gathered->totals = impl_->totals;
  gathered->revisions.reserve(impl_->by_revision.size());
  while (!impl_->by_revision.empty()) {
    auto node = impl_->by_revision.extract(impl_->by_revision.begin());
    gathered->revisions.emplace_back(std::move(node.key()), std::move(node.mapped()));
  }
  impl_ = std::make_unique<Impl>();
  return Gathered(std::move(gathered));
}

Collected Collector::Finish() {
  Gathered gathered = Gather();
  Collected result;
  static_cast<Totals&>(result) = gathered.totals();
  for (std::size_t i = 0; i < gathered.size(); ++i)
    result.revisions.push_back(
        gathered.MakeLog(i, [](const std::vector<ingest::Spot>& /*none*/, const auto& /*take*/) {}));
  return result;
}

AssembledLog Reassemble(const RevisionKey& key, std::vector<LogEntry> remembered,
                        std::vector<KeptEntry> read) {
  RevisionNotes notes;
  for (KeptEntry& kept : read) {
    if (kept.log == LogKind::kRequests && kept.text.empty()) {
      OfferRequest(std::move(kept), &notes);
    } else {
      notes.kept.push_back(std::move(kept));
    }
  }
  return AssembleLog(
      key, std::move(notes), [](const std::vector<ingest::Spot>& /*none*/, const auto& /*take*/) {},
      std::move(remembered));
}

Gathered::Gathered(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gathered::Gathered(Gathered&&) noexcept = default;
Gathered::~Gathered() = default;

const Totals& Gathered::totals() const { return impl_->totals; }
std::size_t Gathered::size() const { return impl_->revisions.size(); }
const RevisionKey& Gathered::key(std::size_t index) const { return impl_->revisions[index].first; }

RevisionLog Gathered::MakeLog(std::size_t index, const EntryLoader& load) {
  return Assemble(index, load, {}).log;
}

AssembledLog Gathered::Assemble(std::size_t index, const EntryLoader& load,
                                std::vector<ingest::LogEntry> remembered) {
  auto& [key, notes] = impl_->revisions[index];
  return AssembleLog(key, std::exchange(notes, {}), load, std::move(remembered));
}

}  // namespace neverready::analyzers
