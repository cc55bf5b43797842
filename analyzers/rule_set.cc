#include "analyzers/rule_set.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/literal_filter.h"
#include "core/parallel.h"
#include "core/pattern.h"
#include "core/time.h"

namespace neverready::analyzers {
namespace {

constexpr std::size_t kMaxRepeats = 200;  // matches of one rule in one text

// A pattern compiled when it is needed for the first time: most rules never are.
struct LazyPattern {
  std::once_flag once;
  std::optional<core::Pattern> pattern;
};

bool Hears(Voice rule, Voice asked) { return rule == Voice::kAny || asked == Voice::kAny || rule == asked; }

void Capture(const core::Pattern& pattern, std::string_view text, const std::vector<core::Span>& spans,
             Hit* hit) {
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (!spans[i].found) continue;
    const std::string& group = pattern.groups()[i];
    if (group == "evidence") {
      hit->evidence = spans[i].begin;
    } else if (const auto fact = ParseFact(group)) {
      Facts captured;
      captured.SetFromText(*fact, text.substr(spans[i].begin, spans[i].end - spans[i].begin));
      hit->facts.Unite(captured);
    }
  }
}

// A list fact collects every match: all missing variables at once. `spans` is the match before.
void CaptureAgain(const core::Pattern& pattern, std::string_view text, std::vector<core::Span>* spans,
                  Hit* hit) {
  if (std::ranges::find(pattern.groups(), "env_vars") == pattern.groups().end()) return;
  for (std::size_t n = 1;
       n < kMaxRepeats && pattern.Find(text, std::max((*spans)[0].end, (*spans)[0].begin + 1), spans); ++n) {
    Hit again{hit->rule, {}, 0, 0, 0};
    Capture(pattern, text, *spans, &again);
    hit->facts.Unite(again.facts);
  }
}

bool CauseOrSymptom(const Hit& hit) {
  return hit.rule->role == Role::kCause || hit.rule->role == Role::kSymptom;
}

// Among rules of which none beats the other: more facts, the longer match, the smaller id.
// Symptoms of these never become a root cause.
bool TellsNoCause(Category category) {
  return category == Category::kAppException || category == Category::kBadEntrypoint ||
         category == Category::kCrashSignal || category == Category::kProbeFailed ||
         category == Category::kPortTimeout || category == Category::kUnknown;
}

bool Preferred(const Hit& a, const Hit& b) {
  for (const Rule* one : {a.rule, b.rule}) {
    const Rule* other = one == a.rule ? b.rule : a.rule;
    if (one->role == Role::kSymptom && TellsNoCause(one->category) && other->role == Role::kCause)
      return one == b.rule;
  }
  if (a.rule->tier != b.rule->tier) return a.rule->tier < b.rule->tier;
  if (a.rule->role != b.rule->role) return a.rule->role == Role::kCause;
  if (a.facts.size() != b.facts.size()) return a.facts.size() > b.facts.size();
  if (a.end - a.begin != b.end - b.begin) return a.end - a.begin > b.end - b.begin;
  return a.rule->id < b.rule->id;
}

// What lines said that were asked about before. Every start of a service says much the same, but for the time
// in front, which has no meaning: it is no part of the question. One a thread; a later line takes an earlier
// one's place.
class LineMemo {
 public:
  struct Question {
    std::uint64_t rules = 0;         // the number of the RuleSet
    std::size_t time = 0;            // bytes of the leading time, which `raw` lacks
    std::size_t begin = 0, end = 0;  // of the body in the whole line
    Voice voice = Voice::kAny;
    std::string_view raw;
  };

  // The place of an answer, and whether it is there already.
  std::pair<std::vector<Hit>*, bool> Find(const Question& asked) {
    std::uint64_t hash = std::hash<std::string_view>()(asked.raw);
    hash ^= (asked.begin * 131 + asked.end) * 131 + asked.time + static_cast<std::uint64_t>(asked.voice) * 17;
    Slot& slot = slots_[hash % kSlots];
    const bool known = slot.rules == asked.rules && slot.time == asked.time && slot.begin == asked.begin &&
                       slot.end == asked.end && slot.voice == asked.voice && slot.raw == asked.raw;
    if (!known) {
      slot.rules = asked.rules;
      slot.time = asked.time;
      slot.begin = asked.begin;
      slot.end = asked.end;
      slot.voice = asked.voice;
      slot.raw.assign(asked.raw);
    }
    return {&slot.hits, known};
  }

