#include "analyzers/finding.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/pattern.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using ingest::Severity;
using ingest::TextRole;
using std::chrono::seconds;

constexpr seconds kInService{60};  // what an application says between its start and its end is looked at for so long at either side

// A hit with its place inside a block.
struct Placed {
  Hit hit;
  std::size_t line = 0;               // within the block
  const Link* link = nullptr;         // the exception whose lines it stands in
  bool tolerated = false;
};

bool CauseOrSymptom(const Rule& rule) { return rule.role == Role::kCause || rule.role == Role::kSymptom; }

const Link* LinkOf(const Block& block, std::size_t line) {
  const Link* found = nullptr;
  for (const Link& link : block.links) {
    if (line >= link.begin && line < link.end) found = &link;
  }
  return found;
}

// The type as the taxonomy wants it: without a message; a bare "Error" says nothing.
void OfferException(const Headline& headline, Facts* facts) {
  if (headline.type.empty() || headline.type == "Error" || headline.type == "Exception" || headline.type == "error") return;
  facts->Offer(Fact::kException, headline.type);
}

void OfferLink(const Link& link, Facts* facts) {
  OfferException(link.headline, facts);
  if (!link.file.empty()) {
    if (!facts->Has(Fact::kFile)) {
      facts->Offer(Fact::kFile, link.file.starts_with("file://") ? link.file.substr(7) : link.file);
      if (link.file_line > 0) facts->Offer(Fact::kLine, link.file_line);
    }
  }
}

class BlockReader {
 public:
  BlockReader(const RuleSet& rules, const RevisionLog& log, const Block& block, Voice voice) : rules_(rules), log_(log), block_(block), voice_(voice) {}

  // Appends the block's findings.
  void Read(AttemptFindings* out) {
    MatchLines(&out->tolerated_places);
    MatchWhole();
    SettleBlock();
    ReadHead();
    std::map<std::size_t, std::vector<const Placed*>> chains;  // causes by chain
    std::set<std::size_t> all_chains;
    for (const Link& link : block_.links) all_chains.insert(link.chain);
    for (const Placed& placed : placed_) {
      const Rule& rule = *placed.hit.rule;
      if (!CauseOrSymptom(rule)) {
        if (rule.role == Role::kContext) AddContext(placed, out);
        continue;
      }
      if (rule.role == Role::kCause && placed.link != nullptr) {
        chains[placed.link->chain].push_back(&placed);
      } else {
        out->findings.push_back(Make(placed));
      }
    }
    for (const std::size_t chain : all_chains) {
      const auto causes = chains.find(chain);
      if (causes != chains.end()) {
        out->findings.push_back(OfChain(chain, causes->second));
      } else if (auto finding = UnknownException(chain)) {
        out->findings.push_back(*std::move(finding));
      }
    }
  }

 private:
  const Line& LineOf(std::size_t line) const { return log_.lines[block_.lines[line]]; }

  void MatchLines(std::set<std::uint32_t>* tolerated_places) {
    for (std::size_t i = 0; i < block_.lines.size(); ++i) {
      const Line& line = LineOf(i);
      if (line.text.empty()) continue;
      // A traceback quotes source code above its headline: what code says is not what happened.
      const Link* within = LinkOf(block_, i);
      if (within != nullptr && i >= within->begin && i < within->line) continue;
      std::vector<Hit> hits = rules_.MatchLine(line.text, line.Body(), voice_);
      const bool tolerated = std::ranges::any_of(hits, [](const Hit& hit) { return hit.rule->role == Role::kHarmless; });
      if (tolerated && line.structured) tolerated_places->insert(line.place);
      for (Hit& hit : hits) {
        if (hit.rule->role == Role::kHarmless) continue;
        // Fields beside a message are only asked for ports.
        if (line.role == TextRole::kFields && hit.rule->role != Role::kContext) continue;
        placed_.push_back({std::move(hit), i, LinkOf(block_, i), tolerated});
      }
    }
  }

  void MatchWhole() {
    if (block_.lines.size() < 2) return;
    for (Hit& hit : rules_.MatchTrace(block_.text, voice_)) {
      if (hit.rule->role == Role::kHarmless) {
        harmless_.push_back(std::move(hit));
        continue;
      }
      const std::size_t line = block_.LineAt(hit.evidence);
      placed_.push_back({std::move(hit), line, LinkOf(block_, line), false});
    }
  }

