// A pattern of the program's own, together with its latest match. Not thread-safe: keep one a thread
// (`thread_local`).
#ifndef NEVERREADY_CORE_MATCHER_H_
#define NEVERREADY_CORE_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/pattern.h"

namespace neverready::core {

class Matcher {
 public:
  // REQUIRES: an expression that compiles. A mistake in it is a bug that the first use shows.
  explicit Matcher(std::string_view expression);

  // Finds the first match. `text` must live as long as groups are asked for.
  bool Find(std::string_view text);

  // A group of the latest match, 0 being all of it; "" where it took no part.
  std::string_view operator[](std::size_t group) const;
  std::int64_t Number(std::size_t group) const;      // 0 where it is none
  std::size_t end() const { return spans_[0].end; }  // of the latest match, in its text

 private:
  Pattern pattern_;
  std::vector<Span> spans_;
  std::string_view text_;
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_MATCHER_H_
