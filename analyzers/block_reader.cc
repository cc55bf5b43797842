#include "analyzers/block_reader.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "core/matcher.h"
#include "core/redact.h"
#include "core/text.h"

namespace neverready::analyzers {
namespace {

using ingest::Severity;
using ingest::TextRole;

// A hit with its place inside a block.
struct Placed {
  Hit hit;
  std::size_t line = 0;        // within the block
  const Link* link = nullptr;  // the exception whose lines it stands in
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
  if (headline.type.empty() || headline.type == "Error" || headline.type == "Exception" ||
      headline.type == "error")
    return;
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

// Whether a word of five letters or more of `message` stands in `text`, too: a record and the trace below it
// speak of the same thing.
bool SharesWord(std::string_view text, std::string_view message) {
  constexpr std::size_t kWord = 5;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= message.size(); ++i) {
    const bool word = i < message.size() &&
                      (std::isalnum(static_cast<unsigned char>(message[i])) != 0 || message[i] == '_');
    if (word) continue;
    if (i - begin >= kWord && core::ContainsNoCase(text, message.substr(begin, i - begin))) return true;
    begin = i + 1;
  }
  return false;
}

// The address in a field beside a message that only tells the port: {"message": "listening", "address":
// "0.0.0.0", "port": 3000}.
void OfferAddress(const Line& line, Facts* facts) {
  if (line.role != TextRole::kFields || facts->Has(Fact::kBindAddress) || !facts->Has(Fact::kPortActual))
    return;
  thread_local core::Matcher address(
      R"re(\b(?:address|addr|host|hostname|bind|bind_address|ip|interface)=(\d+\.\d+\.\d+\.\d+|localhost|\[?[0-9a-f]*::[0-9a-f]*\]?))re");
  const std::string_view body = line.Body();
  if (address.Find(body)) facts->SetFromText(Fact::kBindAddress, address[1]);
}

class BlockReader {
 public:
  BlockReader(const RuleSet& rules, const RevisionLog& log, const Block& block, Voice voice)
      : rules_(rules), log_(log), block_(block), voice_(voice) {}

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

  void MatchLines(std::map<std::uint32_t, std::set<std::uint32_t>>* tolerated_places) {
    for (std::size_t i = 0; i < block_.lines.size(); ++i) {
      const Line& line = LineOf(i);
      if (line.text.empty()) continue;
      // A traceback quotes source code above its headline: what code says is not what happened.
      const Link* within = LinkOf(block_, i);
      if (within != nullptr && i >= within->begin && i < within->line) continue;
      std::vector<Hit> hits = rules_.MatchLine(line.text, line.Body(), voice_);
      const bool tolerated =
          std::ranges::any_of(hits, [](const Hit& hit) { return hit.rule->role == Role::kHarmless; });
      // "…, you can use import instead": a rule that names the tolerant words in its `beats` knows them for a
      // part of its own sentence.
      const auto weakened = [&](const Rule& rule) {
        return std::ranges::any_of(hits, [&](const Hit& hit) {
          return hit.rule->role == Role::kHarmless &&
                 std::ranges::find(rule.beats, hit.rule->id) == rule.beats.end();
        });
      };
      // Of an entry only the message and the scalars beside it speak for the whole.
      if (tolerated && line.structured && line.role != TextRole::kDetail)
        NoteTolerance(i, hits, tolerated_places);
      for (Hit& hit : hits) {
        if (hit.rule->role == Role::kHarmless) continue;
        // Fields beside a message are only asked for ports.
        if (line.role == TextRole::kFields && hit.rule->role != Role::kContext) continue;
        const bool weak = tolerated && weakened(*hit.rule);
        placed_.push_back({std::move(hit), i, LinkOf(block_, i), weak});
      }
    }
  }

