#include "analyzers/rule_loader.h"

#include <algorithm>

#include "core/text.h"
#include "core/yaml.h"

namespace neverready::analyzers {
namespace {

using core::Result;
using core::Status;
using core::YamlNode;
using Kind = YamlNode::Kind;

const std::vector<std::string> kFileKeys{"speaker", "tier", "rules"};
const std::vector<std::string> kRuleKeys{"id",    "category", "role",      "on",  "scope", "pattern", "says",
                                         "beats", "blame",    "transient", "fix", "set",   "samples", "not"};

std::string Stem(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  std::string_view name = slash == std::string_view::npos ? file : file.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  return std::string(name.substr(0, dot));
}

std::string Folder(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string_view::npos) return "user";
  const std::size_t before = file.substr(0, slash).rfind('/');
  return std::string(file.substr(before == std::string_view::npos ? 0 : before + 1,
                                 slash - (before == std::string_view::npos ? 0 : before + 1)));
}

// The text of a scalar under `key`; "" where it is absent and not required.
Result<std::string> Text(const YamlNode& map, const char* key, bool required) {
  const YamlNode* node = map.Find(key);
  if (node == nullptr || node->kind == Kind::kNull) {
    if (!required) return std::string();
    return map.Complain("'" + std::string(key) + "' is missing");
  }
  if (node->kind != Kind::kScalar) return node->Complain("'" + std::string(key) + "' must be text");
  return node->scalar;
}

// One of a closed set of words under `key`, with a suggestion for misspelt ones.
template <typename T>
Status Word(const YamlNode& map, const char* key, std::optional<T> (*parse)(std::string_view),
            std::size_t count, T* out) {
  const YamlNode* node = map.Find(key);
  if (node == nullptr) return {};
  if (node->kind == Kind::kScalar) {
    if (const auto value = parse(node->scalar)) {
      *out = *value;
      return {};
    }
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(Name(static_cast<T>(i)));
  const std::string_view near = core::Nearest(node->scalar, names);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return node->Complain("'" + node->scalar + "' is no " + key,
                        near.empty() ? "one of: " + all : "did you mean '" + std::string(near) + "'?");
}

Result<std::vector<std::string>> TextList(const YamlNode& map, const char* key) {
  std::vector<std::string> list;
  const YamlNode* node = map.Find(key);
  if (node == nullptr || node->kind == Kind::kNull) return list;
  if (node->kind != Kind::kList) return node->Complain("'" + std::string(key) + "' must be a list");
  for (const YamlNode& item : node->items) {
    if (item.kind != Kind::kScalar)
      return item.Complain("'" + std::string(key) + "' must be a list of texts");
    list.push_back(item.scalar);
  }
  return list;
}

Result<Facts> ParseFacts(const YamlNode& map, const char* key) {
  Facts facts;
  const YamlNode* node = map.Find(key);
  if (node == nullptr || node->kind == Kind::kNull) return facts;
  if (node->kind != Kind::kMap) return node->Complain("'" + std::string(key) + "' must be a map of facts");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kFacts; ++i) names.emplace_back(Name(static_cast<Fact>(i)));
  if (const Status known = node->RejectUnknownKeys(names, "the list of facts"); !known)
    return tl::unexpected(known.error());
  for (const YamlNode::Entry& entry : node->entries) {
    const Fact fact = *ParseFact(entry.key);
    if (entry.value.kind == Kind::kList) {
      if (!IsList(fact)) return entry.value.Complain("the fact '" + entry.key + "' is not a list");
      std::vector<std::string> list;
      for (const YamlNode& item : entry.value.items) list.push_back(item.scalar);
      facts.Set(fact, std::move(list));
    } else {
      facts.SetFromText(fact, entry.value.scalar);
      if (!facts.Has(fact))
        return entry.value.Complain("'" + entry.value.scalar + "' is no value for the fact '" + entry.key +
                                    "'");
    }
  }
  return facts;
}

Status ParseFix(const YamlNode& map, Rule* rule) {
  const YamlNode* fix = map.Find("fix");
  if (fix == nullptr || fix->kind == Kind::kNull) return {};
  if (fix->kind != Kind::kMap) return fix->Complain("'fix' must be a map with 'text' and 'commands'");
  if (const Status known = fix->RejectUnknownKeys({"text", "commands"}, "a fix"); !known) return known;
  auto text = Text(*fix, "text", true);
  if (!text) return tl::unexpected(text.error());
  auto commands = TextList(*fix, "commands");
  if (!commands) return tl::unexpected(commands.error());
  rule->fix_text = *std::move(text);
  rule->fix_commands = *std::move(commands);
  return {};
}

Status ParseProof(const YamlNode& map, Rule* rule) {
  for (const char* key : {"samples", "not"}) {
    const YamlNode* list = map.Find(key);
    if (list == nullptr || list->kind == Kind::kNull) continue;
    if (list->kind != Kind::kList) return list->Complain("'" + std::string(key) + "' must be a list");
    const bool sample = std::string_view(key) == "samples";
    for (const YamlNode& item : list->items) {
      if (item.kind != Kind::kMap)
        return item.Complain("an element of '" + std::string(key) + "' must be a map with 'line'");
      const std::vector<std::string> keys =
          sample ? std::vector<std::string>{"line", "facts"} : std::vector<std::string>{"line", "why"};
      if (const Status known = item.RejectUnknownKeys(keys, sample ? "a sample" : "a near miss"); !known)
        return known;
      auto text = Text(item, "line", true);
      if (!text) return tl::unexpected(text.error());
      if (sample) {
        auto facts = ParseFacts(item, "facts");
        if (!facts) return tl::unexpected(facts.error());
        rule->samples.push_back({std::string(core::Trim(*text)), *std::move(facts), item.line});
      } else {
        auto why = Text(item, "why", true);
        if (!why) return tl::unexpected(why.error());
        rule->near_misses.push_back({std::string(core::Trim(*text)), *std::move(why), item.line});
      }
    }
  }
  return {};
}

Result<Rule> ParseRule(const YamlNode& node, const std::string& speaker) {
  if (node.kind != Kind::kMap) return node.Complain("a rule must be a map");
  if (const Status known = node.RejectUnknownKeys(kRuleKeys, "a rule"); !known)
    return tl::unexpected(known.error());
  Rule rule;
  rule.speaker = speaker;
  rule.line = node.line;
  auto id = Text(node, "id", true);
  if (!id) return tl::unexpected(id.error());
  rule.id = *std::move(id);
  const std::string_view id_tail = std::string_view(rule.id).substr(std::min(rule.id.size(), speaker.size()));
  if (!rule.id.starts_with(speaker) || !id_tail.starts_with(".") || id_tail.size() < 2) {
    return node.Complain("the id '" + rule.id + "' must begin with its speaker: '" + speaker + ".…'");
  }
  if (const Status role = Word<Role>(node, "role", ParseRole, 4, &rule.role); !role)
    return tl::unexpected(role.error());
  if (node.Find("role") == nullptr)
    return node.Complain("'role' is missing", "one of: cause, symptom, context, harmless");
  if (node.Find("category") == nullptr && (rule.role == Role::kCause || rule.role == Role::kSymptom))
    return node.Complain("'category' is missing");
  if (rule.role == Role::kHarmless) rule.category = Category::kHealthy;
  for (const Status& status : {Word<Category>(node, "category", ParseCategory, kCategories, &rule.category),
                               Word<Voice>(node, "on", ParseVoice, 3, &rule.on),
                               Word<Scope>(node, "scope", ParseScope, 2, &rule.scope)}) {
    if (!status) return tl::unexpected(status.error());
  }
  if (node.Find("blame") != nullptr) {
    Blame blame = Blame::kUnknown;
    if (const Status status = Word<Blame>(node, "blame", ParseBlame, 5, &blame); !status)
      return tl::unexpected(status.error());
    rule.blame = blame;
  }
  if (const YamlNode* transient = node.Find("transient")) {
    if (transient->scalar != "true" && transient->scalar != "false")
      return transient->Complain("'transient' must be true or false");
    rule.transient = transient->scalar == "true";
  }
  auto pattern = Text(node, "pattern", true);
  if (!pattern) return tl::unexpected(pattern.error());
  rule.pattern = std::string(core::Trim(*pattern));
  auto says = Text(node, "says", rule.role == Role::kCause || rule.role == Role::kSymptom);
  if (!says) return tl::unexpected(says.error());
  rule.says = std::string(core::Trim(*says));
  auto beats = TextList(node, "beats");
  if (!beats) return tl::unexpected(beats.error());
  rule.beats = *std::move(beats);
  auto set = ParseFacts(node, "set");
  if (!set) return tl::unexpected(set.error());
  rule.set = *std::move(set);
  for (const Status& status : {ParseFix(node, &rule), ParseProof(node, &rule)}) {
    if (!status) return tl::unexpected(status.error());
  }
  return rule;
}

}  // namespace

