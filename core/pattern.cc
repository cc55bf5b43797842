#include "core/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "core/text.h"

namespace neverready::core {
namespace {

constexpr std::int64_t kPatternBudget = 8 << 20;

RE2::Options PatternOptions(std::int64_t budget) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingUTF8);
  options.set_log_errors(false);
  options.set_max_mem(budget);
  return options;
}

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

// What people try that RE2 cannot do; "" where the expression has none of it.
std::string_view Explain(std::string_view expression) {
  for (const std::string_view look : {"(?=", "(?!", "(?<=", "(?<!"}) {
    if (expression.find(look) != std::string_view::npos)
      return "RE2 has no look-ahead or look-behind: match less and add a `not` line, or let another rule `beats` it";
  }
  if (expression.find("(?<") != std::string_view::npos) return "write a named group as (?P<name>…)";
  for (std::size_t i = 0; i + 1 < expression.size(); ++i) {
    if (expression[i] != '\\') continue;
    if (expression[i + 1] >= '1' && expression[i + 1] <= '9') return "RE2 has no back-references";
    ++i;
  }
  return {};
}

// Walks an expression and tells for each byte whether it is plain (outside classes, not escaped, no
// operator).
class Walker {
 public:
  explicit Walker(std::string_view expression) : text_(expression) {}

  struct Step {
    enum class Kind { kLiteral, kCaret, kEscape, kClass, kGroupOpen, kGroupClose, kQuantifier, kOther } kind;
    std::string_view text;  // the bytes of the expression that it covers
    char literal = 0;       // of kLiteral
  };

  std::optional<Step> Next() {
    if (at_ >= text_.size()) return std::nullopt;
    const std::size_t begin = at_;
    const char c = text_[at_++];
    using Kind = Step::Kind;
    const auto step = [&](Kind kind, char literal = 0) {
      return Step{kind, text_.substr(begin, at_ - begin), literal};
    };
    switch (c) {
      case '\\': {
        if (at_ >= text_.size()) return step(Kind::kOther);
        const char e = text_[at_++];
        if ((e == 'p' || e == 'P' || e == 'x') && at_ < text_.size() && text_[at_] == '{') {
          while (at_ < text_.size() && text_[at_ - 1] != '}') ++at_;
          return step(Kind::kEscape);
        }
        if (e == 'x') {
          at_ = std::min(at_ + 2, text_.size());
          return step(Kind::kEscape);
        }
        const bool word = (e >= 'a' && e <= 'z') || (e >= 'A' && e <= 'Z') || (e >= '0' && e <= '9');
        return word ? step(Kind::kEscape) : step(Kind::kLiteral, e);
      }
      case '[': {
        if (at_ < text_.size() && text_[at_] == '^') ++at_;
        if (at_ < text_.size() && text_[at_] == ']') ++at_;
        while (at_ < text_.size() && text_[at_] != ']') {
          if (text_[at_] == '[' && at_ + 1 < text_.size() && text_[at_ + 1] == ':') {
            const std::size_t close = text_.find(":]", at_);
            at_ = close == std::string_view::npos ? text_.size() : close + 2;
            continue;
          }
          at_ += text_[at_] == '\\' ? 2 : 1;
        }
        at_ = std::min(at_ + 1, text_.size());
        return step(Kind::kClass);
      }
      case '(': {
        if (text_.substr(at_, 1) == "?") {
          const std::size_t stop = text_.find_first_of(":)>", at_);
          at_ = stop == std::string_view::npos ? text_.size() : stop + 1;
          if (text_[at_ - 1] == ')') return step(Kind::kOther);  // (?i) alone
        }
        return step(Kind::kGroupOpen);
      }
      case ')': return step(Kind::kGroupClose);
      case '{': {
        const std::size_t close = text_.find('}', at_);
        if (close == std::string_view::npos) return step(Kind::kLiteral, c);
        at_ = close + 1;
        return step(Kind::kQuantifier);
      }
      case '*':
      case '+':
      case '?': return step(Kind::kQuantifier);
      case '^': return step(Kind::kCaret);
      case '$':
      case '.':
      case '|': return step(Kind::kOther);
      default: return step(Kind::kLiteral, c);
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

struct Pattern::Impl {
  explicit Impl(std::string_view expression) : regex(Piece(expression), PatternOptions(kPatternBudget)) {}
  RE2 regex;
};

Pattern::Pattern(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::Compile(std::string_view expression) {
  auto impl = std::make_unique<Impl>(expression);
  if (!impl->regex.ok()) {
    std::string message = impl->regex.error();
    if (!impl->regex.error_arg().empty()) message += " (at '" + impl->regex.error_arg() + "')";
    return Fail(ErrorCode::kInvalidArgument, std::move(message), std::string(Explain(expression)));
  }
  std::vector<std::string> groups(static_cast<std::size_t>(impl->regex.NumberOfCapturingGroups()) + 1);
  for (const auto& [index, name] : impl->regex.CapturingGroupNames())
    groups[static_cast<std::size_t>(index)] = name;
  Pattern pattern(std::move(impl));
  pattern.groups_ = std::move(groups);
  return pattern;
}

bool Pattern::Find(std::string_view text, std::size_t from, std::vector<Span>* spans) const {
  std::vector<re2::StringPiece> pieces(groups_.size());
  if (from > text.size() || !impl_->regex.Match(Piece(text), from, text.size(), RE2::UNANCHORED,
                                                pieces.data(), static_cast<int>(pieces.size()))) {
    return false;
  }
  spans->assign(pieces.size(), Span{});
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].data() == nullptr) continue;
    const auto begin = static_cast<std::size_t>(pieces[i].data() - text.data());
    (*spans)[i] = {begin, begin + pieces[i].size(), true};
  }
  return true;
}

bool Pattern::Matches(std::string_view text) const { return RE2::PartialMatch(Piece(text), impl_->regex); }

std::string LongestLiteral(std::string_view expression) {
  using Kind = Walker::Step::Kind;
  std::string best, run;
  const auto finish = [&] {
    if (run.size() > best.size()) best = run;
    run.clear();
  };
  Walker walker(expression);
  while (const auto step = walker.Next()) {
    if (step->kind == Kind::kLiteral) {
      run += step->literal;
      continue;
    }
    if (step->kind == Kind::kCaret || step->text == "\\b") continue;
    // A quantifier takes the last character out of the run: "ab?" promises only "a".
    if (step->kind == Kind::kQuantifier && !run.empty() && step->text != "+") run.pop_back();
    finish();
  }
  finish();
  return expression.starts_with("(?i") ? ToLower(best) : best;
}

Reach HowFar(std::string_view expression, std::string_view text) {
  std::vector<std::size_t> ends;
  Walker walker(expression);
  std::size_t at = 0;
  while (const auto step = walker.Next()) ends.push_back(at += step->text.size());
  Reach best;
  for (const std::size_t end : ends) {
    std::string prefix(expression.substr(0, end));
    auto pattern = Pattern::Compile(prefix);
    // A prefix that ends inside a group becomes whole when the open groups are closed.
    for (int closed = 0; !pattern && closed < 12; ++closed) {
      prefix += ')';
      pattern = Pattern::Compile(prefix);
    }
    std::vector<Span> spans;
    if (!pattern || !pattern->Find(text, 0, &spans)) continue;
    // Only a prefix that takes at least one character says something.
    if (spans[0].end > spans[0].begin && end > best.matched_prefix.size())
      best = {spans[0].end, std::string(expression.substr(0, end))};
  }
  return best;
}

}  // namespace neverready::core
