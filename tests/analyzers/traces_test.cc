// Stack traces as they really arrive: chained, one entry or one entry a line, split, interleaved, folded.
#include <catch2/catch.hpp>

#include "analyzers/finding.h"
#include "tests/fakes/log_builder.h"

namespace neverready::analyzers {
namespace {

using fakes::Diagnose;
using fakes::FactOf;
using fakes::LogBuilder;
using fakes::ProofOf;
using fakes::Told;
using ingest::Severity;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

Diagnosis DiagnoseCrash(LogBuilder log) {
  return Diagnose(log.Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080));
}

// The same text as one entry, and as one entry a line: both must tell the same.
void CheckBoth(const std::string& trace, const std::string& told, const std::string& proof,
               Fact fact = Fact::kException, const std::string& value = {}) {
  INFO(trace);
  for (const bool whole : {true, false}) {
    INFO((whole ? "one entry" : "one entry a line"));
    LogBuilder log("api-00001-abc");
    log.Start();
    if (whole) {
      log.App(Severity::kError, trace);
    } else {
      log.Lines(trace);
    }
    const Diagnosis diagnosis = DiagnoseCrash(log);
    CHECK(Told(diagnosis) == told + " > port_timeout");
    CHECK(ProofOf(diagnosis) == proof);
    if (!value.empty()) CHECK(FactOf(diagnosis, fact) == value);
  }
}

constexpr const char* kInner =
    "Traceback (most recent call last):\n"
    "  File \"/app/plugins.py\", line 12, in load\n"
    "    import ledger_plugin\n"
    "ModuleNotFoundError: No module named 'ledger_plugin'\n";
constexpr const char* kOuter =
    "Traceback (most recent call last):\n"
    "  File \"/app/main.py\", line 3, in <module>\n"
    "    plugins.load()\n"
    "  File \"/app/plugins.py\", line 14, in load\n"
    "    raise RuntimeError('plugins are broken') from error\n"
    "RuntimeError: plugins are broken";

TEST_CASE("Of chained Python exceptions the first is the cause", "[analyzers][trace][python]") {
  CheckBoth(std::string(kInner) +
                "\nThe above exception was the direct cause of the following exception:\n\n" + kOuter,
            "failed: import_error", "ModuleNotFoundError: No module named 'ledger_plugin'", Fact::kModule,
            "ledger_plugin");
  CheckBoth(std::string(kInner) +
                "\nDuring handling of the above exception, another exception occurred:\n\n" + kOuter,
            "failed: import_error", "ModuleNotFoundError: No module named 'ledger_plugin'", Fact::kModule,
            "ledger_plugin");
}

TEST_CASE("A Python chain that Cloud Logging cut into three entries is still one",
          "[analyzers][trace][python]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App(Severity::kError, kInner)
      .Wait(-995us)
      .App("During handling of the above exception, another exception occurred:")
      .Wait(-995us)
      .App(Severity::kError, kOuter);
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kModule) == "ledger_plugin");
}

TEST_CASE("Two Python traces without a mark are two failures, of which the last ended the start",
          "[analyzers][trace][python]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .App(Severity::kError, kInner)
      .Wait(20s)
      .App(
          Severity::kError,
          "Traceback (most recent call last):\n  File \"/app/main.py\", line 9, in <module>\n    x = os.environ['API_KEY']\n"
          "  File \"<frozen os>\", line 685, in __getitem__\nKeyError: 'API_KEY'");
  CHECK(Told(DiagnoseCrash(log)) == "failed: missing_env > port_timeout");
}

TEST_CASE("The innermost 'Caused by' of Java is the cause", "[analyzers][trace][java]") {
  CheckBoth(
      "Exception in thread \"main\" org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'ledger'\n"
      "\tat org.springframework.beans.factory.support.AbstractBeanFactory.getBean(AbstractBeanFactory.java:321)\n"
      "\tat com.acme.Main.main(Main.java:12)\n"
      "Caused by: java.lang.IllegalStateException: cannot open the ledger\n"
      "\tat com.acme.Ledger.open(Ledger.java:44)\n"
      "\t... 4 more\n"
      "Caused by: java.lang.ClassNotFoundException: org.postgresql.Driver\n"
      "\tat java.base/jdk.internal.loader.BuiltinClassLoader.loadClass(BuiltinClassLoader.java:641)\n"
      "\t... 9 more",
      "failed: import_error", "Caused by: java.lang.ClassNotFoundException: org.postgresql.Driver",
      Fact::kException, "java.lang.ClassNotFoundException");
}

