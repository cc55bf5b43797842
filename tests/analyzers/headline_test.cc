#include "analyzers/headline.h"

#include <catch2/catch.hpp>

namespace neverready::analyzers {
namespace {

TEST_CASE("The headlines of all languages are read", "[analyzers][headline]") {
  struct Row {
    const char *line, *type, *message;
    Tie tie = Tie::kNone;
    const char* file = "";
    std::int64_t at = 0;
  };
  const std::vector<Row> rows{
      // Python
      {"ModuleNotFoundError: No module named 'x'", "ModuleNotFoundError", "No module named 'x'"},
      {"psycopg2.OperationalError: could not connect", "psycopg2.OperationalError", "could not connect"},
      {"KeyError: 'API_KEY'", "KeyError", "'API_KEY'"},
      {"NotImplementedError", "NotImplementedError", ""},
      {"sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) refused",
       "sqlalchemy.exc.OperationalError", "(psycopg2.OperationalError) refused"},
      // Java
      {"java.lang.NullPointerException", "java.lang.NullPointerException", ""},
      {"java.lang.IllegalStateException: page 7", "java.lang.IllegalStateException", "page 7"},
      {"Exception in thread \"main\" java.lang.NoClassDefFoundError: org/x/Y",
       "java.lang.NoClassDefFoundError", "org/x/Y"},
      {"Caused by: java.net.ConnectException: Connection refused", "java.net.ConnectException",
       "Connection refused", Tie::kInner},
      {"org.acme.Outer$InnerException: x", "org.acme.Outer$InnerException", "x"},
      // JavaScript
      {"Error: Cannot find module 'express'", "Error", "Cannot find module 'express'"},
      {"TypeError: x is not a function", "TypeError", "x is not a function"},
      {"TypeError [ERR_INVALID_ARG_TYPE]: The \"path\" argument", "TypeError", "The \"path\" argument"},
      {"Uncaught ReferenceError: x is not defined", "ReferenceError", "x is not defined"},
      {"[cause]: Error: connect ECONNREFUSED", "Error", "connect ECONNREFUSED", Tie::kInner},
      {"PrismaClientInitializationError: Can't reach", "PrismaClientInitializationError", "Can't reach"},
      // Go
      {"panic: runtime error: index out of range [3] with length 3",
       "panic: runtime error: index out of range [3] with length 3",
       "runtime error: index out of range [3] with length 3"},
      {"panic: boom [recovered]", "panic: boom", "boom"},
      {"fatal error: all goroutines are asleep - deadlock!",
       "fatal error: all goroutines are asleep - deadlock!", "all goroutines are asleep - deadlock!"},
      // Rust
      {"thread 'main' panicked at src/main.rs:17:10:", "panic", "", Tie::kNone, "src/main.rs", 17},
      {"thread 'main' panicked at 'boom', src/main.rs:17:10", "panic", "boom", Tie::kNone, "src/main.rs", 17},
      {"thread 'tokio-runtime-worker' (12) panicked at src/db.rs:3:1:", "panic", "", Tie::kNone, "src/db.rs",
       3},
      // Ruby
      {"/app/config/boot.rb:4:in `require': cannot load such file -- x (LoadError)", "LoadError",
       "cannot load such file -- x", Tie::kBelow, "/app/config/boot.rb", 4},
      {"/app/boot.rb:4:in 'Kernel#require': cannot load such file -- x (LoadError)", "LoadError",
       "cannot load such file -- x", Tie::kBelow, "/app/boot.rb", 4},
      {"cannot load such file -- x (LoadError)", "LoadError", "cannot load such file -- x"},
      // PHP
      {"PHP Fatal error:  Uncaught Error: Class \"X\" not found in /app/index.php:4", "Error",
       "Class \"X\" not found", Tie::kNone, "/app/index.php", 4},
      {"Next RuntimeException: cannot open the ledger in /app/db.php:9", "RuntimeException",
       "cannot open the ledger", Tie::kOuter, "/app/db.php", 9},
      {"PHP Parse error:  syntax error, unexpected end of file in /app/a.php on line 9", "Parse error",
       "syntax error, unexpected end of file", Tie::kNone, "/app/a.php", 9},
      // .NET
      {"Unhandled exception. System.InvalidOperationException: no", "System.InvalidOperationException", "no"},
      {"---> System.IO.FileNotFoundException: Could not load", "System.IO.FileNotFoundException",
       "Could not load", Tie::kInner},
      {"System.Net.Sockets.SocketException (111): Connection refused", "System.Net.Sockets.SocketException",
       "Connection refused"},
      // C++, Elixir, Perl
      {"terminate called after throwing an instance of 'std::runtime_error'", "std::runtime_error", ""},
      {"** (RuntimeError) environment variable SECRET_KEY_BASE is missing.", "RuntimeError",
       "environment variable SECRET_KEY_BASE is missing."},
      {"syntax error at app.pl line 7, near \"}\"", "syntax error",
       "syntax error at app.pl line 7, near \"}\"", Tie::kNone, "app.pl", 7},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.line) {
      const auto headline = ParseHeadline(row.line);
      REQUIRE(headline);
      CHECK(headline->type == row.type);
      CHECK(headline->message == row.message);
      CHECK((headline->tie == row.tie));
      CHECK(headline->file == row.file);
      CHECK(headline->line == row.at);
    }
  }
}

TEST_CASE("Prose is no headline", "[analyzers][headline]") {
  for (const char* line :
       {"", "   ", "** (Mix) Could not start application x: y", "** (EXIT) shutdown", "Starting: now",
        "INFO: all is well", "Listening on http://0.0.0.0:8080", "host: 10.0.0.1",
        "https://example.com: down", "Note: x", "Loading config", "errors: 0", "main.go:33: boom", "Ready",
        "WARNING: x", "at com.acme.Main.main(Main.java:4)"}) {
    INFO(line);
    CHECK_FALSE(ParseHeadline(line));
  }
}

TEST_CASE("Under the frames of a Python traceback any dotted name is a type", "[analyzers][headline]") {
  CHECK_FALSE(ParseHeadline("acme.ledger.Broken: page 7"));
  const auto headline = ParseHeadline("acme.ledger.Broken: page 7", {.after_frames = true});
  REQUIRE(headline);
  CHECK(headline->type == "acme.ledger.Broken");
}

TEST_CASE("Frames of all languages are read", "[analyzers][headline]") {
  struct Row {
    const char *line, *file;
    std::int64_t at;
  };
  const std::vector<Row> rows{
      {"  File \"/app/main.py\", line 12, in boot", "/app/main.py", 12},
      {"    at start (/app/src/server.js:20:11)", "/app/src/server.js", 20},
      {"    at file:///app/src/server.mjs:20:11", "file:///app/src/server.mjs", 20},
      {"    at async start (/app/dist/main.ts:3:4)", "/app/dist/main.ts", 3},
      {"\tat com.acme.Main.main(Main.java:12)", "Main.java", 12},
      {"\tat com.acme.MainKt.main(Main.kt:12)", "Main.kt", 12},
      {"   at Acme.Ledger.Open() in /src/Ledger.cs:line 12", "/src/Ledger.cs", 12},
      {"\tfrom /app/main.rb:9:in `<main>'", "/app/main.rb", 9},
      {"#0 /app/index.php(12): Acme\\Ledger->open()", "/app/index.php", 12},
      {"\t/app/main.go:17 +0x1d", "/app/main.go", 17},
      {"    (acme 0.1.0) lib/acme/ledger.ex:4: Acme.Ledger.open/1", "lib/acme/ledger.ex", 4},
      {"  thrown in /app/index.php on line 4", "/app/index.php", 4},
      {"    at Object.<anonymous> (node:internal/main)", "", 0},
      {"\t... 9 more", "", 0},
      {"goroutine 1 [running]:", "", 0},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const auto frame = ParseFrame(row.line);
    REQUIRE(frame);
    CHECK(frame->file == row.file);
    CHECK(frame->line == row.at);
  }
  for (const char* line : {"", "at last", "File not found", "from now on", "0: could not connect"}) {
    INFO(line);
    CHECK_FALSE(ParseFrame(line));
  }
}

TEST_CASE("Own code is told from libraries and runtimes", "[analyzers][headline]") {
  for (const char* own : {"/app/main.py", "src/main.rs", "/workspace/index.js", "Main.java", "lib/acme.ex"})
    CHECK(IsOwnCode(own));
  for (const char* foreign :
       {"", "/usr/local/lib/python3.12/site-packages/flask/app.py", "/app/node_modules/express/index.js",
        "node:internal/modules/cjs/loader", "<frozen importlib._bootstrap>",
        "/usr/local/go/src/net/http/server.go", "/go/pkg/mod/x.go", "/usr/local/bundle/gems/puma/x.rb",
        "/app/vendor/autoload.php"}) {
    INFO(foreign);
    CHECK_FALSE(IsOwnCode(foreign));
  }
}

TEST_CASE("The marks between chained Python exceptions are known", "[analyzers][headline]") {
  CHECK(IsChainMark("During handling of the above exception, another exception occurred:"));
  CHECK(IsChainMark("The above exception was the direct cause of the following exception:"));
  CHECK_FALSE(IsChainMark("The exception above"));
  CHECK(IsTracebackHead("Traceback (most recent call last):"));
  CHECK(IsTracebackHead("ERROR boot: Traceback (most recent call last):"));
  CHECK_FALSE(IsTracebackHead("Traceback"));
}

}  // namespace
}  // namespace neverready::analyzers
