// All rules, ready to be asked which of them a line or a trace matches. Immutable and thread-safe once made.
// One pass over the line tells which rules may match (core/literal_filter); only those are tried one by one,
// for the facts.
#ifndef NEVERREADY_ANALYZERS_RULE_SET_H_
#define NEVERREADY_ANALYZERS_RULE_SET_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rule.h"
#include "core/literal_filter.h"
#include "core/result.h"

namespace neverready::analyzers {

// One rule's match. Offsets are bytes of the text that was searched.
struct Hit {
  const Rule* rule = nullptr;      // lives as long as its RuleSet
  Facts facts;                     // captured and set ones
  std::size_t begin = 0, end = 0;  // the (first) match
  std::size_t evidence = 0;        // an offset inside the line that proves it
};

// Which rules may match a text, by index.
struct RuleFilters {
  core::LiteralFilter lines, traces;  // rules on lines, rules on traces
};
RuleFilters MakeFilters(const std::vector<Rule>& rules);

class RuleSet {
 public:
  // Takes the rules as they are (unchecked: see rule_checks.h). Of two rules with one id the later replaces
  // the earlier. A pattern that does not compile matches nothing: rule_checks.h finds it.
  static std::unique_ptr<const RuleSet> Make(std::vector<Rule> rules);

  // The same with filters that were made of these rules before; all ids differ.
  static std::unique_ptr<const RuleSet> Make(std::vector<Rule> rules, RuleFilters filters);
  ~RuleSet();

  const std::vector<Rule>& rules() const;
  const Rule* Find(std::string_view id) const;  // null where there is none

  // Line rules that match `raw`, or `body` (its part behind the logger's prefix; a view into raw or a text of
  // its own). Settled: see Settle. `voice` is kApp or kPlatform; kAny asks the rules of both. The time that a
  // line begins with is taken to have no meaning.
  std::vector<Hit> MatchLine(std::string_view raw, std::string_view body, Voice voice) const;

  // Trace rules that match a joined block, applied repeatedly; list facts are united over the matches. Not
  // settled.
  std::vector<Hit> MatchTrace(std::string_view text, Voice voice) const;

  // Compiles the patterns that these lines may need, on several threads. Each would be compiled when it is
  // needed first; that takes most of the time of diagnosing one short log.
  void Prepare(const std::vector<std::string_view>& lines, std::size_t threads) const;

  // Whether hit `a` of one text makes hit `b` give way: by `beats`, or because only b's rule is general.
  static bool Beats(const Rule& a, const Rule& b);

  // Leaves of the hits on one line: context and harmless ones; of causes and symptoms the one that wins; none
  // of these where a harmless rule that is not general matches, unless they beat it.
  static void Settle(std::vector<Hit>* hits);

 private:
  RuleSet();
  std::vector<Hit> MatchAnew(std::string_view raw, std::string_view body, Voice voice) const;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_RULE_SET_H_
