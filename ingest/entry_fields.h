// The spellings of single fields of a log entry: severities, log names, durations. Pure functions,
// thread-safe.
#ifndef NEVERREADY_INGEST_ENTRY_FIELDS_H_
#define NEVERREADY_INGEST_ENTRY_FIELDS_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/log_entry.h"

namespace neverready::ingest {

// The level that a logger or Cloud Logging writes as text, in any case: "ERROR", "warn", "SEVERE",
// "Information", "ERROR+4" … Nothing for other words.
std::optional<Severity> ParseSeverity(std::string_view text);

// The severity that has this rank in the API; one between two ranks is the lower.
Severity SeverityOfRank(std::int64_t rank);

// Numeric levels of loggers: 10 to 60 (pino, bunyan), 100 to 600 (monolog). Nothing for other numbers.
std::optional<Severity> SeverityOfLoggerLevel(std::int64_t level);

// "projects/P/logs/run.googleapis.com%2Fstderr", or with a plain slash.
LogKind KindOfLog(std::string_view log_name);

// "P" of "projects/P/logs/…", or "".
std::string_view ProjectOfLog(std::string_view log_name);

// A duration as protobuf's JSON form writes it: "3.786648988s".
std::optional<std::chrono::nanoseconds> ParseProtoDuration(std::string_view text);

// A whole decimal number, blanks around it not allowed.
std::optional<std::int64_t> ParseInteger(std::string_view text);

// The part behind the last slash.
std::string_view LastSegment(std::string_view name);

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_ENTRY_FIELDS_H_