TEST_CASE("[cause] of JavaScript is the cause", "[analyzers][trace][node]") {
  CheckBoth(
      "Error: startup failed\n"
      "    at start (/app/src/server.js:20:11)\n"
      "    at Object.<anonymous> (/app/src/server.js:31:1) {\n"
      "  [cause]: Error: connect ECONNREFUSED 10.8.0.5:5432\n"
      "      at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16) {\n"
      "    errno: -111,\n"
      "    code: 'ECONNREFUSED'\n"
      "  }\n"
      "}",
      "failed: dependency_unreachable", "[cause]: Error: connect ECONNREFUSED 10.8.0.5:5432", Fact::kHost,
      "10.8.0.5:5432");
}

TEST_CASE("An error that Go wrapped with %w is told by its innermost part", "[analyzers][trace][go]") {
  CheckBoth(
      "2026/01/18 02:24:01 cannot start: opening the ledger: ping: dial tcp 10.8.0.5:5432: connect: connection refused",
      "failed: dependency_unreachable",
      "2026/01/18 02:24:01 cannot start: opening the ledger: ping: dial tcp 10.8.0.5:5432: connect: connection refused",
      Fact::kHost, "10.8.0.5:5432");
}

TEST_CASE("A Go panic without a rule is an app_exception with its headline", "[analyzers][trace][go]") {
  CheckBoth(
      "panic: assignment to entry in nil map\n"
      "\n"
      "goroutine 1 [running]:\n"
      "main.main()\n"
      "\t/app/main.go:17 +0x1d",
      "failed: app_exception", "panic: assignment to entry in nil map", Fact::kException,
      "panic: assignment to entry in nil map");
}

TEST_CASE("The last cause of anyhow is the cause", "[analyzers][trace][rust]") {
  CheckBoth(
      "Error: could not start the server\n"
      "\n"
      "Caused by:\n"
      "    0: could not connect to the ledger\n"
      "    1: Connection refused (os error 111)",
      "failed: dependency_unreachable", "1: Connection refused (os error 111)");
}

TEST_CASE("A Rust panic names its file", "[analyzers][trace][rust]") {
  CheckBoth(
      "thread 'main' panicked at src/main.rs:17:10:\n"
      "index out of bounds: the len is 3 but the index is 7\n"
      "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
      "failed: app_exception", "index out of bounds: the len is 3 but the index is 7", Fact::kFile,
      "src/main.rs");
}

TEST_CASE("The inner exception of .NET is the cause", "[analyzers][trace][dotnet]") {
  CheckBoth(
      "Unhandled exception. System.AggregateException: One or more hosted services failed to start.\n"
      " ---> System.IO.FileNotFoundException: Could not load file or assembly 'Npgsql, Version=8.0.0.0, Culture=neutral'. The system cannot find the file specified.\n"
      "   at Acme.Ledger.Open() in /src/Ledger.cs:line 12\n"
      "   --- End of inner exception stack trace ---\n"
      "   at Program.<Main>$(String[] args) in /src/Program.cs:line 9",
      "failed: import_error",
      "---> System.IO.FileNotFoundException: Could not load file or assembly 'Npgsql, Version=8.0.0.0, Culture=neutral'. The system cannot find the file specified.");
}

TEST_CASE("What PHP prints before 'Next' is the cause", "[analyzers][trace][php]") {
  CheckBoth(
      "PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /app/db.php:4\n"
      "Stack trace:\n"
      "#0 /app/db.php(4): PDO->__construct()\n"
      "#1 {main}\n"
      "\n"
      "Next RuntimeException: cannot open the ledger in /app/db.php:9\n"
      "Stack trace:\n"
      "#0 {main}\n"
      "  thrown in /app/db.php on line 9",
      "failed: dependency_unreachable",
      "PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /app/db.php:4");
}

