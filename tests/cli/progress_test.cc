#include "cli/progress.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/app.h"
#include "tests/fakes/run_app.h"

namespace neverready::cli {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace): so that tests say 10s
using ingest::Progress;

TEST_CASE("Bytes are told in three digits at most", "[cli][progress]") {
  CHECK(FormatBytes(0) == "0 B");
  CHECK(FormatBytes(999) == "999 B");
  CHECK(FormatBytes(1000) == "1.0 kB");
  CHECK(FormatBytes(999'000'000) == "999 MB");
  CHECK(FormatBytes(999'600'000) == "1.0 GB");
  CHECK(FormatBytes(12'345'678'901) == "12 GB");
  CHECK(FormatBytes(~0ull) == "18 EB");
}

TEST_CASE("A progress line tells bytes, share, speed and time left", "[cli][progress]") {
  CHECK(FormatProgress({0, 1000, 2s, 80}) == "reading  0 B of 1.0 kB    0 %");
  CHECK(FormatProgress({410'000'000, 1'000'000'000, 2s, 80}) ==
        "reading  410 MB of 1.0 GB   41 %  [#########---------------]  205 MB/s  3 s left");
  CHECK(FormatProgress({1'000'000'000, 1'000'000'000, 4s, 60}) ==
        "reading  1.0 GB of 1.0 GB  100 %  250 MB/s  0 s left");
  CHECK(FormatProgress({1'000'000, 43'201'000'000, 1s, 60}) ==
        "reading  1.0 MB of 43 GB    0 %  1.0 MB/s  12 h 0 min left");
  CHECK(FormatProgress({1'000'000, 91'000'000, 1s, 60}) ==
        "reading  1.0 MB of 91 MB    1 %  1.0 MB/s  1 min 30 s left");
  CHECK(FormatProgress({1, 1ull << 60, 1s, 60}).ends_with("1 B/s  days left"));
}

TEST_CASE("What is not known is left out of a progress line", "[cli][progress]") {
  CHECK(FormatProgress({12'000'000, std::nullopt, 4s, 80}) == "reading  12 MB  3.0 MB/s");
  CHECK(FormatProgress({12'000'000, 10'000'000, 4s, 80}) == "reading  12 MB  3.0 MB/s");
  CHECK(FormatProgress({12'000'000, std::nullopt, 0s, 80}) == "reading  12 MB");
  CHECK(FormatProgress({0, 0, 1s, 80}) == "reading  0 B");
}

TEST_CASE("A progress line fits its width", "[cli][progress]") {
  for (std::size_t width = 0; width < 120; ++width) {
    INFO(width);
    CHECK(FormatProgress({410'000'000, 1'000'000'000, 2s, width}).size() <= width);
  }
  CHECK(FormatProgress({410'000'000, 1'000'000'000, 2s, 30}) == "reading  410 MB of 1.0 GB");
}

TEST_CASE("Progress is drawn from the first second on, ten times a second, and erased", "[cli][progress]") {
  std::ostringstream err;
  std::chrono::nanoseconds now = 100s;
  ProgressLine line(&err, 30, [&] { return now; });
  const auto update = [&](std::chrono::nanoseconds at, std::uint64_t bytes, std::uint64_t total) {
    now = 100s + at;
    line.Update({bytes, total});
  };
  update(500ms, 1000, 9000);
  line.Erase();
  CHECK(err.str().empty());
  update(1s, 2000, 9000);
  const std::string first = "\rreading  2.0 kB of 9.0 kB";
  CHECK(err.str() == first);
  update(1050ms, 3000, 9000);
  CHECK(err.str() == first);
  update(1100ms, 4000, 3999);  // the file grew
  CHECK(err.str() == first + "\rreading  4.0 kB  3.6 kB/s");
  line.Erase();
  line.Erase();
  CHECK(err.str() == first + "\rreading  4.0 kB  3.6 kB/s\r" + std::string(25, ' ') + "\r");
}

struct Terminal {
  bool is = true;
  const char* kind = "xterm";
};

std::string ErrorsOf(std::vector<std::string> options, Terminal terminal) {
  std::string text;
  while (text.size() < (3u << 20))
    text += "{\"logName\":\"x\",\"textPayload\":\"" + std::string(1000, 'x') + "\"}\n";
  const fakes::TemporaryFolder folder;
  std::istringstream in;
  std::ostringstream out, err;
  std::chrono::nanoseconds now = 0s;
  Io io{in, out, err};
  io.environment = [&](const char* name) { return std::string(name) == "TERM" ? terminal.kind : nullptr; };
  io.err_is_terminal = terminal.is;
  io.clock = [&] { return now += 700ms; };
  options.insert(options.begin(), "analyze");
  options.push_back(folder.Write("a.ndjson", text));
  RunApp(options, io);
  return err.str();
}

TEST_CASE("Progress is for people at a terminal", "[cli][progress][analyze]") {
  const std::string shown = ErrorsOf({}, {});
  CHECK(shown.starts_with("\rreading  "));
  CHECK(shown.find(" of 3.1 MB") != std::string::npos);
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(shown.ends_with("\r"));
  CHECK(ErrorsOf({"--quiet"}, {}).empty());
  CHECK(ErrorsOf({}, {.is = false}).empty());
  CHECK(ErrorsOf({}, {.kind = "dumb"}).empty());
  CHECK(ErrorsOf({}, {.kind = nullptr}).empty());
}

}  // namespace
}  // namespace neverready::cli
