// What a fuzz target promises about every input.
#ifndef NEVERREADY_TESTS_FUZZ_REQUIRE_H_
#define NEVERREADY_TESTS_FUZZ_REQUIRE_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace neverready::fuzz {

// Ends the program where `promise` does not hold; libFuzzer then saves the input.
inline void Require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

inline std::string_view AsText(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace neverready::fuzz

#endif  // NEVERREADY_TESTS_FUZZ_REQUIRE_H_
