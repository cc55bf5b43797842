#include "ingest/reader.h"

#include <memory>
#include <optional>
#include <utility>

#include "ingest/readers/block_buffer.h"
#include "ingest/readers/entry_sink.h"
#include "ingest/readers/file_source.h"
#include "ingest/readers/format_sniffer.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/spool.h"

namespace neverready::ingest {
namespace {

core::Result<std::unique_ptr<ByteSource>> OpenSource(const std::string& file, std::istream& in,
                                                     const ReadOptions& options) {
  if (file != "-") return FileSource::Open(file);
  core::Result<std::unique_ptr<Spool>> spool = Spool::TakeIn(in, options.spool_bytes);
  if (!spool) return tl::unexpected(std::move(spool.error()));
  return std::unique_ptr<ByteSource>(std::move(*spool));
}

core::Result<Form> TellFormOf(const std::string& file, BlockBuffer* buffer, InputFormat wanted) {
  while (buffer->data().size() < kSniffBytes && !buffer->at_end()) {
    const core::Result<bool> more = buffer->Fill();
    if (!more) return tl::unexpected(more.error());
  }
  buffer->Skip(ByteOrderMarkBytes(buffer->data()));
  const bool whole = buffer->at_end() && buffer->data().size() <= kSniffBytes;
  return TellForm(file, Beginning{buffer->data().substr(0, kSniffBytes), whole}, wanted);
}

core::Status ReadForm(Form form, BlockBuffer* buffer, EntrySink* sink) {
  switch (form) {
    case Form::kEmpty: sink->Warn(DisplayName(sink->file()) + " is empty"); return {};
    case Form::kNdjson: return ReadNdjson(buffer, sink);
    case Form::kArray:
    case Form::kObjects: return ReadObjects(buffer, sink);
    case Form::kText: return ReadText(buffer, sink);
  }
  return {};
}

core::Status ReadFile(const std::string& file, std::istream& in, const ReadOptions& options,
                      EntrySink* sink) {
  const core::Result<std::unique_ptr<ByteSource>> source = OpenSource(file, in, options);
  if (!source) return tl::unexpected(source.error());
  BlockBuffer buffer(source->get());
  const core::Result<Form> form = TellFormOf(file, &buffer, options.format);
  if (!form) return tl::unexpected(form.error());
  sink->StartFile(file);
  const core::Status status = ReadForm(*form, &buffer, sink);
  sink->CountBytes(buffer.bytes_read());
  if (status && *form != Form::kEmpty && sink->found_in_file() == 0) {
    sink->Warn(DisplayName(file) + " holds no entries");
  }
  return status;
}

}  // namespace

core::Result<ReadSummary> ReadFiles(const std::vector<std::string>& files, std::istream& in,
                                    const ReadOptions& options, const EntryVisitor& visit) {
  ReadSummary summary;
  EntrySink sink(options, visit, &summary);
  std::size_t skipped = 0;
  std::optional<core::Error> last;
  for (const std::string& file : files) {
    const core::Status status = ReadFile(file, in, options, &sink);
    if (status) continue;
    // One file of many that is no log (a YAML file in a folder) does not keep the others from being read.
    if (files.size() == 1) return tl::unexpected(status.error());
    summary.warnings.push_back("skipped: " + status.error().message);
    last = status.error();
    ++skipped;
  }
  if (skipped == files.size() && last) return tl::unexpected(*last);
  return summary;
}

}  // namespace neverready::ingest
