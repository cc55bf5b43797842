// stages FILE.ndjson [FILE.gz]: how much each stage of `analyze` gets through on one thread, each of them
// timed on its own. Writes one line a stage to standard output, the columns divided by tabs: name, seconds,
// bytes, things, what the things are, and "1" where the stage is on the way of `analyze` and not a part of
// another.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/builtin_rules.h"
#include "analyzers/collector.h"
#include "analyzers/diagnose.h"
#include "analyzers/normalise.h"
#include "analyzers/rule_set.h"
#include "core/text.h"
#include "ingest/archive.h"
#include "ingest/entry_parser.h"
#include "ingest/entry_skimmer.h"
#include "ingest/readers/entry_taker.h"
#include "ingest/readers/file_source.h"
#include "ingest/readers/gzip_source.h"
#include "reports/json.h"

namespace {

using namespace neverready;

// Seconds of the processor over many stretches: other programs that run at the same time do not count.
class Watch {
 public:
  void Start() { began_ = Now(); }
  void Stop() { seconds_ += Now() - began_; }
  double seconds() const { return seconds_; }

 private:
  static double Now() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  double began_ = 0, seconds_ = 0;
};

struct Amount {
  std::uint64_t bytes = 0, things = 0;
};

void Print(const char* name, double seconds, const Amount& amount, const char* things, bool on_the_way) {
  std::printf("%s\t%.6f\t%llu\t%llu\t%s\t%d\n", name, seconds, static_cast<unsigned long long>(amount.bytes),
              static_cast<unsigned long long>(amount.things), things, on_the_way ? 1 : 0);
}

[[noreturn]] void Die(const core::Error& error) {
  std::fprintf(stderr, "stages: %s\n", error.message.c_str());
  std::exit(EXIT_FAILURE);
}

std::unique_ptr<ingest::ByteSource> Open(const std::string& name) {
  auto source = ingest::FileSource::Open(name);
  if (!source) Die(source.error());
  return *std::move(source);
}

// One line of an application, as the rules see it.
struct AppLine {
  std::string text;
  std::size_t body_begin = 0;
};

constexpr std::size_t kChunkBytes = 256 << 10;  // as the program reads
constexpr std::size_t kMostAppLines = 200'000;

// Reading, skimming, noting and parsing: one chunk after the other goes through each of them, as it would
// through the program's cache.
class Pass {
 public:
  explicit Pass(const std::string& file)
      : source_(Open(file)),
        visitor_{[this](const ingest::LogEntry& entry) { collector.Add(entry); },
                 [this](const ingest::BorrowedGlimpse& glimpse) { collector.Note(glimpse); }},
        taker_(visitor_) {}

  void Run() {
    std::uint64_t offset = 0;  // of the buffer in the file
    std::size_t left = 0;      // bytes of a line that goes on in the next chunk
    for (;;) {
      if (buffer_.size() < left + kChunkBytes + ingest::EntrySkimmer::kPadding)
        buffer_.resize(left + kChunkBytes + ingest::EntrySkimmer::kPadding);
      read.Start();
      const auto n = ingest::ReadFully(source_.get(), offset + left, buffer_.data() + left, kChunkBytes);
      read.Stop();
      if (!n) Die(n.error());
      if (*n == 0) break;
      all.bytes += *n;
      const std::size_t used = Lines(left + *n);
      Stages(offset);
      left += *n - used;
      std::memmove(buffer_.data(), buffer_.data() + used, left);
      offset += used;
    }
  }

  Watch read, skim, take, parse;
  Amount all;
  std::uint64_t plain = 0;  // entries of which the envelope was enough
  analyzers::Collector collector;
  std::vector<AppLine> app_lines;

 private:
  // Finds the lines; returns the bytes up to the last newline.
  std::size_t Lines(std::size_t size) {
    skim.Start();
    lines_.clear();
    std::size_t at = 0;
    while (const void* newline = std::memchr(buffer_.data() + at, '\n', size - at)) {
      const std::size_t end = static_cast<std::size_t>(static_cast<const char*>(newline) - buffer_.data());
      lines_.push_back(core::Trim({buffer_.data() + at, end - at}));
      at = end + 1;
    }
    skim.Stop();
    all.things += lines_.size();
    return at;
  }

  void Stages(std::uint64_t offset) {
    skim.Start();
    for (const std::string_view line : lines_) plain += skimmer_.Skim(line, &glimpse_) ? 1 : 0;
    skim.Stop();
    take.Start();
    for (const std::string_view line : lines_) {
      const auto at = static_cast<std::uint64_t>(line.data() - buffer_.data());
      const core::Status status =
          taker_.TakeSpot(line, {offset + at, static_cast<std::uint32_t>(line.size()), 0});
      if (!status) Die(status.error());
    }
    take.Stop();
    parse.Start();
    for (const std::string_view line : lines_) Parse(line);
    parse.Stop();
    for (const std::string_view line : lines_) {
      if (app_lines.size() >= kMostAppLines) break;
      Parse(line);
      KeepAppLines();
    }
  }

  void Parse(std::string_view line) {
    const core::Status status = parser_.Parse(line, &entry_);
    if (!status) Die(status.error());
  }

