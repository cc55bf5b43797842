// YAML as a plain tree whose nodes know where they stand. The only file of the program that knows yaml-cpp.
// Values: a tree owns all its text. Thread-safe for reading.
#ifndef NEVERREADY_CORE_YAML_H_
#define NEVERREADY_CORE_YAML_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace neverready::core {

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  struct Entry;

  Kind kind = Kind::kNull;
  std::string scalar;           // of a scalar, as written (quotes and block indentation resolved)
  std::vector<YamlNode> items;  // of a list
  std::vector<Entry> entries;   // of a map, in order of appearance
  std::string file;             // as the caller named it
  std::size_t line = 0;         // from 1

  // The value of a map's key; null where it is absent or this is no map. Lives as long as this node.
  const YamlNode* Find(std::string_view key) const;

  // Fails with kInvalidArgument, naming the place and the nearest known key, if a map holds any other key.
  Status RejectUnknownKeys(const std::vector<std::string>& known, std::string_view what) const;

  // An error that points here: "message\n  --> file:line".
  tl::unexpected<Error> Complain(std::string message, std::string hint = {}) const;
};

struct YamlNode::Entry {
  std::string key;
  std::size_t line = 0;
  YamlNode value;
};

// Parses one document. `file` names it in messages. Aliases are resolved by copying; documents with more than
// 200,000 nodes, deeper than 64 levels, or with a key twice in a map are refused (kInvalidArgument).
Result<YamlNode> ParseYaml(std::string_view text, const std::string& file);

// Why and where (line from 1, within the text) a document cannot be turned into JSON.
struct YamlFault {
  std::size_t line = 1;
  std::string reason;  // "an alias (*) is not supported"
};

// Writes one document as JSON on one line; "" for a document without content. Keys keep their order. Plain
// scalars that YAML 1.2 reads as null, a boolean or a decimal number become such, all others (quoted ones,
// blocks, times, `yes`, `0x1f`) strings. Refused: aliases, so that no document grows by being read; keys that
// are no scalars or stand twice in one map; more than 256 levels.
tl::expected<std::string, YamlFault> YamlToJson(std::string_view text);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_YAML_H_
