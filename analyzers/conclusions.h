// What numbers of the platform mean: signals and codes of refused calls. Pure.
#ifndef NEVERREADY_ANALYZERS_CONCLUSIONS_H_
#define NEVERREADY_ANALYZERS_CONCLUSIONS_H_

#include <cstdint>
#include <string>

#include "analyzers/category.h"

namespace neverready::analyzers {

// " (SIGSEGV, segmentation fault)"; "" for signals that tell nothing.
std::string SignalName(std::int64_t number);

// The category of a refused API call, by its google.rpc.Code (https://github.com/googleapis/googleapis,
// google/rpc/code.proto).
Category CategoryOfRefusal(std::int64_t code);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_CONCLUSIONS_H_
