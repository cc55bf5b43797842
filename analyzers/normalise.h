// What a log line says, without what its logger put before it. Pure, thread-safe.
#ifndef NEVERREADY_ANALYZERS_NORMALISE_H_
#define NEVERREADY_ANALYZERS_NORMALISE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/log_entry.h"

namespace neverready::analyzers {

using ingest::Severity;

// Borrows from the line it was made of.
struct BorrowedPrefix {
  std::string_view body;                // the line from the first byte behind the prefix, trimmed
  Severity level = Severity::kDefault;  // as the line itself says; kDefault where it does not
  bool prefixed = false;                // a time or a level was there: a logger began a new record
};

// Takes off time, level, process id, thread and logger name in the orders that loggers write them (python
// logging, loguru, gunicorn, uvicorn, logback, log4j, java.util.logging, winston, pino-pretty, zap, zerolog,
// monolog, glog, nginx, Go's log …). `line` is without escape sequences.
BorrowedPrefix ParsePrefix(std::string_view line);

// The level that a word means ("ERROR", "warn", "SEVERE", "FTL"); nothing for other words.
std::optional<Severity> ParseLevelWord(std::string_view word);

// Splits a text into clean lines: escape sequences, controls and carriage returns removed, trailing blanks
// cut, a literal \n (two characters) inside a trace made a newline. Empty lines are kept inside, not at the
// ends.
std::vector<std::string> CleanLines(std::string_view text);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_NORMALISE_H_
