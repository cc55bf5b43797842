#include "ingest/json_repair.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <optional>

#include "core/text.h"

namespace neverready::ingest {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The bytes '{' and '[' in `text`, eight at a time: with bit 5 set, both are '{'.
size_t CountOpenBrackets(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  size_t count = 0, at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    word = (word | (kOnes * 0x20)) ^ (kOnes * '{');  // zero bytes are the hits
    const std::uint64_t hits = ~(((word & (kOnes * 0x7F)) + kOnes * 0x7F) | word | (kOnes * 0x7F));
    count += ((hits >> 7) * kOnes) >> 56;
  }
  for (; at < text.size(); ++at) count += static_cast<size_t>((text[at] | 0x20) == '{');
  return count;
}

// The value of the four hexadecimal digits of "\uXXXX" at `at`, where the backslash stands.
std::optional<unsigned> EscapedUnit(std::string_view text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned value = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const char c = text[i];
    unsigned digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<unsigned>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<unsigned>(c - 'A') + 10;
    } else {
      return std::nullopt;
    }
    value = value * 16 + digit;
  }
  return value;
}

// Copies the escape at `at`, mended where need be, and returns where the text goes on.
size_t RepairEscape(std::string_view text, size_t at, std::string* out) {
  constexpr std::string_view kSimple = "\"\\/bfnrt";
  const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
  if (kind != '\0' && kSimple.find(kind) != std::string_view::npos) {
    out->append(text, at, 2);
    return at + 2;
  }
  const std::optional<unsigned> unit = EscapedUnit(text, at);
  if (!unit) {
    *out += "\\\\";
    return at + 1;
  }
  if (*unit < 0xD800 || *unit > 0xDFFF) {
    out->append(text, at, 6);
    return at + 6;
  }
  const std::optional<unsigned> low = EscapedUnit(text, at + 6);
  if (*unit <= 0xDBFF && low && *low >= 0xDC00 && *low <= 0xDFFF) {
    out->append(text, at, 12);
    return at + 12;
  }
  *out += "\\ufffd";
  return at + 6;
}

enum class Fault { kNone, kNotAnObject, kOpenString, kOpenBracket, kWrongBracket, kTrailing };

struct Verdict {
  Fault fault = Fault::kNone;
  size_t at = 0;  // offset of the byte that shows it
};

Verdict Inspect(std::string_view json) {
  size_t at = 0;
  while (at < json.size() && IsBlank(json[at])) ++at;
  if (at == json.size() || json[at] != '{') return {Fault::kNotAnObject, at};
  std::string open;
  size_t string_start = 0;
  bool in_string = false;
  for (; at < json.size(); ++at) {
    const char c = json[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
      string_start = at;
    } else if (c == '{' || c == '[') {
      open += c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (open.back() != c) return {Fault::kWrongBracket, at};
      open.pop_back();
      if (open.empty()) {
        while (++at < json.size()) {
          if (!IsBlank(json[at])) return {Fault::kTrailing, at};
        }
        return {};
      }
    }
  }
  if (in_string) return {Fault::kOpenString, string_start};
  return {Fault::kOpenBracket, json.size()};
}

}  // namespace

bool NestedTooDeep(std::string_view json) {
  if (json.size() <= kMaxJsonDepth) return false;
  if (CountOpenBrackets(json) <= kMaxJsonDepth) return false;
  size_t depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxJsonDepth) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

std::string RepairJson(std::string_view json) {
  const std::string valid = core::RepairUtf8(json);
  const std::string_view text = valid;
  std::string out;
  out.reserve(text.size() + 64);
  bool in_string = false;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (in_string && c == '\\') {
      at = RepairEscape(text, at, &out);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!IsControl(c) || (!in_string && IsBlank(c))) {
      out += c;
    } else if (in_string) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += ' ';
    }
    ++at;
  }
  return out;
}

std::string ExplainJson(std::string_view json) {
  const Verdict verdict = Inspect(json);
  const size_t byte = verdict.at + 1;
  switch (verdict.fault) {
    case Fault::kNotAnObject: return "not a JSON object";
    case Fault::kOpenString: return fmt::format("an unterminated string at byte {}", byte);
    case Fault::kOpenBracket: return fmt::format("the JSON object ends too early, after byte {}", verdict.at);
    case Fault::kWrongBracket: return fmt::format("a bracket that does not match at byte {}", byte);
    case Fault::kTrailing: return fmt::format("text behind the JSON object at byte {}", byte);
    case Fault::kNone: break;
  }
  return "invalid JSON";
}

bool IsWholeObject(std::string_view json) { return Inspect(json).fault == Fault::kNone; }

bool IsCutOff(std::string_view json) {
  const Fault fault = Inspect(json).fault;
  return fault == Fault::kOpenString || fault == Fault::kOpenBracket;
}

}  // namespace neverready::ingest
