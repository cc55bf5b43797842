// Tells in one cheap pass which of many expressions may match a text: those of which a required literal occurs in it.
// A table of three-byte windows instead of an automaton: made in microseconds for thousands of expressions, read at about memory speed
// (docs/adr/001-literal-filter.md). ASCII case is ignored. Thread-safe once made.
#ifndef NEVERREADY_CORE_LITERAL_FILTER_H_
#define NEVERREADY_CORE_LITERAL_FILTER_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace neverready::core {

// Literals of which at least one occurs (ignoring ASCII case) in every text that the RE2 expression matches; each has at least
// LiteralFilter::kShortest bytes and is lower-cased. Empty where the expression promises none.
std::vector<std::string> RequiredLiterals(std::string_view expression);

class LiteralFilter {
 public:
  static constexpr std::size_t kShortest = 3;

  LiteralFilter();

  // Adds an expression under a number of the caller's.
  void Add(int number, const std::vector<std::string>& literals);

  // Replaces `numbers` by those that may match, ascending, without repetition.
  void Find(std::string_view text, std::vector<int>* numbers) const;

 private:
  struct Literal {
    std::string text;
    std::size_t window = 0;  // where in the text its window stands
    std::vector<int> numbers;
    std::int32_t next = -1;  // of the same bucket
  };
  static constexpr std::size_t kBuckets = 1 << 14;

  std::vector<Literal> literals_;
  std::vector<std::int32_t> buckets_;
  std::array<std::uint64_t, kBuckets / 64> present_{};
  std::vector<int> always_;  // without a literal
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_LITERAL_FILTER_H_
