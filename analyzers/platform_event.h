// What Cloud Run itself says about a revision, as values: instance starts, probes, exits, readiness.
// Sources: the system log (run.googleapis.com/varlog/system), audit entries, Google's page "Troubleshoot
// Cloud Run issues". Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_PLATFORM_EVENT_H_
#define NEVERREADY_ANALYZERS_PLATFORM_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "ingest/log_entry.h"

namespace neverready::analyzers {

// Where a quoted piece of text stands.
struct Place {
  std::optional<core::Timestamp> at;
  std::string insert_id, instance, container;
  ingest::LogKind log = ingest::LogKind::kText;
};

// Whether the platform speaks there, not an application.
inline bool IsPlatform(ingest::LogKind log) {
  return log == ingest::LogKind::kSystem || log == ingest::LogKind::kSystemEvent ||
         log == ingest::LogKind::kActivity || log == ingest::LogKind::kRequests;
}

struct PlatformEvent {
  enum class Kind : std::uint8_t {
    kInstanceStarting,
    kProbeSucceeded,
    kProbeFailed,
    kExit,    // "Container called exit(N)."
    kSignal,  // "Container terminated on signal N."
    kMemoryLimit,
    kExecFailed,  // the command could not be executed
    kShutdown,    // the platform took the instance down
    kReady,       // readiness became True
    kNotReady,    // readiness became False
    kRequest,     // the revision got traffic
    kDeploy,      // an API call that succeeded
    kRefused,     // an API call that was refused
    kNote,        // anything else that the platform said
  };

  Kind kind = Kind::kInstanceStarting;
  std::string text;         // the whole sentence (of an audit entry: status.message)
  std::int64_t number = 0;  // exit code, signal, HTTP status or google.rpc code
  std::int64_t port = 0;    // of a probe, or PORT=… of the readiness text
  std::string container;    // as the sentence names it
  // Of probes.
  bool startup = true, by_default = false;
  std::string probe;         // "tcp", "http", "grpc"
  std::string probe_status;  // CANCELLED, DEADLINE_EXCEEDED, ERROR_CONNECTION_FAILED …; may be empty
  std::string probe_path;
  // Of readiness.
  std::string reason;          // HealthCheckContainerError, SecretsAccessCheckFailed …
  std::string revision;        // that the sentence names
  bool service_level = false;  // said of the service, not of the revision
  bool custom_probe = false;   // "failed the configured startup probe checks"
  std::string principal;       // of API calls
  Place place;
};

// Reads one sentence. Nothing where the platform does not speak so.
std::optional<PlatformEvent> ParsePlatformText(std::string_view text);

// Whether a readiness text says that nothing listened: all ages of the wording, and the default probe.
bool SaysNothingListened(std::string_view text);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_PLATFORM_EVENT_H_
