#include "ingest/readers/format_sniffer.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"
#include "ingest/json_repair.h"
#include "ingest/readers/entry_sink.h"

namespace neverready::ingest {
namespace {

constexpr std::size_t kBinaryBytes = 64 << 10;
constexpr std::size_t kVotes = 50;

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

// "---", then "key:" alone or with a value.
bool IsYaml(const std::vector<std::string_view>& lines) {
  if (lines.size() < 2 || lines[0] != "---") return false;
  const std::size_t colon = lines[1].find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  if (colon + 1 < lines[1].size() && lines[1][colon + 1] != ' ') return false;
  return std::all_of(lines[1].begin(), lines[1].begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; });
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
  if (IsPrettyObject(lines)) return Form::kObjects;
  const std::string_view inside = core::Trim(lines[0].substr(1));
  if (lines.size() == 1 && inside.starts_with('"')) return Form::kNdjson;  // long, or cut off
  return CountObjects(lines) * 2 >= lines.size() ? Form::kNdjson : Form::kText;
}

tl::unexpected<core::Error> Refuse(const std::string& file, std::string_view what, std::string hint) {
  return core::Fail(core::ErrorCode::kInvalidArgument, DisplayName(file) + " " + std::string(what),
                    std::move(hint));
}

core::Result<Form> Forced(const std::string& file, Form form, InputFormat wanted, bool has_objects) {
  const char* const hint = "leave out --input-format: the form is told by the content";
  switch (wanted) {
    case InputFormat::kText: return Form::kText;
    case InputFormat::kJsonArray:
      if (form == Form::kArray) return form;
      return Refuse(file, "is no JSON array: it does not begin with [ and an object", hint);
    case InputFormat::kNdjson:
      if (form == Form::kArray) return Refuse(file, "is a JSON array, not one JSON object a line", hint);
      if (form == Form::kObjects)
        return Refuse(file, "holds JSON objects over several lines, not one a line", hint);
      if (form == Form::kText && !has_objects)
        return Refuse(file, "is no NDJSON: none of its first lines is a JSON object", hint);
      return Form::kNdjson;
    case InputFormat::kAuto: break;
  }
  return form;
}

}  // namespace

std::size_t ByteOrderMarkBytes(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

core::Result<Form> TellForm(const std::string& file, const Beginning& beginning, InputFormat wanted) {
  const std::string_view text = beginning.text;
  if (text.starts_with("\x1F\x8B")) {
    return Refuse(file, "is gzip-compressed",
                  "gunzip -c " + (file == "-" ? std::string("FILE") : file) + " | neverready analyze -");
  }
  if (IsUtf16(text)) {
    return Refuse(
        file, "is UTF-16 text, as PowerShell's > writes it",
        "iconv -f UTF-16 -t UTF-8 " + (file == "-" ? std::string("FILE") : file) + " | neverready analyze -");
  }
  if (IsBinary(text))
    return Refuse(file, "is a binary file, no log", "gcloud logging read … --format=json > FILE");
  const std::vector<std::string_view> lines = FirstLines(beginning);
  if (wanted == InputFormat::kAuto && IsYaml(lines)) {
    return Refuse(file, "is YAML", "gcloud logging read … --format=json > FILE");
  }
  const Form form = FormOfContent(beginning, lines);
  if (form == Form::kEmpty) return form;
  return Forced(file, form, wanted, CountObjects(lines) > 0);
}

}  // namespace neverready::ingest
