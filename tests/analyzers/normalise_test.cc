#include "analyzers/normalise.h"

#include <catch2/catch.hpp>

#include "analyzers/logfmt.h"

namespace neverready::analyzers {
namespace {

struct Row {
  const char *logger, *line, *body, *level;
};

std::string LevelName(Severity level) {
  switch (level) {
    case Severity::kDefault: return "-";
    case Severity::kDebug: return "debug";
    case Severity::kInfo: return "info";
    case Severity::kNotice: return "notice";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
    case Severity::kCritical: return "critical";
    case Severity::kAlert: return "alert";
    case Severity::kEmergency: return "emergency";
  }
  return "?";
}

void CheckRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.logger);
    const BorrowedPrefix prefix = ParsePrefix(row.line);
    CHECK(prefix.body == row.body);
    CHECK(LevelName(prefix.level) == row.level);
  }
}

TEST_CASE("The prefixes of real loggers are taken off, their levels kept", "[analyzers][normalise]") {
  const std::vector<Row> rows{
      {"python logging, default", "ERROR:root:cannot open the ledger", "cannot open the ledger", "error"},
      {"python logging, named", "WARNING:app.db.pool:cannot open the ledger", "cannot open the ledger",
       "warning"},
      {"python logging, asctime", "2026-01-18 02:24:01,123 - app.db - ERROR - cannot open the ledger",
       "cannot open the ledger", "error"},
      {"python logging, bracketed level", "2026-01-18 02:24:01,123 [ERROR] app.db: cannot open the ledger",
       "cannot open the ledger", "error"},
      {"python logging, level first", "[ERROR] 2026-01-18 02:24:01,123 cannot open the ledger",
       "cannot open the ledger", "error"},
      {"loguru", "2026-01-18 02:24:01.123 | ERROR    | app.main:boot:12 - cannot open the ledger",
       "cannot open the ledger", "error"},
      {"gunicorn", "[2026-01-18 02:24:01 +0000] [13] [ERROR] cannot open the ledger",
       "cannot open the ledger", "error"},
      {"uvicorn", "ERROR:    cannot open the ledger", "cannot open the ledger", "error"},
      {"uvicorn info", "INFO:     cannot open the ledger", "cannot open the ledger", "info"},
      {"logback, Spring Boot",
       "2026-01-18T02:24:01.123Z ERROR 1 --- [           main] o.s.boot.SpringApplication               : cannot open the ledger",
       "cannot open the ledger", "error"},
      {"logback, Spring Boot 3 with the app's name",
       "2026-01-18T02:24:01.123Z  WARN 1 --- [ledger] [           main] c.acme.Ledger     : cannot open the ledger",
       "cannot open the ledger", "warning"},
      {"logback, basic", "02:24:01.123 [main] ERROR com.acme.Ledger -- cannot open the ledger",
       "cannot open the ledger", "error"},
      {"log4j", "2026-01-18 02:24:01,123 ERROR [main] com.acme.Ledger - cannot open the ledger",
       "cannot open the ledger", "error"},
      {"java.util.logging, second line", "SEVERE: cannot open the ledger", "cannot open the ledger", "error"},
      {"java.util.logging, one line",
       "18-Jan-2026 02:24:01.123 SEVERE [main] org.apache.catalina.core.StandardContext - cannot open the ledger",
       "cannot open the ledger", "error"},
      {"winston simple", "error: cannot open the ledger", "cannot open the ledger", "error"},
      {"winston with a time", "2026-01-18T02:24:01.123Z error: cannot open the ledger",
       "cannot open the ledger", "error"},
      {"winston with a time and brackets", "2026-01-18T02:24:01.123Z [error]: cannot open the ledger",
       "cannot open the ledger", "error"},
      {"pino-pretty", "[02:24:01.123] ERROR (1): cannot open the ledger", "cannot open the ledger", "error"},
      {"zap console", "2026-01-18T02:24:01.123Z\tERROR\tcannot open the ledger", "cannot open the ledger",
       "error"},
      {"zerolog console", "2:24AM ERR cannot open the ledger", "cannot open the ledger", "error"},
      {"zerolog console, seconds", "02:24:01 FTL cannot open the ledger", "cannot open the ledger",
       "critical"},
      {"Go's log", "2026/01/18 02:24:01 cannot open the ledger", "cannot open the ledger", "-"},
      {"Go's log, with microseconds", "2026/01/18 02:24:01.123456 cannot open the ledger",
       "cannot open the ledger", "-"},
      {"Go's log, with a prefix", "ledger 2026/01/18 02:24:01 cannot open the ledger",
       "cannot open the ledger", "-"},
      {"Go's slog", "2026/01/18 02:24:01 ERROR cannot open the ledger", "cannot open the ledger", "error"},
      {"glog and klog", "E0118 02:24:01.905345       1 main.go:33] cannot open the ledger",
       "cannot open the ledger", "error"},
      {"klog info", "I0118 02:24:01.905345       1 main.go:33] cannot open the ledger",
       "cannot open the ledger", "info"},
      {"nginx", "2026/01/18 02:24:01 [emerg] 1#1: cannot open the ledger", "cannot open the ledger",
       "emergency"},
      {"nginx, worker", "2026/01/18 02:24:01 [notice] 31#31: cannot open the ledger",
       "cannot open the ledger", "notice"},
      {"php-fpm", "[18-Jan-2026 02:24:01] ERROR: cannot open the ledger", "cannot open the ledger", "error"},
      {"PostgreSQL", "2026-01-18 02:24:01.123 UTC [1] FATAL:  cannot open the ledger",
       "cannot open the ledger", "critical"},
      {"Elixir's Logger", "02:24:01.123 [error] cannot open the ledger", "cannot open the ledger", "error"},
      {"Envoy",
       "[2026-01-18 02:24:01.123][1][critical][main] [source/server/server.cc:414] cannot open the ledger",
       "cannot open the ledger", "critical"},
      {"HashiCorp's hclog", "2026-01-18T02:24:01.123Z [ERROR] agent: cannot open the ledger",
       "agent: cannot open the ledger", "error"},
      {"Microsoft's console logger", "fail: cannot open the ledger", "cannot open the ledger", "error"},
      {"level words alone", "CRITICAL cannot open the ledger", "cannot open the ledger", "critical"},
      {"go-kit style level, logfmt stays whole", "level=error msg=broken", "level=error msg=broken", "-"},
      {"npm", "npm ERR! cannot open the ledger", "npm ERR! cannot open the ledger", "-"},
      {"uvicorn critical", "CRITICAL:  cannot open the ledger", "cannot open the ledger", "critical"},
      {"python logging, milliseconds with a dot",
       "2026-01-18 02:24:01.123 WARNING app: cannot open the ledger", "app: cannot open the ledger",
       "warning"},
      {"RFC 3339 alone", "2026-01-18T02:24:01.123456Z cannot open the ledger", "cannot open the ledger", "-"},
      {"no prefix", "cannot open the ledger", "cannot open the ledger", "-"},
  };
  CheckRows(rows);
}

