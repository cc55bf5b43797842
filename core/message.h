// The shape of a long error message: headline, reason, place, the line with a caret. Pure, thread-safe.
#ifndef NEVERREADY_CORE_MESSAGE_H_
#define NEVERREADY_CORE_MESSAGE_H_

#include <cstddef>
#include <optional>
#include <string>

namespace neverready::core {

struct Message {
  std::string headline;
  std::string reason;                // "" leaves the line out
  std::string file;                  // "" leaves the place out
  std::size_t line = 0;              // from 1; 0 is left out
  std::string snippet;               // the offending line; "" leaves it out
  std::optional<std::size_t> caret;  // column in `snippet`, from 0
  std::string caret_note;            // behind the caret
};

// "headline\n  reason: …\n  --> file:line\n   | snippet\n   |    ^ note", without a trailing newline.
std::string Format(const Message& message);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_MESSAGE_H_
