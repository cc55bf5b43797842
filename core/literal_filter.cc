#include "core/literal_filter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "core/text.h"

namespace neverready::core {
namespace {

constexpr std::array<unsigned char, 256> MakeFold() {
  std::array<unsigned char, 256> fold{};
  for (std::size_t i = 0; i < fold.size(); ++i)
    fold[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  return fold;
}
constexpr std::array<unsigned char, 256> kFold = MakeFold();

std::uint32_t WindowAt(const char* text) {
  std::uint32_t window = 0;
  for (int i = 0; i < 3; ++i) window = window << 8 | kFold[static_cast<unsigned char>(text[i])];
  return window;
}

std::uint32_t BucketOf(std::uint32_t window, std::size_t buckets) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(window * 2654435761U) * buckets >> 32);
}

// How seldom a character is in logs: windows of rare ones are looked for.
int Rarity(char c) {
  constexpr std::string_view kCommon = "etaoinsr ";
  if (kCommon.find(c) != std::string_view::npos) return 0;
  if (c >= 'a' && c <= 'z') return std::string_view("jqxzkvwy").find(c) != std::string_view::npos ? 3 : 1;
  if (c >= '0' && c <= '9') return 0;
  return static_cast<unsigned char>(c) >= 0x80 ? 4 : 2;
}

std::size_t RarestWindow(std::string_view text) {
  std::size_t best = 0;
  int most = -1;
  for (std::size_t i = 0; i + kShortestLiteral <= text.size(); ++i) {
    int rarity = 0;
    for (std::size_t j = i; j < i + kShortestLiteral; ++j) rarity += Rarity(text[j]);
    if (rarity > most) {
      most = rarity;
      best = i;
    }
  }
  return best;
}

bool EqualFolded(const char* text, std::string_view literal) {
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (kFold[static_cast<unsigned char>(text[i])] != static_cast<unsigned char>(literal[i])) return false;
  }
  return true;
}

constexpr std::uint32_t kUsesPerNumber = 8;
static_assert(kMostClauses <= kUsesPerNumber);

// More texts than these are not told apart.
constexpr std::size_t kMostTexts = 24;
constexpr std::size_t kMostMembers = 4;  // of a character class

// What a part of an expression promises.
struct Promise {
  bool exact = false;                // it is one of these texts and nothing else
  std::vector<std::string> texts;    // of an exact one
  std::vector<Clause> clauses = {};  // all hold
};

std::size_t Shortest(const Clause& clause) {
  std::size_t shortest = 1000;
  for (const std::string& literal : clause) shortest = std::min(shortest, literal.size());
  return clause.empty() ? 0 : shortest;
}

// Long literals and few of them tell most.
bool TellsMore(const Clause& a, const Clause& b) {
  const auto rank = [](const Clause& one) {
    return std::pair(std::min<std::size_t>(Shortest(one), 12), -static_cast<std::ptrdiff_t>(one.size()));
  };
  return rank(a) > rank(b);
}

// A recursive-descent reader of RE2's syntax that only keeps what is promised; when in doubt it promises
// nothing.
class Reader {
 public:
  explicit Reader(std::string_view expression) : text_(expression) {}

  std::vector<Clause> Read() {
    if (text_.find("\\Q") != std::string_view::npos) return {};
    Promise promise = Alternatives();
    if (at_ < text_.size()) return {};
    if (promise.exact) promise.clauses = {promise.texts};
    Keep(&promise.clauses);
    return promise.clauses;
  }

 private:
  // The most telling clauses.
  static void Keep(std::vector<Clause>* clauses) {
    for (Clause& clause : *clauses) DropLonger(&clause);
    std::erase_if(*clauses, [](const Clause& clause) { return Shortest(clause) < kShortestLiteral; });
    std::ranges::stable_sort(*clauses, TellsMore);
    clauses->erase(std::unique(clauses->begin(), clauses->end()), clauses->end());
    if (clauses->size() > kMostClauses) clauses->resize(kMostClauses);
  }

