#include "core/message.h"

namespace neverready::core {

std::string Format(const Message& message) {
  std::string out = message.headline;
  if (!message.reason.empty()) out += "\n  reason: " + message.reason;
  if (!message.file.empty()) {
    out += "\n  --> " + message.file;
    if (message.line > 0) out += ":" + std::to_string(message.line);
  }
  if (!message.snippet.empty()) {
    out += "\n   | " + message.snippet;
    if (message.caret) {
      out += "\n   | " + std::string(*message.caret, ' ') + "^";
      if (!message.caret_note.empty()) out += " " + message.caret_note;
    }
  }
  return out;
}

}  // namespace neverready::core
