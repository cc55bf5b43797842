// `show`, `explain` and `postmortem`, as the parser takes them.
#include <CLI/CLI.hpp>

#include "cli/app_parts.h"

namespace neverready::cli {
namespace {

constexpr const char* kIncident = "An incident by its number, or the name of a revision";

CLI::App* AddOne(CLI::App* app, const std::string& name, const char* operand, const char* about,
                 AskOptions* options) {
  CLI::App* command = AddCommand(app, name);
  command->add_option(operand, options->about, about)->required();
  command->add_option("--project", options->project, "Only of this project")->type_name("NAME");
  command->add_option("--location", options->location, "Only of this region")->type_name("NAME");
  command->add_option("--service", options->service, "Only of this service")->type_name("NAME");
  command->callback([options, name] { options->command = name; });
  return command;
}

void AddFormat(CLI::App* command, AskOptions* options) {
  AddChoice(command, "--format", &options->format, "FORMAT", {"text", "json", "ndjson", "markdown"},
            "Output: text, json, ndjson (the document on one line) or markdown");
}

}  // namespace

void AddAsking(CLI::App* app, AskOptions* options) {
  constexpr const char* kVerbose = "Also show the timeline, the platform's message and the runner-up";
  CLI::App* show = AddOne(app, "show", "INCIDENT|REVISION", kIncident, options);
  CLI::App* explain =
      AddOne(app, "explain", "SERVICE|REVISION", "A revision, or a service: its newest revision", options);
  CLI::App* postmortem = AddOne(app, "postmortem", "INCIDENT|REVISION", kIncident, options);
  AddFormat(show, options);
  AddFormat(explain, options);
  postmortem->add_option("-o,--output", options->output, "The file to write, or - for standard output")
      ->type_name("FILE");
  postmortem->add_flag("--force", options->force, "Write over a file that is there");
  postmortem->add_flag("--local", options->local, "Times in the zone of this machine instead of UTC");
  for (CLI::App* command : {show, explain, postmortem}) AddStore(command, &options->db);
  for (CLI::App* command : {show, explain}) AddCommon(command, &options->common, kVerbose);
  postmortem->add_flag("-q,--quiet", options->common.quiet, "No warnings");
}

}  // namespace neverready::cli
