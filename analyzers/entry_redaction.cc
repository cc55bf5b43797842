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

#include "core/ascii.h"
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

constexpr std::string_view kKeyBegin = "-----BEGIN ";

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

// A run of base64 that hardly is a word. The last line of a key may be short; behind a logger's words less
// than eight characters of it are not told from words.
bool IsKeyRun(std::string_view run, bool padded) {
  if (run.size() < 8) return false;
  return (padded && run.size() >= 16) || run.size() >= 40 ||
         (std::ranges::any_of(run, core::IsDigit) && std::ranges::any_of(run, core::IsUpper) &&
          std::ranges::any_of(run, core::IsLower));
}

struct Run {
  std::size_t begin = 0, end = 0;  // with its padding
  bool key = false;
};

// The next run of base64 in `text` from `at` on.
Run NextRun(std::string_view text, std::size_t at) {
  while (at < text.size() && !core::IsBase64(text[at])) ++at;
  Run run{at, at, false};
  while (run.end < text.size() && core::IsBase64(text[run.end])) ++run.end;
  const std::string_view word = text.substr(at, run.end - at);
  const std::size_t padding = text.substr(run.end, 2) == "==" ? 2 : text.substr(run.end, 1) == "=" ? 1 : 0;
  run.key = IsKeyRun(word, padding > 0);
  run.end += padding;
  return run;
}

bool HoldsKeyLine(std::string_view line) {
  constexpr std::size_t kShortest = 16;
  for (Run run = NextRun(line, 0); run.begin < line.size(); run = NextRun(line, run.end)) {
    if (run.key && run.end - run.begin >= kShortest) return true;
  }
  return false;
}

// A line between the first and the last line of a key. What a logger wrote before it stays, and so does what
// somebody else said in between.
std::string HideKeyLine(std::string_view line) {
  const std::string_view word = core::Trim(line);
  const std::string mark = MarkOf(SecretKind::kPrivateKey);
  const auto begin = static_cast<std::size_t>(word.data() - line.data());
  const Run first = NextRun(word, 0);
  if (!word.empty() && word.find_first_of(" \t") == std::string_view::npos && first.end - first.begin >= 4 &&
      core::MarkLength(word, 0) != word.size() && !word.starts_with("-----"))
    return std::string(line.substr(0, begin)) + mark + std::string(line.substr(begin + word.size()));
  std::string out;
  std::size_t at = 0;
  for (Run run = NextRun(line, 0); run.begin < line.size(); run = NextRun(line, run.end)) {
    if (!run.key) continue;
    out.append(line, at, run.begin - at).append(mark);
    at = run.end;
  }
  return out.append(line, at);
}

// A part of a secret, which has the rest in another entry.
std::string HidePart(std::string_view part, SecretKind kind) {
  if (kind == SecretKind::kPrivateKey) {
    std::string out;
    while (true) {
      const std::size_t end = part.find('\n');
      out += HideKeyLine(part.substr(0, end));
      if (end == std::string_view::npos) return out;
      out += '\n';
      part.remove_prefix(end + 1);
    }
  }
  const std::string_view words = core::Trim(part);
  if (words.empty() || core::MarkLength(words, 0) == words.size()) return std::string(part);
  const auto begin = static_cast<std::size_t>(words.data() - part.data());
  return std::string(part.substr(0, begin)) + MarkOf(kind) + std::string(part.substr(begin + words.size()));
}

// Behind the lines of a key that begins at `body` and has no last line.
std::size_t EndOfKeyLines(std::string_view text, std::size_t body) {
  std::size_t end = body;
  for (std::size_t at = body; at < text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    const bool rest_of_first = at == body;
    if (HoldsKeyLine(text.substr(at, newline - at))) {
      end = newline;
    } else if (!rest_of_first || text.substr(at, newline - at).find_first_not_of("\"' \r") < newline - at) {
      break;
    }
    at = newline + 1;
  }
  return end;
}

// Private keys from their first line to their last, also with a logger's words before each line, which the
// redactor does not look through.
Spans FindKeys(std::string_view text) {
  constexpr std::string_view kEnd = "-----END ", kKey = "PRIVATE KEY", kDashes = "-----";
  constexpr std::size_t kLongestLabel = 60, kLongestKey = 1 << 14;
  Spans spans;
  std::size_t at = text.find(kKeyBegin);
  while (at != std::string_view::npos) {
    const std::string_view label = text.substr(at + kKeyBegin.size(), kLongestLabel);
    const std::size_t dashes = label.find(kDashes);
    std::size_t next = at + kKeyBegin.size();
    if (dashes != std::string_view::npos && label.substr(0, dashes).find(kKey) != std::string_view::npos) {
      const std::size_t body = next + dashes + kDashes.size();
      const std::string_view room = text.substr(body, kLongestKey);
      const std::string_view inside = room.substr(0, room.find(kKeyBegin));
      const std::size_t last = inside.find(kEnd);
      const bool ends = last != std::string_view::npos &&
                        inside.substr(last, kEnd.size() + kLongestLabel).find(kKey) != std::string_view::npos;
      const std::size_t end = ends ? body + last : EndOfKeyLines(text, body);
      if (end > body) spans.push_back({body, end, SecretKind::kPrivateKey});
      next = std::max(end, body);
    }
    at = text.find(kKeyBegin, next);
  }
  return spans;
}

bool IsOfOne(const Joined& joined, const SecretSpan& span) {
  const auto next = std::ranges::upper_bound(joined.begins, span.begin);
  return span.end <= joined.ends[static_cast<std::size_t>(next - joined.begins.begin()) - 1];
}

// What goes over several texts, ascending, without overlap. What stands in one of them is found there.
Spans FindAcross(const core::Redactor& redactor, const Joined& joined) {
  Spans spans = FindKeys(joined.text);
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
