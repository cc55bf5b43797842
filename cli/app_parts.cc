#include "cli/app_parts.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "analyzers/category.h"
#include "cli/commands.h"
#include "db/queries.h"
#include "incidents/environment.h"
#include "reports/table.h"

namespace neverready::cli {
namespace {

template <std::size_t N>
std::vector<std::string> Words(const std::array<const char*, N>& words) {
  return {words.begin(), words.end()};
}

std::vector<std::string> EnvironmentNames() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < incidents::kEnvironments; ++i)
    names.emplace_back(Name(static_cast<incidents::Environment>(i)));
  return names;
}

}  // namespace

CLI::App* AddCommand(CLI::App* parent, const std::string& name) {
  const std::string path = parent->get_parent() == nullptr ? name : parent->get_name() + " " + name;
  const auto row = std::ranges::find_if(kCommands, [&](const CommandRow& one) { return one.name == path; });
  return parent->add_subcommand(name, row == kCommands.end() ? "" : std::string(row->does));
}

CLI::Option* AddChoice(CLI::App* command, const std::string& name, std::string* value,
                       const std::string& type, const std::vector<std::string>& choices,
                       const std::string& does) {
  return command->add_option(name, *value, does)->type_name(type)->check(CLI::IsMember(choices));
}

std::vector<std::string> CategoryNames() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < analyzers::kCategories; ++i)
    names.emplace_back(Name(static_cast<analyzers::Category>(i)));
  return names;
}

void AddCommon(CLI::App* command, CommonOptions* options, const std::string& verbose) {
  AddChoice(command, "--color", &options->color, "WHEN", {"auto", "always", "never"},
            "Colour: auto, always or never (NO_COLOR is honoured)");
  command->add_flag("-v,--verbose", options->verbose, verbose);
  command->add_flag("-q,--quiet", options->quiet, "No warnings about the input");
}

void AddStore(CLI::App* command, std::string* db) {
  command
      ->add_option("--db", *db,
                   "The store ($NEVERREADY_DB, else neverready/neverready.db in $XDG_STATE_HOME)")
      ->type_name("FILE");
}

void AddListing(CLI::App* command, ListingOptions* options) {
  AddChoice(command, "--format", &options->format, "FORMAT", Words(reports::kTableFormats),
            "Output: text, json, ndjson, csv or markdown");
  command->add_option("--limit", options->limit, "At most so many rows; 0 for all")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--local", options->local, "Times in the zone of this machine instead of UTC");
}

void AddSpan(CLI::App* command, ListingOptions* options) {
  command
      ->add_option("--since", options->since,
                   "Only since: 2025-09-08T04:00:00Z, 2025-09-08, or 7d before now; '' for ever (90d)")
      ->type_name("TIME");
  command->add_option("--until", options->until, "Only until")->type_name("TIME");
}

namespace {

void AddFilters(CLI::App* command, QuestionOptions* options) {
  AddSpan(command, &options->listing);
  command->add_option("--service", options->service, "Only this service")->type_name("NAME");
  command->add_option("--project", options->project, "Only this project")->type_name("NAME");
  AddChoice(command, "--environment", &options->environment, "NAME", EnvironmentNames(),
            "Only services of this environment");
  AddChoice(command, "--category", &options->category, "CATEGORY", CategoryNames(), "Only this root cause");
}

void AddRest(CLI::App* command, QuestionOptions* options) {
  AddListing(command, &options->listing);
  AddStore(command, &options->db);
  AddCommon(command, &options->common, "All columns");
}

}  // namespace

void AddQuestions(CLI::App* app, QuestionOptions* options) {
  const auto add = [&](const std::string& name) {
    CLI::App* command = AddCommand(app, name);
    command->callback([options, name] { options->command = name; });
    return command;
  };
  CLI::App* incidents = add("incidents");
  incidents->add_flag("--open", options->open, "Only incidents that nothing has ended");
  AddFilters(incidents, options);
  AddRest(incidents, options);

  CLI::App* timeline = add("timeline");
  timeline->add_option("SERVICE", options->operands, "A service, or the number of an incident")
      ->required()
      ->expected(1);
  AddSpan(timeline, &options->listing);
  timeline->add_option("--project", options->project, "Only this project")->type_name("NAME");
  AddRest(timeline, options);

  CLI::App* search = add("search");
  search->add_option("TEXT", options->operands, "Words, \"words in this order\", or beginnings of words*")
      ->required();
  AddFilters(search, options);
  AddRest(search, options);

  CLI::App* report = add("report");
  report->add_option("REPORT", options->operands, "The report")
      ->required()
      ->expected(1)
      ->check(CLI::IsMember(Words(db::kReports)));
  AddFilters(report, options);
  AddRest(report, options);

  CLI::App* query = add("query");
  query
      ->add_option("SQL", options->operands,
                   "One statement that only reads; docs/queries.md tells of the views")
      ->required()
      ->expected(1);
  query->add_option("--timeout", options->timeout, "Seconds after which the question is given up")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.01, 86'400.0));
  AddRest(query, options);
}

}  // namespace neverready::cli
