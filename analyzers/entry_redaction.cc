#include "analyzers/entry_redaction.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzers/logged_key.h"
#include "core/secret_kind.h"
#include "core/secret_mark.h"
#include "core/secret_words.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using core::SecretKind;
using core::SecretSpan;
using ingest::AuditRecord;
using ingest::TextRole;
using Spans = std::vector<SecretSpan>;

// What is hidden may uncover what its neighbours are; only texts made for it take more passes than this.
constexpr int kMostPasses = 6;

// So many secrets are looked for where they stand bare; each costs one search of everything.
constexpr std::size_t kMostHidden = 32;

std::string MarkOf(SecretKind kind) { return std::string(core::kMark) + std::string(core::Name(kind)) + "]"; }

struct Text {
  std::string* text = nullptr;
  const KeptEntry* entry = nullptr;  // null: of an audit record, and no part of any stream
  std::string_view key;
  TextRole role = TextRole::kMessage;
  bool image = false;
};

// ---- One text.

Spans FindInValue(const core::Redactor& redactor, std::string_view before, std::string_view text,
                  std::string_view behind) {
  Spans spans = redactor.Find(std::string(before).append(text).append(behind));
  std::erase_if(spans, [&](SecretSpan& span) {
    if (span.begin < before.size()) return true;
    span.begin -= before.size();
    span.end = std::min(span.end - before.size(), text.size());
    return span.begin >= span.end;
  });
  return spans;
}

// A key such as "config.db_password" gives its value away, as it would in the JSON that it was read from.
Spans FindByKey(const core::Redactor& redactor, const Text& part) {
  if (part.role != TextRole::kDetail || !core::ReadSecretName(part.key)) return {};
  for (const char quote : {'"', '\'', '`'}) {
    if (part.text->find(quote) != std::string::npos) continue;
    Spans spans =
        FindInValue(redactor, std::string(part.key) + "=" + quote, *part.text, std::string(1, quote));
    std::erase_if(spans, [](const SecretSpan& span) { return span.begin > 0; });
    return spans;
  }
  return {};
}

// An image is a URL without its scheme, "user:password@registry/path"; "web:tag@sha256:…" has no path.
Spans FindInImage(const core::Redactor& redactor, const Text& image) {
  const std::size_t slash = image.text->find('/');
  if (slash == std::string::npos || image.text->find("://") != std::string::npos ||
      image.text->find('@') > slash)
    return {};
  return FindInValue(redactor, "https://", *image.text, "");
}

std::string Apply(std::string_view text, const Spans& spans, std::vector<core::HiddenSecret>* hidden) {
  std::string out;
  std::size_t at = 0;
  for (const SecretSpan& span : spans) {
    out.append(text, at, span.begin - at).append(MarkOf(span.kind));
    hidden->push_back({std::string(text.substr(span.begin, span.end - span.begin)), span.kind});
    at = span.end;
  }
  return out.append(text, at);
}

// What only the place of the text tells.
void RedactByPlace(const core::Redactor& redactor, const Text& one, std::vector<core::HiddenSecret>* hidden) {
  const Spans spans = one.image ? FindInImage(redactor, one) : FindByKey(redactor, one);
  if (!spans.empty()) *one.text = Apply(*one.text, spans, hidden);
}

void RedactOne(const core::Redactor& redactor, const Text& one, std::vector<core::HiddenSecret>* hidden) {
  if (!redactor.Find(*one.text).empty()) *one.text = redactor.Redact(*one.text, hidden);
  // "\x1b[32mpassword\x1b[0m=x": a secret that only shows without its colours takes them along.
  std::string clean;
  if (core::StripControls(*one.text, &clean) && !redactor.Find(clean).empty())
    *one.text = redactor.Redact(clean, hidden);
}

// ---- Secrets that go over several entries.

// The texts of one place in one log of one container, as one text.
struct Joined {
  std::string text;
  std::vector<std::size_t> begins;  // where each begins
  std::vector<std::size_t> ends;
};

