// make_log BYTES [SEED]: writes about BYTES of Cloud Logging entries as NDJSON to standard output, the same
// for the same arguments. Twelve services with many instances: requests and what applications say about them,
// starts that work, and now and then a revision that never becomes ready.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "core/time.h"

namespace {

using neverready::core::FormatRfc3339;
using neverready::core::Timestamp;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // SplitMix64: the same numbers with every standard library.
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t Below(std::uint64_t end) { return Next() % end; }

  void AppendHex(std::size_t digits, std::string* out) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (i % 16 == 0) bits = Next();
      *out += "0123456789abcdef"[bits & 15];
      bits >>= 4;
    }
  }

 private:
  std::uint64_t state_;
};

// All texts are written as they stand in JSON: escaped.
struct Start {
  std::string_view lines[14];  // up to the first empty one, on stderr
  int exit_code;               // 0: the container lives and nothing listens
};

constexpr Start kFailures[] = {
    {{"Traceback (most recent call last):",
      R"(  File \"/usr/local/lib/python3.11/site-packages/gunicorn/arbiter.py\", line 609, in spawn_worker)",
      "    worker.init_process()", R"(  File \"/app/main.py\", line 14, in <module>)",
      "    from billing.ledger import Ledger", "ModuleNotFoundError: No module named 'billing.ledger'",
      "[2025-09-16 01:42:17 +0000] [1] [ERROR] Worker failed to boot."},
     3},
    {{"/app/dist/config.js:21", "    throw new Error(`Missing required environment variable: ${name}`);",
      "    ^", "Error: Missing required environment variable: DATABASE_URL",
      "    at requireEnv (/app/dist/config.js:21:11)",
      "    at Object.<anonymous> (/app/dist/config.js:30:18)",
      "    at Module._compile (node:internal/modules/cjs/loader:1376:14)", "Node.js v20.11.1"},
     1},
    {{R"(Exception in thread \"main\" org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'dataSource')",
      R"(\tat org.springframework.beans.factory.support.AbstractBeanFactory.getBean(AbstractBeanFactory.java:208))",
      R"(\tat com.example.orders.Application.main(Application.java:12))",
      "Caused by: java.net.ConnectException: Connection refused",
      R"(\tat java.base/sun.nio.ch.Net.pollConnect(Native Method))", R"(\t... 41 more)"},
     1},
    {{"panic: runtime error: invalid memory address or nil pointer dereference",
      "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6d1f2a]",
      "goroutine 1 [running]:", "main.connect(...)", R"(\t/src/cmd/server/main.go:57)", "main.main()",
      R"(\t/src/cmd/server/main.go:31 +0x4a)"},
     2},
    {{"pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings", "jwt_secret",
      "  Field required [type=missing, input_value={}, input_type=dict]",
      "    For further information visit https://errors.pydantic.dev/2.6/v/missing"},
     1},
    {{"Server listening on http://127.0.0.1:3000"}, 0},
};

constexpr std::string_view kServices[] = {"checkout", "catalog", "search", "orders",  "billing", "inventory",
                                          "profile",  "gateway", "mailer", "reports", "media",   "auth"};
constexpr std::string_view kPaths[] = {"/api/v1/items", "/api/v1/orders/",   "/healthz",
                                       "/login",        "/api/v2/search?q=", "/static/app.js",
                                       "/metrics",      "/webhooks/payment"};
constexpr std::string_view kAgents[] = {
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "GoogleHC/1.0", "python-requests/2.31.0", "okhttp/4.12.0", "curl/8.5.0"};
// What applications say while all is well, scary words included.
constexpr std::string_view kLines[] = {
    "INFO:     10.8.0.12:41822 - \\\"GET /api/v1/items HTTP/1.1\\\" 200 OK",
    "2025-09-16 01:42:17,868 INFO sqlalchemy.engine.Engine SELECT orders.id, orders.total FROM orders WHERE orders.customer_id = $1",
    "2025-09-16 01:42:17,868 WARNING app.cache cache miss ratio above threshold: 0.42",
    "cache refreshed: 1820 keys in 31 ms",
    "[2025-09-16 01:42:17 +0000] [7] [DEBUG] Closing connection.",
    "retrying request to inventory (attempt 1 of 3): connection reset by peer",
    "user session restored; token expires in 3599 s",
    "2025-09-16T01:42:17.868Z info: processed webhook payment.succeeded in 12 ms",
    "DeprecationWarning: datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version.",
    "job nightly-report finished: 0 errors, 2 warnings",
};

class Writer {
 public:
  Writer(std::uint64_t bytes, std::uint64_t seed) : random_(seed), bytes_(bytes) {
    buffer_.reserve(kFlush + 65536);
  }

