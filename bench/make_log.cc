// make_log BYTES [--revisions N] [--failing PERCENT] [--mix realistic|text] [--seed N]: writes about BYTES of
// Cloud Logging entries as NDJSON to standard output, the same for the same arguments: a month of forty
// services that are deployed again and again. Each deploy is audited, starts two instances and becomes ready,
// or never does; between deploys there is traffic, and what applications say about it. The text mix has few
// requests and long texts.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace {

using neverready::core::FormatRfc3339;
using neverready::core::Timestamp;

struct Options {
  std::uint64_t bytes = 0;
  std::uint64_t revisions = 5'000;
  std::uint64_t failing_percent = 1;
  bool text_heavy = false;
  std::uint64_t seed = 1;
};

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

// What a container says when it starts well.
struct GoodWords {
  std::string_view lines[10];  // up to the first empty one, on stderr
};

constexpr GoodWords kGoodStarts[] = {
    {{"[2025-09-16 01:42:17 +0000] [1] [INFO] Starting gunicorn 21.2.0",
      "[2025-09-16 01:42:17 +0000] [1] [INFO] Listening at: http://0.0.0.0:8080 (1)",
      "[2025-09-16 01:42:17 +0000] [1] [INFO] Using worker: uvicorn.workers.UvicornWorker",
      "[2025-09-16 01:42:17 +0000] [2] [INFO] Booting worker with pid: 2",
      "INFO:     Started server process [2]", "INFO:     Waiting for application startup.",
      "INFO:     Application startup complete."}},
    {{"> shop@1.4.2 start", "> node dist/server.js",
      "(node:7) [DEP0040] DeprecationWarning: The `punycode` module is deprecated. Please use a userland alternative instead.",
      "connected to postgres in 41 ms", "Server listening at http://0.0.0.0:8080"}},
    {{"  .   ____          _            __ _ _", " :: Spring Boot ::                (v3.2.4)",
      "2025-09-16T01:42:17.868Z  INFO 1 --- [           main] com.example.orders.Application           : Starting Application using Java 17.0.10 with PID 1",
      "2025-09-16T01:42:19.102Z  INFO 1 --- [           main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat initialized with port 8080 (http)",
      "2025-09-16T01:42:20.310Z  WARN 1 --- [           main] JpaBaseConfiguration$JpaWebConfiguration : spring.jpa.open-in-view is enabled by default.",
      "2025-09-16T01:42:21.044Z  INFO 1 --- [           main] com.example.orders.Application           : Started Application in 3.9 seconds (process running for 4.6)"}},
    {{R"({\"level\":\"info\",\"ts\":1757986937.8,\"caller\":\"server/main.go:41\",\"msg\":\"configuration loaded\"})",
      R"({\"level\":\"info\",\"ts\":1757986937.9,\"caller\":\"server/main.go:88\",\"msg\":\"listening\",\"address\":\":8080\"})"}},
};

constexpr std::uint64_t kServiceCount = 40;
constexpr std::string_view kServices[] = {"checkout",  "catalog", "search",  "orders", "billing",
                                          "inventory", "profile", "gateway", "mailer", "reports"};
