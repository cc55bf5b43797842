#include "analyzers/conclusions.h"

namespace neverready::analyzers {

std::string SignalName(std::int64_t number) {
  switch (number) {
    case 4: return " (SIGILL, illegal instruction)";
    case 6: return " (SIGABRT, abort)";
    case 7: return " (SIGBUS)";
    case 8: return " (SIGFPE)";
    case 9: return " (SIGKILL)";
    case 11: return " (SIGSEGV, segmentation fault)";
    case 15: return " (SIGTERM)";
    default: return {};
  }
}

Category CategoryOfRefusal(std::int64_t code) {
  constexpr std::int64_t kInvalidArgument = 3, kPermissionDenied = 7, kResourceExhausted = 8;
  constexpr std::int64_t kFailedPrecondition = 9, kOutOfRange = 11;
  switch (code) {
    case kInvalidArgument:
    case kFailedPrecondition:
    case kOutOfRange: return Category::kValidationFailure;
    case kPermissionDenied: return Category::kPermissionDenied;
    case kResourceExhausted: return Category::kResourceExhausted;
    default: return Category::kUnknown;
  }
}

}  // namespace neverready::analyzers