  // Where "ledger" occurs, nobody needs to look for "ledgers".
  static void DropLonger(Clause* clause) {
    const Clause all = *clause;
    std::erase_if(*clause, [&](const std::string& literal) {
      return std::ranges::any_of(all, [&](const std::string& other) {
        return other.size() < literal.size() && literal.find(other) != std::string::npos;
      });
    });
  }

  bool More() const { return at_ < text_.size(); }

  Promise Alternatives() {
    std::vector<Promise> branches{Sequence()};
    while (More() && text_[at_] == '|') {
      ++at_;
      branches.push_back(Sequence());
    }
    if (branches.size() == 1) return branches.front();
    if (std::ranges::all_of(branches, &Promise::exact)) {
      Promise either{true, {}};
      for (Promise& branch : branches) AppendNew(std::move(branch.texts), &either.texts);
      if (either.texts.size() <= kMostTexts) return either;
      return {false, {}, {std::move(either.texts)}};
    }
    Promise all;
    for (std::size_t nth = 0; nth < kMostClauses; ++nth) {
      Clause united;
      for (const Promise& branch : branches) {
        std::vector<Clause> clauses = branch.exact ? std::vector<Clause>{branch.texts} : branch.clauses;
        Keep(&clauses);
        if (clauses.empty()) return {};
        AppendNew(std::move(clauses[std::min(nth, clauses.size() - 1)]), &united);
      }
      all.clauses.push_back(std::move(united));
    }
    Keep(&all.clauses);
    return all;
  }

  static void AppendNew(std::vector<std::string> texts, std::vector<std::string>* out) {
    for (std::string& text : texts) {
      if (std::ranges::find(*out, text) == out->end()) out->push_back(std::move(text));
    }
  }

  // Every one of `run` continued by every one of `texts`; false where these would be too many.
  static bool Continue(const std::vector<std::string>& texts, std::vector<std::string>* run) {
    if (run->size() * texts.size() > kMostTexts) return false;
    std::vector<std::string> longer;
    for (const std::string& begin : *run) {
      for (const std::string& end : texts) longer.push_back(begin + end);
    }
    run->clear();
    AppendNew(std::move(longer), run);
    return true;
  }

  Promise Sequence() {
    std::vector<std::string> run{""};
    Promise promise{true, {}};
    const auto finish = [&] {
      promise.exact = false;
      promise.clauses.push_back(std::exchange(run, {""}));
    };
    while (More() && text_[at_] != '|' && text_[at_] != ')') {
      Promise part = Item();
      const Repeated repeated = Quantifier();
      if (part.exact && repeated == Repeated::kPerhapsOnce) part.texts.emplace_back();
      if (part.exact && (repeated == Repeated::kOnce || repeated == Repeated::kPerhapsOnce)) {
        if (Continue(part.texts, &run)) continue;
        finish();
        if (Continue(part.texts, &run)) continue;
      }
      if (part.exact && repeated == Repeated::kOnceOrMore && !Continue(part.texts, &run)) {
        finish();
        Continue(part.texts, &run);
      }
      finish();
      const bool there = repeated == Repeated::kOnce || repeated == Repeated::kOnceOrMore;
      if (there && !part.exact)
        promise.clauses.insert(promise.clauses.end(), part.clauses.begin(), part.clauses.end());
    }
    if (promise.exact) {
      promise.texts = std::move(run);
    } else {
      finish();
    }
    return promise;
  }

  enum class Repeated { kOnce, kPerhapsOnce, kOnceOrMore, kPerhaps };

  Repeated Quantifier() {
    if (!More()) return Repeated::kOnce;
    Repeated repeated = Repeated::kOnce;
    const char c = text_[at_];
    if (c == '*') {
      repeated = Repeated::kPerhaps;
      ++at_;
    } else if (c == '?') {
      repeated = Repeated::kPerhapsOnce;
      ++at_;
    } else if (c == '+') {
      repeated = Repeated::kOnceOrMore;
      ++at_;
    } else if (c == '{' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      repeated = text_[at_ + 1] == '0' ? Repeated::kPerhaps : Repeated::kOnceOrMore;
      const std::size_t close = text_.find('}', at_);
      at_ = close == std::string_view::npos ? text_.size() : close + 1;
    } else {
      return repeated;
    }
    if (More() && (text_[at_] == '?' || text_[at_] == '+')) ++at_;
    return repeated;
  }

