#include "cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "analyzers/diagnosis.h"
#include "cli/app_parts.h"
#include "cli/command.h"
#include "cli/command_tree.h"
#include "core/text.h"

namespace neverready::cli {
namespace {

constexpr std::string_view kAfterHelp =
    "\nExit codes of analyze: 0 every revision is ready; 1 one failed or keeps crashing; 2 none of these, but one is pending or\n"
    "inconclusive, or the question could not be answered.\n\n"
    "  gcloud logging read 'resource.type=\"cloud_run_revision\"' --format=json --freshness=1h | neverready analyze -\n";

constexpr const char* kVerbose = "Also show the timeline, the platform's message and the runner-up";

void AddRuleOptions(CLI::App* command, RuleOptions* options) {
  command
      ->add_option("--rules", options->paths,
                   "Rules of your own, beside the built-in ones (may be given more than once)")
      ->type_name("FILE|DIR")
      ->allow_extra_args(false);
  command->add_flag("--no-builtin-rules", options->no_builtin, "Leave out the built-in rules");
}

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

void Describe(const CLI::Option& option, CommandNode* node) {
  // "FORMAT:{text,json}", "N:INT in [1 - 64]": a check appends what it allows to the name of the value.
  std::string value = option.get_items_expected_max() == 0 ? std::string() : option.get_type_name(), allowed;
  if (const std::size_t colon = value.find(':'); colon != std::string::npos) {
    if (value.compare(colon + 1, 1, "{") == 0) allowed = value.substr(colon + 2, value.size() - colon - 3);
    value.resize(colon);
  }
  Argument argument{{}, value, Split(allowed, ','), option.get_description()};
  if (option.get_positional()) {
    argument.required = option.get_required();
    // "ID LINE" is two operands.
    const std::vector<std::string> names = Split(option.get_name(true), ' ');
    argument.repeats = names.size() == 1 && option.get_items_expected_max() > 1;
    for (const std::string& name : names) {
      argument.names = {name};
      argument.value = name;
      node->operands.push_back(argument);
    }
    return;
  }
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  node->options.push_back(std::move(argument));
}

// What the parser knows, as values.
CommandNode Describe(const CLI::App& app, const std::string& path) {
  CommandNode node{path, app.get_description(), {}, {}, {}};
  for (const CLI::Option* option : app.get_options()) Describe(*option, &node);
  for (const CLI::App* inner : app.get_subcommands([](const CLI::App*) { return true; }))
    node.commands.push_back(Describe(*inner, path + (path.empty() ? "" : " ") + inner->get_name()));
  return node;
}

class CommandLine {
 public:
  CommandLine() {
    app_.name("neverready");
    app_.require_subcommand(0, 1);
    app_.set_version_flag("--version", std::string("neverready ") + NEVERREADY_VERSION);
    app_.footer(std::string(kAfterHelp));
    app_.failure_message([](const CLI::App*, const CLI::Error& error) { return std::string(error.what()); });
    AddAnalyze();
    AddRules();
    AddQuestions(&app_, &question_options_);
    db_ = AddDb(&app_, &db_options_);
    AddAsking(&app_, &ask_options_);
    completion_ = AddCommand(&app_, "completion");
    completion_->add_option("SHELL", shell_, "The shell: bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    man_ = AddCommand(&app_, "man");
  }

  int Run(const std::vector<std::string>& arguments, Io& io) {
    if (const auto wrong = WrongCommand(arguments)) return PrintError(*wrong, io);
    try {
      std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
      app_.parse(reversed);
    } catch (const CLI::CallForHelp&) {
      io.out << Help();
      return kExitReady;
    } catch (const CLI::CallForVersion&) {
      io.out << app_.version() << '\n';
      return kExitReady;
    } catch (const CLI::ParseError& error) {
      return PrintError(Explain(error), io);
    }
    if (analyze_->parsed()) {
      if (analyze_->count("--threads") == 0) analyze_options_.threads = std::min(io.processors, 8U);
      return RunAnalyze(analyze_options_, io);
    }
    for (CLI::App* command : rules_->get_subcommands()) {
      rules_options_.command = command->get_name();
      return RunRules(rules_options_, io);
    }
    if (!db_options_.command.empty()) {
      db_options_.threads = std::min(io.processors, 8U);
      return RunDb(db_options_, io);
    }
    if (ask_options_.command == "show") return RunShow(ask_options_, io);
    if (ask_options_.command == "explain") return RunExplain(ask_options_, io);
    if (ask_options_.command == "postmortem") return RunPostmortem(ask_options_, io);
    if (!question_options_.command.empty()) {
      const CLI::App* command = app_.get_subcommands().front();
      const auto given = [&](const char* option) {
        const CLI::Option* known = command->get_option_no_throw(option);
        return known != nullptr && known->count() > 0;
      };
      question_options_.since_given = given("--since");
      question_options_.limit_given = given("--limit");
      return RunQuestion(question_options_, io);
    }
    if (completion_->parsed() || man_->parsed()) {
      const CommandNode program = Describe(app_, "");
      io.out << (man_->parsed()     ? ManPage(program)
                 : shell_ == "bash" ? BashCompletion(program)
                 : shell_ == "zsh"  ? ZshCompletion(program)
                                    : FishCompletion(program));
      return kExitReady;
    }
    const CLI::App* group = rules_->parsed() ? rules_ : db_->parsed() ? db_ : &app_;
    (arguments.empty() ? io.err : io.out) << group->help();
    return kExitUnanswered;
  }

 private:
  void AddAnalyze() {
    AnalyzeOptions& options = analyze_options_;
    analyze_ = AddCommand(&app_, "analyze");
    analyze_->footer(std::string(kAfterHelp));
    analyze_->add_option("FILE", options.files, "Log files, folders of them, or - for standard input")
        ->required();
    AddChoice(analyze_, "--format", &options.format, "FORMAT",
              {"text", "json", "ndjson", "markdown", "github"},
              "Output: text, json, ndjson, markdown or github (workflow annotations and step summary)");
    AddChoice(analyze_, "--input-format", &options.input_format, "FORMAT",
              {"auto", "ndjson", "json", "yaml", "csv", "text"},
              "Input: auto (by content), ndjson, json (an array, or pages of one), yaml, csv or text");
    analyze_->add_option("--service", options.service, "Only revisions of this service")->type_name("NAME");
    analyze_->add_option("--revision", options.revision, "Only this revision")->type_name("NAME");
    AddChoice(analyze_, "--state", &options.state, "STATE",
              {"failed", "crash_looping", "inconclusive", "pending", "ready"},
              "Only this state: failed, crash_looping, inconclusive, pending or ready");
    analyze_
        ->add_option(
            "--since", options.since,
            "Only revisions with an entry since: 2025-09-08T04:00:00Z, 2025-09-08, or 7d before the newest entry")
        ->type_name("TIME");
    analyze_->add_option("--until", options.until, "Only revisions with an entry until")->type_name("TIME");
    analyze_
        ->add_option("--threads", options.threads,
                     "Threads to read and diagnose with (all processors, at most 8)")
        ->type_name("N")
        ->check(CLI::Range(1U, 64U));
    analyze_->add_flag("--strict", options.strict, "Exit with 2 if a line of the input is malformed");
    auto* emails = analyze_->add_flag("--redact-emails", options.redact_emails, "Hide e-mail addresses too");
    analyze_->add_flag("--no-redact", options.no_redact, "Show secrets as the log holds them")
        ->excludes(emails);
    analyze_->add_option("--db", options.db, "Also store the diagnoses in this SQLite file")
        ->type_name("FILE");
    AddRuleOptions(analyze_, &options.rules);
    AddCommon(analyze_, &options.common, kVerbose);
  }

  CLI::App* AddRulesCommand(const char* name) {
    CLI::App* command = AddCommand(rules_, name);
    AddRuleOptions(command, &rules_options_.rules);
    AddCommon(command, &rules_options_.common, kVerbose);
    return command;
  }

  void AddRules() {
    rules_ = app_.add_subcommand("rules", "List, show, prove and try rules");
    rules_->require_subcommand(0, 1);
    CLI::App* list = AddRulesCommand("list");
    AddChoice(list, "--category", &rules_options_.category, "CATEGORY", CategoryNames(),
              "Only rules of this category");
    AddChoice(list, "--format", &rules_options_.format, "FORMAT", {"text", "json"}, "Output: text or json");
    AddRulesCommand("show")->add_option("ID", rules_options_.operands, "The rule")->required()->expected(1);
    AddRulesCommand("test")->add_option("FILE", rules_options_.operands, "Rule files, or folders of them");
    AddRulesCommand("try")
        ->add_option("ID LINE", rules_options_.operands, "The rule, and the line to try it on")
        ->required()
        ->expected(2);
  }

  // The help of the innermost command that was named.
  std::string Help() const {
    for (const CLI::App* command : app_.get_subcommands()) {
      for (const CLI::App* inner : command->get_subcommands())
        return inner->help("neverready " + command->get_name());
      return command->help("neverready");
    }
    return app_.help();
  }

  static std::vector<std::string> Names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
    return names;
  }

