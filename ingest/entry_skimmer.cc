#include "ingest/entry_skimmer.h"

#include <simdjson.h>

#include <array>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/text.h"
#include "ingest/entry_fields.h"

namespace neverready::ingest {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::SUCCESS;

// Whether the raw key, which its closing quote ends, is `name`.
template <std::size_t N>
bool Is(const char* raw, const char (&name)[N]) {
  return std::memcmp(raw, name, N - 1) == 0 && raw[N - 1] == '"';
}

// The text of a JSON string as it stands; false for other values and where an escape would have to be
// resolved.
bool PlainText(ondemand::value value, std::string_view* text) {
  std::string_view token = value.raw_json_token();
  token = core::Trim(token);
  if (token.size() < 2 || token.front() != '"' || token.back() != '"') return false;
  *text = token.substr(1, token.size() - 2);
  return text->find('\\') == std::string_view::npos;
}

// Whether a JSON string says anything, and is no JSON object itself.
bool HasText(ondemand::value value) {
  const std::string_view token = value.raw_json_token();
  if (token.size() < 3 || token.front() != '"' || token[1] == '"') return false;
  return token[1] != '{' && token[1] != ' ' && token[1] != '\\';
}

// A structured line with a message: what it says can be read later.
bool HasMessage(ondemand::value value) {
  ondemand::object members;
  if (value.get_object().get(members) != SUCCESS) return false;
  for (auto member : members) {
    simdjson::ondemand::raw_json_string key;
    ondemand::value held;
    if (member.key().get(key) != SUCCESS || member.value().get(held) != SUCCESS) return false;
    if (Is(key.raw(), "message") || Is(key.raw(), "msg")) return HasText(held);
  }
  return false;
}

struct Owner {
  bool foreign = false;
  std::string_view project, location, service, revision;
};

// Of long texts that differ all over (names, identifiers) eight words are enough.
std::size_t HashOf(std::string_view text) {
  constexpr std::size_t kWords = 8, kWord = sizeof(std::uint64_t);
  if (text.size() < kWords * kWord) return std::hash<std::string_view>()(text);
  std::uint64_t hash = text.size();
  const std::size_t step = (text.size() - kWord) / (kWords - 1);
  for (std::size_t i = 0; i < kWords; ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i * step, kWord);
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return hash;
}

// The envelope's members, as far as they were met.
struct Envelope {
  std::string_view insert_id, log_name, time, instance;
  std::uint32_t owner = 0;  // its number
  bool text = false, json = false, proto = false, http = false;
};

}  // namespace

struct EntrySkimmer::State {
  ondemand::parser parser;
  ondemand::document document;
  // Neighbours in a log mostly belong to few revisions, and one writer spells `resource` the same way every
  // time: the last raw texts by their hash.
  struct KnownResource {
    std::string raw;
    std::uint32_t owner = 0;
  };
  std::vector<KnownResource> resources{1024};
  // "project, location, service, revision" with a NUL between them, and a letter in front for foreign ones.
  std::unordered_map<std::string, std::uint32_t> owner_numbers;
  std::vector<Owner> owners;  // by number, from 1; the texts are those of owner_numbers' keys
  struct KnownLog {
    std::string name;
    LogKind kind = LogKind::kOther;
  };
  std::array<KnownLog, 8> logs;  // the last that were met
  std::size_t next_log = 0;

  bool Member(const char* key, ondemand::value value, Envelope* envelope);
  bool Resource(ondemand::value value, std::uint32_t* number);
  bool ReadOwner(ondemand::object resource, Owner* owner) const;
  std::uint32_t NumberOf(const Owner& owner);
  bool Labels(ondemand::value value, std::string_view* instance) const;
  bool Finish(const Envelope& envelope, BorrowedGlimpse* glimpse);
  LogKind KindOf(std::string_view log_name);
};

EntrySkimmer::EntrySkimmer() : state_(std::make_unique<State>()) {}
EntrySkimmer::~EntrySkimmer() = default;

