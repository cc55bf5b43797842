// What names and values mean for redaction: which names have secret values, and which values are words of
// status, placeholders or code. Pure, thread-safe.
#ifndef NEVERREADY_CORE_SECRET_WORDS_H_
#define NEVERREADY_CORE_SECRET_WORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/secret_kind.h"

namespace neverready::core {

// How much a name says by itself.
enum class NameStrength : std::uint8_t {
  kStrong,   // "db_password": a value that is no word of status is a secret
  kWeak,     // "token", "session": only in front of a value of some length
  kWeakest,  // "auth", "credentials", "signature": only in front of a value that looks random
};

struct SecretName {
  SecretKind kind;
  NameStrength strength;
};

// Of "DB_PASSWORD", "x-api-key", "spring.datasource.password", "clientSecret". Nothing for names of other
// things, such as "password_reset_url", "secretName", "next_page_token".
std::optional<SecretName> ReadSecretName(std::string_view name);

// "missing", "NOT_SET", "null", "***", "${X}", "[redacted:jwt]", "{}", type names.
bool IsStatusValue(std::string_view value);

// "os.environ", "get_token(", "config.password": what stands behind a name in a line of code.
bool IsCodeValue(std::string_view value);

// "/secrets/key.json", "projects/p/secrets/s/versions/1".
bool IsPathValue(std::string_view value);

// "db-password:latest", "db-password:3": a secret's name and version, as `gcloud run deploy --set-secrets`
// takes them.
bool IsReferenceValue(std::string_view value);

// Letters only, as in a sentence.
bool IsPlainWord(std::string_view value);

// Whether words separated by blanks are a sentence about a value, rather than the value.
bool IsProse(std::string_view words);

// At least eight characters that no words are made of: digits among letters, capitals within, signs.
bool LooksRandom(std::string_view value);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_WORDS_H_
