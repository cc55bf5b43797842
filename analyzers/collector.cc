#include "analyzers/collector.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "analyzers/attempts.h"
#include "analyzers/kept_entry.h"
#include "analyzers/revision_builder.h"

namespace neverready::analyzers {
namespace {

using ingest::LogEntry;
using ingest::LogKind;
using Kind = PlatformEvent::Kind;

bool Before(const KeptEntry& a, const KeptEntry& b) {
  return std::tie(a.at, a.insert_id, a.log, a.source, a.position) <
         std::tie(b.at, b.insert_id, b.log, b.source, b.position);
}

bool Repeats(const KeptEntry& a, const KeptEntry& b) {
  if (a.at != b.at || a.log != b.log || a.insert_id != b.insert_id || a.instance != b.instance) return false;
  if (!a.insert_id.empty())
    return (a.split != nullptr) == (b.split != nullptr) && (!a.split || a.split->index == b.split->index);
  return a.own_time && b.own_time && a.at && a.source != b.source && TextOf(a) == TextOf(b);
}

// The short name at the end of "projects/p/locations/l/services/s/revisions/r".
std::string ShortName(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// A service's name is its revisions' without "-00012-abc".
std::string ServiceOf(const std::string& revision) {
  const std::size_t last = revision.rfind('-');
  const std::size_t number =
      last == std::string::npos || last == 0 ? std::string::npos : revision.rfind('-', last - 1);
  return number == std::string::npos || last - number != 6 ? revision : revision.substr(0, number);
}

}  // namespace

struct Collector::Impl {
  std::map<RevisionKey, std::vector<KeptEntry>> by_revision;
  // Neighbours in a file mostly belong to one revision.
  RevisionKey cached_key;
  std::vector<KeptEntry>* cached_entries = nullptr;
  std::map<std::uint32_t, core::Timestamp> last_time;  // of text, by source
  Collected result;

  std::map<RevisionKey, KeptEntry> first_request;

  void Store(const RevisionKey& key, const LogEntry& entry);
  void StoreRequest(const RevisionKey& key, const LogEntry& entry);
  RevisionKey KeyOf(const LogEntry& entry) const;
  void JoinSplits(std::vector<KeptEntry>* entries) const;
  void JoinCut(std::vector<KeptEntry>* entries) const;
  void PlaceServiceLevel();
  RevisionLog Build(const RevisionKey& key, std::vector<KeptEntry>* entries) const;
};

Collector::Collector() : impl_(std::make_unique<Impl>()) {}
Collector::~Collector() = default;

RevisionKey Collector::Impl::KeyOf(const LogEntry& entry) const {
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
  if (key.service.empty()) {
    key.scope = LogScope::kFile;
  } else {
    key.scope = LogScope::kDeploy;
  }
  return key;
}

void Collector::Impl::Store(const RevisionKey& key, const LogEntry& entry) {
  KeptEntry kept;
  kept.at = entry.timestamp;
  if (entry.log == LogKind::kText) {
    if (kept.at) {
      last_time[entry.source] = *kept.at;
    } else if (const auto last = last_time.find(entry.source); last != last_time.end()) {
      kept.at = last->second;
      kept.own_time = false;
    }
  }
  kept.insert_id = entry.insert_id;
  kept.instance = entry.instance;
  kept.container = entry.container;
  kept.log = entry.log;
  kept.severity = entry.severity;
  kept.source = entry.source;
  kept.position = entry.position;
  kept.text = entry.text;
  if (entry.audit) kept.audit = std::make_unique<const ingest::AuditRecord>(*entry.audit);
  kept.http_status = entry.http ? entry.http->status : 0;
  if (entry.split) kept.split = std::make_unique<const ingest::Split>(*entry.split);
  if (cached_entries == nullptr || !(cached_key == key)) {
    cached_key = key;
    cached_entries = &by_revision[key];
  }
  cached_entries->push_back(std::move(kept));
}

void Collector::Add(const LogEntry& entry) {
  Collected& result = impl_->result;
  ++result.entries;
  if (entry.timestamp) {
    if (!result.first || *entry.timestamp < *result.first) result.first = entry.timestamp;
    if (!result.last || *entry.timestamp > *result.last) result.last = entry.timestamp;
  }
  if (!entry.resource_type.empty() && entry.resource_type != "cloud_run_revision") {
    ++result.foreign;
    return;
  }
  if (entry.text.empty() && !entry.audit && !entry.http) {
    ++result.without_text;
    return;
  }
  const RevisionKey key = impl_->KeyOf(entry);
  // That a revision got traffic is told by its earliest request; the millions behind it add nothing.
  if (entry.log == LogKind::kRequests && entry.text.empty()) return impl_->StoreRequest(key, entry);
  impl_->Store(key, entry);
}

void Collector::Impl::StoreRequest(const RevisionKey& key, const LogEntry& entry) {
  const auto found = first_request.find(key);
  if (found != first_request.end() &&
      std::tie(found->second.at, found->second.insert_id) <= std::tie(entry.timestamp, entry.insert_id))
    return;
  KeptEntry& kept = first_request[key];
  kept.at = entry.timestamp;
  kept.insert_id = entry.insert_id;
  kept.instance = entry.instance;
  kept.log = entry.log;
  kept.severity = entry.severity;
  kept.http_status = entry.http ? entry.http->status : 0;
}

// Parts of one message over 256 KB, in order of their index, become one.
void Collector::Impl::JoinSplits(std::vector<KeptEntry>* entries) const {
  std::map<std::string, std::vector<std::size_t>> parts;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    if ((*entries)[i].split && !(*entries)[i].split->uid.empty())
      parts[(*entries)[i].split->uid].push_back(i);
  }
  if (parts.empty()) return;
  std::vector<char> gone(entries->size(), 0);
  for (auto& [uid, indexes] : parts) {
    std::ranges::sort(indexes, {}, [&](std::size_t i) { return (*entries)[i].split->index; });
    KeptEntry& first = (*entries)[indexes.front()];
    for (std::size_t n = 1; n < indexes.size(); ++n) {
      gone[indexes[n]] = 1;
      if (!first.text.empty()) first.text.front().text += TextOf((*entries)[indexes[n]]);
    }
  }
  std::vector<KeptEntry> left;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    if (!gone[i]) left.push_back(std::move((*entries)[i]));
  }
  *entries = std::move(left);
}