bool EntrySkimmer::Skim(std::string_view json, BorrowedGlimpse* glimpse) {
  static_assert(kPadding >= simdjson::SIMDJSON_PADDING);
  State& state = *state_;
  if (state.parser.iterate(json.data(), json.size(), json.size() + kPadding).get(state.document) != SUCCESS)
    return false;
  ondemand::object members;
  if (state.document.get_object().get(members) != SUCCESS) return false;
  Envelope envelope;
  for (auto field : members) {
    ondemand::raw_json_string key;
    ondemand::value value;
    if (field.key().get(key) != SUCCESS || field.value().get(value) != SUCCESS) return false;
    if (!state.Member(key.raw(), value, &envelope)) return false;
  }
  const char* rest = nullptr;
  if (state.document.current_location().get(rest) != simdjson::OUT_OF_BOUNDS) return false;
  return state.Finish(envelope, glimpse);
}

bool EntrySkimmer::State::Member(const char* key, ondemand::value value, Envelope* envelope) {
  switch (key[0]) {
    case 'e': return Is(key, "errorGroups");
    case 'h': envelope->http = true; return Is(key, "httpRequest");
    case 'i': return Is(key, "insertId") && PlainText(value, &envelope->insert_id);
    case 'j': return Is(key, "jsonPayload") && (envelope->json = HasMessage(value));
    case 'l':
      if (Is(key, "logName")) return PlainText(value, &envelope->log_name);
      return Is(key, "labels") && Labels(value, &envelope->instance);
    case 'o': return Is(key, "operation");
    case 'p': return Is(key, "protoPayload") && (envelope->proto = true);
    case 'r':
      if (Is(key, "resource")) return Resource(value, &envelope->owner);
      return Is(key, "receiveTimestamp");
    case 's': return Is(key, "severity") || Is(key, "spanId") || Is(key, "sourceLocation");
    case 't':
      if (Is(key, "timestamp")) return PlainText(value, &envelope->time);
      if (Is(key, "textPayload")) return envelope->text = HasText(value);
      return Is(key, "trace") || Is(key, "traceSampled");
    default: return false;
  }
}

bool EntrySkimmer::State::Resource(ondemand::value value, std::uint32_t* number) {
  ondemand::object resource;
  std::string_view raw;
  if (value.get_object().get(resource) != SUCCESS || resource.raw_json().get(raw) != SUCCESS) return false;
  KnownResource& known = resources[HashOf(raw) % resources.size()];
  if (known.raw == raw) {
    *number = known.owner;
    return true;
  }
  Owner owner;
  if (resource.reset().error() != SUCCESS || !ReadOwner(resource, &owner)) return false;
  known.raw.assign(raw);
  *number = known.owner = NumberOf(owner);
  return true;
}

std::uint32_t EntrySkimmer::State::NumberOf(const Owner& owner) {
  std::string key(1, owner.foreign ? 'f' : 'r');
  for (const std::string_view part : {owner.project, owner.location, owner.service, owner.revision})
    key.append(part).push_back('\0');
  const auto [found, fresh] =
      owner_numbers.try_emplace(std::move(key), static_cast<std::uint32_t>(owners.size() + 1));
  if (fresh) {
    Owner& own = owners.emplace_back(owner);
    std::string_view rest = std::string_view(found->first).substr(1);
    for (std::string_view* part : {&own.project, &own.location, &own.service, &own.revision}) {
      *part = rest.substr(0, part->size());
      rest.remove_prefix(part->size() + 1);
    }
  }
  return found->second;
}

bool EntrySkimmer::State::ReadOwner(ondemand::object resource, Owner* owner) const {
  bool typed = false;
  for (auto field : resource) {
    ondemand::raw_json_string key;
    ondemand::value value;
    if (field.key().get(key) != SUCCESS || field.value().get(value) != SUCCESS) return false;
    std::string_view text;
    if (Is(key.raw(), "type")) {
      typed = PlainText(value, &text);
      owner->foreign = text != "cloud_run_revision";
      continue;
    }
    ondemand::object labels;
    if (!Is(key.raw(), "labels") || value.get_object().get(labels) != SUCCESS) return false;
    for (auto label : labels) {
      if (label.key().get(key) != SUCCESS || label.value().get(value) != SUCCESS || !PlainText(value, &text))
        return false;
      if (Is(key.raw(), "project_id")) owner->project = text;
      if (Is(key.raw(), "location")) owner->location = text;
      if (Is(key.raw(), "service_name")) owner->service = text;
      if (Is(key.raw(), "revision_name")) owner->revision = text;
    }
  }
  if (!typed) return false;
  return owner->foreign || (!owner->project.empty() && !owner->service.empty() && !owner->revision.empty());
}