  // The message and the scalars beside it speak for their whole entry. The scalars' line begins with the
  // message, which has spoken already.
  void NoteTolerance(std::size_t i, const std::vector<Hit>& hits,
                     std::map<std::uint32_t, std::set<std::uint32_t>>* places) const {
    const Line& line = LineOf(i);
    for (const Hit& hit : hits) {
      if (hit.rule->role != Role::kHarmless) continue;
      if (line.role == TextRole::kFields && hit.begin < line.text.size()) continue;
      (*places)[line.place].insert(block_.lines[i]);
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

  // The record that the first exception of the block belongs to: "WARNING ddtrace is not installed, tracing
  // disabled" above its traceback.
  void ReadHead() {
    const Line& head = LineOf(0);
    if (!head.prefixed || head.level == Severity::kDefault || block_.links.empty() ||
        block_.links.front().begin == 0)
      return;
    head_level_ = head.level;
    for (const Hit& hit : rules_.MatchLine(head.text, head.Body(), voice_))
      head_tolerated_ = head_tolerated_ || hit.rule->role == Role::kHarmless;
  }

  // A context rule of category app_exception: "giving up", "refusing to start".
  bool Stops(std::uint32_t line) const {
    return std::ranges::any_of(placed_, [&](const Placed& placed) {
      return placed.hit.rule->role == Role::kContext &&
             placed.hit.rule->category == Category::kAppException && block_.lines[placed.line] == line;
    });
  }

  void TakeHead(const Link* link, Finding* finding) const {
    finding->stops = Stops(finding->line);
    finding->level = log_.lines[finding->line].level;
    finding->last_words = link != nullptr && link->chain == block_.links.back().chain;
    if (link != nullptr && link->begin > 0) {
      // "x is not installed, y disabled" right above the trace of it.
      const Line& above = LineOf(link->begin - 1);
      for (const Hit& hit : rules_.MatchLine(above.text, above.Body(), voice_)) {
        if (hit.rule->role == Role::kHarmless) Tolerate(above.Body(), *link, finding);
      }
    }
    if (link == nullptr || head_level_ == Severity::kDefault || link->chain != block_.links.front().chain)
      return;
    finding->level = head_level_;
    if (head_tolerated_) Tolerate(LineOf(0).Body(), *link, finding);
    finding->unrelated_head =
        finding->unrelated_head || !SharesWord(LineOf(0).Body(), link->headline.message);
  }

  static void Tolerate(std::string_view record, const Link& link, Finding* finding) {
    finding->tolerated = finding->tolerated_around = true;
    finding->unrelated_head = !SharesWord(record, link.headline.message);
  }

  // `beats` counts in the whole block; what is only general gives way on its own line.
  void SettleBlock() {
    const auto beaten = [&](const Placed& one) {
      const Rule& mine = *one.hit.rule;
      for (const Hit& hit : harmless_) {
        const std::size_t begin = block_.LineAt(hit.begin), end = block_.LineAt(hit.end);
        if (CauseOrSymptom(mine) && one.line >= begin && one.line <= end &&
            !RuleSet::Beats(mine, *hit.rule) && hit.rule->tier != Tier::kGeneral)
          return true;
      }
      for (const Placed& other : placed_) {
        const Rule& theirs = *other.hit.rule;
        if (&theirs == &mine) continue;
        const bool near = other.line == one.line || (other.link != nullptr && other.link == one.link) ||
                          theirs.scope == Scope::kTrace;
        if (near && std::ranges::find(theirs.beats, mine.id) != theirs.beats.end()) return true;
        if (other.line == one.line && CauseOrSymptom(theirs) && CauseOrSymptom(mine) &&
            theirs.tier < mine.tier)
          return true;
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
      const bool other = ParseFrame(LineOf(next).text) || ParseHeadline(text) || IsTracebackHead(text) ||
                         IsChainMark(text) || text.ends_with(":") || text == "[" || text == "{";
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
    const bool told = rule.scope == Scope::kTrace || NamesCulprit(rule.category, placed.hit.facts);
    finding.line = block_.lines[told ? placed.line : ProofLine(placed.line)];
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

  // Of the causes inside a chain of exceptions: the category of the innermost; of that category the one that
  // names the culprit, of a named speaker, innermost.
  Finding OfChain(std::size_t chain, const std::vector<const Placed*>& causes) const {
    const Placed* innermost =
        *std::ranges::max_element(causes, {}, [](const Placed* one) { return one->link->depth; });
    const auto rank = [&](const Placed* one) {
      const bool culprit = NamesCulprit(one->hit.rule->category, one->hit.facts);
      return std::tuple(one->hit.rule->category == innermost->hit.rule->category, culprit,
                        !one->link->headline.message.empty(), -static_cast<int>(one->hit.rule->tier),
                        one->link->depth);
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
      for (const Placed& placed : placed_)
        symptom = symptom || (placed.link == &link && placed.hit.rule->role == Role::kSymptom &&
                              placed.line == link.line);
      if ((!link.headline.type.empty() || !link.headline.file.empty()) &&
          (innermost == nullptr || link.depth >= innermost->depth))
        innermost = &link;
    }
    // What a wrapper says of itself is no cause; Perl's and Ruby's last words have no type, and nothing
    // better follows.
    if (innermost == nullptr || (symptom && !innermost->headline.type.empty())) return std::nullopt;
    const std::string& type = innermost->headline.type;
    if (!frames && (type == "Error" || type == "Exception" || type == "error")) return std::nullopt;
    if (type == "SystemExit" || type == "KeyboardInterrupt" || type == "GeneratorExit" ||
        type.ends_with("CancelledError"))
      return std::nullopt;
    if (type.ends_with("Warning")) return std::nullopt;
    const Line& line = LineOf(innermost->line);
    for (const Hit& hit : rules_.MatchLine(line.text, line.Body(), voice_)) {
      if (hit.rule->role == Role::kHarmless && hit.rule->tier != Tier::kGeneral) return std::nullopt;
    }
    for (const Hit& hit : harmless_) {
      if (innermost->line >= block_.LineAt(hit.begin) && innermost->line <= block_.LineAt(hit.end))
        return std::nullopt;
    }
    Finding finding;
    finding.id = "neverready.uncaught-exception";
    finding.category = Category::kAppException;
    finding.grade = Grade::kException;
    finding.no_stack = !frames;
    finding.line = block_.lines[ProofLine(innermost->line)];
    OfferLink(*innermost, &finding.facts);
    std::string message = core::CutBetweenSecrets(innermost->headline.message, 160);
    if (type.find(message) != std::string::npos) message.clear();
    finding.summary = "The application failed" + (type.empty() ? std::string() : " with " + type) +
                      (message.empty() ? "" : ": " + message);
    for (const Hit& hit : rules_.MatchLine(line.text, line.Body(), voice_))
      finding.tolerated = finding.tolerated || hit.rule->role == Role::kHarmless;
    TakeHead(innermost, &finding);
    finding.chain = chain;
    return finding;
  }

  void AddContext(const Placed& placed, AttemptFindings* out) const {
    Finding finding = Make(placed);
    finding.facts = placed.hit.facts;
    OfferAddress(LineOf(placed.line), &finding.facts);
    (finding.category == Category::kPortTimeout ? out->listening : out->context)
        .push_back(std::move(finding));
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

}  // namespace

void ReadBlock(const RuleSet& rules, const RevisionLog& log, const Block& block, Voice voice,
               AttemptFindings* out) {
  BlockReader(rules, log, block, voice).Read(out);
}

}  // namespace neverready::analyzers