// A JSON line that was cut in two, so that neither half is JSON: the halves follow each other in one log of
// one instance.
void Collector::Impl::JoinCut(std::vector<KeptEntry>* entries) const {
  const auto open = [](const KeptEntry& kept) {
    const std::string text = TextOf(kept);
    return kept.text.size() == 1 && text.size() > 200 && text.front() == '{' &&
           std::ranges::count(text, '{') > std::ranges::count(text, '}');
  };
  for (std::size_t i = 0; i + 1 < entries->size(); ++i) {
    if (!open((*entries)[i])) continue;
    for (std::size_t j = i + 1; j < std::min(entries->size(), i + 8); ++j) {
      KeptEntry& next = (*entries)[j];
      if (next.instance != (*entries)[i].instance || next.log != (*entries)[i].log || next.text.size() != 1)
        continue;
      if (TextOf(next).starts_with("{") || TextOf(next).find('}') == std::string::npos) break;
      (*entries)[i].text.front().text += TextOf(next);
      entries->erase(entries->begin() + static_cast<std::ptrdiff_t>(j));
      break;
    }
  }
}

// Service-level entries that name no revision: readiness belongs to the revision that changed at the same
// time; what is left is a deploy.
void Collector::Impl::PlaceServiceLevel() {
  std::vector<RevisionKey> deploys;
  for (const auto& [key, entries] : by_revision) {
    if (key.scope == LogScope::kDeploy) deploys.push_back(key);
  }
  for (const RevisionKey& key : deploys) {
    std::vector<KeptEntry> left;
    for (KeptEntry& kept : by_revision[key]) {
      const auto event = kept.audit ? ParsePlatformText(kept.audit->status_message) : std::nullopt;
      const bool readiness = event && (event->kind == Kind::kReady || event->kind == Kind::kNotReady);
      if (!readiness) {
        left.push_back(std::move(kept));
        continue;
      }
      if (event->kind == Kind::kReady) continue;  // tells nothing that its revision's own entry does not
      std::vector<KeptEntry>* target = nullptr;
      std::optional<core::Timestamp> newest;
      for (auto& [other, entries] : by_revision) {
        if (other.scope != LogScope::kRevision || other.service != key.service ||
            other.project != key.project)
          continue;
        for (const KeptEntry& one : entries) {
          if (one.at && kept.at && *one.at <= *kept.at && (!newest || *one.at > *newest)) {
            newest = one.at;
            target = &entries;
          }
        }
      }
      if (target != nullptr) {
        target->push_back(std::move(kept));
      } else {
        left.push_back(std::move(kept));
      }
    }
    // Calls that succeeded explain nothing by themselves.
    std::erase_if(left, [](const KeptEntry& kept) {
      return !kept.audit || (kept.audit->status_message.empty() && kept.audit->status_code.value_or(0) == 0);
    });
    if (left.empty()) {
      by_revision.erase(key);
    } else {
      by_revision[key] = std::move(left);
    }
  }
}

RevisionLog Collector::Impl::Build(const RevisionKey& key, std::vector<KeptEntry>* entries) const {
  std::ranges::stable_sort(*entries, Before);
  entries->erase(std::unique(entries->begin(), entries->end(), Repeats), entries->end());
  JoinSplits(entries);
  JoinCut(entries);
  RevisionLog log;
  log.key = key;
  log.attempts = SplitAttempts(AppendEntries(*entries, &log), log);
  if (key.scope == LogScope::kFile) {
    for (const PlatformEvent& event : log.events) {
      if (event.revision.empty()) continue;
      log.key.scope = LogScope::kRevision;
      log.key.revision = event.revision;
      log.key.service = ServiceOf(event.revision);
    }
  }
  return log;
}

Collected Collector::Finish() {
  for (auto& [key, kept] : impl_->first_request) impl_->by_revision[key].push_back(std::move(kept));
  impl_->PlaceServiceLevel();
  Collected result = std::move(impl_->result);
  for (auto& [key, entries] : impl_->by_revision) result.revisions.push_back(impl_->Build(key, &entries));
  impl_ = std::make_unique<Impl>();
  return result;
}

}  // namespace neverready::analyzers