bool GoesOn(const KeptEntry& entry, const KeptEntry& next) {
  return entry.split && next.split && entry.split->uid == next.split->uid &&
         entry.split->index + 1 == next.split->index;
}

// Whether a secret may begin in one text and end in another: only keys and elements have lines of their own.
bool MayGoOn(const std::vector<const Text*>& stream) {
  for (std::size_t i = 0; i < stream.size(); ++i) {
    if (stream[i]->text->find('<') != std::string::npos ||
        stream[i]->text->find(kKeyBegin) != std::string::npos ||
        (i > 0 && GoesOn(*stream[i - 1]->entry, *stream[i]->entry)))
      return true;
  }
  return false;
}

// Controls are left out: a key may come in colour.
Joined Join(const std::vector<const Text*>& stream) {
  Joined joined;
  std::string clean;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    if (i > 0 && !GoesOn(*stream[i - 1]->entry, *stream[i]->entry)) joined.text += '\n';
    joined.begins.push_back(joined.text.size());
    joined.text += core::StripControls(*stream[i]->text, &clean) ? clean : *stream[i]->text;
    joined.ends.push_back(joined.text.size());
  }
  return joined;
}

// A part of a secret, which has the rest in another entry.
std::string HidePart(std::string_view part, SecretKind kind) {
  if (kind == SecretKind::kPrivateKey) return HideKeyPart(part);
  const std::string_view words = core::Trim(part);
  if (words.empty() || core::MarkLength(words, 0) == words.size()) return std::string(part);
  const auto begin = static_cast<std::size_t>(words.data() - part.data());
  return std::string(part.substr(0, begin)) + MarkOf(kind) + std::string(part.substr(begin + words.size()));
}

bool IsOfOne(const Joined& joined, const SecretSpan& span) {
  const auto next = std::ranges::upper_bound(joined.begins, span.begin);
  return span.end <= joined.ends[static_cast<std::size_t>(next - joined.begins.begin()) - 1];
}

// What goes over several texts, ascending, without overlap. What stands in one of them is found there.
Spans FindAcross(const core::Redactor& redactor, const Joined& joined) {
  Spans spans = FindLoggedKeys(joined.text);
  std::ranges::copy(redactor.Find(joined.text), std::back_inserter(spans));
  std::erase_if(spans, [&](const SecretSpan& span) { return IsOfOne(joined, span); });
  std::ranges::stable_sort(spans, {}, &SecretSpan::begin);
  Spans merged;
  for (const SecretSpan& span : spans) {
    if (merged.empty() || span.begin >= merged.back().end) {
      merged.push_back(span);
      continue;
    }
    merged.back().end = std::max(merged.back().end, span.end);
    if (span.kind == SecretKind::kPrivateKey) merged.back().kind = span.kind;
  }
  return merged;
}

void HideAcross(const core::Redactor& redactor, const std::vector<const Text*>& stream) {
  if (!MayGoOn(stream)) return;
  const Joined joined = Join(stream);
  const Spans spans = FindAcross(redactor, joined);
  auto first = spans.begin();
  for (std::size_t i = 0; i < stream.size() && first != spans.end(); ++i) {
    const std::string_view whole = std::string_view(joined.text).substr(0, joined.ends[i]);
    while (first != spans.end() && first->end <= joined.begins[i]) ++first;
    std::string out;
    std::size_t at = joined.begins[i];
    for (auto span = first; span != spans.end() && span->begin < joined.ends[i]; ++span) {
      const std::size_t begin = std::max(span->begin, joined.begins[i]);
      const std::size_t end = std::min(span->end, joined.ends[i]);
      out.append(whole, at, begin - at).append(HidePart(whole.substr(begin, end - begin), span->kind));
      at = end;
    }
    out.append(whole, at);
    if (out != whole.substr(joined.begins[i])) *stream[i]->text = std::move(out);
  }
}

