#include "analyzers/finding_facts.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/matcher.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using ingest::TextRole;

// The JVM's own spelling of classes, for the same fact whichever line told it: com/acme/Main is
// com.acme.Main.
void NormaliseNames(Finding* finding) {
  if (finding->rule == nullptr || finding->rule->runtime != "jvm") return;
  std::string module = finding->facts.Text(Fact::kModule);
  const std::size_t last = module.rfind('/') + 1;
  const bool of_clojure = last != 0 && last < module.size() && module[last] >= 'a' && module[last] <= 'z';
  if (module.empty() || module.front() == '/' || of_clojure ||
      module.find_first_of(" :") != std::string::npos || module.ends_with(".jar") || module.ends_with(".so"))
    return;
  std::ranges::replace(module, '/', '.');
  finding->facts.Set(Fact::kModule, module);
}

// The type of an exception that a line tells in passing: "boot check failed: ** (Redix.ConnectionError) …",
// "… failed (Socket::Addrinfo::Error)", "HostNotFoundError [SequelizeHostNotFoundError]: …",
// "ApiError(status: 403, …", "exception Sys_error(…".
void CompleteException(const RevisionLog& log, Finding* finding) {
  if (finding->event || finding->role != Role::kCause || finding->facts.Has(Fact::kException)) return;
  thread_local core::Matcher inline_type(
      R"re(\*\* \(([A-Z]\w*(?:\.[A-Z]\w*)*)\) |\(((?:[A-Z]\w*::)+[A-Z]\w*)\)$|\[([A-Z]\w*Error)\]: |^([A-Z]\w*(?:Error|Exception))\(|[Ee]xception ([A-Z]\w*)\()re");
  const Line& line = log.lines[finding->line];
  if (!inline_type.Find(core::Trim(line.Body()))) return;
  for (int group = 1; group <= 5; ++group) {
    if (!inline_type[group].empty()) finding->facts.Set(Fact::kException, std::string(inline_type[group]));
  }
}

// The host as printed in the line that proves it: with its port, and where the rule could not tell it.
void CompleteHost(const RevisionLog& log, Finding* finding) {
  if (finding->event || finding->role != Role::kCause) return;
  const std::string& text = log.lines[finding->line].text;
  const std::string host = finding->facts.Text(Fact::kHost);
  if (!host.empty()) {
    if (host.find(':') != std::string::npos || host.find('/') != std::string::npos) return;
    for (std::size_t at = text.find(host); at != std::string::npos; at = text.find(host, at + 1)) {
      std::size_t end = at + host.size() + 1;
      if (at + host.size() >= text.size() || text[at + host.size()] != ':') continue;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
      const std::size_t digits = end - at - host.size() - 1;
      if (digits >= 2 && digits <= 5) return finding->facts.Set(Fact::kHost, text.substr(at, end - at));
    }
    // Python's sockets print ('10.0.0.5', 6379).
    const std::size_t tuple = text.find("'" + host + "', ");
    if (tuple == std::string::npos) return;
    const std::size_t digits = tuple + host.size() + 4;
    const std::size_t end = std::min(text.find_first_not_of("0123456789", digits), text.size());
    if (end > digits && end - digits <= 5)
      finding->facts.Set(Fact::kHost, host + ":" + text.substr(digits, end - digits));
    return;
  }
  if (finding->category != Category::kDependencyUnreachable) return;
  thread_local core::Matcher address(
      R"re((?:^|[\s/@'"(=\[])((?:[A-Za-z0-9][\w-]*(?:\.[\w-]+)+|localhost):\d{2,5})\b)re");
  if (address.Find(text)) finding->facts.Set(Fact::kHost, std::string(address[1]));
}

// "- DATABASE_URL", "  * API_KEY: required", "✗ TOKEN": a bulleted name; "" for other lines.
std::string_view BulletedName(std::string_view text) {
  text = core::Trim(text);
  const std::size_t begin = text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (begin == std::string_view::npos || begin == 0 || begin > 8 ||
      text.substr(0, begin).find_first_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string_view::npos)
    return {};
  const std::size_t end =
      std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", begin), text.size());
  const bool ends = end == text.size() || std::string_view(" :,=(").find(text[end]) != std::string_view::npos;
  return ends && end - begin >= 3 && text.find('_', begin) < end ? text.substr(begin, end - begin)
                                                                 : std::string_view();
}

// Names that stand alone in other fields of the same structured entry: {"message": "settings left blank",
// "blank": ["API_KEY", "DSN"]}.
std::vector<std::string> NamesBeside(const RevisionLog& log, const Attempt& attempt, const Finding& finding) {
  std::vector<std::string> names;
  const Line& line = log.lines[finding.line];
  if (!line.structured) return names;
  const auto at = std::ranges::find(attempt.lines, finding.line);
  for (auto next = at; next != attempt.lines.end(); ++next) {
    const Line& other = log.lines[*next];
    if (other.place != line.place) break;
    const std::string_view text = core::Trim(other.Body());
    const bool name =
        text.size() >= 3 && text.find('_') != std::string_view::npos &&
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
    if (name && std::ranges::find(names, text) == names.end()) names.emplace_back(text);
  }
  return names;
}

// "Missing environment variables:" and the names on the lines below it.
void CollectBullets(const RevisionLog& log, const Attempt& attempt, Finding* finding) {
  if (finding->category != Category::kMissingEnv || finding->event || finding->facts.Has(Fact::kEnvVars))
    return;
  auto at = std::ranges::find(attempt.lines, finding->line);
  std::uint32_t first = 0;
  std::vector<std::string> names;
  for (int n = 0; at != attempt.lines.end() && n < 40; ++n) {
    if (++at == attempt.lines.end()) break;
    const Line& line = log.lines[*at];
    if (line.role == TextRole::kFields) continue;
    const std::string_view name = BulletedName(line.Body());
    if (name.empty()) break;
    if (names.empty()) first = *at;
    names.emplace_back(name);
  }
  // The first of the names proves more than the headline above it.
  if (!names.empty() && first != 0) finding->line = first;
  if (names.empty()) names = NamesBeside(log, attempt, *finding);
  if (!names.empty()) finding->facts.Set(Fact::kEnvVars, std::move(names));
}

}  // namespace

std::vector<Finding> ListedSettings(const RevisionLog& log, const Attempt& attempt) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i + 1 < attempt.lines.size(); ++i) {
    const Line& head = log.lines[attempt.lines[i]];
    if (head.level < ingest::Severity::kError || !core::Trim(head.Body()).ends_with(":")) continue;
    if (BulletedName(log.lines[attempt.lines[i + 1]].Body()).empty()) continue;
    Finding finding;
    finding.id = "neverready.listed-settings";
    finding.category = Category::kMissingEnv;
    finding.grade = Grade::kGeneralLine;
    finding.line = attempt.lines[i];
    finding.level = head.level;
    CollectBullets(log, attempt, &finding);
    finding.summary = "An error lists settings: " + finding.facts.Text(Fact::kEnvVars) + ".";
    findings.push_back(std::move(finding));
  }
  return findings;
}

void CompleteFacts(const RevisionLog& log, const Attempt& attempt, Finding* finding) {
  CollectBullets(log, attempt, finding);
  NormaliseNames(finding);
  CompleteHost(log, finding);
  CompleteException(log, finding);
}

}  // namespace neverready::analyzers