  void Run() {
    for (std::uint64_t n = 0; written_ + buffer_.size() < bytes_; ++n) {
      if (n % 20'000 == 500) {
        FailedStart();
      } else if (n % 4'000 == 100) {
        GoodStart();
      } else {
        Traffic();
      }
      if (buffer_.size() >= kFlush) Flush();
    }
    Flush();
  }

 private:
  static constexpr std::size_t kFlush = 1u << 20;

  void Flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) != buffer_.size()) {
      std::perror("make_log");
      std::exit(EXIT_FAILURE);
    }
    written_ += buffer_.size();
    buffer_.clear();
  }

  void Pass(std::chrono::microseconds at_most) {
    now_ += std::chrono::microseconds(1 + random_.Below(static_cast<std::uint64_t>(at_most.count())));
  }

  // Which container speaks: set before a Begin.
  struct Place {
    std::string_view service;
    std::uint64_t revision = 1;
    std::uint64_t instance = 1;  // the identifier is made of it
  };

  std::string RevisionName() const {
    const std::string number = std::to_string(place_.revision);
    return std::string(place_.service) + "-" + std::string(number.size() < 5 ? 5 - number.size() : 0, '0') +
           number + "-" + std::string(kSuffixes[place_.revision % std::size(kSuffixes)]);
  }

  void Begin(std::string_view log) {
    buffer_ += R"({"insertId":")";
    random_.AppendHex(24, &buffer_);
    buffer_ += R"(","labels":{"instanceId":"0017859f)";
    Random instance(place_.instance);
    instance.AppendHex(192, &buffer_);
    buffer_ += R"("},"logName":"projects/demo-proj/logs/)";
    buffer_ += log;
    const std::string time = FormatRfc3339(now_);
    buffer_ += R"(","receiveTimestamp":")";
    buffer_ += FormatRfc3339(now_ + std::chrono::milliseconds(140));
    buffer_ += R"(","resource":{"labels":{"configuration_name":")";
    buffer_ += place_.service;
    buffer_ += R"(","location":"us-central1","project_id":"demo-proj","revision_name":")";
    buffer_ += RevisionName();
    buffer_ += R"(","service_name":")";
    buffer_ += place_.service;
    buffer_ += R"("},"type":"cloud_run_revision"},"timestamp":")";
    buffer_ += time;
    buffer_ += '"';
  }

  void Text(std::string_view log, std::string_view severity, std::string_view text) {
    Begin(log);
    if (!severity.empty()) {
      buffer_ += R"(,"severity":")";
      buffer_ += severity;
      buffer_ += '"';
    }
    buffer_ += R"(,"textPayload":")";
    buffer_ += text;
    buffer_ += "\"}\n";
  }

  void Traffic() {
    Pass(std::chrono::microseconds(4'000));
    place_ = {kServices[random_.Below(std::size(kServices))], 40, 0};
    place_.instance = 1'000 + random_.Below(8) +
                      100 * (place_.service.size() + static_cast<unsigned char>(place_.service[0]));
    const std::uint64_t choice = random_.Below(100);
    if (choice < 45) {
      Request();
    } else if (choice < 75) {
      Text(choice < 70 ? "run.googleapis.com%2Fstdout" : "run.googleapis.com%2Fstderr", "",
           kLines[random_.Below(std::size(kLines))]);
    } else {
      Structured();
    }
  }

  void Request() {
    const std::string_view path = kPaths[random_.Below(std::size(kPaths))];
    const std::uint64_t draw = random_.Below(200);
    Begin("run.googleapis.com%2Frequests");
    buffer_ += R"(,"httpRequest":{"latency":"0.)";
    buffer_ += std::to_string(100'000 + random_.Below(800'000));
    buffer_ +=
        R"(s","protocol":"HTTP/1.1","remoteIp":"10.8.0.12","requestMethod":"GET","requestSize":"1108","requestUrl":"https://)";
    buffer_ += place_.service;
    buffer_ += "-abcdefghij-uc.a.run.app";
    buffer_ += path;
    buffer_ += std::to_string(draw);
    buffer_ += R"(","responseSize":")";
    buffer_ += std::to_string(200 + random_.Below(9'000));
    buffer_ += R"(","serverIp":"10.1.2.3","status":)";
    buffer_ += draw == 0 ? "503" : draw < 5 ? "404" : "200";
    buffer_ += R"(,"userAgent":")";
    buffer_ += kAgents[random_.Below(std::size(kAgents))];
    buffer_ += R"("},"severity":"INFO","spanId":")";
    random_.AppendHex(16, &buffer_);
    buffer_ += R"(","trace":"projects/demo-proj/traces/)";
    random_.AppendHex(32, &buffer_);
    buffer_ += "\"}\n";
  }

  void Structured() {
    Begin("run.googleapis.com%2Fstdout");
    buffer_ += R"(,"severity":"INFO","jsonPayload":{"message":")";
    buffer_ += kLines[random_.Below(std::size(kLines))];
    buffer_ += R"(","logger":"app.)";
    buffer_ += place_.service;
    buffer_ += R"(","duration_ms":)";
    buffer_ += std::to_string(random_.Below(900));
    buffer_ += R"(,"request":{"id":")";
    random_.AppendHex(32, &buffer_);
    buffer_ += R"(","user":"u)";
    buffer_ += std::to_string(random_.Below(50'000));
    buffer_ += R"(","retries":0},"tags":["http","v2"]}})";
    buffer_ += '\n';
  }

  void StartInstance(std::uint64_t revision) {
    ++starts_;
    place_ = {kServices[random_.Below(std::size(kServices))], revision, 100'000 + starts_};
    Text(
        "run.googleapis.com%2Fvarlog%2Fsystem", "INFO",
        "Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment.");
    Pass(std::chrono::seconds(2));
  }

  void GoodStart() {
    StartInstance(40);
    Text("run.googleapis.com%2Fstderr", "",
         "[2025-09-16 01:42:17 +0000] [1] [INFO] Listening at: http://0.0.0.0:8080 (1)");
    Pass(std::chrono::seconds(1));
    Text("run.googleapis.com%2Fvarlog%2Fsystem", "INFO",
         "Default STARTUP TCP probe succeeded after 1 attempt for container \\\"app-1\\\" on port 8080.");
  }

  void FailedStart() {
    StartInstance(41 + starts_);
    const Start& failure = kFailures[random_.Below(std::size(kFailures))];
    // Cloud Logging joins a trace that it recognises into one entry; others arrive line by line.
    if (random_.Below(2) == 0) {
      std::string joined;
      for (const std::string_view line : failure.lines) {
        if (line.empty()) break;
        if (!joined.empty()) joined += "\\n";
        joined += line;
      }
      Text("run.googleapis.com%2Fstderr", "ERROR", joined);
    } else {
      for (const std::string_view line : failure.lines) {
        if (line.empty()) break;
        Text("run.googleapis.com%2Fstderr", "", line);
        Pass(std::chrono::microseconds(50));
      }
    }
    Pass(std::chrono::seconds(1));
    if (failure.exit_code != 0)
      Text("run.googleapis.com%2Fvarlog%2Fsystem", "WARNING",
           "Container called exit(" + std::to_string(failure.exit_code) + ").");
    Text(
        "run.googleapis.com%2Fvarlog%2Fsystem", "ERROR",
        "Default STARTUP TCP probe failed 1 time consecutively for container \\\"app-1\\\" on port 8080. The instance was not started.");
    Pass(std::chrono::seconds(1));
    NotReady();
  }

  // The audit log's word on the revision.
  void NotReady() {
    const std::string revision = RevisionName();
    const std::string message =
        "Revision '" + revision +
        "' is not ready and cannot serve traffic. The user-provided container failed to start and listen on the port defined "
        "provided by the PORT=8080 environment variable within the allocated timeout.";
    Begin("cloudaudit.googleapis.com%2Fsystem_event");
    buffer_ +=
        R"(,"severity":"ERROR","protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","methodName":"/InternalServices.ReplaceInternalRevision",)";
    buffer_ += R"("resourceName":"namespaces/demo-proj/revisions/)" + revision +
               R"(","serviceName":"run.googleapis.com","status":{"code":9,"message":")" + message;
    buffer_ +=
        R"("},"response":{"@type":"type.googleapis.com/google.cloud.run.v1.Revision","kind":"Revision","metadata":{"name":")" +
        revision;
    buffer_ += R"(","labels":{"serving.knative.dev/service":")";
    buffer_ += place_.service;
    buffer_ +=
        R"("}},"status":{"conditions":[{"type":"Ready","status":"False","reason":"HealthCheckContainerError","message":")" +
        message + "\"}]}}}}\n";
  }

  static constexpr std::string_view kSuffixes[] = {"abc", "k7d", "qzt", "x2m", "hns", "v9p", "wlc"};

  Random random_;
  std::uint64_t bytes_;
  std::uint64_t written_ = 0;
  std::uint64_t starts_ = 0;
  Timestamp now_{std::chrono::seconds(1757304131)};  // 2025-09-08T04:02:11Z
  Place place_;
  std::string buffer_;
};

}  // namespace

int main(int argc, char* argv[]) {
  char* end = nullptr;
  const std::uint64_t bytes = argc > 1 ? std::strtoull(argv[1], &end, 10) : 0;
  if (bytes == 0 || *end != '\0' || argc > 3) {
    std::fputs("usage: make_log BYTES [SEED]\n", stderr);
    return 2;
  }
  Writer(bytes, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1).Run();
  return EXIT_SUCCESS;
}
