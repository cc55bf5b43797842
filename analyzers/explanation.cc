#include "analyzers/explanation.h"

#include <algorithm>

namespace neverready::analyzers {
namespace {

constexpr std::size_t kMostPlatform = 1'000;  // at either end
constexpr std::size_t kMostFound = 40;        // entries with findings of an attempt that is not kept whole
constexpr std::size_t kMostAttempts = 100;    // at either end, whose findings are kept
constexpr int kMostCut = 4;                   // at either end, that may go on in another piece of the log

class Chooser {
 public:
  explicit Chooser(const RevisionLog& log)
      : log_(log), bytes_(log.places.size()), chosen_(log.places.size()) {
    for (const Line& line : log.lines) bytes_[line.place] += line.text.size();
  }

  bool FitsWhole() const {
    std::size_t bytes = 0;
    for (const std::size_t one : bytes_) bytes += one;
    return bytes_.size() <= kMostExplaining && bytes <= kMostExplainingBytes;
  }

  void TakeAll() { std::ranges::fill(chosen_, 1); }

  void TakePlatform() {
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = 0; i < log_.places.size(); ++i) {
      if (IsPlatform(log_.places[i].log)) places.push_back(i);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i < kMostPlatform || i + kMostPlatform >= places.size()) chosen_[places[i]] = 1;
    }
  }

  // The first and the last line say when the attempt was alive.
  void TakeFindings(const Attempt& attempt, const AttemptFindings& found) {
    if (attempt.lines.empty()) return;
    chosen_[PlaceOf(attempt.lines.front())] = chosen_[PlaceOf(attempt.lines.back())] = 1;
    TakeFromBothEnds(found.lines, kMostFound);
  }

  void TakeWhole(const Attempt& attempt, const AttemptFindings& found) {
    TakeFindings(attempt, found);
    TakeFromBothEnds(attempt.lines, kMostExplaining);
  }

  std::vector<std::uint32_t> Chosen() const {
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i]) places.push_back(i);
    }
    return places;
  }

 private:
  std::uint32_t PlaceOf(std::uint32_t line) const { return log_.lines[line].place; }

  // Up to so many entries of these lines, those taken before included, and kMostExplainingBytes: the end
  // tells how it failed, the beginning with which settings.
  void TakeFromBothEnds(const std::vector<std::uint32_t>& lines, std::size_t most) {
    std::vector<std::uint32_t> places;
    for (const std::uint32_t line : lines) {
      if (places.empty() || places.back() != PlaceOf(line)) places.push_back(PlaceOf(line));
    }
    std::size_t entries = 0, bytes = 0;
    for (const std::uint32_t place : places) {
      if (!chosen_[place]) continue;
      ++entries;
      bytes += bytes_[place];
    }
    for (std::size_t front = 0, back = places.size(); front < back && entries < most;) {
      const std::uint32_t place = (front + places.size() - back) % 2 == 0 ? places[--back] : places[front++];
      if (chosen_[place] || bytes + bytes_[place] > kMostExplainingBytes) continue;
      chosen_[place] = 1;
      ++entries;
      bytes += bytes_[place];
    }
  }

  const RevisionLog& log_;
  std::vector<std::size_t> bytes_;  // of text, by place
  std::vector<char> chosen_;        // by place
};

// Attempts whose beginning or end is not there, or not yet: nobody can tell which of their lines will matter
// when the other piece of the log comes.
std::vector<std::size_t> CutAttempts(const RevisionLog& log) {
  std::vector<std::size_t> cut;
  for (std::size_t i = 0; i < log.attempts.size(); ++i) {
    if (!log.attempts[i].started || log.attempts[i].end == Attempt::End::kOpen) cut.push_back(i);
  }
  if (cut.size() > 2 * kMostCut)
    cut.erase(cut.begin() + std::ptrdiff_t{kMostCut}, cut.end() - std::ptrdiff_t{kMostCut});
  return cut;
}

}  // namespace

std::vector<std::uint32_t> ExplainingPlaces(const RevisionLog& log,
                                            const std::vector<AttemptFindings>& findings,
                                            const Verdict& verdict, bool degraded) {
  Chooser chooser(log);
  if (chooser.FitsWhole()) {
    chooser.TakeAll();
    return chooser.Chosen();
  }
  chooser.TakePlatform();
  const bool healthy = verdict.state == State::kReady && !degraded;
  const std::size_t count = log.attempts.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i < kMostAttempts || i + kMostAttempts >= count) chooser.TakeFindings(log.attempts[i], findings[i]);
  }
  if (!healthy && count > 0) {
    const std::size_t told = verdict.failed_attempt.value_or(count - 1);
    chooser.TakeWhole(log.attempts[told], findings[told]);
    for (const std::size_t cut : CutAttempts(log)) chooser.TakeWhole(log.attempts[cut], findings[cut]);
  }
  return chooser.Chosen();
}

}  // namespace neverready::analyzers
