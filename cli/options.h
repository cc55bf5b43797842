// Options as the command line gives them, command by command. Plain values, filled by app.cc.
#ifndef NEVERREADY_CLI_OPTIONS_H_
#define NEVERREADY_CLI_OPTIONS_H_

#include <string>
#include <vector>

namespace neverready::cli {

struct CommonOptions {
  std::string color = "auto";  // auto, always, never
  int verbose = 0;
  bool quiet = false;
};

struct RuleOptions {
  std::vector<std::string> paths;  // --rules FILE|DIR
  bool no_builtin = false;
};

struct AnalyzeOptions {
  CommonOptions common;
  RuleOptions rules;
  std::vector<std::string> files;
  std::string format = "text";        // text, json, ndjson, markdown, github
  std::string input_format = "auto";  // auto, ndjson, json, yaml, csv, text
  bool strict = false;
  unsigned threads = 1;
  bool redact_emails = false, no_redact = false;
  std::string service, revision, state, since, until;
  std::string db;  // the store; "" stores nothing
};

// Of commands that list what the store holds.
struct ListingOptions {
  std::string format = "text";       // text, json, ndjson, csv, markdown
  std::string since = "90d", until;  // as ParseTimeArgument reads them; empty for no end there
  int limit = 50;                    // rows; 0 for all
  bool local = false;                // times in the machine's zone instead of UTC
};

// Of `incidents`, `timeline`, `search`, `report` and `query`.
struct QuestionOptions {
  CommonOptions common;
  ListingOptions listing;
  std::string command, db;
  std::vector<std::string> operands;
  std::string service, project, environment, category;
  bool open = false;
  bool since_given = false, limit_given = false;  // whether --since and --limit were
  double timeout = 10;                            // seconds
};

// Of `show`, `explain` and `postmortem`, which are about one incident, revision or service.
struct AskOptions {
  CommonOptions common;
  std::string command;  // "": none of them was given
  std::string db, about;
  std::string project, location, service;  // "" leaves open which
  std::string format = "text";             // text, json, ndjson, markdown
  // Of `postmortem`.
  std::string output = "-";  // a file, or standard output
  bool force = false;        // write over a file that is there
  bool local = false;        // times in the machine's zone instead of UTC
};

// Of `db …`.
struct DbOptions {
  CommonOptions common;
  ListingOptions listing;  // format and zone
  RuleOptions rules;
  std::string command;  // info, check, migrate, reclassify, prune, vacuum, backup
  std::string db, file;
  std::string older_than, forget_older_than;  // spans or times
  std::string max_size;                       // "500MB"
  bool dry_run = false, force = false, redact_emails = false;
  unsigned threads = 1;
};

struct RulesOptions {
  CommonOptions common;
  RuleOptions rules;
  std::string command;  // list, show, test, try
  std::vector<std::string> operands;
  std::string category, format = "text";
};

}  // namespace neverready::cli

#endif  // NEVERREADY_CLI_OPTIONS_H_
