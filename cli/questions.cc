// The commands `incidents`, `timeline`, `search`, `report` and `query`.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "cli/command.h"
#include "cli/listing.h"
#include "cli/store_path.h"
#include "core/text.h"
#include "db/queries.h"
#include "db/store.h"

namespace neverready::cli {
namespace {

using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Table;

constexpr int kRowsOfTimeline = 200, kRowsOfQuery = 1'000;
// After the time limit, for what checks no clock.
constexpr std::chrono::milliseconds kGrace{2'000};

struct Answer {
  Table table;
  reports::TableOptions look;
};

// "#12" and "12" are incidents: the name of a service begins with a letter.
std::optional<std::int64_t> ParseIncident(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string DidYouMean(const std::string& name, const std::set<std::string>& known) {
  const std::vector<std::string> names(known.begin(), known.end());
  const std::string_view near = core::Nearest(name, names);
  if (!near.empty()) return "did you mean '" + std::string(near) + "'?";
  if (names.empty()) return "the store is empty; analyze LOG --db FILE fills it";
  std::string some = "it knows ";
  for (std::size_t i = 0; i < names.size() && i < 5; ++i) some += (i == 0 ? "" : ", ") + names[i];
  return some + (names.size() > 5 ? " …" : "");
}

class Asker {
 public:
  Asker(const QuestionOptions& options, db::Connection* connection, Io* io)
      : options_(options), listing_(options.listing), connection_(*connection), io_(*io) {}

  Result<Answer> Ask() {
    if (options_.command == "query") return Query();
    if (options_.command == "timeline") incident_ = ParseIncident(options_.operands.front());
    if (options_.command == "timeline" && !options_.limit_given) listing_.limit = kRowsOfTimeline;
    // An incident that is named is shown as a whole.
    if (incident_ && !options_.since_given) listing_.since.clear();
    const auto range = RangeOf(listing_, io_);
    if (!range) return tl::unexpected(range.error());
    filter_ = {options_.service, options_.project, options_.environment, options_.category,
               range->since,     range->until,     options_.open,        RowsToFetch(listing_)};
    if (options_.command == "timeline" && !incident_) filter_.service = options_.operands.front();
    if (const core::Status known = CheckNames(); !known) return tl::unexpected(known.error());
    auto answer = AskStore();
    if (!answer) return answer;
    if (answer->table.rows.empty()) answer->look.empty = Nothing(answer->look.empty);
    if (options_.command != "timeline" || incident_) {
      CutToLimit(listing_, &answer->table);
    } else {
      KeepNewest(&answer->table);
    }
    return answer;
  }

  const ListingOptions& listing() const { return listing_; }

 private:
  Result<Answer> AskStore() {
    if (options_.command == "incidents")
      return Answered(db::Incidents(&connection_, filter_), "incidents", "No incidents");
    if (options_.command == "search") {
      std::string text;
      for (const std::string& word : options_.operands) text += (text.empty() ? "" : " ") + word;
      return Answered(db::Search(&connection_, text, filter_), "search", "No line of evidence has this");
    }
    if (incident_)
      return Answered(db::IncidentTimeline(&connection_, *incident_, filter_), "timeline",
                      "Nothing happened");
    if (options_.command == "timeline")
      return Answered(db::ServiceTimeline(&connection_, filter_), "timeline", "Nothing happened");
    const std::string& name = options_.operands.front();
    const db::Report report = db::ParseReport(name).value_or(db::Report::kCauses);
    auto answer =
        Answered(db::MakeReport(&connection_, report, filter_), "report." + name, "Nothing to report");
    if (answer && report == db::Report::kRecovery) {
      const auto totals = db::SumRecovery(&connection_, filter_);
      if (!totals) return tl::unexpected(totals.error());
      answer->look.title = Words(*totals);
    }
    return answer;
  }

  static Result<Answer> Answered(Result<Table> table, std::string name, std::string empty) {
    if (!table) return tl::unexpected(table.error());
    Answer answer{*std::move(table), {}};
    answer.look.name = std::move(name);
    answer.look.empty = std::move(empty);
    return answer;
  }

  static std::string Words(const db::RecoveryTotals& totals) {
    if (totals.incidents == 0) return "";
    std::string words = std::to_string(totals.recovered) + " of " + std::to_string(totals.incidents) +
                        (totals.incidents == 1 ? " incident" : " incidents") + " recovered";
    if (totals.recovered > 0)
      words += ": median " + core::FormatDuration(totals.median) + ", longest " +
               core::FormatDuration(totals.longest);
    return words;
  }

  Result<Answer> Query() {
    if (!options_.limit_given) listing_.limit = kRowsOfQuery;
    const std::chrono::milliseconds limit(std::lround(options_.timeout * 1'000));
    connection_.SetTimeLimit(limit);
    if (io_.end_after) io_.end_after(limit + kGrace);
    auto answer =
        Answered(connection_.Ask(options_.operands.front(), static_cast<std::size_t>(listing_.limit)),
                 "query", "(no rows)");
    if (!answer) return answer;
    std::set<std::string> names;
    for (std::size_t i = 0; i < answer->table.columns.size(); ++i) {
      core::Column& column = answer->table.columns[i];
      const auto is_text = [i](const auto& row) { return std::holds_alternative<std::string>(row[i]); };
      if (std::ranges::none_of(answer->table.rows, is_text)) column.kind = core::ColumnKind::kNumber;
      // Keys of one object must differ.
      const std::string name = column.name;
      for (int number = 2; !names.insert(column.name).second; ++number)
        column.name = name + "_" + std::to_string(number);
      column.title = column.name;
    }
    return answer;
  }

  // A name that the store does not know must not look like health.
  core::Status CheckNames() {
    if (incident_) {
      const auto there = db::HasIncident(&connection_, *incident_);
      if (!there) return tl::unexpected(there.error());
      if (!*there)
        return Fail(ErrorCode::kNotFound, "the store has no incident " + std::to_string(*incident_),
                    "neverready incidents --since ''");
    }
    if (filter_.service.empty() && filter_.project.empty()) return {};
    const auto services = db::Services(&connection_);
    if (!services) return tl::unexpected(services.error());
    std::set<std::string> projects, names;
    for (const db::ServiceName& service : *services) {
      projects.insert(service.project);
      if (filter_.project.empty() || filter_.project == service.project) names.insert(service.name);
    }
    if (!filter_.project.empty() && !projects.contains(filter_.project))
      return Fail(ErrorCode::kNotFound, "the store has no project '" + filter_.project + "'",
                  DidYouMean(filter_.project, projects));
    if (!filter_.service.empty() && !names.contains(filter_.service)) {
      const std::string where = filter_.project.empty() ? "" : " in the project '" + filter_.project + "'";
      return Fail(ErrorCode::kNotFound, "the store has no service '" + filter_.service + "'" + where,
                  DidYouMean(filter_.service, names));
    }
    return {};
  }

  // Logs that were saved long ago lie before the usual span.
  std::string Nothing(const std::string& what) {
    const auto newest = db::NewestTime(&connection_);
    if (newest && !*newest) return what + ": the store is empty. analyze LOG --db FILE fills it.";
    if (!newest || !filter_.since || **newest >= *filter_.since) return what + ".";
    const core::Zone zone = listing_.local ? core::Zone::kLocal : core::Zone::kUtc;
    return what + " since " + core::FormatIn(zone, std::chrono::floor<std::chrono::seconds>(*filter_.since)) +
           ". The newest that the store knows is of " +
           core::FormatIn(zone, std::chrono::floor<std::chrono::seconds>(**newest)) + ": --since " +
           core::FormatIn(zone, **newest).substr(0, 10);
  }

  // As CutToLimit, where the last rows count.
  void KeepNewest(Table* table) {
    const auto rows = RowsToFetch(listing_);
    if (!rows || table->rows.size() < *rows) return;
    table->rows.erase(table->rows.begin());
    table->truncated = true;
  }

  const QuestionOptions& options_;
  ListingOptions listing_;
  db::Connection& connection_;
  Io& io_;
  db::Filter filter_;
  std::optional<std::int64_t> incident_;
};

}  // namespace

int RunQuestion(const QuestionOptions& options, Io& io) {
  const auto path = StorePath(options.db, io);
  if (!path) return PrintError(path.error(), io);
  const auto store =
      db::Store::Open(*path, options.command == "query" ? db::Access::kUntrusted : db::Access::kReadOnly);
  if (!store) return PrintError(store.error(), io);
  const std::string& warning = (*store)->connection().warning();
  if (!warning.empty() && !options.common.quiet) PrintWarning(warning, io);
  Asker asker(options, &(*store)->connection(), &io);
  const auto answer = asker.Ask();
  if (!answer) return PrintError(answer.error(), io);
  const bool for_people = options.listing.format == "text" || options.listing.format == "markdown";
  if (answer->table.rows.empty() && answer->look.empty.find(" since ") != std::string::npos && !for_people &&
      !options.common.quiet)
    PrintWarning(answer->look.empty, io);
  return PrintTable(answer->table, asker.listing(), options.common, answer->look, io);
}

}  // namespace neverready::cli
