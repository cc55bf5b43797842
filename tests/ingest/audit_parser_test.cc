#include "ingest/audit_parser.h"

#include <catch2/catch.hpp>

#include "ingest/entry_parser.h"

namespace neverready::ingest {
namespace {

AuditRecord Read(std::string_view json) {
  core::Result<AuditRecord> record = ParseAudit(json);
  REQUIRE(record);
  return std::move(*record);
}

const Condition* Find(const AuditRecord& record, std::string_view type) {
  for (const Condition& condition : record.conditions) {
    if (condition.type == type) return &condition;
  }
  return nullptr;
}

constexpr std::string_view kRevisionV1 = R"({"@type":"type.googleapis.com/google.cloud.audit.AuditLog",
  "status":{"code":9,"message":"Ready condition status changed to False for Revision api-00003-sp7 with message: no."},
  "serviceName":"run.googleapis.com","methodName":"/Services.ReplaceService",
  "resourceName":"namespaces/demo-proj/revisions/api-00003-sp7",
  "response":{"metadata":{"name":"api-00003-sp7","labels":{"serving.knative.dev/service":"api",
      "run.googleapis.com/startupProbeType":"Default"}},
   "apiVersion":"serving.knative.dev/v1","kind":"Revision",
   "spec":{"serviceAccountName":"sa@demo","containers":[
      {"name":"sidecar","image":"proxy:1","env":[{"name":"SIDE","value":"1"}]},
      {"name":"api-1","image":"img@sha256:1","ports":[{"name":"http1","containerPort":8080}],
       "env":[{"name":"A","value":"secret text"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"s","key":"latest"}}}],
       "resources":{"limits":{"cpu":"1","memory":"1Gi"}},
       "startupProbe":{"timeoutSeconds":240,"periodSeconds":240,"failureThreshold":1,"tcpSocket":{"port":8080}}}]},
   "status":{"conditions":[
      {"type":"Ready","status":"False","reason":"HealthCheckContainerError","message":"m","lastTransitionTime":"2026-01-18T02:25:20.461034Z"},
      {"type":"Retry","status":"True","reason":"ImmediateRetry","severity":"Info"},{"status":"True"}]},
   "@type":"type.googleapis.com/google.cloud.run.v1.Revision"}})";

TEST_CASE("A v1 revision is read from a system event", "[ingest][audit]") {
  const AuditRecord record = Read(kRevisionV1);
  CHECK(record.method == "/Services.ReplaceService");
  CHECK(record.kind == "Revision");
  CHECK(record.object_name == "api-00003-sp7");
  CHECK(record.service == "api");
  CHECK(record.status_code == 9);
  CHECK(record.status_message.starts_with("Ready condition"));
  CHECK(record.image == "img@sha256:1");
  CHECK(record.container_port == 8080);
  CHECK((record.memory_limit == "1Gi" && record.cpu_limit == "1" && record.service_account == "sa@demo"));
  CHECK(record.default_startup_probe);
  REQUIRE(record.startup_probe);
  CHECK((record.startup_probe->kind == "tcp" && record.startup_probe->port == 8080));
  CHECK((record.startup_probe->period == 240 && record.startup_probe->timeout == 240));
  CHECK((record.startup_probe->failure_threshold == 1 && record.startup_probe->initial_delay == 0));
  REQUIRE(record.env.size() == 3);
  CHECK((record.env[0].name == "SIDE" && record.env[1].name == "A" && !record.env[1].secret));
  CHECK((record.env[2].name == "B" && record.env[2].secret));
  REQUIRE(record.conditions.size() == 2);
  CHECK(
      (record.conditions[0].status == "False" && record.conditions[0].reason == "HealthCheckContainerError"));
  CHECK(record.conditions[0].last_transition == "2026-01-18T02:25:20.461034Z");
  CHECK(record.conditions[1].severity == "Info");
}