  // The record that the first exception of the block belongs to: "WARNING ddtrace is not installed, tracing disabled" above its traceback.
  void ReadHead() {
    const Line& head = LineOf(0);
    if (!head.prefixed || head.level == Severity::kDefault || block_.links.empty() || block_.links.front().begin == 0) return;
    head_level_ = head.level;
    for (const Hit& hit : rules_.MatchLine(head.text, head.Body(), voice_)) head_tolerated_ = head_tolerated_ || hit.rule->role == Role::kHarmless;
  }

  void TakeHead(const Link* link, Finding* finding) const {
    finding->level = log_.lines[finding->line].level;
    finding->last_words = link != nullptr && link->frames && link->chain == block_.links.back().chain;
    if (link != nullptr && link->begin > 0) {
      // "x is not installed, y disabled" right above the trace of it.
      const Line& above = LineOf(link->begin - 1);
      for (const Hit& hit : rules_.MatchLine(above.text, above.Body(), voice_)) finding->tolerated = finding->tolerated || hit.rule->role == Role::kHarmless;
    }
    if (link == nullptr || head_level_ == Severity::kDefault || link->chain != block_.links.front().chain) return;
    finding->level = head_level_;
    finding->tolerated = finding->tolerated || head_tolerated_;
  }

  // `beats` counts in the whole block; what is only general gives way on its own line.
  void SettleBlock() {
    const auto beaten = [&](const Placed& one) {
      const Rule& mine = *one.hit.rule;
      for (const Hit& hit : harmless_) {
        const std::size_t begin = block_.LineAt(hit.begin), end = block_.LineAt(hit.end);
        if (CauseOrSymptom(mine) && one.line >= begin && one.line <= end && !RuleSet::Beats(mine, *hit.rule) && hit.rule->tier != Tier::kGeneral) return true;
      }
      for (const Placed& other : placed_) {
        const Rule& theirs = *other.hit.rule;
        if (&theirs == &mine) continue;
        const bool near = other.line == one.line || (other.link != nullptr && other.link == one.link) || theirs.scope == Scope::kTrace;
        if (near && std::ranges::find(theirs.beats, mine.id) != theirs.beats.end()) return true;
        if (other.line == one.line && CauseOrSymptom(theirs) && CauseOrSymptom(mine) && theirs.tier < mine.tier) return true;
      }
      return false;
    };
    std::vector<Placed> left;
    for (const Placed& placed : placed_) {
      if (!beaten(placed)) left.push_back(placed);
    }
    placed_ = std::move(left);
  }

  // "Transform failed with 1 error:" is a headline; what it announces stands on the next line.
  std::size_t ProofLine(std::size_t line) const {
    const std::string_view body = core::Trim(LineOf(line).Body());
    if (!body.ends_with(":")) return line;
    for (std::size_t next = line + 1; next < block_.lines.size() && next <= line + 3; ++next) {
      const std::string_view text = core::Trim(LineOf(next).Body());
      if (text.empty() || text.find_first_not_of("*-=~^") == std::string_view::npos) continue;
      const bool other = ParseFrame(LineOf(next).text) || ParseHeadline(text) || IsTracebackHead(text) || IsChainMark(text) || text.ends_with(":") || text == "[" || text == "{";
      return other ? line : next;
    }
    return line;
  }

  Finding Make(const Placed& placed) const {
    const Rule& rule = *placed.hit.rule;
    Finding finding;
    finding.rule = &rule;
    finding.id = rule.id;
    finding.category = rule.category;
    finding.role = rule.role;
    finding.facts = placed.hit.facts;
    finding.line = block_.lines[rule.scope == Scope::kTrace ? placed.line : ProofLine(placed.line)];
    finding.tolerated = placed.tolerated;
    const bool trace = placed.link != nullptr && placed.link->frames;
    if (rule.role == Role::kSymptom) {
      finding.grade = Grade::kSymptom;
    } else if (rule.tier == Tier::kGeneral) {
      finding.grade = trace ? Grade::kGeneralTrace : Grade::kGeneralLine;
    } else {
      finding.grade = trace ? Grade::kTrace : Grade::kLine;
    }
    TakeHead(placed.link, &finding);
    finding.bare = placed.link != nullptr && placed.link->headline.message.empty();
    if (placed.link != nullptr && placed.line <= placed.link->line) finding.chain = placed.link->chain;
    if (placed.link != nullptr) {
      OfferLink(*placed.link, &finding.facts);
    } else if (const auto headline = ParseHeadline(LineOf(placed.line).Body())) {
      OfferException(*headline, &finding.facts);
    }
    return finding;
  }

