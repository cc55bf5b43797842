// `db …`, as the parser takes it.
#include <CLI/CLI.hpp>

#include "cli/app_parts.h"

namespace neverready::cli {

CLI::App* AddDb(CLI::App* app, DbOptions* options) {
  CLI::App* db = app->add_subcommand("db", "Care for the store");
  db->require_subcommand(0, 1);
  const auto add = [&](const std::string& name) {
    CLI::App* command = AddCommand(db, name);
    command->callback([options, name] { options->command = name; });
    AddStore(command, &options->db);
    command->add_flag("-q,--quiet", options->common.quiet, "No warnings, no account of what was done");
    return command;
  };
  AddChoice(add("info"), "--format", &options->listing.format, "FORMAT",
            {"text", "json", "ndjson", "csv", "markdown"}, "Output: text, json, ndjson, csv or markdown");
  add("check");
  add("migrate");
  CLI::App* reclassify = add("reclassify");
  reclassify->add_flag("--dry-run", options->dry_run, "Only show what would change");
  AddChoice(reclassify, "--format", &options->listing.format, "FORMAT",
            {"text", "json", "ndjson", "csv", "markdown"}, "Output: text, json, ndjson, csv or markdown");
  reclassify
      ->add_option("--rules", options->rules.paths,
                   "Rules of your own, beside the built-in ones (may be given more than once)")
      ->type_name("FILE|DIR")
      ->allow_extra_args(false);
  reclassify->add_flag("--no-builtin-rules", options->rules.no_builtin, "Leave out the built-in rules");
  CLI::App* prune = add("prune");
  prune
      ->add_option("--older-than", options->older_than,
                   "Take out raw entries of starts before: 90d, 2025-09-08; their diagnoses stay")
      ->type_name("TIME");
  prune
      ->add_option("--forget-older-than", options->forget_older_than,
                   "Take out all of starts and closed incidents before: 400d, 2025-09-08")
      ->type_name("TIME");
  prune
      ->add_option("--max-size", options->max_size,
                   "Take out the oldest raw entries until the rest takes less: 500MB, 2GB")
      ->type_name("SIZE");
  add("vacuum");
  CLI::App* backup = add("backup");
  backup->add_option("FILE", options->file, "The file to write")->required();
  backup->add_flag("--force", options->force, "Write over a file that is there");
  return db;
}

}  // namespace neverready::cli