TEST_CASE("An audit entry speaks with its status message", "[ingest][audit]") {
  EntryParser parser;
  LogEntry entry;
  const std::string json =
      "{\"protoPayload\":" + std::string(kRevisionV1) +
      R"(,"logName":"projects/p/logs/cloudaudit.googleapis.com%2Fsystem_event",)"
      R"("resource":{"labels":{"service_name":"","configuration_name":"","revision_name":""}}})";
  REQUIRE(parser.Parse(json, &entry));
  CHECK(entry.log == LogKind::kSystemEvent);
  REQUIRE(entry.audit);
  CHECK(entry.audit->object_name == "api-00003-sp7");
  CHECK(entry.service == "api");
  REQUIRE(entry.text.size() == 1);
  CHECK(entry.text[0].text == entry.audit->status_message);
  REQUIRE(parser.Parse(R"({"payload":)" + std::string(kRevisionV1) + R"(,"log_name":"x","type":"proto"})",
                       &entry));
  CHECK(entry.audit);
  REQUIRE(parser.Parse(
      R"({"protoPayload":{"resourceName":"namespaces/p/revisions/r"},"resource":{"labels":{"service_name":"s"}}})",
      &entry));
  CHECK(entry.audit->service == "s");
}

TEST_CASE("A v2 service is read with v1 names for states and reasons", "[ingest][audit]") {
  const AuditRecord record = Read(R"({"methodName":"google.cloud.run.v2.Services.UpdateService",
    "authenticationInfo":{"principalEmail":"dev@example.com"},
    "resourceName":"projects/demo-proj/locations/us-central1/services/shop",
    "response":{"@type":"type.googleapis.com/google.cloud.run.v2.Service",
      "name":"projects/demo-proj/locations/us-central1/services/shop",
      "template":{"serviceAccount":"sa@x","containers":[{"image":"i","ports":[{"containerPort":3000}],
        "env":[{"name":"S","valueSource":{"secretKeyRef":{"secret":"s","version":"1"}}}],
        "startupProbe":{"httpGet":{"path":"/healthz","port":"3000"}}}]},
      "terminalCondition":{"type":"Ready","state":"CONDITION_FAILED","message":"m","revisionReason":"HEALTH_CHECK_CONTAINER_ERROR"},
      "conditions":[{"type":"RoutesReady","state":"CONDITION_RECONCILING"},
        {"type":"ConfigurationsReady","state":"CONDITION_SUCCEEDED"},
        {"type":"Active","state":"CONDITION_FAILED","severity":"INFO","reason":"SECRETS_ACCESS_CHECK_FAILED"},
        {"type":"MinInstancesProvisioned","state":"CONDITION_FAILED","revisionReason":"MIN_INSTANCES_NOT_PROVISIONED"}],
      "latestReadyRevision":"projects/demo-proj/locations/us-central1/services/shop/revisions/shop-00001-a",
      "latestCreatedRevision":"projects/demo-proj/locations/us-central1/services/shop/revisions/shop-00002-b"}})");
  CHECK((record.kind == "Service" && record.object_name == "shop" && record.service == "shop"));
  CHECK(record.principal == "dev@example.com");
  CHECK_FALSE(record.status_code);
  CHECK((record.latest_ready_revision == "shop-00001-a" && record.latest_created_revision == "shop-00002-b"));
  CHECK((Find(record, "Ready")->status == "False" &&
         Find(record, "Ready")->reason == "HealthCheckContainerError"));
  CHECK(Find(record, "RoutesReady")->status == "Unknown");
  CHECK(Find(record, "ConfigurationsReady")->status == "True");
  CHECK((Find(record, "Active")->severity == "Info" &&
         Find(record, "Active")->reason == "SecretsAccessCheckFailed"));
  CHECK(Find(record, "MinInstancesProvisioned")->reason == "NotProvisioned");
  CHECK((record.container_port == 3000 && record.service_account == "sa@x" && record.env.at(0).secret));
  REQUIRE(record.startup_probe);
  CHECK((record.startup_probe->kind == "http" && record.startup_probe->path == "/healthz"));
  CHECK((record.startup_probe->port == 3000 && record.startup_probe->period == 10 &&
         record.startup_probe->failure_threshold == 3));
}

