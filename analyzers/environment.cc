#include "analyzers/environment.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/text.h"

namespace neverready::analyzers {
namespace {

using VariableState = EnvironmentVariable::State;

constexpr std::size_t kLongestValue = 120;

bool IsNameChar(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

struct Mention {
  std::string_view name, value;
  bool marked = false;  // a tick or cross, or SET/MISSING: certainly a status line
};

std::optional<VariableState> ReadStatus(std::string_view value) {
  const std::string lower = core::ToLower(core::Trim(value));
  for (const std::string_view missing :
       {"missing", "not_set", "not set", "unset", "empty", "-", "none", "null", "undefined", "(empty)",
        "(not set)", "<not set>", "<unset>", "not configured", "not found", "\xe2\x9d\x8c", "\xe2\x9c\x97"}) {
    if (lower == missing) return VariableState::kMissing;
  }
  if (lower.starts_with("missing") || lower.starts_with("not set")) return VariableState::kMissing;
  for (const std::string_view set :
       {"set", "present", "configured", "ok", "provided", "defined", "***", "****", "[set]", "(set)", "<set>",
        "[redacted]", "\xe2\x9c\x93", "\xe2\x9c\x85"}) {
    if (lower == set) return VariableState::kSet;
  }
  return std::nullopt;
}

std::optional<Mention> ReadMention(std::string_view text) {
  text = core::Trim(text);
  bool marked = false;
  // Bullets, ticks and crosses before the name.
  while (!text.empty() && !IsNameChar(text.front())) {
    if (text.front() >= 'a' && text.front() <= 'z') return std::nullopt;
    if (static_cast<unsigned char>(text.front()) >= 0x80) marked = true;
    if (text.front() == '"' || text.front() == '{' || text.front() == '(') return std::nullopt;
    text.remove_prefix(1);
  }
  std::size_t length = 0;
  while (length < text.size() && IsNameChar(text[length])) ++length;
  if (length < 3 || text.front() == '_' || (text.front() >= '0' && text.front() <= '9')) return std::nullopt;
  const std::string_view name = text.substr(0, length);
  std::string_view rest = text.substr(length);
  const bool colon = rest.starts_with(":") || rest.starts_with(" :");
  const bool equals = rest.starts_with("=");
  if (!colon && !equals) return std::nullopt;
  rest = rest.substr(rest.find_first_of(":=") + 1);
  if (colon && !rest.empty() && rest.front() != ' ' && rest.front() != '\t') return std::nullopt;
  if (rest.starts_with(":") || rest.starts_with("=")) return std::nullopt;
  const std::string_view value = core::Trim(rest);
  // Level words and headlines look like names.
  for (const std::string_view word :
       {"ERROR",  "WARNING", "WARN",   "INFO",    "DEBUG",   "FATAL",     "CRITICAL", "SEVERE",
        "NOTICE", "TRACE",   "HINT",   "DETAIL",  "CONTEXT", "STATEMENT", "LOG",      "NOTE",
        "TODO",   "PHASE",   "FAILED", "SUCCESS", "STATUS",  "CAUSE",     "USAGE",    "TIP"}) {
    if (name == word) return std::nullopt;
  }
  return Mention{name, value, marked || ReadStatus(value).has_value()};
}

void Put(std::string_view name, VariableState state, std::optional<std::string> value,
         std::vector<EnvironmentVariable>* table) {
  const auto found =
      std::ranges::find_if(*table, [&](const EnvironmentVariable& one) { return one.name == name; });
  EnvironmentVariable& variable = found == table->end() ? table->emplace_back() : *found;
  variable.name = name;
  variable.state = state;
  variable.value = std::move(value);
}

void ReadLine(const Mention& mention, std::vector<EnvironmentVariable>* table) {
  if (const auto status = ReadStatus(mention.value)) return Put(mention.name, *status, std::nullopt, table);
  if (mention.value.empty()) return Put(mention.name, VariableState::kMissing, std::nullopt, table);
  std::optional<std::string> value;
  if (!IsSecretLike(mention.name) && IsShowable(mention.value)) value = std::string(mention.value);
  Put(mention.name, VariableState::kSet, std::move(value), table);
}

}  // namespace

bool IsSecretLike(std::string_view name) {
  constexpr std::array<std::string_view, 11> kWords{"KEY", "TOKEN", "SECRET", "PASS", "PWD",    "CRED",
                                                    "DSN", "AUTH",  "COOKIE", "SALT", "PRIVATE"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return core::ContainsNoCase(name, word); });
}

bool IsShowable(std::string_view value) {
  if (value.size() > kLongestValue || value.find("***") != std::string_view::npos ||
      value.find("...") != std::string_view::npos)
    return false;
  if (value.find("[redacted") != std::string_view::npos ||
      value.find("\xe2\x80\xa6") != std::string_view::npos)
    return false;
  const std::size_t scheme = value.find("://");
  return scheme == std::string_view::npos || value.find('@', scheme) == std::string_view::npos;
}

std::vector<EnvironmentVariable> ReadEnvironment(const RevisionLog& log, std::optional<std::size_t> attempt) {
  std::vector<EnvironmentVariable> table;
  for (const ingest::AuditRecord& spec : log.specs) {
    for (const ingest::EnvVar& variable : spec.env)
      Put(variable.name, variable.secret ? VariableState::kSecretRef : VariableState::kSet, std::nullopt,
          &table);
  }
  const std::size_t which = attempt.value_or(0);
  if (which >= log.attempts.size()) return table;
  std::vector<Mention> run;
  const auto finish = [&] {
    const bool certain = std::ranges::any_of(run, [](const Mention& mention) { return mention.marked; });
    if (run.size() >= 2 && certain) {
      for (const Mention& mention : run) ReadLine(mention, &table);
    }
    run.clear();
  };
  for (const std::uint32_t index : log.attempts[which].lines) {
    const Line& line = log.lines[index];
    if (line.role != ingest::TextRole::kMessage) continue;
    if (const auto mention = ReadMention(line.Body())) {
      run.push_back(*mention);
    } else {
      finish();
    }
  }
  finish();
  return table;
}

}  // namespace neverready::analyzers
