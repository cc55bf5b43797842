// The logfmt form of structured lines: level=error msg="cannot start" err="…". Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_LOGFMT_H_
#define NEVERREADY_ANALYZERS_LOGFMT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace neverready::analyzers {

// key=value pairs of a logfmt line (go-kit, logrus, zerolog's console keys, Heroku style): quoted values
// unescaped. Empty unless the line has a level or time key and a msg or error key.
std::vector<std::pair<std::string, std::string>> ParseLogfmt(std::string_view line);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_LOGFMT_H_