TEST_CASE("The last exception of a Ruby chain is the cause", "[analyzers][trace][ruby]") {
  CheckBoth(
      "/app/boot.rb:9:in `rescue in open': the ledger is closed (RuntimeError)\n"
      "\tfrom /app/boot.rb:3:in `open'\n"
      "\tfrom /app/boot.rb:12:in `<main>'\n"
      "/app/boot.rb:4:in `require': cannot load such file -- pg (LoadError)\n"
      "\tfrom /app/boot.rb:4:in `open'\n"
      "\tfrom /app/boot.rb:12:in `<main>'",
      "failed: import_error", "/app/boot.rb:4:in `require': cannot load such file -- pg (LoadError)");
}

TEST_CASE("Exceptions of all languages that no rule knows are app_exception", "[analyzers][trace]") {
  struct Case {
    const char *trace, *proof, *type;
  };
  const std::vector<Case> cases{
      {"Traceback (most recent call last):\n  File \"/app/main.py\", line 4, in <module>\n    run()\nacme.ledger.BrokenLedger: page 7",
       "acme.ledger.BrokenLedger: page 7", "acme.ledger.BrokenLedger"},
      {"/app/main.js:4\n    throw new RangeError('page 7');\n    ^\n\nRangeError: page 7\n    at Object.<anonymous> (/app/main.js:4:11)",
       "RangeError: page 7", "RangeError"},
      {"Exception in thread \"main\" com.acme.LedgerException: page 7\n\tat com.acme.Main.main(Main.java:4)",
       "Exception in thread \"main\" com.acme.LedgerException: page 7", "com.acme.LedgerException"},
      {"/app/main.rb:4:in `open': page 7 (Acme::LedgerError)\n\tfrom /app/main.rb:9:in `<main>'",
       "/app/main.rb:4:in `open': page 7 (Acme::LedgerError)", "Acme::LedgerError"},
      {"PHP Fatal error:  Uncaught Acme\\LedgerException: page 7 in /app/index.php:4\nStack trace:\n#0 {main}\n  thrown in /app/index.php on line 4",
       "PHP Fatal error:  Uncaught Acme\\LedgerException: page 7 in /app/index.php:4",
       "Acme\\LedgerException"},
      {"Unhandled exception. Acme.LedgerException: page 7\n   at Acme.Ledger.Open() in /src/Ledger.cs:line 4",
       "Unhandled exception. Acme.LedgerException: page 7", "Acme.LedgerException"},
      {"terminate called after throwing an instance of 'acme::LedgerError'\n  what():  page 7",
       "terminate called after throwing an instance of 'acme::LedgerError'", "acme::LedgerError"},
      {"** (Acme.LedgerError) page 7\n    (acme 0.1.0) lib/acme/ledger.ex:4: Acme.Ledger.open/1",
       "** (Acme.LedgerError) page 7", "Acme.LedgerError"},
  };
  for (const Case& one : cases)
    CheckBoth(one.trace, "failed: app_exception", one.proof, Fact::kException, one.type);
}

TEST_CASE("A trace that Cloud Logging merged only in part is whole", "[analyzers][trace][node]") {
  LogBuilder log("api-00001-abc");
  log.Start().Lines("node:internal/modules/cjs/loader:1386\n  throw err;\n  ^");
  log.App(
      Severity::kError,
      "Error: Cannot find module '/app/server.js'\n    at Function._resolveFilename (node:internal/modules/cjs/loader:1383:15)\n    at node:internal/main/run_main_module:36:49 {");
  log.Lines("  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v22.22.0");
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(ProofOf(diagnosis) == "Error: Cannot find module '/app/server.js'");
  CHECK(FactOf(diagnosis, Fact::kModule) == "/app/server.js");
}

TEST_CASE("A trace whose entries mingle with another instance's is read by instance", "[analyzers][trace]") {
  LogBuilder log("api-00001-abc");
  log.Instance("a").Start().Instance("b").Start();
  const std::vector<std::string> lines{
      "Traceback (most recent call last):", "  File \"/app/main.py\", line 3, in <module>",
      "    import ledger", "ModuleNotFoundError: No module named 'ledger'"};
  for (const std::string& line : lines) {
    log.Instance("a").App(line).Instance("b").App("GET /healthz 200");
  }
  log.Instance("a").Exit(1).ProbeFailed("CANCELLED", 8080).NotReady(8080);
  const Diagnosis diagnosis = Diagnose(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kFile) == "/app/main.py");
  CHECK(diagnosis.evidence->instance == "a");
}

