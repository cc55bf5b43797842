#include "core/yaml.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "core/message.h"
#include "core/text.h"

namespace neverready::core {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxNodes = 200'000;

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

}  // namespace neverready::core
