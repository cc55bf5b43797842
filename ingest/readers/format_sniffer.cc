#include "ingest/readers/format_sniffer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "core/text.h"
#include "ingest/json_repair.h"
#include "ingest/readers/csv_scanner.h"
#include "ingest/readers/entry_sink.h"
#include "ingest/readers/object_scanner.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kBinaryBytes = 64 << 10;
constexpr std::size_t kVotes = 50;
constexpr std::size_t kHeaderBytes = 64 << 10;  // of the first line of CSV

bool IsControl(char c) {
  const unsigned char byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\x1b';
}

// NUL bytes alone are no proof: applications print them. Text with a few of them is text.
bool IsBinary(std::string_view text) {
  text = text.substr(0, kBinaryBytes);
  if (text.find('\0') == std::string_view::npos) return false;
  const std::size_t controls = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsControl));
  const std::string repaired = core::RepairUtf8(text);
  const std::size_t invalid = (repaired.size() - text.size()) / 2;  // one byte became three
  return (controls + invalid) * 10 > text.size();
}

bool IsUtf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

// The lines of the beginning that are not blank, up to kVotes; the last one is left out where it may go on.
std::vector<std::string_view> FirstLines(const Beginning& beginning) {
  std::vector<std::string_view> lines;
  std::string_view rest = beginning.text;
  while (!rest.empty() && lines.size() < kVotes) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos && !beginning.whole && !lines.empty()) break;
    const std::string_view line = core::Trim(rest.substr(0, end));
    if (!line.empty()) lines.push_back(line);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return lines;
}

bool IsObjectLine(std::string_view line) {
  if (line.ends_with("},")) line.remove_suffix(1);
  return IsWholeObject(line);
}

std::size_t CountObjects(const std::vector<std::string_view>& lines) {
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), IsObjectLine));
}

// The key that a line of a YAML mapping begins with, "" for any other line.
std::string_view YamlKey(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return {};
  if (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\r') return {};
  const std::string_view key = line.substr(0, colon);
  const bool plain = std::ranges::all_of(
      key, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; });
  return plain ? key : std::string_view{};
}

enum class YamlKind { kNone, kForeign, kLog };

// By the keys of the first document. Without "---" before it, it takes a log entry's keys to be YAML.
YamlKind KindOfYaml(std::string_view text, bool named_yaml) {
  constexpr std::array<std::string_view, 14> kKeys = {
      "insertId",  "logName",  "textPayload", "jsonPayload",  "protoPayload", "receiveTimestamp", "timestamp",
      "insert_id", "log_name", "severity",    "text_payload", "json_payload", "httpRequest",      "resource"};
  bool opened = false;
  std::size_t keys = 0, known = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (core::Trim(line).empty() || line.front() == '#' || line.front() == '%') continue;
    if (line.starts_with("---") && core::Trim(line).size() == 3) {
      if (opened || keys > 0) break;
      opened = true;
      continue;
    }
    const std::string_view key = YamlKey(line);
    if (keys == 0 && key.empty()) return YamlKind::kNone;
    if (key.empty()) continue;
    ++keys;
    known += std::ranges::find(kKeys, key) != kKeys.end() ? 1 : 0;
  }
  if (known >= (opened || named_yaml ? 1 : 2)) return YamlKind::kLog;
  return keys > 0 && (opened || named_yaml) ? YamlKind::kForeign : YamlKind::kNone;
}