  static Promise Exact(std::string text) { return {true, {std::move(text)}}; }

  Promise Item() {
    const char c = text_[at_++];
    switch (c) {
      case '(': return Group();
      case '[': return Class();
      case '\\': return Escape();
      case '.': return {};
      case '^':
      case '$': return Exact({});
      default: break;
    }
    // (?i) folds all of Unicode; this filter only ASCII.
    if (static_cast<unsigned char>(c) >= 0x80 && text_.find("(?i") != std::string_view::npos) return {};
    return Exact(std::string(1, static_cast<char>(kFold[static_cast<unsigned char>(c)])));
  }

  Promise Group() {
    if (More() && text_[at_] == '?') {
      const std::size_t stop = text_.find_first_of(":)>", at_);
      if (stop == std::string_view::npos) {
        at_ = text_.size();
        return {};
      }
      at_ = stop + 1;
      if (text_[stop] == ')') return Exact({});  // (?i)
    }
    Promise inner = Alternatives();
    if (More()) ++at_;  // the closing parenthesis
    return inner;
  }

  Promise Class() {
    const std::size_t begin = at_;
    if (More() && text_[at_] == '^') ++at_;
    if (More() && text_[at_] == ']') ++at_;
    while (More() && text_[at_] != ']') {
      if (text_.substr(at_, 2) == "[:") {
        const std::size_t close = text_.find(":]", at_);
        at_ = close == std::string_view::npos ? text_.size() : close + 2;
        continue;
      }
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    const std::string_view inner = text_.substr(begin, std::min(at_, text_.size()) - begin);
    at_ = std::min(at_ + 1, text_.size());
    if (inner.empty() || inner.size() > kMostMembers ||
        inner.find_first_of("^-\\[") != std::string_view::npos)
      return {};
    Promise members{true, {}};
    for (const char c : inner) {
      if (static_cast<unsigned char>(c) >= 0x80) return {};
      // [Ii] is one letter to a reader that ignores case.
      AppendNew({std::string(1, static_cast<char>(kFold[static_cast<unsigned char>(c)]))}, &members.texts);
    }
    return members;
  }

  Promise Escape() {
    if (!More()) return {};
    const char c = text_[at_++];
    switch (c) {
      case 'b':
      case 'B':
      case 'A':
      case 'z': return Exact({});
      case 'n': return Exact("\n");
      case 't': return Exact("\t");
      case 'x':
      case 'p':
      case 'P':
        if (More() && text_[at_] == '{') {
          const std::size_t close = text_.find('}', at_);
          at_ = close == std::string_view::npos ? text_.size() : close + 1;
        } else {
          at_ = std::min(at_ + (c == 'x' ? 2 : 1), text_.size());
        }
        return {};
      default: break;
    }
    if (c >= '0' && c <= '7') {  // an octal code
      while (More() && text_[at_] >= '0' && text_[at_] <= '7') ++at_;
      return {};
    }
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return word ? Promise{} : Exact(std::string(1, c));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Clause> RequiredLiterals(std::string_view expression) { return Reader(expression).Read(); }

void LiteralFilterBuilder::Add(int number, const std::vector<Clause>& clauses) {
  std::size_t fresh = 0;
  for (const Clause& clause : clauses) fresh += clause.size();
  if (clauses.empty() || literals_.size() + fresh >= LiteralTables::kNone) {
    always_.push_back(number);
    return;
  }
  const auto index = static_cast<std::size_t>(number);
  if (clauses_.size() <= index) clauses_.resize(index + 1);
  clauses_[index] = static_cast<std::uint8_t>(clauses.size());
  for (std::size_t clause = 0; clause < clauses.size(); ++clause) {
    for (const std::string& text : clauses[clause]) {
      const auto [found, is_new] = by_text_.try_emplace(text, literals_.size());
      if (is_new) literals_.push_back({text, {}});
      literals_[found->second].uses.push_back(static_cast<std::uint32_t>(index * kUsesPerNumber + clause));
    }
  }
}

LiteralFilter LiteralFilterBuilder::Build() && {
  struct Storage {
    std::string texts;
    std::vector<LiteralTables::Literal> literals;
    std::vector<std::uint32_t> uses;
    std::vector<std::uint16_t> buckets;
    std::vector<std::uint64_t> present;
    std::vector<std::uint8_t> clauses;
    std::vector<int> always;
  };
  auto storage = std::make_shared<Storage>();
  // Sparse, so that few texts stop at a bucket that holds another window.
  const std::size_t buckets = std::bit_ceil(std::max<std::size_t>(literals_.size() * 8, 64));
  storage->buckets.assign(buckets, LiteralTables::kNone);
  storage->present.resize(buckets / 64);
  for (const Literal& built : literals_) {
    LiteralTables::Literal literal;
    literal.text = static_cast<std::uint32_t>(storage->texts.size());
    literal.uses = static_cast<std::uint32_t>(storage->uses.size());
    literal.size = static_cast<std::uint16_t>(built.text.size());
    literal.use_count = static_cast<std::uint16_t>(built.uses.size());
    literal.window = static_cast<std::uint16_t>(RarestWindow(built.text));
    const std::uint32_t bucket = BucketOf(WindowAt(built.text.data() + literal.window), buckets);
    literal.next =
        std::exchange(storage->buckets[bucket], static_cast<std::uint16_t>(storage->literals.size()));
    storage->present[bucket / 64] |= std::uint64_t{1} << (bucket % 64);
    storage->texts += built.text;
    storage->uses.insert(storage->uses.end(), built.uses.begin(), built.uses.end());
    storage->literals.push_back(literal);
  }
  storage->clauses = std::move(clauses_);
  storage->always = std::move(always_);
  LiteralFilter filter({storage->texts, storage->literals, storage->uses, storage->buckets, storage->present,
                        storage->clauses, storage->always});
  filter.storage_ = std::move(storage);
  return filter;
}

void LiteralFilter::Find(std::string_view text, std::vector<int>* numbers) const {
  numbers->assign(tables_.always.begin(), tables_.always.end());
  if (text.size() >= kShortestLiteral && !tables_.literals.empty()) {
    thread_local std::vector<std::uint32_t> uses;
    uses.clear();
    const std::size_t buckets = tables_.buckets.size();
    std::uint32_t window = WindowAt(text.data()) >> 8;  // the loop shifts the last byte in
    for (std::size_t i = kShortestLiteral - 1; i < text.size(); ++i) {
      window = (window << 8 | kFold[static_cast<unsigned char>(text[i])]) & 0xffffff;
      const std::uint32_t bucket = BucketOf(window, buckets);
      if ((tables_.present[bucket / 64] >> (bucket % 64) & 1) == 0) continue;
      const std::size_t begin = i + 1 - kShortestLiteral;
      for (std::uint16_t at = tables_.buckets[bucket]; at != LiteralTables::kNone;
           at = tables_.literals[at].next) {
        const LiteralTables::Literal& literal = tables_.literals[at];
        if (begin < literal.window || begin - literal.window + literal.size > text.size()) continue;
        if (!EqualFolded(text.data() + begin - literal.window,
                         tables_.texts.substr(literal.text, literal.size)))
          continue;
        const auto found = tables_.uses.subspan(literal.uses, literal.use_count);
        uses.insert(uses.end(), found.begin(), found.end());
      }
    }
    // An expression may match if all of its clauses were seen.
    std::ranges::sort(uses);
    uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
    for (std::size_t i = 0; i < uses.size();) {
      const std::uint32_t number = uses[i] / kUsesPerNumber;
      std::size_t end = i;
      while (end < uses.size() && uses[end] / kUsesPerNumber == number) ++end;
      if (end - i == tables_.clauses[number]) numbers->push_back(static_cast<int>(number));
      i = end;
    }
  }
  std::ranges::sort(*numbers);
}

}  // namespace neverready::core
