// ReadYaml of forms.h: the documents that `gcloud logging read` prints.
#include <fmt/format.h>

#include "core/text.h"
#include "core/yaml.h"
#include "ingest/entry_parser.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/line_reader.h"

namespace neverready::ingest {
namespace {

// Collects the lines of one document and hands it on as JSON.
class Documents {
 public:
  explicit Documents(EntrySink* sink) : sink_(sink) {}

  // `line` begins a document: "---", perhaps with content behind it.
  void Begin(const Line& line) {
    End();
    first_line_ = line.number;
    Append(line);
  }

  void Append(const Line& line) {
    if (text_.empty() && !too_long_) first_line_ = line.number;
    ended_ = line.ended;
    too_long_ = too_long_ || line.too_long || text_.size() + line.text.size() > kMaxEntryBytes;
    if (too_long_) {
      text_.clear();
    } else {
      text_.append(line.text).push_back('\n');
    }
  }

  void End() {
    if (too_long_) {
      sink_->Reject(first_line_, "larger than 8 MiB");
    } else if (!text_.empty()) {
      AddDocument();
    }
    text_.clear();
    too_long_ = false;
  }

 private:
  void AddDocument() {
    const auto json = core::YamlToJson(text_);
    if (!json) {
      if (!ended_) {
        sink_->RejectWithWarning(fmt::format("{}: the last document, which begins in line {}, is cut off",
                                             DisplayName(sink_->file()), first_line_));
      } else {
        sink_->Reject(first_line_ + json.error().line - 1, "no YAML: " + json.error().reason);
      }
      return;
    }
    if (json->empty() || *json == "null") return;
    // YAML that ends anywhere is YAML mostly.
    if (!ended_)
      sink_->Warn(fmt::format("{}: the last document, which begins in line {}, may be cut off (no newline)",
                              DisplayName(sink_->file()), first_line_));
    if (!json->starts_with('{')) return sink_->Reject(first_line_, "not a YAML mapping");
    const core::Status status = sink_->AddJson(*json, first_line_);
    if (!status) sink_->Reject(first_line_, status.error().message);
  }

  EntrySink* sink_;
  std::string text_;
  std::uint64_t first_line_ = 1;
  bool too_long_ = false, ended_ = true;
};

}  // namespace

core::Status ReadYaml(BlockBuffer* buffer, EntrySink* sink) {
  LineReader lines(buffer);
  Documents documents(sink);
  Line line;
  while (true) {
    const core::Result<bool> more = lines.Next(&line);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    // In a mapping, text is indented: at the beginning of a line these stand between documents only.
    const std::string_view text = core::Trim(line.text);
    if (text == "---" ? line.text.starts_with('-') : line.text.starts_with("--- ")) {
      documents.Begin(line);
    } else if (line.text.starts_with("%YAML ") || line.text.starts_with("%TAG ") ||
               (text == "..." && line.text.starts_with('.'))) {
      documents.End();
    } else {
      documents.Append(line);
    }
  }
  documents.End();
  return {};
}

}  // namespace neverready::ingest
