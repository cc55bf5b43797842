#include "cli/listing.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/fakes/time_zone.h"

namespace neverready::cli {
namespace {

using core::ColumnKind;

const core::Timestamp kNow = *core::ParseRfc3339("2025-09-15T12:00:00Z");

core::Table Rows(std::size_t count) {
  core::Table table{{{"id", ColumnKind::kNumber, ""}, {"at", ColumnKind::kTime, ""}}, {}, false};
  for (std::size_t i = 0; i < count; ++i)
    table.rows.push_back({static_cast<std::int64_t>(i), kNow.time_since_epoch().count()});
  return table;
}

struct Printed {
  int code = 0;
  std::string out, err;
};

Printed Print(const core::Table& table, const ListingOptions& options, const CommonOptions& common = {},
              bool on_github = false) {
  std::istringstream in;
  std::ostringstream out, err;
  Io io{in, out, err};
  io.width = 40;
  io.environment = [&](const char* name) {
    return on_github && std::string_view(name) == "GITHUB_ACTIONS" ? "true" : nullptr;
  };
  const int code = PrintTable(table, options, common, {"incidents", "", "No incident."}, io);
  return {code, out.str(), err.str()};
}

// "FROM to TO", or what is wrong.
std::string Range(const ListingOptions& options) {
  std::istringstream in;
  std::ostringstream out;
  Io io{in, out, out};
  io.now = [] { return kNow; };
  const auto range = RangeOf(options, io);
  if (!range) return range.error().message;
  const auto show = [](const std::optional<core::Timestamp>& time) {
    return time ? core::FormatRfc3339(*time) : "…";
  };
  return show(range->since) + " to " + show(range->until);
}

ListingOptions Between(const std::string& since, const std::string& until, bool local = false) {
  ListingOptions options;
  options.since = since;
  options.until = until;
  options.local = local;
  return options;
}

TEST_CASE("A question is about the last 90 days unless it says otherwise", "[cli][listing]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  CHECK(Range({}) == "2025-06-17T12:00:00Z to …");
  CHECK(Range(Between("7d", "12h")) == "2025-09-08T12:00:00Z to 2025-09-15T00:00:00Z");
  CHECK(Range(Between("", "2025-09-01")) == "… to 2025-09-01T00:00:00Z");
  CHECK(Range(Between("2025-09-01", "2025-09-02 10:00", true)) ==
        "2025-08-31T22:00:00Z to 2025-09-02T08:00:00Z");
  CHECK(Range(Between("2025-09-01", "2025-09-01")) == "2025-09-01T00:00:00Z to 2025-09-01T00:00:00Z");
}

TEST_CASE("A range that cannot be is refused", "[cli][listing]") {
  CHECK(Range(Between("soon", "")) == "--since: 'soon' is no time");
  CHECK(Range(Between("7d", "later")) == "--until: 'later' is no time");
  CHECK(Range(Between("2025-09-02", "2025-09-01")) == "--until 2025-09-01 is before --since 2025-09-02");
}

TEST_CASE("One row more than the limit tells that there are more", "[cli][listing]") {
  ListingOptions options;
  options.limit = 3;
  CHECK(RowsToFetch(options) == 4);
  core::Table three = Rows(3), four = Rows(4);
  CutToLimit(options, &three);
  CutToLimit(options, &four);
  CHECK_FALSE(three.truncated);
  CHECK(three.rows.size() == 3);
  CHECK(four.truncated);
  CHECK(four.rows.size() == 3);
  options.limit = 0;
  CHECK_FALSE(RowsToFetch(options));
  core::Table all = Rows(200);
  CutToLimit(options, &all);
  CHECK_FALSE(all.truncated);
  CHECK(all.rows.size() == 200);
}

TEST_CASE("A table is printed as the options say", "[cli][listing]") {
  const fakes::TimeZone zone(fakes::kBerlin);
  ListingOptions options;
  CHECK(Print(Rows(1), options).out == "ID  AT (UTC)\n 0  2025-09-15 12:00:00\n");
  CHECK(Print({}, options).out == "No incident.\n");
  CHECK(Print({}, options).code == kExitReady);
  CommonOptions painted;
  painted.color = "always";
  CHECK(Print(Rows(1), options, painted).out.starts_with("\x1b[2mID"));
  options.local = true;
  CHECK(Print(Rows(1), options).out == "ID  AT (LOCAL)\n 0  2025-09-15 14:00:00\n");
  options.format = "csv";
  CHECK(Print(Rows(1), options).out == "id,at\n0,2025-09-15T14:00:00+02:00\n");
  options.format = "json";
  CHECK(Print(Rows(1), options).out.starts_with("{\n  \"schema\": \"neverready.incidents/1\""));
}

TEST_CASE("Where the format cannot tell that rows are left out, a warning does", "[cli][listing]") {
  core::Table table = Rows(2);
  table.truncated = true;
  CommonOptions quiet;
  quiet.quiet = true;
  for (const char* format : {"csv", "ndjson"}) {
    ListingOptions options;
    options.format = format;
    CHECK(Print(table, options).err ==
          "neverready: warning: only the first 2 rows are printed; --limit 0 prints all\n");
    CHECK(Print(table, options, quiet).err.empty());
    CHECK(Print(Rows(2), options).err.empty());
  }
  for (const char* format : {"text", "json", "markdown"}) {
    ListingOptions options;
    options.format = format;
    CHECK(Print(table, options).err.empty());
  }
}

TEST_CASE("A runner of GitHub Actions finds no command in a table", "[cli][listing]") {
  const core::Table table{{{"a", ColumnKind::kText, ""}}, {{"::error::x"}, {"##[error]y"}}, false};
  for (const char* format : {"text", "json", "ndjson", "csv", "markdown"}) {
    INFO(format);
    ListingOptions options;
    options.format = format;
    const std::string out = Print(table, options, {}, true).out;
    CHECK(out.find("\n::error") == std::string::npos);
    CHECK(out.find("##[error") == std::string::npos);
  }
}

}  // namespace
}  // namespace neverready::cli
