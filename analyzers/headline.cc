#include "analyzers/headline.h"

#include <array>

#include "core/ascii.h"
#include "core/matcher.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using core::Matcher;

// What runtimes put before the type.
struct Lead {
  std::string_view text;
  Tie tie;
};
constexpr std::array<Lead, 22> kLeads{{
    {"Caused by: ", Tie::kInner},
    {"[cause]: ", Tie::kInner},
    {"cause: ", Tie::kInner},
    {"---> ", Tie::kInner},
    {"Suppressed: ", Tie::kNone},
    {"Unhandled exception. ", Tie::kNone},
    {"Unhandled Exception: ", Tie::kNone},
    {"Unhandled exception: ", Tie::kNone},
    {"Unhandled rejection ", Tie::kNone},
    {"UnhandledPromiseRejectionWarning: ", Tie::kNone},
    {"Uncaught (in promise) ", Tie::kNone},
    {"error: Uncaught (in promise) ", Tie::kNone},
    {"error: Uncaught ", Tie::kNone},
    {"Uncaught ", Tie::kNone},
    {"PHP Fatal error:  Uncaught ", Tie::kNone},
    {"PHP Fatal error: Uncaught ", Tie::kNone},
    {"Fatal error: Uncaught ", Tie::kNone},
    {"Fatal error:  Uncaught ", Tie::kNone},
    {"NOTICE: PHP message: PHP Fatal error:  Uncaught ", Tie::kNone},
    {"Next ", Tie::kOuter},
    {"Exception: ", Tie::kNone},
    {"Caused by ", Tie::kInner},
}};

bool EndsLikeType(std::string_view name) {
  const std::size_t dot = name.find_last_of(".:\\$");
  const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  if (last.empty() || last[0] < 'A' || last[0] > 'Z') return false;
  for (const std::string_view end :
       {"Error", "Exception", "Failure", "Fault", "Exit", "Interrupt", "Panic", "NotFound", "Timeout",
        "Refused", "Denied", "Invalid", "Missing", "NotSet", "Throwable"}) {
    if (last.ends_with(end)) return true;
  }
  return last == "Errno" || name.starts_with("Errno::") ||
         name.find("Exception$") != std::string_view::npos ||
         name.find("Error::") != std::string_view::npos || name.find("Errors::") != std::string_view::npos ||
         name.find(".errors.") != std::string_view::npos ||
         name.find(".exceptions.") != std::string_view::npos;
}