// BUG: these prefixes are not taken off, or only in part.
TEST_CASE("The prefixes of further real loggers are taken off, their levels kept", "[analyzers][normalise]") {
  CheckRows({
      {"pino-pretty with a host",
       "[2026-01-18 02:24:01.123 +0000] ERROR (1 on localhost): cannot open the ledger",
       "cannot open the ledger", "error"},
      {"NestJS", "[Nest] 1  - 01/18/2026, 2:24:01 AM   ERROR [ExceptionHandler] cannot open the ledger",
       "cannot open the ledger", "error"},
      {"logrus text on a terminal", "ERRO[0000] cannot open the ledger", "cannot open the ledger", "error"},
      {"env_logger of Rust", "[2026-01-18T02:24:01Z ERROR acme::ledger] cannot open the ledger",
       "cannot open the ledger", "error"},
      {"tracing of Rust", "2026-01-18T02:24:01.123456Z ERROR acme::ledger: cannot open the ledger",
       "cannot open the ledger", "error"},
      {"monolog", "[2026-01-18T02:24:01.123456+00:00] app.ERROR: cannot open the ledger",
       "cannot open the ledger", "error"},
      {"Laravel", "[2026-01-18 02:24:01] production.ERROR: cannot open the ledger", "cannot open the ledger",
       "error"},
      {"Ruby Logger", "E, [2026-01-18T02:24:01.123456 #1] ERROR -- : cannot open the ledger",
       "cannot open the ledger", "error"},
      {"Serilog", "[02:24:01 ERR] cannot open the ledger", "cannot open the ledger", "error"},
  });
}