  std::optional<core::Error> WrongCommand(const std::vector<std::string>& arguments) const {
    const CLI::App* at = &app_;
    for (const std::string& word : arguments) {
      if (word.starts_with("-")) return std::nullopt;
      const std::vector<std::string> names = Names(*at);
      if (names.empty()) return std::nullopt;
      if (std::ranges::find(names, word) == names.end()) {
        const std::string_view near = core::Nearest(word, names);
        std::string all;
        for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
        const std::string what =
            at == &app_ ? "neverready has no command '" : "'" + at->get_name() + "' has no command '";
        return core::Error{core::ErrorCode::kInvalidArgument, what + word + "'",
                           near.empty() ? "one of: " + all : "did you mean '" + std::string(near) + "'?"};
      }
      at = at->get_subcommand(word);
    }
    return std::nullopt;
  }

  core::Error Explain(const CLI::ParseError& error) const {
    core::Error out{core::ErrorCode::kInvalidArgument, error.what(), "neverready --help"};
    const CLI::App* at = &app_;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    if (at != &app_)
      out.hint = "neverready " + (at->get_parent() == &app_ ? "" : at->get_parent()->get_name() + " ") +
                 at->get_name() + " --help";
    // "The following argument was not expected: --servce"
    const std::string text = error.what();
    const std::size_t dashes = text.find(" --");
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError) || dashes == std::string::npos)
      return out;
    const std::string option = text.substr(dashes + 1, text.find(' ', dashes + 1) - dashes - 1);
    std::vector<std::string> known;
    for (const CLI::Option* one : at->get_options()) {
      for (const std::string& name : one->get_lnames()) known.push_back("--" + name);
    }
    const std::string_view near = core::Nearest(option.substr(0, option.find('=')), known);
    out.message = "unknown option '" + option + "'";
    if (!near.empty()) out.hint = "did you mean '" + std::string(near) + "'?";
    return out;
  }

  CLI::App app_{
      "Tells why a Google Cloud Run revision never became ready: root cause and cascade, proven by a log line."};
  CLI::App* analyze_ = nullptr;
  CLI::App* rules_ = nullptr;
  CLI::App* db_ = nullptr;
  CLI::App* completion_ = nullptr;
  CLI::App* man_ = nullptr;
  AnalyzeOptions analyze_options_;
  RulesOptions rules_options_;
  DbOptions db_options_;
  QuestionOptions question_options_;
  AskOptions ask_options_;
  std::string shell_;
};

}  // namespace

int RunApp(const std::vector<std::string>& arguments, Io& io) { return CommandLine().Run(arguments, io); }

}  // namespace neverready::cli
