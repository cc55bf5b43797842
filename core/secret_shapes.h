// Secrets that are known by their shape, wherever they stand: tokens with a prefix, JSON web tokens, PEM
// keys, passwords in URLs, addresses. Pure, thread-safe.
#ifndef NEVERREADY_CORE_SECRET_SHAPES_H_
#define NEVERREADY_CORE_SECRET_SHAPES_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/secret_kind.h"

namespace neverready::core {

// The secret of the URL whose "://" stands at `colon`: the password of its user info, or the path of a
// webhook.
std::optional<SecretSpan> UrlSecretAt(std::string_view text, std::size_t colon);

// The password of "user:password@tcp(host)", the connection string of Go's MySQL driver; `at` is the '@'.
std::optional<SecretSpan> GoDsnPasswordAt(std::string_view text, std::size_t at);

// The address around the '@' that stands at `at`.
std::optional<SecretSpan> EmailAt(std::string_view text, std::size_t at);

// The body of the private key whose "-----BEGIN" stands at `at`; to the end of the text where it does not
// end.
std::optional<SecretSpan> PemKeyAt(std::string_view text, std::size_t at);

// A whole text that is one line of a PEM body.
bool IsPemBodyLine(std::string_view text);

// Whether base64 text decodes to "user:password".
bool IsBasicCredentials(std::string_view base64);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_SHAPES_H_
