#include "analyzers/platform_event.h"

#include "core/matcher.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using core::Matcher;
using Kind = PlatformEvent::Kind;

std::int64_t PortIn(std::string_view text) {
  thread_local Matcher port(R"re(\bPORT=(\d+))re");
  return port.Find(text) ? port.Number(1) : 0;
}

void ReadProbe(const Matcher& match, PlatformEvent* event) {
  event->by_default = !match[1].empty();
  event->startup = match[2] == "STARTUP";
  event->probe = core::ToLower(match[3]);
  event->kind = match[4] == "succeeded" ? Kind::kProbeSucceeded : Kind::kProbeFailed;
  event->container = match[5];
  event->port = match.Number(6);
  event->probe_path = match[7];
}

}  // namespace

bool SaysNothingListened(std::string_view text) {
  thread_local Matcher listen(
      R"re((?i)failed to start and (?:then )?listen on (?:the )?port defined (?:provided )?by (?:the )?PORT)re");
  return listen.Find(text) || text.find("Container failed to start") != std::string_view::npos;
}

std::optional<PlatformEvent> ParsePlatformText(std::string_view text) {
  thread_local Matcher probe(
      R"re((Default )?\b(STARTUP|LIVENESS|READINESS) (TCP|HTTP|GRPC) probe (succeeded|failed)\b.*? for container "([^"]*)" on port (\d+)(?: path "([^"]*)")?)re");
  thread_local Matcher status(R"re(Connection failed with status (\w+))re");
  thread_local Matcher exited(R"re(Container called exit\((-?\d+)\))re");
  thread_local Matcher killed(R"re(Container terminated on signal (\d+))re");
  thread_local Matcher ready(
      R"re(Ready condition status changed to (True|False|Unknown) for (Revision|Service) ([\w.-]*\w)(?:\.| with message: |$))re");
  thread_local Matcher revision(R"re(Revision '([^']+)' is not ready and cannot serve traffic)re");
  PlatformEvent event;
  event.text = text;
  if (text.starts_with("Starting new instance")) {
    event.kind = Kind::kInstanceStarting;
    return event;
  }
  if (text.find(" probe ") != std::string_view::npos && probe.Find(text)) {
    ReadProbe(probe, &event);
    if (status.Find(text)) event.probe_status = status[1];
    return event;
  }
  if (text.find("Container called exit(") != std::string_view::npos && exited.Find(text)) {
    event.kind = Kind::kExit;
    event.number = exited.Number(1);
    return event;
  }
  if (text.find("Container terminated on signal") != std::string_view::npos && killed.Find(text)) {
    event.kind = Kind::kSignal;
    event.number = killed.Number(1);
    return event;
  }
  if (text.find("Ready condition status changed") != std::string_view::npos && ready.Find(text)) {
    if (ready[1] == "Unknown") return std::nullopt;
    event.kind = ready[1] == "True" ? Kind::kReady : Kind::kNotReady;
    event.service_level = ready[2] == "Service";
    if (!event.service_level) event.revision = ready[3];
    if (event.service_level && revision.Find(text)) event.revision = revision[1];
    event.port = PortIn(text);
    event.custom_probe = text.find("failed the configured startup probe checks") != std::string_view::npos;
    return event;
  }
  // What gcloud and the console print of a condition.
  const bool custom = text.find("failed the configured startup probe checks") != std::string_view::npos;
  if (custom || revision.Find(text) || SaysNothingListened(text)) {
    event.kind = Kind::kNotReady;
    event.custom_probe = custom;
    if (revision.Find(text)) event.revision = revision[1];
    event.port = PortIn(text);
    return event;
  }
  if (text.find("Memory limit of ") != std::string_view::npos &&
      text.find(" exceeded") != std::string_view::npos) {
    event.kind = Kind::kMemoryLimit;
    return event;
  }
  if (core::ContainsNoCase(text, "Application exec likely failed") ||
      core::ContainsNoCase(text, "Application failed to start: ")) {
    event.kind = Kind::kExecFailed;
    return event;
  }
  // Servers shut down, too ("Shutting down: Master"); the platform speaks of instances.
  if (text.starts_with("Shutting down") && text.find(" instance") != std::string_view::npos) {
    event.kind = Kind::kShutdown;
    return event;
  }
  return std::nullopt;
}

}  // namespace neverready::analyzers
