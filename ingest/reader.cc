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

// Standard input, or whatever stands for it.
class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::istream* in) : in_(in) {}

  core::Result<std::size_t> Read(char* data, std::size_t size) override {
    in_->read(data, static_cast<std::streamsize>(size));
    if (in_->bad()) return core::Fail(core::ErrorCode::kUnavailable, "standard input cannot be read");
    return static_cast<std::size_t>(in_->gcount());
  }

 private:
  std::istream* in_;
};

// The source can be read again.
core::Result<std::unique_ptr<ByteSource>> OpenSource(const std::string& file, std::istream& in,
                                                     Archive* archive) {
  std::unique_ptr<ByteSource> source;
  if (file == "-") {
    source = std::make_unique<StreamSource>(&in);
  } else {
    core::Result<std::unique_ptr<ByteSource>> opened = FileSource::Open(file);
    if (!opened) return opened;
    source = std::move(*opened);
  }
  if (source->can_reread()) return source;
  return std::make_unique<SpooledSource>(std::move(source), archive->spool());
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

core::Status ReadForm(Form form, ByteSource* source, BlockBuffer* buffer, EntrySink* sink) {
  const std::uint64_t begin = buffer->bytes_read() - buffer->data().size();
  switch (form) {
    case Form::kEmpty: sink->Warn(DisplayName(sink->file()) + " is empty"); break;
    case Form::kNdjson: return ReadNdjson(source, begin, sink);
    case Form::kArray:
    case Form::kObjects: {
      const core::Status status = ReadObjects(buffer, sink);
      sink->CountBytes(buffer->bytes_read());
      return status;
    }
    case Form::kText: {
      const core::Status status = ReadText(buffer, sink);
      sink->CountBytes(buffer->bytes_read());
      return status;
    }
  }
  sink->CountBytes(buffer->bytes_read());
  return {};
}

core::Status ReadFile(const std::string& file, std::istream& in, const ReadOptions& options, EntrySink* sink,
                      Archive* archive) {
  core::Result<std::unique_ptr<ByteSource>> source = OpenSource(file, in, archive);
  if (!source) return tl::unexpected(source.error());
  BlockBuffer buffer(source->get());
  const core::Result<Form> form = TellFormOf(file, &buffer, options.format);
  if (!form) return tl::unexpected(form.error());
  sink->StartFile(file);
  const core::Status status = ReadForm(*form, source->get(), &buffer, sink);
  if (status && *form != Form::kEmpty && sink->found_in_file() == 0) {
    sink->Warn(DisplayName(file) + " holds no entries");
  }
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
  std::size_t skipped = 0;
  std::optional<core::Error> last;
  for (const std::string& file : files) {
    const core::Status status = ReadFile(file, in, options, &sink, archive);
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