  // Of the causes inside a chain of exceptions: the category of the innermost; of that category the one that names the culprit, of a named speaker, innermost.
  Finding OfChain(std::size_t chain, const std::vector<const Placed*>& causes) const {
    const Placed* innermost = *std::ranges::max_element(causes, {}, [](const Placed* one) { return one->link->depth; });
    const auto rank = [&](const Placed* one) {
      const bool culprit = NamesCulprit(one->hit.rule->category, one->hit.facts);
      return std::tuple(one->hit.rule->category == innermost->hit.rule->category, culprit, !one->link->headline.message.empty(), -static_cast<int>(one->hit.rule->tier), one->link->depth);
    };
    const Placed* best = causes.front();
    for (const Placed* one : causes) {
      if (rank(one) > rank(best)) best = one;
    }
    Finding finding = Make(*best);
    for (const Placed* one : causes) {
      if (one->hit.rule == best->hit.rule) finding.facts.Unite(one->hit.facts);
    }
    for (const Link& link : block_.links) {
      if (link.chain == chain && !link.file.empty() && IsOwnCode(link.file)) {
        finding.facts.Offer(Fact::kFile, link.file);
        break;
      }
    }
    return finding;
  }

  std::optional<Finding> UnknownException(std::size_t chain) const {
    const Link* innermost = nullptr;
    bool frames = false, symptom = false;
    for (const Link& link : block_.links) {
      if (link.chain != chain) continue;
      frames = frames || link.frames;
      for (const Placed& placed : placed_) symptom = symptom || (placed.link == &link && placed.hit.rule->role == Role::kSymptom && placed.line == link.line);
      if ((!link.headline.type.empty() || !link.headline.file.empty()) && (innermost == nullptr || link.depth >= innermost->depth)) innermost = &link;
    }
    // What a wrapper says of itself is no cause; Perl's and Ruby's last words have no type, and nothing better follows.
    if (innermost == nullptr || (symptom && !innermost->headline.type.empty())) return std::nullopt;
    const std::string& type = innermost->headline.type;
    if (!frames && (type == "Error" || type == "Exception" || type == "error")) return std::nullopt;
    if (type == "SystemExit" || type == "KeyboardInterrupt" || type == "GeneratorExit" || type.ends_with("CancelledError")) return std::nullopt;
    if (type.ends_with("Warning")) return std::nullopt;
    const Line& line = LineOf(innermost->line);
    for (const Hit& hit : rules_.MatchLine(line.text, line.Body(), voice_)) {
      if (hit.rule->role == Role::kHarmless && hit.rule->tier != Tier::kGeneral) return std::nullopt;
    }
    for (const Hit& hit : harmless_) {
      if (innermost->line >= block_.LineAt(hit.begin) && innermost->line <= block_.LineAt(hit.end)) return std::nullopt;
    }
    Finding finding;
    finding.id = "neverready.uncaught-exception";
    finding.category = Category::kAppException;
    finding.grade = frames ? Grade::kException : Grade::kSymptom;
    finding.line = block_.lines[ProofLine(innermost->line)];
    OfferLink(*innermost, &finding.facts);
    std::string message = core::Ellipsize(innermost->headline.message, 160);
    if (type.find(message) != std::string::npos) message.clear();
    finding.summary = "The application failed" + (type.empty() ? std::string() : " with " + type) + (message.empty() ? "" : ": " + message);
    for (const Hit& hit : rules_.MatchLine(line.text, line.Body(), voice_)) finding.tolerated = finding.tolerated || hit.rule->role == Role::kHarmless;
    TakeHead(innermost, &finding);
    finding.chain = chain;
    return finding;
  }

  void AddContext(const Placed& placed, AttemptFindings* out) const {
    Finding finding = Make(placed);
    finding.facts = placed.hit.facts;
    (finding.category == Category::kPortTimeout ? out->listening : out->context).push_back(std::move(finding));
  }

