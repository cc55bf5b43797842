// Secrets that are known by the name before them: settings in any notation, options, headers. Pure,
// thread-safe.
#ifndef NEVERREADY_CORE_SECRET_SETTINGS_H_
#define NEVERREADY_CORE_SECRET_SETTINGS_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/secret_kind.h"

namespace neverready::core {

// The secret behind the '=' or ':' at `at`: password=x, "token": "x", api_key => x, Cookie: a=b,
// Authorization: Bearer x, in plain text or inside a JSON string.
std::optional<SecretSpan> SettingAt(std::string_view text, std::size_t at);

// The secret of "--password x" whose first dash stands at `at`.
std::optional<SecretSpan> OptionAt(std::string_view text, std::size_t at);

// The secret of <password>x</password> whose '>' stands at `at`.
std::optional<SecretSpan> ElementAt(std::string_view text, std::size_t at);

// The token of "Bearer x" or "Basic x", or the text in quotes behind "PASSWORD" or "IDENTIFIED BY", whose
// first letter stands at `at`.
std::optional<SecretSpan> WordedAt(std::string_view text, std::size_t at);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_SETTINGS_H_