 private:
  static constexpr std::size_t kSlots = 2048;
  struct Slot {
    std::uint64_t rules = 0;
    std::size_t time = 0, begin = 0, end = 0;
    Voice voice = Voice::kAny;
    std::string raw;
    std::vector<Hit> hits;
  };
  std::vector<Slot> slots_{kSlots};
};

constexpr std::size_t kLongestInMemo = 400;  // in bytes: longer lines are seldom repeated

}  // namespace

struct RuleSet::Impl {
  const std::uint64_t number = ++made;  // no two sets of a process have the same
  static inline std::atomic<std::uint64_t> made{0};
  std::vector<Rule> rules;
  std::unordered_map<std::string_view, std::size_t> by_id;
  std::unique_ptr<LazyPattern[]> patterns;
  RuleFilters filters{core::LiteralFilter({}), core::LiteralFilter({})};

  const core::Pattern* PatternOf(std::size_t index) {
    LazyPattern& lazy = patterns[index];
    std::call_once(lazy.once, [&] {
      auto compiled = core::Pattern::Compile(rules[index].pattern);
      if (compiled) lazy.pattern = *std::move(compiled);
    });
    return lazy.pattern ? &*lazy.pattern : nullptr;
  }
};

RuleSet::RuleSet() : impl_(std::make_unique<Impl>()) {}
RuleSet::~RuleSet() = default;

RuleFilters MakeFilters(const std::vector<Rule>& rules) {
  core::LiteralFilterBuilder lines, traces;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    core::LiteralFilterBuilder& filter = rules[i].scope == Scope::kLine ? lines : traces;
    filter.Add(static_cast<int>(i), core::RequiredLiterals(rules[i].pattern));
  }
  return {std::move(lines).Build(), std::move(traces).Build()};
}

std::unique_ptr<const RuleSet> RuleSet::Make(std::vector<Rule> rules) {
  std::unordered_map<std::string, std::size_t> latest;
  for (std::size_t i = 0; i < rules.size(); ++i) latest[rules[i].id] = i;
  std::vector<Rule> left;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (latest[rules[i].id] == i) left.push_back(std::move(rules[i]));
  }
  RuleFilters filters = MakeFilters(left);
  return Make(std::move(left), std::move(filters));
}

std::unique_ptr<const RuleSet> RuleSet::Make(std::vector<Rule> rules, RuleFilters filters) {
  std::unique_ptr<RuleSet> made(new RuleSet());
  Impl& impl = *made->impl_;
  impl.rules = std::move(rules);
  impl.filters = std::move(filters);
  for (std::size_t i = 0; i < impl.rules.size(); ++i) impl.by_id[impl.rules[i].id] = i;
  impl.patterns = std::make_unique<LazyPattern[]>(impl.rules.size());
  return made;
}

const std::vector<Rule>& RuleSet::rules() const { return impl_->rules; }

const Rule* RuleSet::Find(std::string_view id) const {
  const auto found = impl_->by_id.find(id);
  return found == impl_->by_id.end() ? nullptr : &impl_->rules[found->second];
}

std::vector<Hit> RuleSet::MatchLine(std::string_view raw, std::string_view body, Voice voice) const {
  const bool inside = body.data() >= raw.data() && body.data() + body.size() <= raw.data() + raw.size();
  if (!inside || raw.size() > kLongestInMemo) return MatchAnew(raw, body, voice);
  LineMemo::Question question{impl_->number, 0,  static_cast<std::size_t>(body.data() - raw.data()), 0,
                              voice,         raw};
  question.end = question.begin + body.size();
  if (const auto leading = core::FindLeadingTime(raw); leading && leading->length <= question.begin) {
    question.time = leading->length;
    question.raw.remove_prefix(leading->length);
  }
  thread_local LineMemo memo;
  const auto [hits, known] = memo.Find(question);
  if (!known) *hits = MatchAnew(raw, body, voice);
  return *hits;
}

std::vector<Hit> RuleSet::MatchAnew(std::string_view raw, std::string_view body, Voice voice) const {
  std::vector<Hit> hits;
  const bool inside = body.data() >= raw.data() && body.data() + body.size() <= raw.data() + raw.size();
  std::vector<int> candidates, more;
  impl_->filters.lines.Find(raw, &candidates);
  if (!inside) {
    impl_->filters.lines.Find(body, &more);
    candidates.insert(candidates.end(), more.begin(), more.end());
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  }
  std::vector<core::Span> spans;
  for (const int candidate : candidates) {
    const auto index = static_cast<std::size_t>(candidate);
    const Rule& rule = impl_->rules[index];
    if (!Hears(rule.on, voice)) continue;
    const core::Pattern* pattern = impl_->PatternOf(index);
    if (pattern == nullptr) continue;
    std::string_view text = body;
    if (!pattern->Find(text, 0, &spans)) {
      text = raw;
      if (raw == body || !pattern->Find(text, 0, &spans)) continue;
    }
    Hit hit{&rule, rule.set, spans[0].begin, spans[0].end, spans[0].begin};
    Capture(*pattern, text, spans, &hit);
    CaptureAgain(*pattern, text, &spans, &hit);
    hits.push_back(std::move(hit));
  }
  Settle(&hits);
  return hits;
}

