#include "core/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_set>

#include "core/message.h"
#include "core/text.h"

namespace neverready::core {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxNodes = 200'000;
constexpr std::size_t kMaxJsonDepth = 256;

Error At(const std::string& file, std::size_t line, std::string headline) {
  Message message;
  message.headline = std::move(headline);
  message.file = file;
  message.line = line;
  return {ErrorCode::kInvalidArgument, Format(message), {}};
}

class Converter {
 public:
  explicit Converter(std::string file) : file_(std::move(file)) {}

  Result<YamlNode> Convert(const YAML::Node& from, int depth) {
    YamlNode node;
    node.file = file_;
    node.line = static_cast<std::size_t>(from.Mark().line + 1);
    if (depth > kMaxDepth || ++count_ > kMaxNodes)
      return tl::unexpected(At(file_, node.line, "the document is too deep or too large"));
    if (from.IsScalar()) {
      node.kind = YamlNode::Kind::kScalar;
      node.scalar = from.Scalar();
    } else if (from.IsSequence()) {
      node.kind = YamlNode::Kind::kList;
      for (const auto& item : from) {
        auto converted = Convert(item, depth + 1);
        if (!converted) return converted;
        node.items.push_back(*std::move(converted));
      }
    } else if (from.IsMap()) {
      node.kind = YamlNode::Kind::kMap;
      for (const auto& pair : from) {
        YamlNode::Entry entry;
        entry.line = static_cast<std::size_t>(pair.first.Mark().line + 1);
        if (!pair.first.IsScalar()) return tl::unexpected(At(file_, entry.line, "a key must be plain text"));
        entry.key = pair.first.Scalar();
        if (node.Find(entry.key) != nullptr)
          return tl::unexpected(At(file_, entry.line, "the key '" + entry.key + "' stands twice"));
        auto converted = Convert(pair.second, depth + 1);
        if (!converted) return converted;
        entry.value = *std::move(converted);
        node.entries.push_back(std::move(entry));
      }
    }
    return node;
  }

 private:
  std::string file_;
  std::size_t count_ = 0;
};

// Whether a plain scalar is a number in the words of JSON, so that it may stand there as it is.
bool IsJsonNumber(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  if (text.starts_with('-')) ++at;
  const std::size_t first = at, whole = digits();
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

void AppendJsonString(std::string_view text, std::string* json) {
  constexpr std::string_view kHex = "0123456789abcdef";
  json->push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json->push_back('\\');
      json->push_back(c);
    } else if (c == '\n') {
      *json += "\\n";
    } else if (byte < 0x20) {
      *json += "\\u00";
      json->push_back(kHex[byte >> 4]);
      json->push_back(kHex[byte & 15]);
    } else {
      json->push_back(c);
    }
  }
  json->push_back('"');
}

// Writes the parser's events as JSON while they come, so that no tree is built.
class JsonWriter : public YAML::EventHandler {
 public:
  std::string Take() { return std::move(json_); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    Begin(mark, {});
    json_ += "null";
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw YAML::ParserException(mark, "an alias (*) is not supported");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    if (Begin(mark, value)) return AppendJsonString(value, &json_);
    const bool plain = tag == "?" || tag.empty();
    if (plain && (value == "true" || value == "True" || value == "TRUE")) {
      json_ += "true";
    } else if (plain && (value == "false" || value == "False" || value == "FALSE")) {
      json_ += "false";
    } else if (plain && (value == "~" || value == "null" || value == "Null" || value == "NULL")) {
      json_ += "null";
    } else if (plain && IsJsonNumber(value)) {
      json_ += value;
    } else {
      AppendJsonString(value, &json_);
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    Open(mark, '[');
  }
  void OnSequenceEnd() override { Close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    Open(mark, '{');
  }
  void OnMapEnd() override { Close('}'); }

 private:
  struct Level {
    bool map = false, first = true, key_next = true;
    std::unordered_set<std::string> keys;
  };

  // What separates the next value or key from the one before. True before a key, which must be a scalar.
  bool Begin(const YAML::Mark& mark, std::optional<std::string_view> key) {
    if (levels_.empty()) return false;
    Level& level = levels_.back();
    if (level.map && !level.key_next) {
      json_.push_back(':');
      level.key_next = true;
      return false;
    }
    if (!level.first) json_.push_back(',');
    level.first = false;
    if (!level.map) return false;
    if (!key) throw YAML::ParserException(mark, "a key must be plain text");
    if (!level.keys.emplace(*key).second)
      throw YAML::ParserException(mark, "the key '" + std::string(key->substr(0, 60)) + "' stands twice");
    level.key_next = false;
    return true;
  }

  void Open(const YAML::Mark& mark, char bracket) {
    Begin(mark, {});
    if (levels_.size() >= kMaxJsonDepth)
      throw YAML::ParserException(mark, "nested more than 256 levels deep");
    levels_.emplace_back().map = bracket == '{';
    json_.push_back(bracket);
  }

  void Close(char bracket) {
    levels_.pop_back();
    json_.push_back(bracket);
  }

  std::string json_;
  std::vector<Level> levels_;
};

// yaml-cpp looks ahead over any number of opened brackets before anybody hears of the first (4 MB of them
// take 950 MB). Brackets inside of texts count here, too, so the bound is far beyond what an entry can hold.
std::optional<std::size_t> LineOfTooManyBrackets(std::string_view text) {
  constexpr std::size_t kMaxOpen = 100'000;
  std::size_t open = 0, line = 1;
  for (const char c : text) {
    if (c == '\n') ++line;
    if ((c == '[' || c == '{') && ++open > kMaxOpen) return line;
    if ((c == ']' || c == '}') && open > 0) --open;
  }
  return std::nullopt;
}

}  // namespace

const YamlNode* YamlNode::Find(std::string_view key) const {
  const auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Status YamlNode::RejectUnknownKeys(const std::vector<std::string>& known, std::string_view what) const {
  for (const Entry& entry : entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    const std::string_view near = Nearest(entry.key, known);
    std::string all;
    for (const std::string& key : known) all += (all.empty() ? "" : ", ") + key;
    std::string hint = near.empty() ? "the keys of " + std::string(what) + " are: " + all
                                    : "did you mean '" + std::string(near) + "'?";
    Error error = At(file, entry.line, std::string(what) + " has no key '" + entry.key + "'");
    error.hint = std::move(hint);
    return tl::unexpected(std::move(error));
  }
  return {};
}

tl::unexpected<Error> YamlNode::Complain(std::string message, std::string hint) const {
  Error error = At(file, line, std::move(message));
  error.hint = std::move(hint);
  return tl::unexpected<Error>(std::move(error));
}

Result<YamlNode> ParseYaml(std::string_view text, const std::string& file) {
  try {
    return Converter(file).Convert(YAML::Load(std::string(text)), 0);
  } catch (const YAML::Exception& error) {
    return tl::unexpected(
        At(file, static_cast<std::size_t>(error.mark.line + 1), "this is not YAML: " + error.msg));
  }
}

tl::expected<std::string, YamlFault> YamlToJson(std::string_view text) {
  if (const std::optional<std::size_t> line = LineOfTooManyBrackets(text))
    return tl::unexpected(YamlFault{*line, "nested more than 256 levels deep"});
  JsonWriter writer;
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser(in).HandleNextDocument(writer);
    return writer.Take();
  } catch (const YAML::Exception& error) {
    return tl::unexpected(YamlFault{static_cast<std::size_t>(std::max(error.mark.line, 0)) + 1, error.msg});
  }
}

}  // namespace neverready::core
