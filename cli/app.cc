#include "cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "analyzers/category.h"
#include "analyzers/diagnosis.h"
#include "cli/command.h"
#include "cli/command_tree.h"
#include "cli/commands.h"
#include "core/text.h"

namespace neverready::cli {
namespace {

constexpr std::string_view kAfterHelp =
    "\nExit codes of analyze: 0 every revision is ready; 1 one failed or keeps crashing; 2 none of these, but one is pending or\n"
    "inconclusive, or the question could not be answered.\n\n"
    "  gcloud logging read 'resource.type=\"cloud_run_revision\"' --format=json --freshness=1h | neverready analyze -\n";

std::string_view Does(std::string_view name) {
  const auto row = std::ranges::find_if(kCommands, [&](const CommandRow& one) { return one.name == name; });
  return row == kCommands.end() ? std::string_view() : row->does;
}

template <std::size_t N>
CLI::IsMember OneOf(const std::array<const char*, N>& words) {
  return CLI::IsMember(std::vector<std::string>(words.begin(), words.end()));
}

void AddCommon(CLI::App* command, CommonOptions* options) {
  command->add_option("--color", options->color, "Colour: auto, always or never (NO_COLOR is honoured)")
      ->type_name("WHEN")
      ->check(OneOf(std::array{"auto", "always", "never"}));
  command->add_flag("-v,--verbose", options->verbose,
                    "Also show the timeline, the platform's message and the runner-up");
  command->add_flag("-q,--quiet", options->quiet, "No warnings about the input");
}

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
    AddQuestions();
    completion_ = app_.add_subcommand("completion", std::string(Does("completion")));
    completion_->add_option("SHELL", shell_, "The shell: bash, zsh or fish")
        ->required()
        ->check(OneOf(std::array{"bash", "zsh", "fish"}));
    man_ = app_.add_subcommand("man", std::string(Does("man")));
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
    if (show_->parsed()) return RunShow(show_options_, io);
    if (explain_->parsed()) return RunExplain(explain_options_, io);
    if (postmortem_->parsed()) return RunPostmortem(postmortem_options_, io);
    for (CLI::App* command : rules_->get_subcommands()) {
      rules_options_.command = command->get_name();
      return RunRules(rules_options_, io);
    }
    if (completion_->parsed() || man_->parsed()) {
      const CommandNode program = Describe(app_, "");
      io.out << (man_->parsed()     ? ManPage(program)
                 : shell_ == "bash" ? BashCompletion(program)
                 : shell_ == "zsh"  ? ZshCompletion(program)
                                    : FishCompletion(program));
      return kExitReady;
    }
    (arguments.empty() ? io.err : io.out) << (rules_->parsed() ? rules_->help() : app_.help());
    return kExitUnanswered;
  }

 private:
  void AddAnalyze() {
    AnalyzeOptions& options = analyze_options_;
    analyze_ = app_.add_subcommand("analyze", std::string(Does("analyze")));
    analyze_->footer(std::string(kAfterHelp));
    analyze_->add_option("FILE", options.files, "Log files, folders of them, or - for standard input")
        ->required();
    analyze_
        ->add_option("--format", options.format,
                     "Output: text, json, ndjson, markdown or github (workflow annotations and step summary)")
        ->type_name("FORMAT")
        ->check(OneOf(std::array{"text", "json", "ndjson", "markdown", "github"}));
    analyze_
        ->add_option("--input-format", options.input_format,
                     "Input: auto (by content), ndjson, json (an array, or pages of one), yaml, csv or text")
        ->type_name("FORMAT")
        ->check(OneOf(std::array{"auto", "ndjson", "json", "yaml", "csv", "text"}));
    analyze_->add_option("--service", options.service, "Only revisions of this service")->type_name("NAME");
    analyze_->add_option("--revision", options.revision, "Only this revision")->type_name("NAME");
    analyze_
        ->add_option("--state", options.state,
                     "Only this state: failed, crash_looping, inconclusive, pending or ready")
        ->type_name("STATE")
        ->check(OneOf(std::array{"failed", "crash_looping", "inconclusive", "pending", "ready"}));
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
    AddCommon(analyze_, &options.common);
  }