  const RuleSet& rules_;
  const RevisionLog& log_;
  const Block& block_;
  Voice voice_;
  std::vector<Placed> placed_;
  std::vector<Hit> harmless_;
  Severity head_level_ = Severity::kDefault;
  bool head_tolerated_ = false;
};

bool OtherContainer(const RevisionLog& log, const Attempt& attempt, std::uint32_t line) {
  const std::string& container = log.places[log.lines[line].place].container;
  return !container.empty() && !attempt.container.empty() && container != attempt.container;
}

// How much a finding counts as the root cause of its attempt.
int Score(const RevisionLog& log, const Attempt& attempt, const Finding& finding, const std::vector<Finding>& listening) {
  int score = finding.role == Role::kSymptom ? 40 : 100;
  switch (finding.grade) {
    case Grade::kPlatform: score += 15; break;
    case Grade::kTrace: score += 6; break;
    case Grade::kLine: break;
    case Grade::kGeneralTrace: score -= 6; break;
    case Grade::kGeneralLine: score -= 12; break;
    case Grade::kException: score -= 22; break;
    case Grade::kConcluded: break;
    case Grade::kSymptom: score -= finding.role == Role::kSymptom ? 0 : 38; break;
  }
  if (finding.tolerated) score -= 45;
  if (finding.event) return score;
  const Line& line = log.lines[finding.line];
  if (finding.level >= Severity::kCritical) {
    score += 10;
  } else if (finding.level >= Severity::kError) {
    score += 3;
  } else if (finding.level == Severity::kWarning) {
    score -= 20;
  } else if (finding.level != Severity::kDefault) {
    score -= 25;
  }
  const auto at = log.places[line.place].at;
  const auto end = attempt.ended ? attempt.ended : attempt.last;
  if (at && end) score += *end - *at <= seconds(3) ? 12 : *end - *at <= seconds(10) ? 6 : 0;
  if (finding.bare) score -= 5;
  if (finding.last_words) score += 8;
  if (finding.rule != nullptr && NamesCulprit(finding.category, finding.facts)) score += 6;
  // The start went on after it.
  const bool went_on = std::ranges::any_of(listening, [&](const Finding& one) { return one.line > finding.line; });
  if (went_on) score -= 15;
  return score;
}

// The JVM's own spelling of classes, for the same fact whichever line told it: com/acme/Main is com.acme.Main.
void NormaliseNames(Finding* finding) {
  if (finding->rule == nullptr || finding->rule->runtime != "jvm") return;
  std::string module = finding->facts.Text(Fact::kModule);
  if (module.empty() || module.front() == '/' || module.find_first_of(" :") != std::string::npos || module.ends_with(".jar") || module.ends_with(".so")) return;
  std::ranges::replace(module, '/', '.');
  finding->facts.Set(Fact::kModule, module);
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
    return;
  }
  if (finding->category != Category::kDependencyUnreachable) return;
  thread_local const core::Pattern kAddress = *core::Pattern::Compile(R"re((?:^|[\s/@'"(=\[])((?:[A-Za-z0-9][\w-]*(?:\.[\w-]+)+|localhost):\d{2,5})\b)re");
  std::vector<core::Span> spans;
  if (kAddress.Find(text, 0, &spans)) finding->facts.Set(Fact::kHost, text.substr(spans[1].begin, spans[1].end - spans[1].begin));
}

void Describe(Finding* finding) {
  NormaliseNames(finding);
  if (finding->rule != nullptr && finding->summary.empty()) finding->summary = Sentence(finding->rule->says, finding->facts);
}

// Findings on the sentences of the platform.
std::vector<Finding> ReadEvents(const RuleSet& rules, const RevisionLog& log, const std::vector<std::uint32_t>& events) {
  std::vector<Finding> findings;
  for (const std::uint32_t index : events) {
    const std::string& text = log.events[index].text;
    for (const std::string_view sentence : core::SplitLines(text)) {
      for (Hit& hit : rules.MatchLine(sentence, core::Trim(sentence), Voice::kPlatform)) {
        if (!CauseOrSymptom(*hit.rule)) continue;
        const auto same = std::ranges::find_if(findings, [&](const Finding& one) { return one.rule == hit.rule && one.line == index; });
        if (same != findings.end()) {
          same->facts.Unite(hit.facts);
          continue;
        }
        Finding finding;
        finding.rule = hit.rule;
        finding.id = hit.rule->id;
        finding.category = hit.rule->category;
        finding.role = hit.rule->role;
        finding.grade = hit.rule->role == Role::kSymptom ? Grade::kSymptom : Grade::kPlatform;
        finding.facts = std::move(hit.facts);
        finding.line = index;
        finding.event = true;
        Describe(&finding);
        findings.push_back(std::move(finding));
      }
    }
  }
  return findings;
}

}  // namespace

