// The question Search: full-text search over evidence.
#include <algorithm>
#include <string>

#include "core/text.h"
#include "db/queries.h"
#include "db/question.h"

namespace neverready::db {
namespace {

using core::ColumnKind;
using core::Result;
using core::Table;

// With more matches than this it is quicker to walk back in time until enough of them were met.
constexpr std::int64_t kFewMatches = 10'000;

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool HasWord(std::string_view text) { return std::ranges::any_of(text, IsWordCharacter); }
bool IsAscii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// The words as FTS5 takes them: each in double quotes, where nothing has a meaning but a double quote, of
// which there are none left. "" where the text has no word. Of other alphabets only FTS5 can tell a letter.
std::string MatchOf(std::string_view text) {
  std::string match;
  const auto add = [&](std::string_view phrase) {
    if (!HasWord(phrase) && IsAscii(phrase)) return;
    const bool prefix =
        phrase.size() > 1 && phrase.back() == '*' && IsWordCharacter(phrase[phrase.size() - 2]);
    match += match.empty() ? "\"" : " \"";
    match.append(phrase);
    match += prefix ? "\"*" : "\"";
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const bool quoted = text[at] == '"';
    if (quoted) ++at;
    const std::size_t end = std::min(text.find_first_of(quoted ? "\"" : " \t\r\n\"", at), text.size());
    add(text.substr(at, end - at));
    at = end + (end < text.size() && (quoted || text[end] != '"') ? 1 : 0);
  }
  return match;
}

constexpr std::string_view kSelect =
    "SELECT evidence.at, services.project, services.location, services.name, services.environment,"
    " revisions.name, diagnoses.state, diagnoses.root_cause, evidence.log, evidence.instance,"
    " evidence.insert_id, evidence.text FROM ";
constexpr std::string_view kEvidenceFirst =
    "evidence CROSS JOIN revisions ON revisions.id = evidence.revision_id"
    " CROSS JOIN services ON services.id = revisions.service_id"
    " CROSS JOIN diagnoses ON diagnoses.revision_id = evidence.revision_id";
constexpr std::string_view kServicesFirst =
    "services CROSS JOIN revisions ON revisions.service_id = services.id"
    " CROSS JOIN diagnoses ON diagnoses.revision_id = revisions.id"
    " CROSS JOIN evidence ON evidence.revision_id = revisions.id";

}  // namespace

Result<Table> Search(Connection* connection, std::string_view text, const Filter& filter) {
  const std::string words(core::Trim(text.substr(0, text.find('\0'))));
  const std::string match = MatchOf(words);
  std::int64_t matches = 0;
  if (!match.empty()) {
    Question count("SELECT count(*) FROM (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ");
    count.Add("?", match).Add(" LIMIT ?)", kFewMatches + 1);
    const core::Status counted = count.Read(connection, [&](const BorrowedRow& row) {
      matches = row.Int(0);
      return false;
    });
    if (!counted) return tl::unexpected(counted.error());
  }
  Question question(kSelect);
  const std::string_view all = filter.service.empty() ? kEvidenceFirst : kServicesFirst;
  if (matches == 0 && !HasWord(words)) {
    // What is no word may still be a part of one: languages without blanks write long ones.
    question.Add(all).Add(" WHERE +evidence.id IN (SELECT id FROM evidence WHERE instr(text, ?) > 0)", words);
  } else if (matches <= kFewMatches) {
    question.Add("evidence_text CROSS JOIN ").Add(kEvidenceFirst);
    question.Add(" WHERE evidence_text MATCH ? AND evidence.id = evidence_text.rowid", match);
  } else {
    // Without the sign SQLite would fetch each match by its id.
    question.Add(all).Add(
        " WHERE +evidence.id IN (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ?)", match);
  }
  question.AddServices(filter).AddCategory(filter, "diagnoses.root_cause").AddSpan(filter, "evidence.at");
  question.Add(" ORDER BY evidence.at DESC, evidence.id DESC").AddLimit(filter);
  return question.Ask(connection, {{"at", ColumnKind::kTime},
                                   {"project", ColumnKind::kText, "", true},
                                   {"location", ColumnKind::kText, "", true},
                                   {"service"},
                                   {"environment", ColumnKind::kText, "", true},
                                   {"revision"},
                                   {"state", ColumnKind::kText, "", true},
                                   {"root_cause", ColumnKind::kText, "", true},
                                   {"log", ColumnKind::kText, "", true},
                                   {"instance", ColumnKind::kText, "", true},
                                   {"insert_id", ColumnKind::kText, "", true},
                                   {"text"}});
}

}  // namespace neverready::db