  void KeepAppLines() {
    if (entry_.log != ingest::LogKind::kStdout && entry_.log != ingest::LogKind::kStderr) return;
    for (const ingest::TextPart& part : entry_.text) {
      if (part.role == ingest::TextRole::kFields) continue;
      for (std::string& line : analyzers::CleanLines(part.text)) {
        const std::string_view body = analyzers::ParsePrefix(line).body;
        const std::size_t begin =
            body.empty() ? line.size() : static_cast<std::size_t>(body.data() - line.data());
        app_lines.push_back({std::move(line), begin});
      }
    }
  }

  std::unique_ptr<ingest::ByteSource> source_;
  const ingest::Visitor visitor_;
  ingest::EntryTaker taker_;
  ingest::EntrySkimmer skimmer_;
  ingest::EntryParser parser_;
  ingest::BorrowedGlimpse glimpse_;
  ingest::LogEntry entry_;
  std::vector<char> buffer_;
  std::vector<std::string_view> lines_;
};

std::uint64_t hits = 0;  // looked at, so that no compiler leaves out what is timed

void Match(const char* name, const analyzers::RuleSet& rules, const std::vector<AppLine>& lines) {
  Watch watch;
  Amount amount;
  watch.Start();
  for (const AppLine& line : lines) {
    const std::string_view text = line.text;
    hits += rules.MatchLine(text, text.substr(line.body_begin), analyzers::Voice::kApp).size();
    amount.bytes += text.size();
  }
  watch.Stop();
  amount.things = lines.size();
  Print(name, watch.seconds(), amount, "lines", false);
}

void MatchAll(const analyzers::RuleSet& rules, std::vector<AppLine> lines) {
  Match("match, as they come", rules, lines);
  // A number behind each line makes it a new one for the memory of earlier answers.
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].text += " " + std::to_string(i);
  Match("match, all different", rules, lines);
}

void DiagnoseAll(const analyzers::RuleSet& rules, const std::string& file, analyzers::Collector* collector) {
  ingest::Archive archive(64u << 20);
  archive.Put(0, file, Open(file));
  Watch gather, load, assemble, diagnose, print;
  Amount loaded, diagnosed, printed;
  gather.Start();
  analyzers::Gathered gathered = collector->Gather();
  gather.Stop();
  for (std::size_t i = 0; i < gathered.size(); ++i) {
    assemble.Start();
    const analyzers::RevisionLog log =
        gathered.MakeLog(i, [&](const std::vector<ingest::Spot>& spots, const auto& take) {
          assemble.Stop();
          for (const ingest::Spot& spot : spots) loaded.bytes += spot.size;
          loaded.things += spots.size();
          load.Start();
          archive.Load(spots, [](const ingest::LogEntry&) {});
          load.Stop();
          assemble.Start();
          archive.Load(spots, take);
        });
    assemble.Stop();
    for (const analyzers::Line& line : log.lines) diagnosed.bytes += line.text.size();
    diagnose.Start();
    const analyzers::Diagnosis diagnosis = analyzers::Diagnose(rules, log, {gathered.totals().last, {}});
    diagnose.Stop();
    print.Start();
    printed.bytes += reports::ToJsonElement(diagnosis).size();
    print.Stop();
  }
  diagnosed.things = printed.things = gathered.size();
  Print("gather", gather.seconds(), {0, gathered.totals().entries}, "entries", true);
  Print("read again and parse", load.seconds(), loaded, "entries", true);
  Print("put in order", assemble.seconds() - load.seconds(), loaded, "entries", true);
  Print("diagnose", diagnose.seconds(), diagnosed, "revisions", true);
  Print("print", print.seconds(), printed, "revisions", true);
}

void Decompress(const std::string& file) {
  const std::unique_ptr<ingest::ByteSource> compressed = Open(file);
  ingest::GzipSource source(compressed.get());
  std::vector<char> buffer(kChunkBytes);
  Watch watch;
  Amount amount;
  watch.Start();
  for (;;) {
    const auto n = source.Read(buffer.data(), buffer.size());
    if (!n) Die(n.error());
    if (*n == 0) break;
    amount.bytes += *n;
    ++amount.things;
  }
  watch.Stop();
  Print("decompress", watch.seconds(), amount, "blocks", false);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2 && argc != 3) {
    std::fputs("usage: stages FILE.ndjson [FILE.gz]\n", stderr);
    return 2;
  }
  const std::string file = argv[1];
  const auto rules = analyzers::RuleSet::Make(analyzers::BuiltinRules(), analyzers::BuiltinFilters());
  Pass pass(file);
  pass.Run();
  Print("read", pass.read.seconds(), pass.all, "entries", true);
  Print("skim", pass.skim.seconds(), pass.all, "entries", true);
  Print("note", pass.take.seconds() - pass.skim.seconds(), pass.all, "entries", true);
  Print("parse all", pass.parse.seconds(), pass.all, "entries", false);
  MatchAll(*rules, std::move(pass.app_lines));
  DiagnoseAll(*rules, file, &pass.collector);
  if (argc == 3) Decompress(argv[2]);
  std::fprintf(stderr, "%llu of %llu entries by their envelope, %llu hits\n",
               static_cast<unsigned long long>(pass.plain), static_cast<unsigned long long>(pass.all.things),
               static_cast<unsigned long long>(hits));
  return EXIT_SUCCESS;
}
