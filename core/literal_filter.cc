#include "core/literal_filter.h"

#include <algorithm>
#include <cstring>

#include "core/text.h"

namespace neverready::core {
namespace {

constexpr std::array<unsigned char, 256> MakeFold() {
  std::array<unsigned char, 256> fold{};
  for (std::size_t i = 0; i < fold.size(); ++i) fold[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  return fold;
}
constexpr std::array<unsigned char, 256> kFold = MakeFold();

std::uint32_t WindowAt(const char* text) {
  std::uint32_t window = 0;
  for (int i = 0; i < 3; ++i) window = window << 8 | kFold[static_cast<unsigned char>(text[i])];
  return window;
}

std::uint32_t BucketOf(std::uint32_t window) { return window * 2654435761U >> 18; }

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
  for (std::size_t i = 0; i + LiteralFilter::kShortest <= text.size(); ++i) {
    int rarity = 0;
    for (std::size_t j = i; j < i + LiteralFilter::kShortest; ++j) rarity += Rarity(text[j]);
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

// What a part of an expression promises.
struct Promise {
  bool exact = false;            // it is this text and nothing else
  std::string text;
  std::vector<std::string> any;  // at least one of these occurs
};

std::size_t Shortest(const std::vector<std::string>& any) {
  std::size_t shortest = 1000;
  for (const std::string& literal : any) shortest = std::min(shortest, literal.size());
  return any.empty() ? 0 : shortest;
}

// A recursive-descent reader of RE2's syntax that only keeps what is promised; when in doubt it promises nothing.
class Reader {
 public:
  explicit Reader(std::string_view expression) : text_(expression) {}

  std::vector<std::string> Read() {
    if (text_.find("\\Q") != std::string_view::npos) return {};
    Promise promise = Alternatives();
    if (at_ < text_.size()) return {};
    if (promise.exact && promise.text.size() >= LiteralFilter::kShortest) return {promise.text};
    return Shortest(promise.any) >= LiteralFilter::kShortest ? promise.any : std::vector<std::string>();
  }

 private:
  bool More() const { return at_ < text_.size(); }

  Promise Alternatives() {
    std::vector<Promise> branches{Sequence()};
    while (More() && text_[at_] == '|') {
      ++at_;
      branches.push_back(Sequence());
    }
    if (branches.size() == 1) return branches.front();
    Promise all;
    for (const Promise& branch : branches) {
      std::vector<std::string> any = branch.exact ? std::vector<std::string>{branch.text} : branch.any;
      if (any.empty() || Shortest(any) < LiteralFilter::kShortest) return {};
      for (std::string& literal : any) {
        if (std::ranges::find(all.any, literal) == all.any.end()) all.any.push_back(std::move(literal));
      }
    }
    return all;
  }

  Promise Sequence() {
    std::string run;
    bool exact = true;
    std::vector<std::string> best;
    const auto offer = [&](std::vector<std::string> any) {
      const auto rank = [](const std::vector<std::string>& one) { return std::pair(std::min<std::size_t>(Shortest(one), 12), -static_cast<std::ptrdiff_t>(one.size())); };
      if (!any.empty() && (best.empty() || rank(any) > rank(best))) best = std::move(any);
    };
    const auto finish = [&] {
      if (!run.empty()) offer({run});
      run.clear();
    };
    while (More() && text_[at_] != '|' && text_[at_] != ')') {
      Promise part = Item();
      const int least = Quantifier();
      if (least == 1 && part.exact) {
        run += part.text;
        continue;
      }
      exact = false;
      if (least == 2 && part.exact) run += part.text;  // "+": once for sure
      finish();
      if (least > 0 && !part.exact) offer(std::move(part.any));
    }
    Promise promise;
    promise.exact = exact;
    if (exact) {
      promise.text = run;
    } else {
      finish();
      promise.any = std::move(best);
    }
    return promise;
  }

  // 1: exactly once; 2: at least once; 0: perhaps never.
  int Quantifier() {
    if (!More()) return 1;
    int least = 1;
    const char c = text_[at_];
    if (c == '*' || c == '?') {
      least = 0;
      ++at_;
    } else if (c == '+') {
      least = 2;
      ++at_;
    } else if (c == '{' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      least = text_[at_ + 1] == '0' ? 0 : 2;
      const std::size_t close = text_.find('}', at_);
      at_ = close == std::string_view::npos ? text_.size() : close + 1;
    } else {
      return 1;
    }
    if (More() && (text_[at_] == '?' || text_[at_] == '+')) ++at_;
    return least;
  }

  static Promise Exact(std::string text) { return {true, std::move(text), {}}; }

  Promise Item() {
    const char c = text_[at_++];
    switch (c) {
      case '(': return Group();
      case '[': return Class();
      case '\\': return Escape();
      case '.': return {};
      case '^':
      case '$': return Exact({});
      default: return Exact(std::string(1, static_cast<char>(kFold[static_cast<unsigned char>(c)])));
    }
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
    // [Ii] is one letter to a reader that ignores case.
    if (inner.size() == 2 && inner[0] != '^' && inner[0] != '\\' && kFold[static_cast<unsigned char>(inner[0])] == kFold[static_cast<unsigned char>(inner[1])]) {
      return Exact(std::string(1, static_cast<char>(kFold[static_cast<unsigned char>(inner[0])])));
    }
    return {};
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
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return word ? Promise{} : Exact(std::string(1, c));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> RequiredLiterals(std::string_view expression) { return Reader(expression).Read(); }

LiteralFilter::LiteralFilter() : buckets_(kBuckets, -1) {}

void LiteralFilter::Add(int number, const std::vector<std::string>& literals) {
  if (literals.empty()) {
    always_.push_back(number);
    return;
  }
  for (const std::string& text : literals) {
    const std::size_t window = RarestWindow(text);
    const std::uint32_t bucket = BucketOf(WindowAt(text.data() + window));
    std::int32_t at = buckets_[bucket];
    while (at >= 0 && literals_[static_cast<std::size_t>(at)].text != text) at = literals_[static_cast<std::size_t>(at)].next;
    if (at < 0) {
      at = static_cast<std::int32_t>(literals_.size());
      literals_.push_back({text, window, {}, buckets_[bucket]});
      buckets_[bucket] = at;
      present_[bucket / 64] |= std::uint64_t{1} << (bucket % 64);
    }
    literals_[static_cast<std::size_t>(at)].numbers.push_back(number);
  }
}

void LiteralFilter::Find(std::string_view text, std::vector<int>* numbers) const {
  *numbers = always_;
  if (text.size() >= kShortest) {
    std::uint32_t window = WindowAt(text.data()) >> 8;  // the loop shifts the last byte in
    for (std::size_t i = kShortest - 1; i < text.size(); ++i) {
      window = (window << 8 | kFold[static_cast<unsigned char>(text[i])]) & 0xffffff;
      const std::uint32_t bucket = BucketOf(window);
      if ((present_[bucket / 64] >> (bucket % 64) & 1) == 0) continue;
      const std::size_t begin = i + 1 - kShortest;
      for (std::int32_t at = buckets_[bucket]; at >= 0; at = literals_[static_cast<std::size_t>(at)].next) {
        const Literal& literal = literals_[static_cast<std::size_t>(at)];
        if (begin < literal.window || begin - literal.window + literal.text.size() > text.size()) continue;
        if (EqualFolded(text.data() + begin - literal.window, literal.text)) numbers->insert(numbers->end(), literal.numbers.begin(), literal.numbers.end());
      }
    }
  }
  std::ranges::sort(*numbers);
  numbers->erase(std::unique(numbers->begin(), numbers->end()), numbers->end());
}

}  // namespace neverready::core
