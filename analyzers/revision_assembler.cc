#include "analyzers/revision_assembler.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "analyzers/attempts.h"
#include "analyzers/quiet_time.h"
#include "analyzers/revision_builder.h"
#include "core/redact.h"

namespace neverready::analyzers {
namespace {

using ingest::LogKind;

constexpr std::size_t kMostLines = 10'000;  // at either end of an attempt
constexpr std::size_t kMostAttempts = 200;  // at either end of a revision's life
constexpr std::size_t kFewLines = 32;       // not worth choosing among

// A service's name is its revisions' without "-00012-abc".
std::string ServiceOf(const std::string& revision) {
  const std::size_t last = revision.rfind('-');
  const std::size_t number =
      last == std::string::npos || last == 0 ? std::string::npos : revision.rfind('-', last - 1);
  return number == std::string::npos || last - number != 6 ? revision : revision.substr(0, number);
}

// Makes one message of two.
void Append(KeptEntry next, KeptEntry* first) {
  if (first->parts.empty()) {
    KeptEntry own = Copy(*first);
    first->parts.push_back(std::move(own));
  }
  if (!first->text.empty()) first->text.front().text += TextOf(next);
  first->parts.push_back(std::move(next));
}

// Parts of one message over 256 KB, in order of their index, become one.
void JoinSplits(std::vector<KeptEntry>* entries) {
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
      Append(std::move((*entries)[indexes[n]]), &first);
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
void JoinCut(std::vector<KeptEntry>* entries) {
  const auto open = [](const KeptEntry& kept) {
    if (kept.text.size() != 1) return false;
    const std::string& text = kept.text.front().text;
    return text.size() > 200 && text.front() == '{' &&
           std::ranges::count(text, '{') > std::ranges::count(text, '}');
  };
  for (std::size_t i = 0; i + 1 < entries->size(); ++i) {
    if (!open((*entries)[i])) continue;
    for (std::size_t j = i + 1; j < std::min(entries->size(), i + 8); ++j) {
      KeptEntry& next = (*entries)[j];
      if (next.instance != (*entries)[i].instance || next.log != (*entries)[i].log || next.text.size() != 1)
        continue;
      if (TextOf(next).starts_with("{") || TextOf(next).find('}') == std::string::npos) break;
      Append(std::move(next), &(*entries)[i]);
      entries->erase(entries->begin() + static_cast<std::ptrdiff_t>(j));
      break;
    }
  }
}

// Of text, which has no insertId, a remembered line goes where it was read again. What is remembered is
// redacted.
void DropRemembered(std::vector<KeptEntry>* entries) {
  const auto is_text = [](const KeptEntry& kept) {
    return kept.log == LogKind::kText && kept.insert_id.empty();
  };
  const auto is_remembered = [](const KeptEntry& kept) { return kept.source == kRememberedSource; };
  if (std::ranges::none_of(*entries,
                           [&](const KeptEntry& one) { return is_text(one) && is_remembered(one); }))
    return;
  std::map<std::pair<std::optional<core::Timestamp>, std::string>, std::size_t> read;
  const core::Redactor redactor;
  for (const KeptEntry& kept : *entries) {
    if (is_text(kept) && !is_remembered(kept)) ++read[{kept.at, redactor.Redact(TextOf(kept))}];
  }
  std::erase_if(*entries, [&](const KeptEntry& kept) {
    if (!is_text(kept) || !is_remembered(kept)) return false;
    const auto found = read.find({kept.at, TextOf(kept)});
    return found != read.end() && found->second-- > 0;
  });
}

void PutInOrder(std::vector<KeptEntry>* entries) {
  std::ranges::stable_sort(*entries, Before);
  entries->erase(std::unique(entries->begin(), entries->end(), Repeats), entries->end());
}

class Assembler {
 public:
  Assembler(RevisionNotes notes, const EntryLoader& load)
      : notes_(std::move(notes)), load_(load), entries_(std::move(notes_.kept)) {}

  // Entries of earlier inputs.
  void Add(std::vector<ingest::LogEntry> remembered) {
    std::uint64_t position = 0;
    for (const ingest::LogEntry& entry : remembered) {
      KeptEntry kept = KeepRemembered(entry, ++position);
      if (kept.log == LogKind::kRequests && kept.text.empty()) {
        OfferRequest(std::move(kept), &notes_);
      } else {
        entries_.push_back(std::move(kept));
      }
    }
  }

  std::vector<KeptEntry> Entries() && {
    LoadPlatform();
    if (!notes_.app.empty()) {
      PutInOrder(&entries_);
      Load(ChosenLines());
    }
    DropRemembered(&entries_);
    PutInOrder(&entries_);
    return std::move(entries_);
  }

 private:
  void Load(std::vector<ingest::Spot> spots) {
    if (spots.empty()) return;
    load_(std::move(spots), [this](const ingest::LogEntry& entry) { entries_.push_back(Keep(entry)); });
  }

  void LoadPlatform() {
    std::vector<ingest::Spot> spots;
    for (const Sighting& sighting : notes_.platform) spots.push_back(sighting.spot());
    Load(std::move(spots));
    std::unique_ptr<KeptEntry> first = std::move(notes_.kept_request);
    if (notes_.request) {
      load_({notes_.request->spot}, [&](const ingest::LogEntry& entry) {
        KeptEntry request = Keep(entry);
        if (!first || std::tie(request.at, request.insert_id) < std::tie(first->at, first->insert_id))
          first = std::make_unique<KeptEntry>(std::move(request));
      });
    }
    if (first) entries_.push_back(std::move(*first));
  }

  std::vector<ingest::Spot> ChosenLines() {
    std::vector<Sighting>& app = notes_.app;
    std::vector<ingest::Spot> spots;
    if (app.size() <= kFewLines) {
      for (const Sighting& line : app) spots.push_back(line.spot());
      return spots;
    }
    std::ranges::sort(app, [](const Sighting& a, const Sighting& b) {
      return std::make_tuple(a.at, a.spot().source, a.spot().offset) <
             std::make_tuple(b.at, b.spot().source, b.spot().offset);
    });
    RevisionLog events;
    const std::vector<LogItem> items = AppendEntries(entries_, &events);
    const bool was_ready = WasReady(events);
    const std::vector<Attempt> attempts = Outline(events, items);
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      const bool middle = i >= kMostAttempts && i + kMostAttempts < attempts.size();
      Choose(attempts[i], static_cast<std::uint32_t>(events.lines.size()),
             middle ? std::nullopt : QuietTime(events, attempts[i], was_ready), middle, &spots);
    }
    return spots;
  }

  // The attempts of all that is known, by times alone. The lines that were only noted are numbered behind
  // those of `log`.
  std::vector<Attempt> Outline(const RevisionLog& log, const std::vector<LogItem>& items) const {
    AttemptSplitter splitter(log);
    const auto add = [&](BorrowedAttemptItem item, const std::uint32_t& mark) {
      item.instance = mark == 0 ? std::string_view()
                                : std::string_view(reinterpret_cast<const char*>(&mark), sizeof mark);
      splitter.Add(item);
    };
    auto next = items.begin();
    for (std::size_t i = 0; i < notes_.app.size(); ++i) {
      const Sighting& line = notes_.app[i];
      for (; next != items.end(); ++next) {
        const BorrowedAttemptItem item = ItemOf(log, *next);
        if (item.at && *item.at > line.at) break;
        add(item, InstanceMark(item.instance));
      }
      add({BorrowedAttemptItem::Kind::kLine, static_cast<std::uint32_t>(log.lines.size() + i), {}, line.at},
          line.instance);
    }
    for (; next != items.end(); ++next) {
      const BorrowedAttemptItem item = ItemOf(log, *next);
      add(item, InstanceMark(item.instance));
    }
    return std::move(splitter).Finish();
  }

  // The first and the last line always count: they say when an attempt was alive.
  void Choose(const Attempt& attempt, std::uint32_t known_lines, const std::optional<TimeSpan>& quiet,
              bool ends_only, std::vector<ingest::Spot>* spots) const {
    std::vector<const Sighting*> lines, chosen;
    for (const std::uint32_t line : attempt.lines) {
      if (line >= known_lines) lines.push_back(&notes_.app[line - known_lines]);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool end = i == 0 || i + 1 == lines.size();
      const bool in_quiet = quiet && lines[i]->at > quiet->from && lines[i]->at < quiet->to;
      if (end || (!ends_only && !in_quiet)) chosen.push_back(lines[i]);
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (i < kMostLines || i + kMostLines >= chosen.size()) spots->push_back(chosen[i]->spot());
    }
  }

  RevisionNotes notes_;
  const EntryLoader& load_;
  std::vector<KeptEntry> entries_;
};

}  // namespace

AssembledLog AssembleLog(const RevisionKey& key, RevisionNotes notes, const EntryLoader& load,
                         std::vector<ingest::LogEntry> remembered) {
  Assembler assembler(std::move(notes), load);
  assembler.Add(std::move(remembered));
  AssembledLog assembled;
  std::vector<KeptEntry>& entries = assembled.entries;
  entries = std::move(assembler).Entries();
  JoinSplits(&entries);
  JoinCut(&entries);
  RevisionLog& log = assembled.log;
  log.key = key;
  AttemptSplitter splitter(log);
  for (const LogItem& item : AppendEntries(entries, &log)) splitter.Add(ItemOf(log, item));
  log.attempts = std::move(splitter).Finish();
  if (key.scope == LogScope::kFile) {
    for (const PlatformEvent& event : log.events) {
      if (event.revision.empty()) continue;
      log.key.scope = LogScope::kRevision;
      log.key.revision = event.revision;
      log.key.service = ServiceOf(event.revision);
    }
  }
  return assembled;
}

}  // namespace neverready::analyzers
