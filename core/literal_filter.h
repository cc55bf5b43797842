// Tells in one cheap pass which of many expressions may match a text: those whose required literals occur in
// it. A table of three-byte windows instead of an automaton: cheap to make in every run, and no text makes it
// grow (docs/adr/001-literal-filter.md). ASCII case is ignored.
// Thread-safe once made.
#ifndef NEVERREADY_CORE_LITERAL_FILTER_H_
#define NEVERREADY_CORE_LITERAL_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace neverready::core {

inline constexpr std::size_t kShortestLiteral = 3;
inline constexpr std::size_t kMostClauses = 6;

// Literals of which at least one occurs; lower-cased, each of at least kShortestLiteral bytes.
using Clause = std::vector<std::string>;

// What occurs (ignoring ASCII case) in every text that the RE2 expression matches: of each clause at least
// one literal. At most LiteralFilter::kMostClauses, the most telling first; empty where the expression
// promises nothing.
std::vector<Clause> RequiredLiterals(std::string_view expression);

// The filter as plain tables, so that it can be made when the program is built.
struct LiteralTables {
  static constexpr std::uint16_t kNone = 0xffff;
  struct Literal {
    std::uint32_t text = 0;  // its begin in `texts`
    std::uint32_t uses = 0;  // its first in `uses`
    std::uint16_t size = 0, use_count = 0;
    std::uint16_t window = 0;    // where in the text the bytes stand that it is found by
    std::uint16_t next = kNone;  // of the same bucket
  };
  std::string_view texts;
  std::span<const Literal> literals;
  std::span<const std::uint32_t> uses;     // number * 8 + clause
  std::span<const std::uint16_t> buckets;  // the first literal of each; a power of two
  std::span<const std::uint64_t> present;  // a bit for each bucket: is there one?
  std::span<const std::uint8_t> clauses;   // how many, by number
  std::span<const int> always;             // numbers without a literal
};

class LiteralFilter {
 public:
  // Borrows the tables for its own lifetime.
  explicit LiteralFilter(const LiteralTables& tables) : tables_(tables) {}

  // Replaces `numbers` by those that may match, ascending, without repetition.
  void Find(std::string_view text, std::vector<int>* numbers) const;

  const LiteralTables& tables() const { return tables_; }

 private:
  friend class LiteralFilterBuilder;
  LiteralTables tables_;
  std::shared_ptr<const void> storage_;  // of tables of its own
};

class LiteralFilterBuilder {
 public:
  // Adds an expression under a number of the caller's, from 0.
  void Add(int number, const std::vector<Clause>& clauses);

  // At most 65,534 different literals are told apart: expressions beyond them are always found.
  LiteralFilter Build() &&;

 private:
  struct Literal {
    std::string text;
    std::vector<std::uint32_t> uses;
  };
  std::vector<Literal> literals_;
  std::unordered_map<std::string, std::size_t> by_text_;
  std::vector<std::uint8_t> clauses_;
  std::vector<int> always_;
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_LITERAL_FILTER_H_