std::optional<Headline> ParseOther(std::string_view line) {
  thread_local Matcher go(R"re(^(panic: |fatal error: )(.+)$)re");
  thread_local Matcher rust_new(R"re(^thread '[^']*' (?:\(\d+\) )?panicked at ([^:' ]+):(\d+):\d+:?$)re");
  thread_local Matcher rust_old(
      R"re(^thread '[^']*' (?:\(\d+\) )?panicked at '(.*)', ([^:' ]+):(\d+):\d+)re");
  thread_local Matcher rust_open(R"re(^thread '[^']*' (?:\(\d+\) )?panicked at (?:')?(.*)$)re");
  thread_local Matcher ruby(
      R"re(^(\S+\.(?:rb|ru|rake)|\S*/(?:bin|exe)/\S+):(\d+):in [`'].*': (.*) \(((?:[A-Z]\w*::)*[A-Z]\w*)\)$)re");
  thread_local Matcher ruby_bare(R"re(^(\S+\.(?:rb|ru|rake)):(\d+):in [`'][^']*': (.+)$)re");
  thread_local Matcher ruby_tail(
      R"re(^(.{3,300}) \(((?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception|NotFound|Refused|Denied))\)$)re");
  thread_local Matcher elixir(R"re(^\*\* \(((?:[A-Z]\w*\.)*[A-Z]\w*)\) (.*)$)re");
  thread_local Matcher php(
      R"re(^(?:PHP )?(Parse error|Fatal error|Compile error):\s+(.*) in (\S+) on line (\d+)$)re");
  thread_local Matcher perl(R"re(^(syntax error) at (\S+) line (\d+)\b)re");
  thread_local Matcher perl_die(R"re(^(.{3,400}) at (\S+\.(?:p[lm]|psgi|t|cgi)) line (\d+)\.?$)re");
  thread_local Matcher cpp(R"re(terminate called after throwing an instance of '([^']+)')re");
  if (line.starts_with("panic: ") || line.starts_with("fatal error: ")) {
    if (!go.Find(line)) return std::nullopt;
    Headline headline;
    std::string_view message = go[2];
    // "panic: x [recovered]" and the address of a signal are not part of the name.
    if (const std::size_t recovered = message.find(" [recovered"); recovered != std::string_view::npos)
      message = message.substr(0, recovered);
    headline.type = std::string(go[1]) + std::string(message);
    headline.message = std::string(message);
    return headline;
  }
  if (line.starts_with("thread '")) {
    Headline headline;
    headline.type = "panic";
    if (rust_new.Find(line)) {
      headline.file = rust_new[1];
      headline.line = rust_new.Number(2);
    } else if (rust_old.Find(line)) {
      headline.message = rust_old[1];
      headline.file = rust_old[2];
      headline.line = rust_old.Number(3);
    } else if (rust_open.Find(line)) {
      headline.message = rust_open[1];
    } else {
      return std::nullopt;
    }
    return headline;
  }
  if (line.find(".rb:") != std::string_view::npos || line.find(".ru:") != std::string_view::npos ||
      line.find("/bin/") != std::string_view::npos || line.find("/exe/") != std::string_view::npos) {
    if (ruby.Find(line))
      return Headline{std::string(ruby[4]), std::string(ruby[3]), Tie::kBelow, std::string(ruby[1]),
                      ruby.Number(2)};
    if (ruby_bare.Find(line) && !line.starts_with("from ") && line[0] != '\t') {
      Headline headline{"", std::string(ruby_bare[3]), Tie::kNone, std::string(ruby_bare[1]),
                        ruby_bare.Number(2)};
      return headline;
    }
  }
  if (line.starts_with("** (") && elixir.Find(line) && elixir[1] != "EXIT" && elixir[1] != "Mix")
    return Headline{std::string(elixir[1]), std::string(elixir[2]), Tie::kNone, {}, 0};
  if (line.find(" on line ") != std::string_view::npos && php.Find(line)) {
    if (php[2].find("Uncaught ") == std::string_view::npos) {
      return Headline{std::string(php[1]), std::string(php[2]), Tie::kNone, std::string(php[3]),
                      php.Number(4)};
    }
  }
  if (line.starts_with("syntax error at ") && perl.Find(line))
    return Headline{"syntax error", std::string(line), Tie::kNone, std::string(perl[2]), perl.Number(3)};
  if (line.find(" line ") != std::string_view::npos && perl_die.Find(line) &&
      !line.starts_with("BEGIN failed") && !line.starts_with("Compilation failed")) {
    return Headline{{}, std::string(perl_die[1]), Tie::kNone, std::string(perl_die[2]), perl_die.Number(3)};
  }
  if (line.find("terminate called after throwing") != std::string_view::npos && cpp.Find(line))
    return Headline{std::string(cpp[1]), {}, Tie::kNone, {}, 0};
  if (line.ends_with(")") && line.find("Error)") != std::string_view::npos && ruby_tail.Find(line))
    return Headline{std::string(ruby_tail[2]), std::string(ruby_tail[1]), Tie::kNone, {}, 0};
  return std::nullopt;
}

// Whether a dotted name begins the line, and what may follow it: most lines are prose.
bool MayBeDotted(std::string_view line) {
  const auto in_name = [](char c) {
    return core::IsAlnum(c) || c == '_' || c == '$' || c == '.' || c == ':' || c == '\\';
  };
  std::size_t end = 0;
  while (end < line.size() && in_name(line[end])) ++end;
  if (end == 0) return false;
  const std::string_view rest = line.substr(end);
  return rest.empty() || rest.starts_with(" [") || rest.starts_with(" (") ||
         line.substr(0, end).find(':') != std::string_view::npos;
}

}  // namespace