bool EntrySkimmer::State::Labels(ondemand::value value, std::string_view* instance) const {
  ondemand::object labels;
  if (value.get_object().get(labels) != SUCCESS) return false;
  for (auto label : labels) {
    ondemand::raw_json_string key;
    ondemand::value held;
    if (label.key().get(key) != SUCCESS || label.value().get(held) != SUCCESS) return false;
    if (Is(key.raw(), "instance_id")) return false;
    if (Is(key.raw(), "instanceId") && !PlainText(held, instance)) return false;
  }
  return true;
}

LogKind EntrySkimmer::State::KindOf(std::string_view log_name) {
  for (const KnownLog& log : logs) {
    if (log.name == log_name) return log.kind;
  }
  KnownLog& log = logs[next_log++ % logs.size()];
  log = {std::string(log_name), KindOfLog(log_name)};
  return log.kind;
}

bool EntrySkimmer::State::Finish(const Envelope& envelope, BorrowedGlimpse* glimpse) {
  using Kind = BorrowedGlimpse::Kind;
  if (envelope.owner == 0 || envelope.log_name.empty()) return false;
  const auto at = core::ParseRfc3339(envelope.time);
  if (!at) return false;
  const Owner& owner = owners[envelope.owner - 1];
  const int payloads =
      static_cast<int>(envelope.text) + static_cast<int>(envelope.json) + static_cast<int>(envelope.proto);
  switch (KindOf(envelope.log_name)) {
    case LogKind::kStdout:
    case LogKind::kStderr:
    case LogKind::kOther:
      if (payloads != 1 || envelope.proto) return false;
      glimpse->kind = Kind::kApp;
      break;
    case LogKind::kSystem:
      if (payloads != 1 || envelope.proto) return false;
      glimpse->kind = Kind::kPlatform;
      break;
    case LogKind::kRequests:
      if (payloads > 1 || envelope.proto || !envelope.http) return false;
      glimpse->kind = payloads == 0 ? Kind::kRequest : Kind::kPlatform;
      break;
    case LogKind::kSystemEvent:
    case LogKind::kActivity:
      if (payloads != 1 || !envelope.proto) return false;
      glimpse->kind = Kind::kPlatform;
      break;
    case LogKind::kText: return false;
  }
  if (owner.foreign) glimpse->kind = Kind::kForeign;
  glimpse->at = *at;
  glimpse->project = owner.project;
  glimpse->location = owner.location;
  glimpse->service = owner.service;
  glimpse->revision = owner.revision;
  glimpse->instance = envelope.instance;
  glimpse->insert_id = envelope.insert_id;
  glimpse->owner_number = envelope.owner;
  return true;
}

bool GlimpseOf(const LogEntry& entry, BorrowedGlimpse* glimpse) {
  using Kind = BorrowedGlimpse::Kind;
  if (!entry.timestamp || entry.split || entry.revision.empty() ||
      entry.resource_type != "cloud_run_revision")
    return false;
  switch (entry.log) {
    case LogKind::kStdout:
    case LogKind::kStderr:
    case LogKind::kOther:
      if (entry.text.empty() || entry.audit) return false;
      glimpse->kind = Kind::kApp;
      break;
    case LogKind::kSystem:
    case LogKind::kSystemEvent:
    case LogKind::kActivity:
      if (entry.text.empty() && !entry.audit) return false;
      glimpse->kind = Kind::kPlatform;
      break;
    case LogKind::kRequests:
    case LogKind::kText: return false;
  }
  glimpse->at = *entry.timestamp;
  glimpse->project = entry.project;
  glimpse->location = entry.location;
  glimpse->service = entry.service;
  glimpse->revision = entry.revision;
  glimpse->instance = entry.instance;
  glimpse->insert_id = entry.insert_id;
  glimpse->owner_number = 0;
  return true;
}

}  // namespace neverready::ingest
