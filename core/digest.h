// Digests. The only file that knows OpenSSL's. Pure, thread-safe.
#ifndef NEVERREADY_CORE_DIGEST_H_
#define NEVERREADY_CORE_DIGEST_H_

#include <string>
#include <string_view>

namespace neverready::core {

// SHA-256 (FIPS 180-4) of the bytes as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_DIGEST_H_