bool NamesCulprit(Category category, const Facts& facts) {
  const auto any = [&](std::initializer_list<Fact> wanted) { return std::ranges::any_of(wanted, [&](Fact fact) { return facts.Has(fact); }); };
  switch (category) {
    case Category::kImportError: return any({Fact::kModule, Fact::kSymbol});
    case Category::kMissingEnv: return any({Fact::kEnvVars, Fact::kSetting});
    case Category::kValidationFailure: return any({Fact::kSetting, Fact::kEnvVars});
    case Category::kPermissionDenied: return any({Fact::kPermission, Fact::kPrincipal});
    case Category::kSecretUnavailable: return any({Fact::kSecret});
    case Category::kImageUnavailable: return any({Fact::kImage});
    case Category::kDependencyUnreachable: return any({Fact::kHost});
    case Category::kDependencyRejected: return any({Fact::kHost, Fact::kPrincipal, Fact::kSymbol, Fact::kSetting});
    case Category::kPortConflict:
    case Category::kPortTimeout: return any({Fact::kPortActual, Fact::kBindAddress});
    case Category::kBadEntrypoint: return any({Fact::kFile});
    case Category::kAppException: return any({Fact::kException});
    case Category::kCrashSignal: return any({Fact::kSignal});
    case Category::kOutOfMemory: return any({Fact::kMemoryLimit});
    case Category::kResourceExhausted:
    case Category::kProbeFailed:
    case Category::kHealthy:
    case Category::kUnknown: return false;
  }
  return false;
}

bool WasReady(const RevisionLog& log) {
  using Kind = PlatformEvent::Kind;
  return std::ranges::any_of(log.events, [](const PlatformEvent& event) { return event.kind == Kind::kReady || event.kind == Kind::kRequest || event.kind == Kind::kProbeSucceeded; });
}

// The lines of an attempt that may explain its start or its end.
std::vector<std::uint32_t> StartingLines(const RevisionLog& log, const Attempt& attempt) {
  std::optional<core::Timestamp> up;
  for (const std::uint32_t index : attempt.events) {
    const PlatformEvent& event = log.events[index];
    if (event.kind == PlatformEvent::Kind::kProbeSucceeded && event.startup && !up) up = event.place.at;
  }
  // A log that begins in the middle of service shows no probe: an instance that is alive, of a revision that was ready, is up from its first line on.
  if (!up && attempt.end == Attempt::End::kOpen && WasReady(log)) up = attempt.started;
  if (!up || !attempt.last || *attempt.last - *up <= 2 * kInService) return attempt.lines;
  std::vector<std::uint32_t> lines;
  for (const std::uint32_t index : attempt.lines) {
    const auto at = log.places[log.lines[index].place].at;
    if (!at || *at <= *up + kInService || *at >= *attempt.last - kInService) lines.push_back(index);
  }
  return lines;
}

// "- DATABASE_URL", "  * API_KEY: required", "✗ TOKEN": a bulleted name; "" for other lines.
namespace {

std::string_view BulletedName(std::string_view text) {
  text = core::Trim(text);
  const std::size_t begin = text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (begin == std::string_view::npos || begin == 0 || begin > 8 || text.substr(0, begin).find_first_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string_view::npos) return {};
  const std::size_t end = std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", begin), text.size());
  const bool ends = end == text.size() || std::string_view(" :,=(").find(text[end]) != std::string_view::npos;
  return ends && end - begin >= 3 && text.find('_', begin) < end ? text.substr(begin, end - begin) : std::string_view();
}

// "Missing environment variables:" and the names on the lines below it.
void CollectBullets(const RevisionLog& log, const Attempt& attempt, Finding* finding) {
  if (finding->category != Category::kMissingEnv || finding->event || finding->facts.Has(Fact::kEnvVars)) return;
  auto at = std::ranges::find(attempt.lines, finding->line);
  std::vector<std::string> names;
  for (int n = 0; at != attempt.lines.end() && n < 40; ++n) {
    if (++at == attempt.lines.end()) break;
    const Line& line = log.lines[*at];
    if (line.role == TextRole::kFields) continue;
    const std::string_view name = BulletedName(line.Body());
    if (name.empty()) break;
    names.emplace_back(name);
  }
  if (!names.empty()) finding->facts.Set(Fact::kEnvVars, std::move(names));
}

}  // namespace

