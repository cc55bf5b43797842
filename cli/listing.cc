#include "cli/listing.h"

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/github_step.h"
#include "cli/time_argument.h"

namespace neverready::cli {
namespace {

core::Zone ZoneOf(const ListingOptions& options) {
  return options.local ? core::Zone::kLocal : core::Zone::kUtc;
}

core::Result<std::optional<core::Timestamp>> OptionalTime(const std::string& text, const char* option,
                                                          std::optional<core::Timestamp> now,
                                                          core::Zone zone) {
  if (text.empty()) return std::nullopt;
  const auto time = ParseTimeArgument(text, now, zone);
  if (!time) return core::Within(option, time.error());
  return *time;
}

}  // namespace

core::Result<TimeRange> RangeOf(const ListingOptions& options, const Io& io) {
  const std::optional<core::Timestamp> now = io.now ? std::optional(io.now()) : std::nullopt;
  const auto since = OptionalTime(options.since, "--since", now, ZoneOf(options));
  if (!since) return tl::unexpected(since.error());
  const auto until = OptionalTime(options.until, "--until", now, ZoneOf(options));
  if (!until) return tl::unexpected(until.error());
  if (*since && *until && **since > **until)
    return core::Fail(core::ErrorCode::kInvalidArgument,
                      "--until " + options.until + " is before --since " + options.since,
                      "--since 2025-09-01 --until 2025-09-08");
  return TimeRange{*since, *until};
}

std::optional<std::size_t> RowsToFetch(const ListingOptions& options) {
  if (options.limit <= 0) return std::nullopt;
  return static_cast<std::size_t>(options.limit) + 1;
}

void CutToLimit(const ListingOptions& options, core::Table* table) {
  const auto rows = RowsToFetch(options);
  if (!rows || table->rows.size() < *rows) return;
  table->rows.resize(*rows - 1);
  table->truncated = true;
}

namespace {

core::Table WithoutDetails(const core::Table& table) {
  core::Table brief{{}, {}, table.truncated};
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].detail) kept.push_back(i);
  }
  for (const std::size_t i : kept) brief.columns.push_back(table.columns[i]);
  for (const auto& row : table.rows) {
    std::vector<core::Cell>& cells = brief.rows.emplace_back();
    for (const std::size_t i : kept) cells.push_back(i < row.size() ? row[i] : core::Cell());
  }
  return brief;
}

}  // namespace

int PrintTable(const core::Table& table, const ListingOptions& options, const CommonOptions& common,
               reports::TableOptions look, Io& io) {
  const auto format = reports::ParseTableFormat(options.format).value_or(reports::TableFormat::kText);
  look.zone = ZoneOf(options);
  look.width = io.width;
  look.color = UseColor(common, io);
  const bool brief = common.verbose == 0 &&
                     (format == reports::TableFormat::kText || format == reports::TableFormat::kMarkdown);
  io.out << SafeOnGithub(reports::Render(brief ? WithoutDetails(table) : table, format, look), options.format,
                         io);
  const bool says_nothing = format == reports::TableFormat::kNdjson || format == reports::TableFormat::kCsv;
  if (table.truncated && says_nothing && !common.quiet)
    PrintWarning("only the first " + std::to_string(table.rows.size()) +
                     (table.rows.size() == 1 ? " row is" : " rows are") + " printed; --limit 0 prints all",
                 io);
  return kExitReady;
}

}  // namespace neverready::cli
