// The fingerprint of a cause: two failures with the same one failed for the same reason. Pure, thread-safe.
// Stored: another fingerprint for the same cause makes it a new one.
#ifndef NEVERREADY_INCIDENTS_FINGERPRINT_H_
#define NEVERREADY_INCIDENTS_FINGERPRINT_H_

#include <string>

#include "analyzers/diagnosis.h"

namespace neverready::incidents {

// The category and the facts that name the culprit, such as
//   import_error module=starlette.websockets symbol=websocketstate
//   missing_env env_vars=database_url,jwt_secret
//   out_of_memory
// or "" where the diagnosis has no root cause. Facts that it lacks are left out.
//
// clang-format off
// | category           | facts                          | category          | facts                      |
// |--------------------|--------------------------------|-------------------|----------------------------|
// | import_error       | module, symbol                 | dependency_*      | host                       |
// | missing_env        | env_vars, else setting         | port_*            | bind_address, port_actual  |
// | validation_failure | setting, else env_vars         | app_exception     | exception, file            |
// | permission_denied  | permission, principal          | bad_entrypoint    | file                       |
// | secret_unavailable | secret, without its version    | crash_signal      | signal                     |
// | image_unavailable  | image, without tag and digest  | all others        |                            |
// clang-format on
//
// ASCII letters are lower-case; facts and the names in a list are sorted. Blanks, commas, percent signs and
// control characters in a value are written as %20, so that different facts never read alike.
//
// What changes from build to build does not count in module, symbol, exception and file: line numbers at the
// end (":94:13"), UUIDs, addresses (0x7f…), and words of 8 or more hexadecimal digits, one of them 0 to 9, as
// in chunk-4f3a9b2c.js; a `*` stands for them. Hashes in other alphabets cannot be told from words and stay,
// so that such a failure may read as a new cause, never as an old one. Names of resources (hosts, secrets,
// principals) keep their ids: those are which one it is.
//
// Secrets are no part of it as far as the diagnosis is redacted.
std::string Fingerprint(const analyzers::Diagnosis& diagnosis);

}  // namespace neverready::incidents

#endif  // NEVERREADY_INCIDENTS_FINGERPRINT_H_