constexpr std::string_view kSides[] = {"api", "web", "worker", "admin"};
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
  explicit Writer(const Options& options)
      : options_(options), random_(options.seed), serving_(kServiceCount) {
    buffer_.reserve(kFlush + 65536);
    constexpr std::int64_t kMonth = std::int64_t{30} * 86'400 * 1'000'000;
    const std::int64_t entries = static_cast<std::int64_t>(options.bytes / 950 + 1);
    pause_ = std::chrono::microseconds(2 * kMonth / entries);
  }

  void Run() {
    // Every service has a revision before anything else is said.
    while (written_ + buffer_.size() < options_.bytes) {
      const std::uint64_t done = written_ + buffer_.size();
      const bool due =
          deployed_ < options_.revisions && done >= options_.bytes / options_.revisions * deployed_;
      if (due || deployed_ == 0) {
        Deploy();
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
    std::uint64_t service = 0;
    std::uint64_t revision = 0;  // 0: the service itself
    std::uint64_t instance = 0;  // 0: none; the identifier is made of it
  };

  static std::string ServiceName(std::uint64_t service) {
    return std::string(kServices[service % std::size(kServices)]) + "-" +
           std::string(kSides[service / std::size(kServices)]);
  }

  std::string RevisionName() const {
    const std::string number = std::to_string(place_.revision);
    return ServiceName(place_.service) + "-" + std::string(number.size() < 5 ? 5 - number.size() : 0, '0') +
           number + "-" + std::string(kSuffixes[(place_.revision + place_.service) % std::size(kSuffixes)]);
  }

  void Begin(std::string_view log) {
    buffer_ += R"({"insertId":")";
    random_.AppendHex(24, &buffer_);
    buffer_ += '"';
    if (place_.instance != 0) {
      buffer_ += R"(,"labels":{"instanceId":"0017859f)";
      Random instance(place_.instance);
      instance.AppendHex(192, &buffer_);
      buffer_ += R"("})";
    }
    buffer_ += R"(,"logName":"projects/demo-proj/logs/)";
    buffer_ += log;
    const std::string time = FormatRfc3339(now_);
    buffer_ += R"(","receiveTimestamp":")";
    buffer_ += FormatRfc3339(now_ + std::chrono::milliseconds(140));
    const std::string service = ServiceName(place_.service);
    buffer_ += R"(","resource":{"labels":{"configuration_name":")" + service;
    buffer_ += R"(","location":"us-central1","project_id":"demo-proj","revision_name":")";
    if (place_.revision != 0) buffer_ += RevisionName();
    buffer_ += R"(","service_name":")" + service;
    buffer_ += R"("},"type":"cloud_run_revision"},"timestamp":")" + time + '"';
  }

  void Text(std::string_view log, std::string_view severity, std::string_view text) {
    Begin(log);
    if (!severity.empty()) {
      buffer_ += R"(,"severity":")";
      buffer_ += severity;
      buffer_ += '"';
    }
    buffer_ += R"(,"textPayload":")";
    AppendStamped(text);
    buffer_ += "\"}\n";
  }

  // What the sample lines have for a time becomes the present one.
  void AppendStamped(std::string_view text) {
    constexpr std::string_view kDate = "2025-09-16";
    constexpr std::size_t kClock = 11, kClockSize = 8;  // behind "2025-09-16T"
    const std::size_t begin = buffer_.size();
    buffer_ += text;
    const std::string now = FormatRfc3339(now_);
    for (std::size_t at = buffer_.find(kDate, begin); at != std::string::npos;
         at = buffer_.find(kDate, at + 1)) {
      buffer_.replace(at, kDate.size(), now, 0, kDate.size());
      if (at + kClock + kClockSize <= buffer_.size())
        buffer_.replace(at + kClock, kClockSize, now, kClock, kClockSize);
    }
  }

  void Traffic() {
    Pass(pause_);
    const std::uint64_t service = random_.Below(kServiceCount);
    if (serving_[service] == 0) return Deploy();
    place_ = {service, serving_[service], InstanceOf(service, serving_[service], 0)};
    const std::uint64_t choice = random_.Below(100);
    const std::string_view log =
        choice % 7 != 0 ? "run.googleapis.com%2Fstdout" : "run.googleapis.com%2Fstderr";
    if (choice < (options_.text_heavy ? 5U : 45U)) {
      Request();
    } else if (choice < 75) {
      Text(log, "", options_.text_heavy ? LongText() : std::string(kLines[random_.Below(std::size(kLines))]));
    } else {
      Structured();
    }
  }

  // A statement, a dump or a handled exception, of 100 to 2,000 bytes.
  std::string LongText() {
    std::string text(kLines[random_.Below(std::size(kLines))]);
    const std::uint64_t kind = random_.Below(3), count = 2 + random_.Below(16);
    for (std::uint64_t i = 0; i < count; ++i) {
      if (kind == 0) {
        text += R"(\n    at com.example.orders.Step)" + std::to_string(random_.Below(90)) +
                ".apply(Step.java:" + std::to_string(random_.Below(400)) + ")";
      } else if (kind == 1) {
        text += " AND orders.field_" + std::to_string(random_.Below(40)) + " = $" + std::to_string(i) +
                " OR orders.customer_id IN (SELECT id FROM customers WHERE region = $9)";
      } else {
        text += R"( item={\"sku\":\")";
        random_.AppendHex(12, &text);
        text += R"(\",\"state\":\"packed\",\"note\":\"leave at the door\"})";
      }
    }
    return text;
  }

  void Request() {
    const std::string_view path = kPaths[random_.Below(std::size(kPaths))];
    const std::uint64_t draw = random_.Below(200);
    Begin("run.googleapis.com%2Frequests");
    buffer_ += R"(,"httpRequest":{"latency":"0.)";
    buffer_ += std::to_string(100'000 + random_.Below(800'000));
    buffer_ +=
        R"(s","protocol":"HTTP/1.1","remoteIp":"10.8.0.12","requestMethod":"GET","requestSize":"1108","requestUrl":"https://)";
    buffer_ += ServiceName(place_.service);
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
    AppendStamped(options_.text_heavy ? LongText() : std::string(kLines[random_.Below(std::size(kLines))]));
    buffer_ += R"(","logger":"app.)";
    buffer_ += ServiceName(place_.service);
    buffer_ += R"(","duration_ms":)";
    buffer_ += std::to_string(random_.Below(900));
    buffer_ += R"(,"request":{"id":")";
    random_.AppendHex(32, &buffer_);
    buffer_ += R"(","user":"u)";
    buffer_ += std::to_string(random_.Below(50'000));
    buffer_ += R"(","retries":0},"tags":["http","v2"]}})";
    buffer_ += '\n';
  }

  static std::uint64_t InstanceOf(std::uint64_t service, std::uint64_t revision, std::uint64_t number) {
    return 1 + number + 16 * (service + kServiceCount * revision);
  }

  // One revision after the other, service by service.
  void Deploy() {
    Pass(std::chrono::seconds(2));
    const std::uint64_t service = deployed_ % kServiceCount, revision = deployed_ / kServiceCount + 1;
    ++deployed_;
    place_ = {service, 0, 0};
    Replaced(ServiceName(service));
    place_.revision = revision;
    if (random_.Below(100) < options_.failing_percent) {
      const Start& failure = kFailures[random_.Below(std::size(kFailures))];
      for (std::uint64_t attempt = 0; attempt < 3; ++attempt) {
        place_.instance = InstanceOf(service, revision, attempt);
        FailedStart(failure);
      }
      place_.instance = 0;
      Readiness(false);
      return;
    }
    // Now and then it is scaled out at once.
    for (std::uint64_t number = 0; number < (deployed_ % 8 == 0 ? 2U : 1U); ++number) {
      place_.instance = InstanceOf(service, revision, number);
      GoodStart();
    }
    place_.instance = 0;
    Readiness(true);
    serving_[service] = revision;
  }

  void StartInstance() {
    Text(
        "run.googleapis.com%2Fvarlog%2Fsystem", "INFO",
        "Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment.");
    Pass(std::chrono::seconds(2));
  }

  void GoodStart() {
    StartInstance();
    for (const std::string_view line : kGoodStarts[place_.service % std::size(kGoodStarts)].lines) {
      if (line.empty()) break;
      Text("run.googleapis.com%2Fstderr", "", line);
      Pass(std::chrono::milliseconds(200));
    }
    Pass(std::chrono::seconds(1));
    Text("run.googleapis.com%2Fvarlog%2Fsystem", "INFO",
         "Default STARTUP TCP probe succeeded after 1 attempt for container \\\"app-1\\\" on port 8080.");
  }

  void FailedStart(const Start& failure) {
    StartInstance();
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
        failure.exit_code != 0
            ? "Default STARTUP TCP probe failed 1 time consecutively for container \\\"app-1\\\" on port 8080. The instance was not started.\\n"
              "Connection failed with status CANCELLED."
            : "Default STARTUP TCP probe failed 1 time consecutively for container \\\"app-1\\\" on port 8080. The instance was not started.\\n"
              "Connection failed with status DEADLINE_EXCEEDED.");
  }

  // A container as a Service and its Revisions describe it.
  std::string Spec() const {
    std::string env;
    for (const std::string_view name : {"APP_ENV", "LOG_LEVEL", "REGION", "FEATURE_FLAGS", "CACHE_HOST"})
      env += R"({"name":")" + std::string(name) + R"(","value":"some-value"},)";
    return R"({"containerConcurrency":80,"containers":[{"env":[)" + env +
           R"({"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"key":"latest","name":"database-url"}}}],)"
           R"("image":"us-central1-docker.pkg.dev/demo-proj/apps/)" +
           ServiceName(place_.service) +
           R"(@sha256:4bcd1d6f7e5d4f7b8cbb5bf2c1a0e9a5c7d3e8f1a2b3c4d5e6f708192a3b4c5d","name":"app-1",)"
           R"("ports":[{"containerPort":8080,"name":"http1"}],"resources":{"limits":{"cpu":"1000m","memory":"512Mi"}},)"
           R"("startupProbe":{"failureThreshold":1,"periodSeconds":240,"tcpSocket":{"port":8080},"timeoutSeconds":240}}],)"
           R"("serviceAccountName":"runner@demo-proj.iam.gserviceaccount.com","timeoutSeconds":300})";
  }

  void BeginAudit(std::string_view log, std::string_view severity, std::string_view method) {
    Begin(log);
    buffer_ += R"(,"severity":")";
    buffer_ += severity;
    buffer_ +=
        R"(","protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"run.googleapis.com","methodName":")";
    buffer_ += method;
    buffer_ += '"';
  }

  // The API call that a deploy is.
  void Replaced(const std::string& service) {
    BeginAudit("cloudaudit.googleapis.com%2Factivity", "NOTICE",
               "google.cloud.run.v1.Services.ReplaceService");
    buffer_ +=
        R"(,"authenticationInfo":{"principalEmail":"deployer@demo-proj.iam.gserviceaccount.com"},"resourceName":"namespaces/demo-proj/services/)" +
        service +
        R"(","request":{"@type":"type.googleapis.com/google.cloud.run.v1.ReplaceServiceRequest","service":{"apiVersion":"serving.knative.dev/v1","kind":"Service","metadata":{"name":")" +
        service + R"("},"spec":{"template":{"spec":)" + Spec() + R"(}}}}}})" + "\n";
    Pass(std::chrono::seconds(3));
  }

  // The audit log's word on the revision.
  void Readiness(bool ready) {
    Pass(std::chrono::seconds(1));
    const std::string revision = RevisionName();
    const std::string message =
        ready
            ? "Ready condition status changed to True for Revision " + revision + "."
            : "Ready condition status changed to False for Revision " + revision +
                  " with message: Revision '" + revision +
                  "' is not ready and cannot serve traffic. The user-provided container failed to start and listen on the port defined "
                  "provided by the PORT=8080 environment variable within the allocated timeout.";
    BeginAudit("cloudaudit.googleapis.com%2Fsystem_event", ready ? "INFO" : "ERROR",
               "/InternalServices.ReplaceInternalRevision");
    buffer_ +=
        R"(,"resourceName":"namespaces/demo-proj/revisions/)" + revision + R"(","status":{)" +
        (ready ? std::string() : R"("code":9,)") + R"("message":")" + message +
        R"("},"response":{"@type":"type.googleapis.com/google.cloud.run.v1.Revision","apiVersion":"serving.knative.dev/v1","kind":"Revision","metadata":{"name":")" +
        revision + R"(","labels":{"serving.knative.dev/service":")" + ServiceName(place_.service) +
        R"(","run.googleapis.com/startupProbeType":"Default"}},"spec":)" + Spec() +
        R"(,"status":{"conditions":[{"type":"Ready","status":")" + (ready ? "True" : "False") + '"' +
        (ready ? std::string() : R"(,"reason":"HealthCheckContainerError","message":")" + message + '"') +
        "}]}}}}\n";
  }

  static constexpr std::string_view kSuffixes[] = {"abc", "k7d", "qzt", "x2m", "hns", "v9p", "wlc"};

  const Options options_;
  Random random_;
  std::uint64_t written_ = 0, deployed_ = 0;
  Timestamp now_{std::chrono::seconds(1757304131)};  // 2025-09-08T04:02:11Z
  std::chrono::microseconds pause_{1};
  std::vector<std::uint64_t> serving_;  // the revision of each service that gets its traffic; 0: none yet
  Place place_;
  std::string buffer_;
};

bool ParseNumber(const char* text, std::uint64_t* number) {
  char* end = nullptr;
  *number = std::strtoull(text, &end, 10);
  return *text != '\0' && *end == '\0';
}

bool ParseOptions(int argc, char* argv[], Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (!name.starts_with("--")) {
      if (!ParseNumber(argv[i], &options->bytes)) return false;
      continue;
    }
    if (++i == argc) return false;
    if (name == "--mix") {
      options->text_heavy = std::strcmp(argv[i], "text") == 0;
      if (!options->text_heavy && std::strcmp(argv[i], "realistic") != 0) return false;
      continue;
    }
    std::uint64_t* number = name == "--revisions" ? &options->revisions
                            : name == "--failing" ? &options->failing_percent
                            : name == "--seed"    ? &options->seed
                                                  : nullptr;
    if (number == nullptr || !ParseNumber(argv[i], number)) return false;
  }
  return options->bytes > 0 && options->revisions > 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  Options options;
  if (!ParseOptions(argc, argv, &options)) {
    std::fputs(
        "usage: make_log BYTES [--revisions N] [--failing PERCENT] [--mix realistic|text] [--seed N]\n",
        stderr);
    return 2;
  }
  Writer(options).Run();
  return EXIT_SUCCESS;
}