std::vector<Hit> RuleSet::MatchTrace(std::string_view text, Voice voice) const {
  std::vector<Hit> hits;
  std::vector<int> candidates;
  impl_->filters.traces.Find(text, &candidates);
  std::vector<core::Span> spans;
  for (const int candidate : candidates) {
    const auto index = static_cast<std::size_t>(candidate);
    const Rule& rule = impl_->rules[index];
    const core::Pattern* pattern = Hears(rule.on, voice) ? impl_->PatternOf(index) : nullptr;
    if (pattern == nullptr || !pattern->Find(text, 0, &spans)) continue;
    const std::size_t last = spans[0].end > spans[0].begin ? spans[0].end - 1 : spans[0].begin;
    Hit hit{&rule, rule.set, spans[0].begin, spans[0].end, last};
    Capture(*pattern, text, spans, &hit);
    CaptureAgain(*pattern, text, &spans, &hit);
    hits.push_back(std::move(hit));
  }
  return hits;
}

void RuleSet::Prepare(const std::vector<std::string_view>& lines, std::size_t threads) const {
  std::vector<int> wanted, candidates;
  for (const std::string_view line : lines) {
    impl_->filters.lines.Find(line, &candidates);
    wanted.insert(wanted.end(), candidates.begin(), candidates.end());
  }
  std::ranges::sort(wanted);
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  // The longest first, so that no thread begins with one when the others have ended.
  std::ranges::stable_sort(wanted, std::ranges::greater(), [&](int index) {
    return impl_->rules[static_cast<std::size_t>(index)].pattern.size();
  });
  core::ForEachIndex(wanted.size(), threads, [&](std::size_t index, std::size_t /*worker*/) {
    impl_->PatternOf(static_cast<std::size_t>(wanted[index]));
  });
}

bool RuleSet::Beats(const Rule& a, const Rule& b) {
  if (std::ranges::find(a.beats, b.id) != a.beats.end()) return true;
  if (std::ranges::find(b.beats, a.id) != b.beats.end()) return false;
  // "Unable to load application: X must be set": what only says that something failed leaves the line to
  // whoever knows why.
  if (a.role == Role::kSymptom && b.role == Role::kCause && TellsNoCause(a.category)) return false;
  return a.tier < b.tier;
}

void RuleSet::Settle(std::vector<Hit>* hits) {
  if (hits->size() < 2) return;
  std::vector<char> gone(hits->size(), 0);
  for (std::size_t i = 0; i < hits->size(); ++i) {
    const Hit& one = (*hits)[i];
    for (std::size_t j = 0; j < hits->size(); ++j) {
      const Hit& other = (*hits)[j];
      if (i == j || !CauseOrSymptom(one)) continue;
      const bool silenced = other.rule->role == Role::kHarmless && other.rule->tier != Tier::kGeneral &&
                            !Beats(*one.rule, *other.rule);
      if (silenced || (CauseOrSymptom(other) && Beats(*other.rule, *one.rule))) gone[i] = 1;
    }
    // A cause says more than "the app listens".
    if (one.rule->role == Role::kContext || one.rule->role == Role::kHarmless) {
      for (const Hit& other : *hits) {
        if (std::ranges::find(other.rule->beats, one.rule->id) != other.rule->beats.end()) gone[i] = 1;
      }
    }
  }
  std::optional<std::size_t> winner;
  for (std::size_t i = 0; i < hits->size(); ++i) {
    if (gone[i] || !CauseOrSymptom((*hits)[i])) continue;
    if (winner && !Preferred((*hits)[i], (*hits)[*winner])) {
      gone[i] = 1;
    } else {
      if (winner) gone[*winner] = 1;
      winner = i;
    }
  }
  std::vector<Hit> left;
  for (std::size_t i = 0; i < hits->size(); ++i) {
    if (!gone[i]) left.push_back(std::move((*hits)[i]));
  }
  *hits = std::move(left);
}

}  // namespace neverready::analyzers
