// gzip data as other programs write it.
#ifndef NEVERREADY_TESTS_FAKES_GZIP_H_
#define NEVERREADY_TESTS_FAKES_GZIP_H_

#include <string>

namespace neverready::fakes {

// One member. Fails the test where zlib does.
std::string Gzip(const std::string& text);

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_GZIP_H_
