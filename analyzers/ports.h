// Which port the platform expects, and where the application says that it listens. Pure.
#ifndef NEVERREADY_ANALYZERS_PORTS_H_
#define NEVERREADY_ANALYZERS_PORTS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/finding.h"
#include "analyzers/revision_log.h"

namespace neverready::analyzers {

// Of several statements the first of each kind. Points into the findings that it was made of.
struct BorrowedPorts {
  const Finding* other = nullptr;     // listens on another port
  const Finding* loopback = nullptr;  // on the right port, but loopback only
  const Finding* right = nullptr;     // on the right port, reachable
  const Finding* vague = nullptr;     // on the right port, no address told
  const Finding* unnamed = nullptr;   // listens, no port told
};

BorrowedPorts ReadPorts(const std::vector<Finding>& listening, std::int64_t expected);

// Whether a name is a loopback address: "127.0.0.1", "localhost", "::1", "[::1]".
bool IsLoopback(std::string_view address);

// The port that the platform expects: of its sentences, else of the spec; 0 where nothing tells.
std::int64_t ExpectedPort(const RevisionLog& log);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_PORTS_H_