  CLI::App* AddRulesCommand(const char* name) {
    CLI::App* command = rules_->add_subcommand(name, std::string(Does(std::string("rules ") + name)));
    AddRuleOptions(command, &rules_options_.rules);
    AddCommon(command, &rules_options_.common);
    return command;
  }

  void AddRules() {
    rules_ = app_.add_subcommand("rules", "List, show, prove and try rules");
    rules_->require_subcommand(0, 1);
    CLI::App* list = AddRulesCommand("list");
    std::vector<std::string> categories;
    for (std::size_t i = 0; i < analyzers::kCategories; ++i)
      categories.emplace_back(Name(static_cast<analyzers::Category>(i)));
    list->add_option("--category", rules_options_.category, "Only rules of this category")
        ->type_name("CATEGORY")
        ->check(CLI::IsMember(categories));
    list->add_option("--format", rules_options_.format, "Output: text or json")
        ->type_name("FORMAT")
        ->check(OneOf(std::array{"text", "json"}));
    AddRulesCommand("show")->add_option("ID", rules_options_.operands, "The rule")->required()->expected(1);
    AddRulesCommand("test")->add_option("FILE", rules_options_.operands, "Rule files, or folders of them");
    AddRulesCommand("try")
        ->add_option("ID LINE", rules_options_.operands, "The rule, and the line to try it on")
        ->required()
        ->expected(2);
  }

  CLI::App* AddQuestion(const char* name, const char* operand, const char* about, AskOptions* options) {
    CLI::App* command = app_.add_subcommand(name, std::string(Does(name)));
    command->add_option(operand, options->about, about)->required();
    command->add_option("--db", options->db, "The store (else NEVERREADY_DB, else the one in your home)")
        ->type_name("FILE");
    command->add_option("--project", options->project, "Only of this project")->type_name("ID");
    command->add_option("--location", options->location, "Only of this region")->type_name("NAME");
    command->add_option("--service", options->service, "Only of this service")->type_name("NAME");
    AddCommon(command, &options->common);
    return command;
  }

  void AddQuestions() {
    constexpr const char* kIncident = "An incident by its number, or the name of a revision";
    const auto add_format = [](CLI::App* command, AskOptions* options) {
      command->add_option("--format", options->format, "Output: text, json, ndjson or markdown")
          ->type_name("FORMAT")
          ->check(OneOf(std::array{"text", "json", "ndjson", "markdown"}));
    };
    show_ = AddQuestion("show", "INCIDENT|REVISION", kIncident, &show_options_);
    add_format(show_, &show_options_);
    explain_ = AddQuestion("explain", "SERVICE|REVISION",
                           "A revision, or a service: its newest revision", &explain_options_);
    add_format(explain_, &explain_options_);
    PostmortemOptions& options = postmortem_options_;
    postmortem_ = AddQuestion("postmortem", "INCIDENT|REVISION", kIncident, &options.ask);
    postmortem_->add_option("-o,--output", options.output, "The file to write, or - for standard output")
        ->type_name("FILE");
    postmortem_->add_flag("--force", options.force, "Write over a file that is there");
    postmortem_->add_flag("--local", options.local, "Times in the zone of this machine instead of UTC");
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
      out.hint = "neverready " + std::string(at->get_parent() == rules_ ? "rules " : "") + at->get_name() +
                 " --help";
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
  CLI::App* show_ = nullptr;
  CLI::App* explain_ = nullptr;
  CLI::App* postmortem_ = nullptr;
  CLI::App* completion_ = nullptr;
  CLI::App* man_ = nullptr;
  AnalyzeOptions analyze_options_;
  RulesOptions rules_options_;
  AskOptions show_options_, explain_options_;
  PostmortemOptions postmortem_options_;
  std::string shell_;
};

}  // namespace

int RunApp(const std::vector<std::string>& arguments, Io& io) { return CommandLine().Run(arguments, io); }

}  // namespace neverready::cli
