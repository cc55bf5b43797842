#include "ingest/entry_fields.h"

#include <array>
#include <charconv>

#include "core/text.h"

namespace neverready::ingest {
namespace {

struct LevelWord {
  std::string_view word;
  Severity severity;
};

constexpr std::array kLevelWords = {
    LevelWord{"fatal", Severity::kCritical},   LevelWord{"critical", Severity::kCritical},
    LevelWord{"crit", Severity::kCritical},    LevelWord{"panic", Severity::kCritical},
    LevelWord{"dpanic", Severity::kCritical},  LevelWord{"emergency", Severity::kEmergency},
    LevelWord{"emerg", Severity::kEmergency},  LevelWord{"alert", Severity::kAlert},
    LevelWord{"error", Severity::kError},      LevelWord{"err", Severity::kError},
    LevelWord{"eror", Severity::kError},       LevelWord{"severe", Severity::kError},
    LevelWord{"fail", Severity::kError},       LevelWord{"failure", Severity::kError},
    LevelWord{"warning", Severity::kWarning},  LevelWord{"warn", Severity::kWarning},
    LevelWord{"notice", Severity::kNotice},    LevelWord{"info", Severity::kInfo},
    LevelWord{"information", Severity::kInfo}, LevelWord{"informational", Severity::kInfo},
    LevelWord{"log", Severity::kInfo},         LevelWord{"config", Severity::kInfo},
    LevelWord{"debug", Severity::kDebug},      LevelWord{"dbug", Severity::kDebug},
    LevelWord{"trace", Severity::kDebug},      LevelWord{"verbose", Severity::kDebug},
    LevelWord{"fine", Severity::kDebug},       LevelWord{"finer", Severity::kDebug},
    LevelWord{"finest", Severity::kDebug},     LevelWord{"silly", Severity::kDebug},
    LevelWord{"default", Severity::kDefault},  LevelWord{"severity_unspecified", Severity::kDefault},
};

bool EqualsNoCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && core::StartsWithNoCase(a, b);
}

}  // namespace

std::optional<Severity> ParseSeverity(std::string_view text) {
  text = core::Trim(text);
  text = text.substr(0, text.find_first_of("+-"));  // slog's "ERROR+4"
  for (const LevelWord& level : kLevelWords) {
    if (EqualsNoCase(text, level.word)) return level.severity;
  }
  return std::nullopt;
}

Severity SeverityOfRank(std::int64_t rank) {
  Severity found = Severity::kDefault;
  for (const Severity severity :
       {Severity::kDebug, Severity::kInfo, Severity::kNotice, Severity::kWarning, Severity::kError,
        Severity::kCritical, Severity::kAlert, Severity::kEmergency}) {
    if (rank >= static_cast<std::int64_t>(severity)) found = severity;
  }
  return found;
}

std::optional<Severity> SeverityOfLoggerLevel(std::int64_t level) {
  switch (level) {
    case 10:
    case 20:
    case 100: return Severity::kDebug;
    case 30:
    case 200: return Severity::kInfo;
    case 250: return Severity::kNotice;
    case 40:
    case 300: return Severity::kWarning;
    case 50:
    case 400: return Severity::kError;
    case 60:
    case 500: return Severity::kCritical;
    case 550: return Severity::kAlert;
    case 600: return Severity::kEmergency;
    default: return std::nullopt;
  }
}

LogKind KindOfLog(std::string_view log_name) {
  const size_t logs = log_name.rfind("/logs/");
  std::string_view id = logs == std::string_view::npos ? log_name : log_name.substr(logs + 6);
  std::array<char, 64> decoded{};
  size_t size = 0;
  for (size_t at = 0; at < id.size() && size < decoded.size(); ++size) {
    const bool slash = EqualsNoCase(id.substr(at, 3), "%2f");
    decoded[size] = slash ? '/' : id[at];
    at += slash ? 3 : 1;
  }
  id = std::string_view(decoded.data(), size);
  if (id == "run.googleapis.com/stderr") return LogKind::kStderr;
  if (id == "run.googleapis.com/stdout") return LogKind::kStdout;
  if (id == "run.googleapis.com/requests") return LogKind::kRequests;
  if (id == "run.googleapis.com/varlog/system") return LogKind::kSystem;
  if (id == "cloudaudit.googleapis.com/system_event") return LogKind::kSystemEvent;
  if (id == "cloudaudit.googleapis.com/activity") return LogKind::kActivity;
  return LogKind::kOther;
}

std::string_view ProjectOfLog(std::string_view log_name) {
  constexpr std::string_view kProjects = "projects/";
  const size_t end = log_name.find("/logs/");
  if (!log_name.starts_with(kProjects) || end == std::string_view::npos || end < kProjects.size()) return {};
  return log_name.substr(kProjects.size(), end - kProjects.size());
}

std::optional<std::chrono::nanoseconds> ParseProtoDuration(std::string_view text) {
  if (!text.ends_with('s')) return std::nullopt;
  text.remove_suffix(1);
  const size_t dot = text.find('.');
  const std::optional<std::int64_t> whole = ParseInteger(text.substr(0, dot));
  if (!whole || *whole < 0 || *whole > 315576000000) return std::nullopt;
  std::int64_t fraction = 0;
  if (dot != std::string_view::npos) {
    std::string digits(text.substr(dot + 1, 9));
    digits.resize(9, '0');
    fraction = ParseInteger(digits).value_or(0);
  }
  // The longest duration of protobuf does not fit into 64-bit nanoseconds; nobody waits so long.
  if (*whole > 9000000000) return std::chrono::nanoseconds::max();
  return std::chrono::seconds(*whole) + std::chrono::nanoseconds(fraction);
}

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view LastSegment(std::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace neverready::ingest
