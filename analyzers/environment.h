// The environment table: which variables were set or missing, as the log's own diagnostics lines and the
// revision's spec tell. Pure.
#ifndef NEVERREADY_ANALYZERS_ENVIRONMENT_H_
#define NEVERREADY_ANALYZERS_ENVIRONMENT_H_

#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/diagnosis.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// Lines such as "ENVIRONMENT: staging", "JWT_SECRET_KEY: MISSING", "✓ PORT=8080", at least two of them next
// to each other; and the names in the spec. In the order of first mention; a later word on a name replaces an
// earlier one.
std::vector<EnvironmentVariable> ReadEnvironment(const RevisionLog& log, std::optional<std::size_t> attempt);

// Whether a name sounds like a secret: KEY, TOKEN, SECRET, PASS, PWD, CRED, DSN, AUTH, COOKIE, SALT, PRIVATE.
bool IsSecretLike(std::string_view name);

// Whether a value may be shown: no user info in a URL, nothing masked, short.
bool IsShowable(std::string_view value);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_ENVIRONMENT_H_
