// From the protoPayload of an audit entry to an AuditRecord: both API versions, v1 (Knative) and v2, and all
// ages of wording (https://cloud.google.com/run/docs/reference/rest/v1/namespaces.revisions and
// https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services). Pure functions,
// thread-safe.
#ifndef NEVERREADY_INGEST_AUDIT_PARSER_H_
#define NEVERREADY_INGEST_AUDIT_PARSER_H_

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "ingest/log_entry.h"

namespace neverready::ingest {

// Audit entries have at most 512 KiB; a larger payload is refused before a tree is built of it.
inline constexpr std::size_t kMaxAuditBytes = 2u << 20;

// Reads a google.cloud.audit.AuditLog. What a revision or service is comes from `response`; its name and
// specification, where that lacks them, from `request`. Conditions come from `response` only: those inside a
// request tell how the service was before the call. Fails with kInvalidArgument where `json` is too large or
// no JSON object. The nesting must have been checked before (NestedTooDeep).
core::Result<AuditRecord> ParseAudit(std::string_view json);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_AUDIT_PARSER_H_