TEST_CASE("A v2 revision names its service", "[ingest][audit]") {
  const AuditRecord record = Read(R"({"response":{"@type":"x/google.cloud.run.v2.Revision","service":"shop",
    "name":"projects/p/locations/l/services/shop/revisions/shop-00002-b",
    "containers":[{"image":"i","startupProbe":{"grpc":{"port":9}}}],"conditions":[{"type":"Ready","state":"CONDITION_FAILED"}]}})");
  CHECK((record.kind == "Revision" && record.object_name == "shop-00002-b" && record.service == "shop"));
  CHECK((record.image == "i" && record.container_port == 0 && record.startup_probe->kind == "grpc"));
}

TEST_CASE("A refused call falls back to its request, without the conditions of before", "[ingest][audit]") {
  const AuditRecord record = Read(R"({"methodName":"google.cloud.run.v1.Services.ReplaceService",
    "resourceName":"namespaces/demo-proj/services/api","status":{"code":3,"message":"bad limit"},
    "request":{"@type":"type.googleapis.com/google.cloud.run.v1.ReplaceServiceRequest","service":{"kind":"Service",
      "metadata":{"name":"api"},"spec":{"template":{"metadata":{"labels":{"run.googleapis.com/startupProbeType":"Default"}},
        "spec":{"containers":[{"image":"i:1","resources":{"limits":{"memory":"512Mi"}}}]}}},
      "status":{"conditions":[{"type":"Ready","status":"True"}],"latestReadyRevisionName":"old"}}}})");
  CHECK((record.kind == "Service" && record.object_name == "api" && record.service == "api"));
  CHECK((record.status_code == 3 && record.image == "i:1" && record.memory_limit == "512Mi"));
  CHECK(record.default_startup_probe);
  CHECK(record.conditions.empty());
  CHECK(record.latest_ready_revision.empty());
}

TEST_CASE("Old and bare audit entries are told by their resource name", "[ingest][audit]") {
  const AuditRecord bare = Read(R"({"resourceName":"namespaces/p/revisions/api-1","status":{}})");
  CHECK((bare.kind == "Revision" && bare.object_name == "api-1" && bare.service.empty()));
  const AuditRecord service =
      Read(R"({"resourceName":"projects/p/locations/l/services/s","status":{"code":0}})");
  CHECK((service.kind == "Service" && service.object_name == "s" && service.service == "s"));
  CHECK_FALSE(service.status_code);
  const AuditRecord snake =
      Read(R"({"method_name":"m","resource_name":"r","authentication_info":{"principal_email":"e"}})");
  CHECK((snake.method == "m" && snake.resource_name == "r" && snake.principal == "e"));
}

TEST_CASE("A long-running operation is looked into", "[ingest][audit]") {
  const AuditRecord record = Read(
      R"({"response":{"@type":"type.googleapis.com/google.longrunning.Operation","name":"projects/p/operations/1",
    "metadata":{"@type":"type.googleapis.com/google.cloud.run.v2.Service","name":"projects/p/locations/l/services/s"}}})");
  CHECK((record.kind == "Service" && record.object_name == "s"));
}

TEST_CASE("Members of unexpected types are left out", "[ingest][audit]") {
  const AuditRecord record = Read(
      R"({"methodName":7,"status":[],"response":{"kind":{},"metadata":null,"spec":{"containers":[1,null]},
    "status":{"conditions":[1,{"type":3}]},"conditions":"x"},"request":"r","authenticationInfo":null})");
  CHECK((record.method.empty() && record.conditions.empty() && record.image.empty()));
  CHECK_FALSE(ParseAudit("[1]"));
  CHECK_FALSE(ParseAudit(""));
  CHECK(ParseAudit("{\"a\":\"" + std::string(3 << 20, 'x') + "\"}").error().message ==
        "an audit payload larger than 2 MiB");
}

}  // namespace
}  // namespace neverready::ingest