TEST_CASE("A trace is not torn by what the other stream says in between", "[analyzers][trace]") {
  LogBuilder log("api-00001-abc");
  log.Start()
      .Lines("Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>")
      .Stdout()
      .Lines("warming up\nwarm")
      .Stderr();
  log.Lines("    import ledger\nModuleNotFoundError: No module named 'ledger'");
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(FactOf(diagnosis, Fact::kFile) == "/app/main.py");
  CHECK(FactOf(diagnosis, Fact::kModule) == "ledger");
}

TEST_CASE("A trace in a structured line is a trace", "[analyzers][trace]") {
  LogBuilder log("api-00001-abc");
  log.Start().Payload(
      R"({"severity":"ERROR","message":"startup failed","exc_info":"Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>\n    import ledger\nModuleNotFoundError: No module named 'ledger'"})");
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(ProofOf(diagnosis) == "ModuleNotFoundError: No module named 'ledger'");
  CHECK(FactOf(diagnosis, Fact::kFile) == "/app/main.py");
}

TEST_CASE("A trace that was folded into one line with \\n is unfolded", "[analyzers][trace]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(
      "ERROR boot Traceback (most recent call last):\\n  File \\\"/app/main.py\\\", line 3, in <module>\\n    import ledger\\nModuleNotFoundError: No module named 'ledger'");
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(ProofOf(diagnosis) == "ModuleNotFoundError: No module named 'ledger'");
}

TEST_CASE("A message that was split over several entries is one", "[analyzers][trace][split]") {
  LogBuilder log("api-00001-abc");
  log.Start().Parts({std::string(3000, 'x') + "\nModuleNotFoundError: No module ", "named 'led", "ger'"});
  const Diagnosis diagnosis = DiagnoseCrash(log);
  CHECK(Told(diagnosis) == "failed: import_error > port_timeout");
  CHECK(FactOf(diagnosis, Fact::kModule) == "ledger");
}

TEST_CASE("A JSON line that was cut over two entries is read as one text", "[analyzers][trace][split]") {
  LogBuilder log("api-00001-abc");
  const std::string json = R"({"level":"error","padding":")" + std::string(400, '.') +
                           R"(","message":"ModuleNotFoundError: No module named 'ledger'"})";
  const std::size_t cut = json.find("module named");
  log.Start().App(json.substr(0, cut)).App(json.substr(cut));
  CHECK(FactOf(DiagnoseCrash(log), Fact::kModule) == "ledger");
}

TEST_CASE("Exceptions that only end a process say nothing", "[analyzers][trace][python]") {
  LogBuilder log("api-00001-abc");
  log.Start().App(
      "Traceback (most recent call last):\n  File \"/app/main.py\", line 4, in <module>\n    sys.exit(1)\nSystemExit: 1");
  CHECK(Told(DiagnoseCrash(log)) == "failed: unknown > port_timeout");
}

TEST_CASE("A warning is no exception", "[analyzers][trace][python]") {
  LogBuilder log("api-00001-abc");
  log.Start().App("/app/main.py:4: RuntimeWarning: coroutine 'boot' was never awaited");
  CHECK(Told(DiagnoseCrash(log)) == "failed: unknown > port_timeout");
}

TEST_CASE("Which facts name the culprit is fixed for every category", "[analyzers][finding]") {
  Facts module, exception;
  module.Set(Fact::kModule, std::string("x"));
  exception.Set(Fact::kException, std::string("x"));
  CHECK(NamesCulprit(Category::kImportError, module));
  CHECK_FALSE(NamesCulprit(Category::kImportError, exception));
  CHECK(NamesCulprit(Category::kAppException, exception));
  CHECK_FALSE(NamesCulprit(Category::kUnknown, exception));
}

}  // namespace
}  // namespace neverready::analyzers
