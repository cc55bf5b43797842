#include "ingest/payload_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/text.h"
#include "ingest/entry_fields.h"
#include "ingest/payload_keys.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kMaxLeaves = 2000;
constexpr std::size_t kMaxDetails = 40;
constexpr std::size_t kMaxDetailBytes = 64 << 10;
constexpr std::size_t kMaxFieldBytes = 80;
constexpr std::size_t kMaxFieldsBytes = 1 << 10;

using Kind = LeafList::Kind;
using Leaf = LeafList::Leaf;

// By weight.
constexpr std::string_view kLevelPaths[] = {
    "severity",  "level", "levelname",     "level_name",   "lvl",        "loglevel",          "log_level",
    "log.level", "@l",    "severity_text", "severitytext", "level.name", "record.level.name", "levelno"};
constexpr std::string_view kLoggerPaths[] = {
    "logger",        "logger_name",          "loggername", "log.logger", "name",   "context.name",
    "labels.module", "labels.python_logger", "target",     "category",   "channel"};
constexpr std::string_view kTimePaths[] = {"time", "ts",       "timestamp", "@timestamp",
                                           "@t",   "datetime", "asctime",   "date"};

std::size_t FloorToCodePoint(std::string_view text, std::size_t size) {
  if (size >= text.size()) return text.size();
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size;
}