TEST_CASE("What only looks like a prefix stays", "[analyzers][normalise]") {
  for (const char* line : {"Error: Cannot find module 'express'", "TypeError: x is not a function",
                           "panic: boom", "fatal: not a git repository", "127.0.0.1 - - GET / 200",
                           "Information about the ledger", "LOG of everything", "KeyError: 'API_KEY'",
                           "java.lang.IllegalStateException: x", "10 workers ready"}) {
    INFO(line);
    CHECK(ParsePrefix(line).body == line);
    CHECK(ParsePrefix(line).level == Severity::kDefault);
  }
}

TEST_CASE("A line that is nothing but its prefix has an empty body", "[analyzers][normalise]") {
  CHECK(ParsePrefix("2026-01-18T02:24:01Z").body.empty());
  CHECK(ParsePrefix("").body.empty());
  CHECK(ParsePrefix("   ").body.empty());
}

TEST_CASE("The body borrows from the line", "[analyzers][normalise]") {
  const std::string line = "ERROR: text";
  const BorrowedPrefix prefix = ParsePrefix(line);
  CHECK(prefix.body.data() >= line.data());
  CHECK(prefix.body.data() + prefix.body.size() == line.data() + line.size());
}

TEST_CASE("Level words are known in any case, other words are not levels", "[analyzers][normalise]") {
  CHECK(ParseLevelWord("ERROR") == Severity::kError);
  CHECK(ParseLevelWord("Warn") == Severity::kWarning);
  CHECK(ParseLevelWord("SEVERE") == Severity::kError);
  CHECK(ParseLevelWord("FTL") == Severity::kCritical);
  CHECK(ParseLevelWord("emerg") == Severity::kEmergency);
  CHECK_FALSE(ParseLevelWord("errors"));
  CHECK_FALSE(ParseLevelWord("e"));
  CHECK_FALSE(ParseLevelWord(""));
}

using Lines = std::vector<std::string>;

TEST_CASE("Lines are cleaned of escapes, carriage returns and blanks at their ends",
          "[analyzers][normalise]") {
  CHECK(CleanLines("\x1b[31mred\x1b[0m  \r\n\n  two\t\n") == Lines{"red", "", "  two"});
  CHECK(CleanLines("\n\n").empty());
  CHECK(CleanLines("").empty());
}

TEST_CASE("A literal \\n is a newline inside a trace only", "[analyzers][normalise]") {
  CHECK(CleanLines("Traceback (most recent call last):\\n  File \\\"a.py\\\", line 1\\nE: x") ==
        Lines{"Traceback (most recent call last):", "  File \"a.py\", line 1", "E: x"});
  CHECK(CleanLines("Error: x\\n    at f (/app/a.js:1:2)") == Lines{"Error: x", "    at f (/app/a.js:1:2)"});
  CHECK(CleanLines("C:\\new\\names") == Lines{"C:\\new\\names"});
  CHECK(CleanLines("regex \\n is a newline") == Lines{"regex \\n is a newline"});
}

TEST_CASE("Logfmt is read with its quotes and escapes", "[analyzers][normalise]") {
  const auto pairs = ParseLogfmt(
      R"(time="2026-01-18T02:24:01Z" level=error msg="cannot open \"ledger\"" err=EOF port=8080)");
  REQUIRE(pairs.size() == 5);
  CHECK(pairs[1] == std::pair<std::string, std::string>("level", "error"));
  CHECK(pairs[2].second == "cannot open \"ledger\"");
  CHECK(pairs[3].second == "EOF");
  CHECK(ParseLogfmt("msg=hello without a level").empty());
  CHECK(ParseLogfmt("level=info nothing said").empty());
  CHECK(ParseLogfmt("connect failed: host=10.0.0.1 err=refused").empty());
  CHECK(ParseLogfmt("").empty());
  CHECK(ParseLogfmt("level=error msg=\"cut off").size() == 2);
}

}  // namespace
}  // namespace neverready::analyzers