AttemptFindings FindInAttempt(const RuleSet& rules, const RevisionLog& log, std::size_t attempt_index) {
  const Attempt& attempt = log.attempts[attempt_index];
  AttemptFindings out;
  std::size_t number = 0;
  for (const Block& block : JoinBlocks(log, StartingLines(log, attempt))) {
    if (block.lines.empty() || OtherContainer(log, attempt, block.lines.front())) continue;
    const Voice voice = log.places[log.lines[block.lines.front()].place].log == ingest::LogKind::kText ? Voice::kAny : Voice::kApp;
    const std::size_t before = out.findings.size();
    BlockReader(rules, log, block, voice).Read(&out);
    ++number;
    for (std::size_t i = before; i < out.findings.size(); ++i) out.findings[i].block = number;
  }
  for (Finding& finding : ReadEvents(rules, log, attempt.events)) out.findings.push_back(std::move(finding));
  for (std::vector<Finding>* list : {&out.findings, &out.listening, &out.context}) {
    std::ranges::stable_sort(*list, [](const Finding& a, const Finding& b) { return std::tie(a.event, a.line) < std::tie(b.event, b.line); });
  }
  // What one field of a structured entry tolerates ("attempt": 2, "retry_in_s": 4) holds for the whole entry.
  for (Finding& finding : out.findings) {
    if (!finding.event && log.lines[finding.line].structured && out.tolerated_places.contains(log.lines[finding.line].place)) finding.tolerated = true;
    CollectBullets(log, attempt, &finding);
  }
  // Only the attempt's last trace may be its last words.
  std::uint32_t last = 0;
  for (const Finding& finding : out.findings) last = finding.last_words ? std::max(last, finding.line) : last;
  for (Finding& finding : out.findings) {
    finding.last_words = finding.last_words && finding.line == last;
    finding.attempt = attempt_index;
    CompleteHost(log, &finding);
    finding.score = Score(log, attempt, finding, out.listening);
    Describe(&finding);
  }
  for (Finding& finding : out.listening) finding.attempt = attempt_index;
  return out;
}

std::vector<Finding> FindInEvents(const RuleSet& rules, const RevisionLog& log) {
  std::set<std::uint32_t> taken;
  for (const Attempt& attempt : log.attempts) taken.insert(attempt.events.begin(), attempt.events.end());
  std::vector<std::uint32_t> events;
  for (std::uint32_t i = 0; i < log.events.size(); ++i) {
    const auto kind = log.events[i].kind;
    if (!taken.contains(i) && kind != PlatformEvent::Kind::kReady && kind != PlatformEvent::Kind::kDeploy) events.push_back(i);
  }
  std::vector<Finding> findings = ReadEvents(rules, log, events);
  for (Finding& finding : findings) {
    finding.score = finding.role == Role::kSymptom ? 40 : 115;
    // A request that failed tells less than what the container said.
    if (log.events[finding.line].kind == PlatformEvent::Kind::kRequest) finding.score -= 40;
  }
  return findings;
}

double Confidence(Grade grade) {
  // Measured hit rates: docs/accuracy.md.
  constexpr std::array<double, kGrades> kRates{0.99, 0.97, 0.95, 0.93, 0.88, 0.85, 0.90, 0.60};
  return kRates[static_cast<std::size_t>(grade)];
}

std::string_view Name(Grade grade) {
  constexpr std::array<std::string_view, kGrades> kNames{"platform", "trace", "line", "general-trace", "general-line", "exception", "concluded", "symptom"};
  return kNames[static_cast<std::size_t>(grade)];
}

}  // namespace neverready::analyzers
