// Findings: what the rules and the grammar of exceptions make of the lines of one attempt. Pure.
#ifndef NEVERREADY_ANALYZERS_FINDING_H_
#define NEVERREADY_ANALYZERS_FINDING_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzers/block.h"
#include "analyzers/category.h"
#include "analyzers/facts.h"
#include "analyzers/revision_log.h"
#include "analyzers/rule_set.h"

namespace neverready::analyzers {

// How good the proof is. Confidence is the measured hit rate of a grade (docs/accuracy.md). Stored: never
// renumber or rename.
enum class Grade : std::uint8_t {
  kPlatform,      // the platform itself states the cause
  kTrace,         // a rule of a named speaker, inside a stack trace
  kLine,          // a rule of a named speaker, on a line
  kGeneralTrace,  // a general rule inside a stack trace
  kGeneralLine,   // a general rule on a line
  kException,     // an uncaught exception that no rule knows
  kConcluded,     // drawn from order, absence and the platform's state
  kSymptom,       // only a consequence was found
};
inline constexpr std::size_t kGrades = 8;
double Confidence(Grade grade);
std::string_view Name(Grade grade);

struct Finding {
  const Rule* rule = nullptr;  // null: concluded, see `id`
  std::string id;              // the rule's id, or "neverready.…"
  Category category = Category::kUnknown;
  Role role = Role::kCause;
  Grade grade = Grade::kLine;
  Facts facts;
  std::vector<std::string> also;  // the same complaint about other secrets or roles, as sentences
  std::string summary;            // filled from the rule's `says`
  // The line that proves it: of the log's lines, or of its events.
  std::uint32_t line = 0;
  bool event = false;
  std::size_t block = 0;          // the attempt's block that it stands in
  std::size_t chain = 0;          // the chain of exceptions within that block; 0: none
  bool tolerated = false;         // the speaker went on
  bool tolerated_around = false;  // other lines of the same record tell so, not only its own words
  ingest::Severity level =
      ingest::Severity::kDefault;  // as the speaker meant it: of the record that a trace belongs to
  bool unrelated_head = false;     // the record above its trace speaks of something else
  bool stops = false;              // its own line says that the start ends here
  bool bare = false;               // an exception without a message
  bool no_stack = false;           // an exception that no rule knows, printed without its stack
  bool last_words = false;         // it stands in the last stack trace of its attempt
  int score = 0;                   // as a candidate for the root cause; only compared within one revision
};

// What the findings of one attempt are.
struct AttemptFindings {
  std::vector<Finding> findings;   // causes and symptoms, by line; one a chained exception
  std::vector<Finding> listening;  // "the app says that it listens", by line
  std::vector<Finding> context;    // other context
  std::vector<std::uint32_t>
      lines;  // of the blocks that causes, symptoms and `listening` stand in, ascending
  // Structured entries (by place) of which some line says that the speaker goes on, with these lines.
  std::map<std::uint32_t, std::set<std::uint32_t>> tolerated_places;
};

// A container that stayed up is only asked about its start (until a minute behind its successful probe) and
// its last minute: what it said in between, in service, is not why a start failed.
AttemptFindings FindInAttempt(const RuleSet& rules, const RevisionLog& log, std::size_t attempt);

// Causes and symptoms that the platform states outside any attempt (readiness, refused calls).
std::vector<Finding> FindInEvents(const RuleSet& rules, const RevisionLog& log);

// The facts that name the culprit of a category: what a fingerprint is made of.
bool NamesCulprit(Category category, const Facts& facts);

}  // namespace neverready::analyzers

#endif  // NEVERREADY_ANALYZERS_FINDING_H_
