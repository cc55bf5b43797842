// Tokens that are known by their own shape, wherever they stand: by a prefix, as JSON web tokens, by their
// parts. Pure, thread-safe.
#ifndef NEVERREADY_CORE_SECRET_TOKENS_H_
#define NEVERREADY_CORE_SECRET_TOKENS_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/secret_kind.h"

namespace neverready::core {

// The token that begins at `at`, if one does and nothing before it belongs to the same word.
std::optional<SecretSpan> TokenAt(std::string_view text, std::size_t at);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_TOKENS_H_
