#include "ingest/reader.h"

#include <memory>
#include <optional>
#include <utility>

#include "ingest/readers/block_buffer.h"
#include "ingest/readers/entry_sink.h"
#include "ingest/readers/format_sniffer.h"
#include "ingest/readers/forms.h"
#include "ingest/readers/input_source.h"
#include "ingest/readers/meter.h"

namespace neverready::ingest {
namespace {

core::Result<Form> TellFormOf(const std::string& file, BlockBuffer* buffer, InputFormat wanted) {
  while (buffer->data().size() < kSniffBytes && !buffer->at_end()) {
    const core::Result<bool> more = buffer->Fill();
    if (!more) return tl::unexpected(more.error());
  }
  buffer->Skip(ByteOrderMarkBytes(buffer->data()));
  const bool whole = buffer->at_end() && buffer->data().size() <= kSniffBytes;
  return TellForm(file, Beginning{buffer->data().substr(0, kSniffBytes), whole}, wanted);
}

core::Status ReadForm(Form form, ByteSource* source, BlockBuffer* buffer, EntrySink* sink) {
  const std::uint64_t begin = buffer->bytes_read() - buffer->data().size();
  core::Status status;
  switch (form) {
    case Form::kEmpty: sink->Warn(DisplayName(sink->file()) + " is empty"); break;
    case Form::kNdjson: return ReadNdjson(source, begin, sink);
    case Form::kArray:
    case Form::kPages:
    case Form::kObjects: status = ReadObjects(buffer, sink); break;
    case Form::kYaml: status = ReadYaml(buffer, sink); break;
    case Form::kCsv: status = ReadCsv(buffer, sink); break;
    case Form::kText: status = ReadText(buffer, sink); break;
  }
  sink->CountBytes(buffer->bytes_read());
  return status;
}

core::Status ReadFile(const std::string& file, std::istream& in, const ReadOptions& options, Meter* meter,
                      EntrySink* sink, Archive* archive) {
  core::Result<std::unique_ptr<ByteSource>> source = OpenInput(file, in, meter, archive->spool());
  if (!source) return tl::unexpected(source.error());
  BlockBuffer buffer(source->get());
  const core::Result<Form> form = TellFormOf(file, &buffer, options.format);
  if (!form) return tl::unexpected(form.error());
  if (*form == Form::kEmpty && !(*source)->fault().empty()) {
    return core::Fail(core::ErrorCode::kInvalidArgument,
                      DisplayName(file) + " cannot be decompressed: " + (*source)->fault(),
                      "gzip -tv " + (file == "-" ? std::string("FILE") : file));
  }
  sink->StartFile(file);
  const core::Status status = ReadForm(*form, source->get(), &buffer, sink);
  if (status && *form != Form::kEmpty && sink->found_in_file() == 0) {
    sink->Warn(DisplayName(file) + " holds no entries");
  }
  if (const std::string fault = (*source)->fault(); !fault.empty())
    sink->Warn(DisplayName(file) + ": " + fault);
  archive->Put(sink->source(), file, std::move(*source));
  return status;
}

}  // namespace

core::Result<ReadSummary> ReadFiles(const std::vector<std::string>& files, std::istream& in,
                                    const ReadOptions& options, const EntryVisitor& visit) {
  Archive archive(options.spool_bytes);
  return ReadFiles(files, in, options, {Visitor{visit, nullptr}}, &archive);
}

core::Result<ReadSummary> ReadFiles(const std::vector<std::string>& files, std::istream& in,
                                    const ReadOptions& options, const std::vector<Visitor>& visitors,
                                    Archive* archive) {
  ReadSummary summary;
  EntrySink sink(options, visitors, &summary);
  Meter meter(options, files);
  std::size_t skipped = 0;
  std::optional<core::Error> last;
  for (const std::string& file : files) {
    const core::Status status = ReadFile(file, in, options, &meter, &sink, archive);
    if (status) continue;
    // One file of many that is no log (a YAML file in a folder) does not keep the others from being read.
    if (files.size() == 1) return tl::unexpected(status.error());
    summary.warnings.push_back("skipped: " + status.error().message);
    last = status.error();
    ++skipped;
  }
  if (skipped == files.size() && last) return tl::unexpected(*last);
  sink.CountEntries();
  return summary;
}

}  // namespace neverready::ingest
