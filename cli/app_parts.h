// Options that several commands have, as the parser takes them. Only cli/app*.cc knows the parser.
#ifndef NEVERREADY_CLI_APP_PARTS_H_
#define NEVERREADY_CLI_APP_PARTS_H_

#include <string>
#include <vector>

#include "cli/options.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace neverready::cli {

// A command of the table (cli/commands.h) below `parent`; `name` is its last word.
CLI::App* AddCommand(CLI::App* parent, const std::string& name);

// --color, -v, -q; `verbose` says what -v shows.
void AddCommon(CLI::App* command, CommonOptions* options, const std::string& verbose);

// An option that takes one of some words.
CLI::Option* AddChoice(CLI::App* command, const std::string& name, std::string* value,
                       const std::string& type, const std::vector<std::string>& choices,
                       const std::string& does);
std::vector<std::string> CategoryNames();

// --db
void AddStore(CLI::App* command, std::string* db);
// --format, --limit, --local
void AddListing(CLI::App* command, ListingOptions* options);
// --since, --until
void AddSpan(CLI::App* command, ListingOptions* options);

// `show`, `explain`, `postmortem`. The options live as long as the parser.
void AddAsking(CLI::App* app, AskOptions* options);
// `incidents`, `timeline`, `search`, `report` and `query`. The options live as long as the parser.
void AddQuestions(CLI::App* app, QuestionOptions* options);

// `db info`, `db check` and so on. The options live as long as the parser.
CLI::App* AddDb(CLI::App* app, DbOptions* options);

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_APP_PARTS_H_
