// Regular expressions. The only file of the program that knows RE2, so: linear time, no look-ahead, no
// back-references. Patterns are UTF-8; `.` matches no newline and no byte that is not valid UTF-8; `^` and
// `$` mean the whole text unless (?m). Thread-safe once made.
#ifndef NEVERREADY_CORE_PATTERN_H_
#define NEVERREADY_CORE_PATTERN_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace neverready::core {

// Where a match, or a group of it, stands in the text that was searched. `found` is false for a group that
// took no part.
struct Span {
  std::size_t begin = 0, end = 0;
  bool found = false;
};

class Pattern {
 public:
  // Fails with kInvalidArgument: RE2's own message, with the place where it can be told; what RE2 does not
  // have is explained.
  static Result<Pattern> Compile(std::string_view expression);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // Names of the capturing groups by number (from 1); "" for a group without a name. Element 0 is the whole
  // match.
  const std::vector<std::string>& groups() const { return groups_; }

  // Finds the first match at or behind `from`. On success `spans` has one element per group, the whole match
  // first.
  bool Find(std::string_view text, std::size_t from, std::vector<Span>* spans) const;
  bool Matches(std::string_view text) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
  std::vector<std::string> groups_;
};

// The longest run of characters that every reader of the expression sees as plain text ("No module named '"):
// what a near miss must contain. Lower-cased if the expression begins with (?i).
std::string LongestLiteral(std::string_view expression);

// How far the expression can be followed in the text: the end of the longest match of any prefix of the
// expression. 0 if none matches.
struct Reach {
  std::size_t column = 0;      // in the text, from 0
  std::string matched_prefix;  // of the expression
};
Reach HowFar(std::string_view expression, std::string_view text);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_PATTERN_H_
