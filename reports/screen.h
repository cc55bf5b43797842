// A page of labelled lines for people at a terminal. What is given as text of a field, an item or a row's
// cell is made safe; what is given to Line, Paint and Row is printed as it stands. One thread.
#ifndef NEVERREADY_REPORTS_SCREEN_H_
#define NEVERREADY_REPORTS_SCREEN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/diagnosis.h"

namespace neverready::reports {

inline constexpr std::size_t kScreenLabel = 13;  // columns of the labels at the left

// The colour of a state, as the number of an escape sequence.
const char* ColorOf(analyzers::State state);

class Screen {
 public:
  // `width` in columns; 60 to 160 are used.
  Screen(bool color, std::size_t width);

  std::string Paint(std::string_view text, const char* code) const;
  std::string Bold(std::string_view text) const { return Paint(text, "1"); }
  std::string Dim(std::string_view text) const { return Paint(text, "2"); }

  void Line(std::string_view text = {});

  // A labelled paragraph, wrapped at the width to at most `most` lines; `paint` colours each of them.
  void Field(std::string_view label, const std::string& text, const char* paint = nullptr,
             std::size_t most = 40);

  // Short items side by side; none is broken over two lines unless it is wider than the screen.
  void Items(std::string_view label, const std::vector<std::string>& items);

  void Row(std::string_view label, std::string_view text);

  std::size_t width() const { return width_; }
  std::size_t room() const { return width_ - kScreenLabel - 2; }  // beside a label
  std::string Take() && { return std::move(out_); }

 private:
  bool color_;
  std::size_t width_;
  std::string out_;
};

}  // namespace neverready::reports

#endif  // NEVERREADY_REPORTS_SCREEN_H_