// "a.yaml.gz" is named as "a.yaml" is.
bool IsNamed(const std::string& file, std::initializer_list<std::string_view> endings) {
  std::string name = core::ToLower(file);
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

// Whether the first page holds entries of Cloud Logging, not an application's own list.
bool IsPage(std::string_view text) {
  constexpr std::size_t kWindow = 64 << 10;
  const PageHead head = FindPageHead(text);
  if (!head.is_page) return false;
  const std::string_view entry = text.substr(head.bytes, kWindow);
  return head.whole || core::Trim(entry).starts_with(']') ||
         entry.find("\"logName\"") != std::string_view::npos ||
         entry.find("\"insertId\"") != std::string_view::npos;
}

// An array begins with its first object, with the array of a page, or is empty. A log line in brackets does
// neither.
bool IsArray(const Beginning& beginning) {
  const std::string_view text = core::Trim(beginning.text);
  if (!text.starts_with('[')) return false;
  const std::size_t next = text.find_first_not_of("[ \t\r\n");
  if (next == std::string_view::npos) return beginning.whole || text.size() > kVotes;
  return text[next] == '{' ||
         (text[next] == ']' && text.substr(next).find_first_not_of("] \t\r\n,") == std::string_view::npos);
}

// Whether any line looks like an entry of Cloud Logging, in whatever spelling.
bool AnyEntry(const std::vector<std::string_view>& lines) {
  return std::ranges::any_of(lines, [](std::string_view line) {
    const std::string text = core::ToLower(line);
    constexpr std::array<std::string_view, 5> kKeys = {"\"logname\"", "\"log_name\"", "\"insertid\"",
                                                       "\"insert_id\"", "payload\""};
    return std::ranges::any_of(kKeys, [&](std::string_view key) { return text.find(key) != text.npos; });
  });
}

// A pretty-printed object goes on with a key or closes; so the first line is no broken line of NDJSON.
bool IsPrettyObject(const std::vector<std::string_view>& lines) {
  if (!lines[0].starts_with('{') || !IsCutOff(lines[0])) return false;
  const std::string_view inside = core::Trim(lines[0].substr(1));
  if (!inside.empty() && inside.front() != '"') return false;
  return lines.size() > 1 && (lines[1].front() == '"' || lines[1].front() == '}');
}

Form FormOfContent(const Beginning& beginning, const std::vector<std::string_view>& lines) {
  if (lines.empty()) return Form::kEmpty;
  if (IsArray(beginning)) return Form::kArray;
  if (lines[0].front() != '{') return Form::kText;
  if (IsPage(beginning.text)) return Form::kPages;
  if (IsPrettyObject(lines)) return Form::kObjects;
  const std::string_view inside = core::Trim(lines[0].substr(1));
  if (lines.size() == 1 && inside.starts_with('"')) return Form::kNdjson;  // long, or cut off
  if (CountObjects(lines) * 2 < lines.size()) return Form::kText;
  // Where the application itself writes JSON, its runtime's last words stand between the objects as text.
  return CountObjects(lines) > 0 && !AnyEntry(lines) ? Form::kText : Form::kNdjson;
}

tl::unexpected<core::Error> Refuse(const std::string& file, std::string_view what, std::string hint) {
  return core::Fail(core::ErrorCode::kInvalidArgument, DisplayName(file) + " " + std::string(what),
                    std::move(hint));
}

constexpr const char* kByContent = "leave out --input-format: the form is told by the content";

struct Packed {
  std::string_view magic;
  std::size_t at;  // where it stands in the file
  std::string_view what, unpack;
};

constexpr std::array<Packed, 6> kPacked{{
    {"\x1F\x8B", 0, "is compressed twice, with gzip inside", "gunzip -c FILE | neverready analyze -"},
    {"PK\x03\x04", 0, "is a zip archive", "unzip -p FILE | neverready analyze -"},
    {"\x28\xB5\x2F\xFD", 0, "is compressed with Zstandard", "zstd -dc FILE | neverready analyze -"},
    {std::string_view("\xFD"
                      "7zXZ\0",
                      6),
     0, "is compressed with xz", "xz -dc FILE | neverready analyze -"},
    {"BZh", 0, "is compressed with bzip2", "bzip2 -dc FILE | neverready analyze -"},
    {"ustar", 257, "is a tar archive", "mkdir logs && tar -xf FILE -C logs && neverready analyze logs"},
}};

// What is no text at all, or not in UTF-8.
core::Status RefuseForeign(const std::string& file, std::string_view text) {
  const std::string name = file == "-" ? "FILE" : file;
  for (const Packed& packed : kPacked) {
    if (text.size() < packed.at || !text.substr(packed.at).starts_with(packed.magic)) continue;
    if (packed.magic == "BZh" && !IsBinary(text) && core::IsValidUtf8(text)) continue;
    std::string unpack(packed.unpack);
    unpack.replace(unpack.find("FILE"), 4, name);
    return Refuse(file, packed.what, std::move(unpack));
  }
  if (IsUtf16(text)) {
    return Refuse(file, "is UTF-16 text, as PowerShell's > writes it",
                  "iconv -f UTF-16 -t UTF-8 " + name + " | neverready analyze -");
  }
  if (IsBinary(text))
    return Refuse(file, "is a binary file, no log", "gcloud logging read … --format=json > FILE");
  return {};
}

core::Result<Form> Forced(const std::string& file, Form form, InputFormat wanted, bool has_objects) {
  switch (wanted) {
    case InputFormat::kText: return Form::kText;
    case InputFormat::kYaml:
    case InputFormat::kCsv: break;  // told before
    case InputFormat::kJsonArray:
      if (form == Form::kArray || form == Form::kPages) return form;
      return Refuse(file, "is no JSON array: it does not begin with [ and an object", kByContent);
    case InputFormat::kNdjson:
      if (form == Form::kArray)
        return Refuse(file, "is a JSON array, not one JSON object a line", kByContent);
      if (form == Form::kPages)
        return Refuse(file, "holds answers of entries.list, not one entry a line", kByContent);
      if (form == Form::kObjects)
        return Refuse(file, "holds JSON objects over several lines, not one a line", kByContent);
      if (form == Form::kText && !has_objects)
        return Refuse(file, "is no NDJSON: none of its first lines is a JSON object", kByContent);
      return Form::kNdjson;
    case InputFormat::kAuto: break;
  }
  return form;
}

}  // namespace

std::size_t ByteOrderMarkBytes(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

core::Result<Form> TellForm(const std::string& file, const Beginning& beginning, InputFormat wanted) {
  const std::string_view text = beginning.text;
  if (core::Status status = RefuseForeign(file, text); !status) return tl::unexpected(status.error());
  const std::vector<std::string_view> lines = FirstLines(beginning);
  if (lines.empty()) return Form::kEmpty;
  const bool any = wanted == InputFormat::kAuto;
  if (any || wanted == InputFormat::kYaml) {
    const YamlKind kind = KindOfYaml(text, wanted == InputFormat::kYaml || IsNamed(file, {".yaml", ".yml"}));
    if (kind == YamlKind::kLog) return Form::kYaml;
    if (kind == YamlKind::kForeign)
      return Refuse(
          file, "is YAML, but no log: its first document has no key of a log entry (logName, timestamp …)",
          "gcloud logging read … --format=json > FILE");
    if (!any) return Refuse(file, "is no YAML: it does not begin with a mapping", kByContent);
  }
  if (any || wanted == InputFormat::kCsv) {
    if (lines[0].front() != '{' && AreLogColumns(FirstCsvRecord(text.substr(0, kHeaderBytes))))
      return Form::kCsv;
    if (!any || (IsNamed(file, {".csv"}) && FormOfContent(beginning, lines) == Form::kText))
      return Refuse(
          file,
          "has no CSV header of a log: its first line names no columns such as timestamp and textPayload",
          any ? "neverready analyze --input-format text FILE" : kByContent);
  }
  return Forced(file, FormOfContent(beginning, lines), wanted, CountObjects(lines) > 0);
}

}  // namespace neverready::ingest