std::optional<double> ParseDouble(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> ParseWhole(std::string_view text) {
  const std::optional<double> value = ParseDouble(text);
  if (!value || std::abs(*value) > 9e18) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

const Leaf* FindMessage(const LeafList& payload) {
  const Leaf* best = nullptr;
  std::size_t best_rank = kNoRank;
  for (const Leaf& leaf : payload.leaves()) {
    if (leaf.kind != Kind::kString || leaf.depth > 2) continue;
    const std::size_t rank = MessageRank(payload.path(leaf));
    if (rank >= best_rank || core::Trim(leaf.text).empty()) continue;
    best = &leaf;
    best_rank = rank;
  }
  return best;
}

bool IsDetail(const Leaf& leaf, std::string_view message) {
  return leaf.kind == Kind::kString && !leaf.boring && !core::Trim(leaf.text).empty() &&
         message.find(leaf.text) == std::string_view::npos;
}

bool HasText(const LogEntry& entry, std::size_t from, std::string_view text) {
  return std::any_of(entry.text.begin() + static_cast<std::ptrdiff_t>(from), entry.text.end(),
                     [&](const TextPart& part) { return part.text == text; });
}

void AddDetails(const LeafList& payload, const Leaf* message, PartPool* pool, LogEntry* entry) {
  const std::string_view said = message != nullptr ? message->text : std::string_view();
  const std::size_t first = entry->text.size();
  for (const bool about_errors : {true, false}) {
    for (const Leaf& leaf : payload.leaves()) {
      if (&leaf == message || !IsDetail(leaf, said)) continue;
      if (IsErrorLike(payload.path(leaf)) != about_errors) continue;
      if (entry->text.size() - first == kMaxDetails) return;
      if (HasText(*entry, first, leaf.text)) continue;
      pool->Add(TextRole::kDetail, payload.path(leaf), leaf.text, entry, kMaxDetailBytes);
    }
  }
}

void AddFields(const LeafList& payload, const Leaf* message, PartPool* pool, LogEntry* entry) {
  std::string fields;
  for (const Leaf& leaf : payload.leaves()) {
    const std::string_view path = payload.path(leaf);
    if (leaf.boring || &leaf == message || leaf.depth > 2 || leaf.text.empty() ||
        leaf.text.size() > kMaxFieldBytes)
      continue;
    if (leaf.text.find('\n') != std::string_view::npos) continue;
    const std::size_t size = path.size() + 1 + leaf.text.size() + (fields.empty() ? 0 : 1);
    if (fields.size() + size > kMaxFieldsBytes) continue;
    if (!fields.empty()) fields += ' ';
    fields.append(path).append(1, '=').append(leaf.text);
  }
  if (!fields.empty()) pool->Add(TextRole::kFields, "", fields, entry);
}

std::optional<Severity> FindLevel(const LeafList& payload) {
  for (const std::string_view path : kLevelPaths) {
    const Leaf* leaf = payload.FindString(path);
    if (leaf == nullptr) continue;
    if (const auto severity = ParseSeverity(leaf->text)) return severity;
  }
  for (const std::string_view path : kLevelPaths) {
    const Leaf* leaf = payload.Find(path);
    if (leaf == nullptr || leaf->kind == Kind::kBool) continue;
    const std::optional<std::int64_t> number = ParseWhole(leaf->text);
    if (!number) continue;
    if (path == "severity" && *number >= 100) return SeverityOfRank(*number);
    if (path == "levelno") return SeverityOfLoggerLevel(*number + 10);  // Python counts from DEBUG = 10
    if (const auto severity = SeverityOfLoggerLevel(*number)) return severity;
  }
  return std::nullopt;
}

void TellLoggerAndLevel(const LeafList& payload, LogEntry* entry) {
  for (const std::string_view path : kLoggerPaths) {
    const Leaf* leaf = payload.FindString(path);
    if (leaf == nullptr) continue;
    if (entry->app_logger.empty()) entry->app_logger.assign(leaf->text);
    break;
  }
  if (entry->severity == Severity::kDefault)
    entry->severity = FindLevel(payload).value_or(Severity::kDefault);
}

std::optional<core::Timestamp> TimeOfParts(const LeafList& payload, std::string_view seconds_path,
                                           std::string_view nanos_path) {
  const Leaf* seconds = payload.Find(seconds_path);
  if (seconds == nullptr) return std::nullopt;
  const std::optional<double> whole = ParseDouble(seconds->text);
  std::optional<core::Timestamp> at = whole ? core::FromEpoch(*whole) : std::nullopt;
  const Leaf* nanos = payload.Find(nanos_path);
  if (at && nanos != nullptr) *at += std::chrono::nanoseconds(ParseWhole(nanos->text).value_or(0));
  return at;
}

}  // namespace

void PartPool::Recycle(LogEntry* entry) {
  for (TextPart& part : entry->text) {
    // A part that had to hold a whole stack is not kept for a word.
    if (spare_.size() < kMaxDetails && part.text.capacity() <= kMaxDetailBytes)
      spare_.push_back(std::move(part));
  }
  entry->text.clear();
}

void PartPool::Add(TextRole role, std::string_view key, std::string_view text, LogEntry* entry,
                   std::size_t max_bytes) {
  if (spare_.empty()) {
    entry->text.emplace_back();
  } else {
    entry->text.push_back(std::move(spare_.back()));
    spare_.pop_back();
  }
  TextPart& part = entry->text.back();
  part.role = role;
  part.key.assign(key);
  part.text.assign(text.substr(0, FloorToCodePoint(text, max_bytes)));
}

void LeafList::Clear() {
  leaves_.clear();
  paths_.clear();
  current_.clear();
  depth_ = 0;
}

std::size_t LeafList::Push(std::string_view key) {
  const std::size_t mark = current_.size();
  if (depth_ > 0) current_ += '.';
  current_ += key;
  ++depth_;
  return mark;
}

std::size_t LeafList::PushIndex(std::size_t index) { return Push(fmt::format_int(index).str()); }

void LeafList::Pop(std::size_t mark) {
  current_.resize(mark);
  --depth_;
}

void LeafList::Add(Kind kind, std::string_view text) {
  if (leaves_.size() == kMaxLeaves) return;
  leaves_.push_back({kind, depth_, paths_.size(), current_.size(), text, IsBoring(current_)});
  paths_ += current_;
}

const Leaf* LeafList::Find(std::string_view wanted) const {
  for (const Leaf& leaf : leaves_) {
    if (leaf.path_size == wanted.size() && core::StartsWithNoCase(path(leaf), wanted)) return &leaf;
  }
  return nullptr;
}

const Leaf* LeafList::FindString(std::string_view wanted) const {
  const Leaf* leaf = Find(wanted);
  return leaf != nullptr && leaf->kind == Kind::kString && !leaf->text.empty() ? leaf : nullptr;
}

void TellPayload(const LeafList& payload, PartPool* pool, LogEntry* entry) {
  const Leaf* message = FindMessage(payload);
  if (message != nullptr) pool->Add(TextRole::kMessage, payload.path(*message), message->text, entry);
  AddDetails(payload, message, pool, entry);
  AddFields(payload, message, pool, entry);
  TellLoggerAndLevel(payload, entry);
}

std::optional<core::Timestamp> FindPayloadTime(const LeafList& payload) {
  for (const std::string_view path : kTimePaths) {
    const Leaf* leaf = payload.Find(path);
    if (leaf == nullptr || leaf->kind == Kind::kBool) continue;
    if (leaf->kind == Kind::kString) {
      if (const auto at = core::ParseRfc3339(leaf->text)) return at;
      const std::optional<core::LeadingTime> leading = core::FindLeadingTime(leaf->text);
      if (leading && leading->length == leaf->text.size()) return leading->at;
    }
    const std::optional<double> epoch = ParseDouble(leaf->text);
    if (const auto at = epoch ? core::FromEpoch(*epoch) : std::nullopt) return at;
  }
  if (const auto at = TimeOfParts(payload, "timestamp.seconds", "timestamp.nanos")) return at;
  if (const auto at = TimeOfParts(payload, "timestampseconds", "timestampnanos")) return at;
  return TimeOfParts(payload, "instant.epochsecond", "instant.nanoofsecond");
}

}  // namespace neverready::ingest
