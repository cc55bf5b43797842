#include "analyzers/ports.h"

namespace neverready::analyzers {

using Kind = PlatformEvent::Kind;

BorrowedPorts ReadPorts(const std::vector<Finding>& listening, std::int64_t expected) {
  BorrowedPorts ports;
  for (const Finding& one : listening) {
    const std::int64_t port = one.facts.Number(Fact::kPortActual);
    if (port == 0) {
      ports.unnamed = &one;
    } else if (expected != 0 && port != expected) {
      // Of two statements the one that names the address, too.
      const bool fuller = ports.other != nullptr && !ports.other->facts.Has(Fact::kBindAddress) &&
                          one.facts.Has(Fact::kBindAddress) &&
                          ports.other->facts.Number(Fact::kPortActual) == port;
      if (ports.other == nullptr || fuller) ports.other = &one;
    } else if (IsLoopback(one.facts.Text(Fact::kBindAddress))) {
      if (ports.loopback == nullptr) ports.loopback = &one;
    } else if (!one.facts.Has(Fact::kBindAddress)) {
      ports.vague = &one;
    } else {
      ports.right = &one;
    }
  }
  return ports;
}

bool IsLoopback(std::string_view address) {
  return address.starts_with("127.") || address == "localhost" || address == "::1" || address == "[::1]";
}

std::int64_t ExpectedPort(const RevisionLog& log) {
  std::int64_t port = 0;
  for (const PlatformEvent& event : log.events) {
    if (event.port != 0 && (event.kind == Kind::kNotReady || port == 0)) port = event.port;
  }
  if (port == 0) {
    for (const ingest::AuditRecord& spec : log.specs)
      port = spec.container_port != 0 ? spec.container_port : port;
  }
  return port;
}

}  // namespace neverready::analyzers