class Redaction {
 public:
  Redaction(const core::RedactOptions& options, std::vector<Text> texts)
      : redactor_(options), texts_(std::move(texts)) {
    std::map<std::tuple<std::string_view, std::string_view, ingest::LogKind, TextRole, std::string_view>,
             std::vector<const Text*>>
        streams;
    for (const Text& one : texts_) {
      if (one.entry == nullptr) continue;
      streams[{one.entry->instance, one.entry->container, one.entry->log, one.role, one.key}].push_back(&one);
    }
    for (auto& [place, stream] : streams) {
      if (stream.size() > 1) streams_.push_back(std::move(stream));
    }
  }

  void Run() {
    // What still changes is hidden as a whole, and then everything: a mark alone never changes, so that
    // redacting twice is redacting once whatever the texts are.
    for (int pass = 0;; ++pass) {
      std::vector<std::string> before;
      before.reserve(texts_.size());
      for (const Text& one : texts_) before.push_back(*one.text);
      Pass();
      bool changed = false;
      for (std::size_t i = 0; i < texts_.size(); ++i) {
        if (*texts_[i].text == before[i]) continue;
        changed = true;
        if (pass >= kMostPasses) *texts_[i].text = MarkOf(SecretKind::kSecret);
      }
      if (!changed) return;
      if (pass >= 2 * kMostPasses) {
        for (const Text& one : texts_) *one.text = MarkOf(SecretKind::kSecret);
        return;
      }
    }
  }

 private:
  void Pass() {
    for (const auto& stream : streams_) HideAcross(redactor_, stream);
    // As a whole where a key tells it, before a part of it is hidden elsewhere.
    for (const Text& one : texts_) RedactByPlace(redactor_, one, &found_);
    HideFound();
    for (const Text& one : texts_) RedactOne(redactor_, one, &found_);
    HideFound();
  }

  // What was found, wherever it stands bare.
  void HideFound() {
    Remember();
    if (hidden_.empty()) return;
    for (const Text& one : texts_) *one.text = core::HideAgain(std::move(*one.text), hidden_);
  }

  void Remember() {
    for (core::HiddenSecret& secret : found_) {
      if (hidden_.size() == kMostHidden) break;
      const bool known = std::ranges::any_of(
          hidden_, [&](const core::HiddenSecret& other) { return other.text == secret.text; });
      if (!known && secret.kind != SecretKind::kEmail) hidden_.push_back(std::move(secret));
    }
    found_.clear();
  }

  core::Redactor redactor_;
  std::vector<Text> texts_;
  std::vector<std::vector<const Text*>> streams_;
  std::vector<core::HiddenSecret> found_, hidden_;
};

// What an audit entry says in words. The bindings name every member, so that a new one breaks the build here.
void AddTexts(AuditRecord* record, std::vector<Text>* texts) {
  auto& [method, resource_name, kind, object_name, service, status_code, status_message, principal,
         conditions, latest_created_revision, latest_ready_revision, image, container_port, memory_limit,
         cpu_limit, service_account, startup_probe, env, default_startup_probe] = *record;
  const auto add = [&](std::string* text) { texts->emplace_back().text = text; };
  add(&status_message);
  for (ingest::Condition& condition : conditions) {
    add(&condition.reason);
    add(&condition.message);
  }
  add(&image);
  texts->back().image = true;
  if (startup_probe) add(&startup_probe->path);
}

}  // namespace

void RedactEntries(const core::RedactOptions& options, std::span<KeptEntry> entries) {
  std::vector<Text> texts;
  std::vector<std::unique_ptr<AuditRecord>> records(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    KeptEntry& entry = entries[i];
    for (ingest::TextPart& part : entry.text)
      texts.push_back({&part.text, &entry, part.key, part.role, false});
    if (!entry.audit) continue;
    records[i] = std::make_unique<AuditRecord>(*entry.audit);
    AddTexts(records[i].get(), &texts);
  }
  Redaction(options, std::move(texts)).Run();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (records[i]) entries[i].audit = std::move(records[i]);
  }
}

}  // namespace neverready::analyzers
