// Tells in one cheap pass which of many expressions may match a text: those whose required literals occur in
// it. A table of three-byte windows instead of an automaton: cheap to make in every run, and no text makes it
// grow (docs/adr/001-literal-filter.md). ASCII case is ignored.
// Thread-safe once made.
#ifndef NEVERREADY_CORE_LITERAL_FILTER_H_
#define NEVERREADY_CORE_LITERAL_FILTER_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace neverready::core {

// Literals of which at least one occurs; lower-cased, each of at least LiteralFilter::kShortest bytes.
using Clause = std::vector<std::string>;

// What occurs (ignoring ASCII case) in every text that the RE2 expression matches: of each clause at least
// one literal. At most LiteralFilter::kMostClauses, the most telling first; empty where the expression
// promises nothing.
std::vector<Clause> RequiredLiterals(std::string_view expression);

class LiteralFilter {
 public:
  static constexpr std::size_t kShortest = 3;
  static constexpr std::size_t kMostClauses = 3;

  LiteralFilter();

  // Adds an expression under a number of the caller's, from 0.
  void Add(int number, const std::vector<Clause>& clauses);

  // Replaces `numbers` by those that may match, ascending, without repetition.
  void Find(std::string_view text, std::vector<int>* numbers) const;

 private:
  void AddLiteral(const std::string& text, std::uint32_t use);

  struct Literal {
    std::string text;
    std::size_t window = 0;           // where in the text its window stands
    std::vector<std::uint32_t> uses;  // number * 4 + clause
    std::int32_t next = -1;           // of the same bucket
  };
  static constexpr std::size_t kBuckets = 1 << 16;

  std::vector<Literal> literals_;
  std::vector<std::int32_t> buckets_;
  std::array<std::uint64_t, kBuckets / 64> present_{};
  std::vector<std::uint8_t> clauses_;  // how many, by number
  std::vector<int> always_;            // without a literal
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_LITERAL_FILTER_H_