Result<std::vector<Rule>> ParseRules(std::string_view yaml, const std::string& file) {
  auto root = core::ParseYaml(yaml, file);
  if (!root) return tl::unexpected(root.error());
  if (root->kind != Kind::kMap)
    return root->Complain("a rule file is a map with 'speaker' and 'rules'", "docs/rules.md shows one");
  if (const Status known = root->RejectUnknownKeys(kFileKeys, "a rule file"); !known)
    return tl::unexpected(known.error());
  auto speaker = Text(*root, "speaker", true);
  if (!speaker) return tl::unexpected(speaker.error());
  if (*speaker != Stem(file))
    return root->Complain("the speaker '" + *speaker + "' must be the file's name, '" + Stem(file) + "'");
  Tier tier = Tier::kSpeaker;
  if (const Status status = Word<Tier>(*root, "tier", ParseTier, 3, &tier); !status)
    return tl::unexpected(status.error());
  const YamlNode* list = root->Find("rules");
  if (list == nullptr || list->kind != Kind::kList) return root->Complain("'rules' must be a list");
  std::vector<Rule> rules;
  for (const YamlNode& node : list->items) {
    auto rule = ParseRule(node, *speaker);
    if (!rule) return tl::unexpected(rule.error());
    rule->tier = tier;
    rule->file = file;
    rule->runtime = Folder(file);
    rules.push_back(*std::move(rule));
  }
  return rules;
}

}  // namespace neverready::analyzers