std::optional<Headline> ParseHeadline(std::string_view line, const HeadlineOptions& options) {
  thread_local Matcher dotted(
      R"re(^((?:[A-Za-z_][\w$]*(?:\.|::|\\))*[A-Za-z_][\w$]*)(?: \[(\w+)\]| \((0x[0-9A-Fa-f]+|\d+)\))?(?::\s*(.*))?$)re");
  thread_local Matcher php_place(R"re(^(.*) in (\S+):(\d+)$)re");
  thread_local Matcher java_thread(R"re(^Exception in thread "[^"]*" )re");
  line = core::Trim(line);
  if (line.empty() || line.size() > 4000) return std::nullopt;
  if (auto other = ParseOther(line)) return other;
  Tie tie = Tie::kNone;
  bool lead = options.after_frames;
  if (line.starts_with("Exception in thread") && java_thread.Find(line)) {
    line = line.substr(java_thread.end());
    lead = true;
  }
  bool php = false;
  for (const Lead& known : kLeads) {
    if (!line.starts_with(known.text)) continue;
    line = line.substr(known.text.size());
    tie = known.tie;
    php = known.text.find("PHP") != std::string_view::npos || known.text.starts_with("Fatal error") ||
          known.text == "Next ";
    lead = lead || known.tie == Tie::kInner || php || known.text.starts_with("Un") ||
           known.text.starts_with("error: Un");
    break;
  }
  if (!MayBeDotted(line) || !dotted.Find(line)) return std::nullopt;
  const std::string_view name = dotted[1];
  const bool bare = name.find_first_of(".:\\") == std::string_view::npos;
  // "Error: text" is how JavaScript (and many programs) begin; a word alone is not a type.
  const bool typed = EndsLikeType(name) || name == "Error" || name == "Exception";
  if (!typed && !(lead && (!bare || (name[0] >= 'A' && name[0] <= 'Z') || options.after_frames)))
    return std::nullopt;
  if (!lead && dotted[4].empty() && bare && line.find(':') == std::string_view::npos && !typed)
    return std::nullopt;
  Headline headline{std::string(name), std::string(dotted[4]), tie, {}, 0};
  // Node: "Error [TransformError]: text", "HostNotFoundError [SequelizeHostNotFoundError]: text".
  if (dotted[2].ends_with("Error") && dotted[2].ends_with(name)) headline.type = dotted[2];
  if (php && php_place.Find(dotted[4])) {
    headline.message = php_place[1];
    headline.file = php_place[2];
    headline.line = php_place.Number(3);
  }
  return headline;
}

std::optional<Frame> ParseFrame(std::string_view line) {
  thread_local Matcher python(R"re(^\s*File "([^"]+)", line (\d+))re");
  thread_local Matcher js(R"re(^\s*at .*?\(?((?:file://)?[^\s()]+?\.[cm]?[jt]sx?):(\d+)(?::\d+)?\)?)re");
  thread_local Matcher java(R"re(^\s*at [\w$.<>/@-]+\(([\w$-]+\.(?:java|kt|scala|groovy|clj)):(\d+)\))re");
  thread_local Matcher dotnet(R"re(^\s*at .* in (\S.*?):line (\d+)$)re");
  thread_local Matcher ruby(R"re(^\s*from (\S+?):(\d+):in )re");
  thread_local Matcher php(R"re(^\s*#\d+ ([^\s(]+)\((\d+)\): )re");
  thread_local Matcher go(R"re(^\s+(\S+\.go):(\d+)(?: \+0x[0-9a-f]+)?$)re");
  thread_local Matcher elixir(
      R"re(^\s*(?:\([\w.]+ [\w.-]+\) )?((?:lib|web|config|apps)/\S+\.exs?):(\d+): )re");
  thread_local Matcher thrown(R"re(^\s*thrown in (\S+) on line (\d+)$)re");
  const std::string_view text = core::Trim(line);
  // The beginning tells which of them it can be.
  std::array<Matcher*, 3> possible{};
  if (text.starts_with("File ")) {
    possible = {&python};
  } else if (text.starts_with("at ")) {
    possible = {&java, &js, &dotnet};
  } else if (text.starts_with("from ")) {
    possible = {&ruby};
  } else if (text.starts_with("#")) {
    possible = {&php};
  } else if (text.starts_with("thrown in ")) {
    possible = {&thrown};
  } else if (text.find(".ex") != std::string_view::npos) {
    possible = {&elixir};
  }
  for (Matcher* known : possible) {
    if (known != nullptr && known->Find(line)) return Frame{std::string((*known)[1]), known->Number(2)};
  }
  if (text.find(".go:") != std::string_view::npos && go.Find(line))
    return Frame{std::string(go[1]), go.Number(2)};
  if (text.size() != line.size() && text.starts_with("at ")) return Frame{};
  if (text.starts_with("... ") && (text.ends_with(" more") || text.ends_with("omitted"))) return Frame{};
  if (text.starts_with("goroutine ") || text.starts_with("created by ") || text.starts_with("Stack trace:") ||
      text.starts_with("#") || text.starts_with("stack backtrace:"))
    return Frame{};
  return std::nullopt;
}

bool IsOwnCode(std::string_view file) {
  for (const std::string_view foreign :
       {"site-packages", "dist-packages", "node_modules", "node:", "<frozen", "/usr/local/lib/", "/usr/lib/",
        "/usr/share/gocode/src/runtime", "/usr/local/go/", "/go/pkg/", "/gems/", "internal/", "/vendor/",
        "/.cargo/", "/rustc/", "<string>", "/usr/share/php/", "/usr/local/bin/", "bundled"}) {
    if (file.find(foreign) != std::string_view::npos) return false;
  }
  return !file.empty();
}

bool IsChainMark(std::string_view line) {
  return line.find("During handling of the above exception, another exception occurred") !=
             std::string_view::npos ||
         line.find("The above exception was the direct cause of the following exception") !=
             std::string_view::npos;
}

bool IsTracebackHead(std::string_view line) {
  return line.find("Traceback (most recent call last)") != std::string_view::npos;
}

}  // namespace neverready::analyzers
