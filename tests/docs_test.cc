// The documentation is part of the program: what it quotes, lists and links is compared with what there is.
// script/docs renews the quotations.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/diagnosis.h"
#include "analyzers/finding.h"
#include "cli/app.h"
#include "cli/commands.h"
#include "core/secret_kind.h"
#include "core/text.h"
#include "reports/json.h"
#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  INFO("file " << path);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> Pages() {
  std::vector<fs::path> pages{"README.md"};
  for (const auto& entry : fs::recursive_directory_iterator("docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

struct Outcome {
  int code = 0;
  std::string out, err;
};

Outcome Run(const Strings& arguments, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  cli::Io io{in, out, err, false, 100, nullptr};
  const int code = cli::RunApp(arguments, io);
  return {code, out.str(), err.str()};
}

Strings Words(std::string_view text) {
  std::istringstream in{std::string(text)};
  Strings words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// Every match of `expression` (ECMAScript): group 1.
Strings FindAll(const std::string& text, const std::string& expression) {
  const std::regex regex(expression);
  Strings found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    found.push_back((*at)[1].str());
  return found;
}

// The section of a page from a heading ("### Facts") to the next one of any level.
std::string Section(const std::string& page, const std::string& heading) {
  const std::size_t begin = page.find("\n" + heading + "\n");
  INFO("heading " << heading);
  REQUIRE(begin != std::string::npos);
  const std::size_t body = begin + heading.size() + 2;
  const std::size_t end = page.find("\n#", body);
  return page.substr(body, end == std::string::npos ? end : end - body + 1);
}

// The rows of all tables of a section, without their heads.
std::vector<Strings> Rows(const std::string& section) {
  std::vector<Strings> rows;
  for (const std::string_view line : core::SplitLines(section)) {
    if (!line.starts_with("| ") && !line.starts_with("|-")) continue;
    if (line.starts_with("|-")) {
      rows.pop_back();
      continue;
    }
    Strings cells;
    std::string rest(line.substr(1));
    for (std::size_t bar = rest.find('|'); bar != std::string::npos; bar = rest.find('|')) {
      cells.emplace_back(core::Trim(std::string_view(rest).substr(0, bar)));
      rest.erase(0, bar + 1);
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

// The code spans in the first column.
Strings FirstColumn(const std::string& section) {
  Strings names;
  for (const Strings& row : Rows(section)) {
    for (std::string& name : FindAll(row.front(), "`([^`]*)`")) names.push_back(std::move(name));
  }
  return names;
}

template <typename Enum>
Strings Names(Enum last) {
  Strings names;
  for (int i = 0; i <= static_cast<int>(last); ++i) names.emplace_back(Name(static_cast<Enum>(i)));
  return names;
}

Strings Keys(const Json& object) {
  Strings keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Strings Sorted(Strings list) {
  std::sort(list.begin(), list.end());
  return list;
}

struct Quotation {
  fs::path page;
  std::string command, language, text;
};

std::vector<Quotation> Quotations() {
  const std::string begin = "<!-- output of: neverready ";
  std::vector<Quotation> quotations;
  for (const fs::path& page : Pages()) {
    const std::string text = ReadFile(page);
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
      Quotation quotation;
      quotation.page = page;
      const std::size_t command = at + begin.size(), command_end = text.find(" -->\n```", command);
      REQUIRE(command_end != std::string::npos);
      quotation.command = text.substr(command, command_end - command);
      const std::size_t language = command_end + 8, body = text.find('\n', language) + 1;
      quotation.language = text.substr(language, body - 1 - language);
      const std::size_t end = text.find("```\n<!-- end -->", body);
      REQUIRE(end != std::string::npos);
      quotation.text = text.substr(body, end - body);
      quotations.push_back(std::move(quotation));
    }
  }
  return quotations;
}

// As script/docs shortens a quoted document.
Json Abridge(const Json& json) {
  constexpr std::size_t kLongestText = 100;
  if (json.is_string()) return core::Ellipsize(json.get<std::string>(), kLongestText);
  if (!json.is_structured()) return json;
  Json shorter = json.is_array() ? Json::array() : Json::object();
  for (const auto& [key, value] : json.items()) {
    if (json.is_array()) {
      shorter.push_back(Abridge(value));
    } else {
      shorter[key] = Abridge(value);
    }
  }
  return shorter;
}

std::string WithoutTrailingBlanks(const std::string& text) {
  std::string out;
  for (std::string_view line : core::SplitLines(text)) {
    while (line.ends_with(' ')) line.remove_suffix(1);
    out += std::string(line) + '\n';
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

// As GitHub makes anchors of headings.
std::string Anchor(std::string_view heading) {
  std::string anchor;
  for (const char c : core::ToLower(heading)) {
    if (c == ' ') anchor += '-';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (kept) anchor += c;
  }
  return anchor;
}

bool HasAnchor(const std::string& page, const std::string& anchor) {
  const Strings headings = FindAll("\n" + page, "\\n#{1,6} ([^\\n]*)");
  return std::any_of(headings.begin(), headings.end(),
                     [&](const std::string& heading) { return Anchor(heading) == anchor; });
}

// The calls of the program in the shell blocks of a page: "neverready analyze -", without comments, pipes and
// redirections.
Strings Calls(const std::string& page) {
  Strings calls;
  bool shell = false;
  for (const std::string_view line : core::SplitLines(page)) {
    if (line.starts_with("```")) {
      shell = line == "```sh";
      continue;
    }
    if (!shell) continue;
    for (const std::string& call : FindAll(std::string(line), "(?:^|\\| |\\$ )(neverready [^|>#]*)"))
      calls.push_back(call);
  }
  return calls;
}

TEST_CASE("README stays short and its scripts can be run", "[docs]") {
  const std::string readme = ReadFile("README.md");
  CHECK(std::count(readme.begin(), readme.end(), '\n') < 150);
  CHECK(readme.find("script/demo") != std::string::npos);
  CHECK(readme.find("script/test") != std::string::npos);
  for (const fs::path& page : Pages()) {
    for (const std::string& script : FindAll(ReadFile(page), "\\b(script/[a-z]+)\\b")) {
      INFO(page << " names " << script);
      std::error_code error;
      const fs::file_status status = fs::status(script, error);
      CHECK(fs::is_regular_file(status));
      CHECK((status.permissions() & fs::perms::owner_exec) != fs::perms::none);
    }
  }
}

TEST_CASE("Every relative link of the documentation resolves", "[docs]") {
  for (const fs::path& page : Pages()) {
    const std::string text = ReadFile(page);
    for (const std::string& link : FindAll(text, "\\]\\(([^)\\s]+)\\)")) {
      if (link.starts_with("http://") || link.starts_with("https://")) continue;
      INFO(page << " links to " << link);
      const std::size_t hash = link.find('#');
      const fs::path target = hash == 0 ? page : page.parent_path() / link.substr(0, hash);
      REQUIRE(fs::exists(target));
      if (hash != std::string::npos) CHECK(HasAnchor(ReadFile(target), link.substr(hash + 1)));
    }
  }
}

TEST_CASE("What the documentation quotes is what the program prints", "[docs]") {
  for (const Quotation& quotation : Quotations()) {
    INFO(quotation.page << ": neverready " << quotation.command << "\nrenew it with script/docs");
    const Outcome outcome = Run(Words(quotation.command));
    if (quotation.language != "json") {
      CHECK(quotation.text == WithoutTrailingBlanks(outcome.out));
      continue;
    }
    const Json quoted = Json::parse(quotation.text, nullptr, false);
    REQUIRE(quoted.is_object());
    Json printed = Abridge(Json::parse(outcome.out));
    printed["tool"]["rules"] = "sha256:…";
    CHECK(quoted.dump(1) == printed.dump(1));
  }
}

TEST_CASE("README shows the incident, json.md a document, the manual the help of every command", "[docs]") {
  Strings quoted;
  for (const Quotation& quotation : Quotations())
    quoted.push_back(quotation.page.string() + ": " + quotation.command);
  Strings wanted{"README.md: analyze examples/netra-backend-staging-00170-55z.ndjson",
                 "docs/json.md: analyze --format json examples/netra-backend-staging-00170-55z.ndjson",
                 "docs/manual.md: --help", "docs/manual.md: rules --help"};
  for (const cli::CommandRow& command : cli::kCommands)
    wanted.push_back("docs/manual.md: " + std::string(command.name) + " --help");
  CHECK(Sorted(quoted) == Sorted(wanted));
}

TEST_CASE("Commands and options in shell blocks exist", "[docs]") {
  std::size_t seen = 0;
  for (const fs::path& page : Pages()) {
    for (const std::string& call : Calls(ReadFile(page))) {
      INFO(page << ": " << call);
      ++seen;
      const Strings words = Words(call);
      REQUIRE(words.size() > 1);
      // "rules list|show" names several commands at once.
      const bool group = words[1] == "rules" || words[1] == "db";
      if (group && words.size() == 2) continue;
      const std::string name = group ? words[1] + " " + words[2].substr(0, words[2].find('|')) : words[1];
      const auto* const row = std::find_if(cli::kCommands.begin(), cli::kCommands.end(),
                                           [&](const cli::CommandRow& one) { return one.name == name; });
      REQUIRE(row != cli::kCommands.end());
      Strings help_arguments = Words(name);
      help_arguments.emplace_back("--help");
      const std::string help = Run(help_arguments).out;
      for (const std::string& word : words) {
        if (word.starts_with("--"))
          CHECK(help.find("  " + word.substr(0, word.find('=')) + " ") != std::string::npos);
      }
    }
  }
  CHECK(seen > 15);
}

TEST_CASE("README's evidence leads to the category that it stands beside", "[docs]") {
  const std::vector<Strings> rows = Rows(Section(ReadFile("README.md"), "## What it finds"));
  Strings categories;
  for (const Strings& row : rows) {
    REQUIRE(row.size() == 3);
    const std::string category = FindAll(row[0], "`([^`]*)`").at(0),
                      evidence = FindAll(row[2], "`([^`]*)`").at(0);
    categories.push_back(category);
    INFO(category << ": " << evidence);
    std::string log = evidence + "\nContainer called exit(1).\n";
    if (category == "port_timeout")
      log =
          evidence +
          "\nDefault STARTUP TCP probe failed 1 time consecutively for container \"web-1\" on port 8080. The instance was not started.\n";
    if (category == "probe_failed") log = "Listening on 0.0.0.0:8080\n" + evidence + "\n";
    if (category == "healthy" || category == "unknown") log = evidence + "\n";
    const Json diagnosis = Json::parse(Run({"analyze", "--format", "ndjson", "-"}, log).out);
    if (category == "healthy") {
      CHECK(diagnosis["state"] == "ready");
      continue;
    }
    CHECK(diagnosis["root_cause"] == category);
    CHECK(diagnosis["evidence"]["text"] == evidence);
  }
  CHECK(categories == Names(analyzers::Category::kUnknown));
}

TEST_CASE("docs/json.md lists the program's words and no others", "[docs]") {
  const std::string page = ReadFile("docs/json.md");
  CHECK(FirstColumn(Section(page, "### Categories")) == Names(analyzers::Category::kUnknown));
  CHECK(FirstColumn(Section(page, "### Facts")) == Names(analyzers::Fact::kTimeout));
  CHECK(FirstColumn(Section(page, "### Timeline")) == Names(analyzers::TimelineEvent::kFirstRequest));
  CHECK(FirstColumn(Section(page, "### Environment")) ==
        Names(analyzers::EnvironmentVariable::State::kSecretRef));
  CHECK(FirstColumn(Section(page, "### Scopes")) == Names(analyzers::LogScope::kFile));
  CHECK(FirstColumn(Section(page, "## States")) == Names(analyzers::State::kReady));
  Strings blames = Names(analyzers::Blame::kUnknown);
  blames.pop_back();
  CHECK(FindAll(Section(page, "### Blame"), "`([^`]*)`") == blames);
  Strings logs;
  for (int i = 0; i <= static_cast<int>(ingest::LogKind::kOther); ++i)
    logs.emplace_back(analyzers::LogName(static_cast<ingest::LogKind>(i)));
  Strings evidence = FirstColumn(Section(page, "### Evidence"));
  REQUIRE(evidence.size() > 5);
  CHECK(Sorted(Strings(evidence.begin() + 5, evidence.end())) == Sorted(logs));
}

TEST_CASE("docs/json.md lists every concluded rule of the source and no other", "[docs]") {
  std::set<std::string> told, used;
  const std::string page = ReadFile("docs/json.md");
  for (const std::string& id :
       FindAll(page.substr(page.find("## Concluded rules")), "`(neverready\\.[a-z-]+)` \\|"))
    told.insert(id);
  for (const auto& file : fs::directory_iterator("analyzers")) {
    if (file.path().extension() != ".cc") continue;
    for (const std::string& id : FindAll(ReadFile(file.path()), "\"(neverready\\.[a-z-]+)\""))
      used.insert(id);
  }
  CHECK(told == used);
}

TEST_CASE("docs/json.md states types of facts, and whom a category blames", "[docs]") {
  const std::string page = ReadFile("docs/json.md");
  for (const Strings& row : Rows(Section(page, "### Facts"))) {
    const auto fact = analyzers::ParseFact(FindAll(row[0], "`([^`]*)`").at(0));
    REQUIRE(fact);
    INFO(row[0]);
    CHECK(row[1] == (analyzers::IsNumber(*fact) ? "number" : analyzers::IsList(*fact) ? "list" : "text"));
  }
  for (const Strings& row : Rows(Section(page, "### Categories"))) {
    const auto category = analyzers::ParseCategory(FindAll(row[0], "`([^`]*)`").at(0));
    REQUIRE(category);
    INFO(row[0]);
    const analyzers::Blame blame = analyzers::DefaultBlame(*category);
    CHECK(row[2] == (blame == analyzers::Blame::kUnknown ? "" : Name(blame)));
    CHECK(row[3] == (analyzers::DefaultTransient(*category) ? "yes" : ""));
  }
}

TEST_CASE("docs/json.md describes every field, in the order of the output", "[docs]") {
  const std::string page = ReadFile("docs/json.md");
  analyzers::Diagnosis diagnosis;
  diagnosis.evidence.emplace();
  diagnosis.informative.emplace_back();
  diagnosis.platform.emplace();
  diagnosis.platform->message = "x";
  const Json printed = Json::parse(reports::ToJsonLine(diagnosis));
  CHECK(FirstColumn(Section(page, "## A diagnosis")) == Keys(printed));
  const Strings evidence = FirstColumn(Section(page, "### Evidence"));
  CHECK(Strings(evidence.begin(), evidence.begin() + 5) == Keys(printed["evidence"]));
  for (const std::string& key : Keys(printed["platform"]))
    CHECK(Section(page, "### Platform").find("`" + key + "`") != std::string::npos);

  const Json document = Json::parse(reports::JsonOpening({}, {}) + reports::JsonClosing(true));
  Strings fields;
  for (const auto& [key, value] : document.items()) {
    if (!value.is_object()) fields.push_back(key);
    for (const std::string& inner : value.is_object() ? Keys(value) : Strings())
      fields.push_back(std::string(key) + "." + inner);
  }
  Strings documented = FirstColumn(Section(page, "## The document"));
  for (const std::string& field : fields) {
    INFO("field " << field);
    CHECK(std::find(documented.begin(), documented.end(), field) != documented.end());
  }
  CHECK(page.find("`" + document["schema"].get<std::string>() + "`") != std::string::npos);
}

TEST_CASE("docs/json.md lists the fields of show and explain, in the order of the output", "[docs]") {
  const fakes::TemporaryFolder folder;
  const std::string db = folder.name() + "/store.db";
  Run({"analyze", "-q", "--db", db, "examples/netra-backend-staging-00170-55z.ndjson"});
  const auto keys = [&](const std::string& command, const std::string& about) {
    return Keys(Json::parse(Run({command, about, "--format", "json", "--db", db}).out));
  };
  const Strings revision = keys("show", "netra-backend-staging-00170-55z"), incident = keys("show", "1");
  Strings explanation = keys("explain", "netra-backend-staging");
  // Behind its own fields stand those of the revision, without its schema.
  REQUIRE(explanation.size() > revision.size());
  const Strings tail(explanation.end() - static_cast<std::ptrdiff_t>(revision.size()) + 1, explanation.end());
  CHECK(tail == Strings(revision.begin() + 1, revision.end()));
  explanation.resize(explanation.size() - tail.size());
  Strings all = revision;
  all.insert(all.end(), explanation.begin(), explanation.end());
  all.insert(all.end(), incident.begin(), incident.end());
  CHECK(FirstColumn(Section(ReadFile("docs/json.md"), "## Incidents and revisions")) == all);
}

TEST_CASE("docs/rules.md names the program's facts and categories, and its example is sound", "[docs]") {
  const std::string page = ReadFile("docs/rules.md");
  const Strings spans = FindAll(Section(page, "## Facts (closed list)"), "`([^`]*)`");
  REQUIRE_FALSE(spans.empty());
  CHECK(Words(spans.front()) == Names(analyzers::Fact::kTimeout));
  for (const std::string& category : FindAll(page, "category:? `?([a-z]+_[a-z]+)")) {
    INFO(category);
    CHECK(analyzers::ParseCategory(category));
  }
  for (const std::string& role : Names(analyzers::Role::kHarmless))
    CHECK(page.find("\n- **" + role + "**") != std::string::npos);

  const std::size_t begin = page.find("```yaml\n"), end = page.find("```\n", begin + 8);
  REQUIRE(end != std::string::npos);
  const std::string yaml = page.substr(begin + 8, end - begin - 8);
  const fs::path folder = fs::temp_directory_path() / "neverready-docs-test";
  fs::create_directories(folder);
  const fs::path file = folder / (FindAll(yaml, "speaker: (\\w+)").at(0) + ".yaml");
  std::ofstream(file, std::ios::binary) << yaml;
  const Outcome outcome = Run({"rules", "test", "--no-builtin-rules", file.string()});
  fs::remove_all(folder);
  INFO(outcome.err);
  CHECK(outcome.code == cli::kExitReady);
}

TEST_CASE("docs/manual.md names the fields of `rules list --format json`", "[docs]") {
  const std::string output = ReadFile("docs/manual.md");
  const Json rules = Json::parse(Run({"rules", "list", "--format", "json"}).out);
  REQUIRE_FALSE(rules.empty());
  for (const std::string& key : Keys(rules[0])) {
    INFO("field " << key);
    CHECK(Section(output, "## Output").find("`" + key + "`") != std::string::npos);
  }
}

TEST_CASE("docs/manual.md lists what is read from the environment, and no other", "[docs]") {
  Strings variables;
  for (const cli::VariableRow& row : cli::kVariables) variables.emplace_back(row.name);
  CHECK(FirstColumn(Section(ReadFile("docs/manual.md"), "## Environment variables")) == variables);
}

TEST_CASE("docs/manual.md lists every output format", "[docs]") {
  const Strings formats = FirstColumn(Section(ReadFile("docs/manual.md"), "## Output"));
  const std::string help = Run({"analyze", "--help"}).out;
  std::string all;
  for (const std::string& format : formats) {
    if (format != "--format") all += (all.empty() ? "" : ",") + format;
  }
  CHECK(help.find("--format FORMAT:{" + all + "}") != std::string::npos);
}

TEST_CASE("docs/manual.md lists every kind of secret as the program does", "[docs]") {
  std::vector<Strings> expected;
  for (const core::SecretKindRow& row : core::SecretKinds())
    expected.push_back({"`" + std::string(row.id) + "`", std::string(row.what)});
  CHECK(Rows(Section(ReadFile("docs/manual.md"), "## Secrets")) == expected);
}

TEST_CASE("docs/architecture.md names every folder of sources and every grade", "[docs]") {
  const std::string page = ReadFile("docs/architecture.md");
  const Strings folders = FirstColumn(Section(page, "## Folders and layers"));
  const std::string layers = ReadFile("tests/layers.txt");
  for (const std::string& folder : FindAll("\n" + layers, "\\n([a-z]+):")) {
    INFO("folder " << folder);
    CHECK(std::find(folders.begin(), folders.end(), folder + "/") != folders.end());
  }
  Strings grades;
  for (const Strings& row : Rows(Section(page, "## The engine, step by step")))
    grades.push_back(FindAll(row[0], "`([^`]*)`").at(0));
  CHECK(grades == Names(analyzers::Grade::kSymptom));
}

TEST_CASE("Decisions are short and say what they are", "[docs]") {
  for (const auto& entry : fs::directory_iterator("docs/adr")) {
    const std::string text = ReadFile(entry.path());
    INFO(entry.path());
    CHECK(std::count(text.begin(), text.end(), '\n') <= 25);
    for (const char* part : {"**Status:**", "**Context.**", "**Decision.**", "**Consequences.**"})
      CHECK(text.find(part) != std::string::npos);
  }
}

}  // namespace
}  // namespace neverready
