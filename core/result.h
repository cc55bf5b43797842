// Errors are values: every fallible function returns Result<T>. The code says what the caller should do about
// it, the message names the thing, the place and the reason, and the hint (printed behind `try:`) names the
// next step. Thread-safe: plain values.
#ifndef NEVERREADY_CORE_RESULT_H_
#define NEVERREADY_CORE_RESULT_H_

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace neverready::core {

enum class ErrorCode {
  kInvalidArgument,    // fix the input
  kNotFound,           // treat as absent
  kPermissionDenied,   // fix the rights
  kUnavailable,        // try again
  kResourceExhausted,  // try again later, or with less
  kDataLoss,           // stop and tell
  kInternal,           // our bug
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one or more lines, without a trailing newline
  std::string hint;     // what to do next; may be empty
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

inline tl::unexpected<Error> Fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

// Puts the caller's own noun before a callee's message, once per frame: "reading a.ndjson: …".
inline tl::unexpected<Error> Within(std::string_view noun, Error error) {
  error.message = std::string(noun) + ": " + error.message;
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_RESULT_H_
