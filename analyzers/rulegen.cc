// rulegen OUTPUT RULES_DIR: proves all rules below RULES_DIR and writes them as C++. A tool of the build: a
// rule whose proof fails fails the build.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "analyzers/rule_checks.h"
#include "analyzers/rule_loader.h"
#include "analyzers/rule_set.h"

namespace {

using namespace neverready;  // NOLINT(google-build-using-namespace): a main file
using analyzers::Rule;

std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    char buffer[8];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte >= 0x7f) {
      std::snprintf(buffer, sizeof buffer, "\\%03o", static_cast<unsigned>(byte));
      out += buffer;
    } else if (c == '?') {
      out += "\\?";  // no trigraphs
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string Join(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : "\n") + item;
  return out;
}

// A table as a constant of the generated file: "{1,2,…}".
template <typename T, typename F>
void WriteTable(std::ostream& out, const std::string& type, const std::string& name, std::span<const T> table,
                F write) {
  // An array may not be empty.
  out << "constexpr " << type << ' ' << name << "[] = {";
  for (std::size_t i = 0; i < table.size(); ++i) {
    out << (i % 16 == 0 ? "\n" : "");
    write(table[i]);
    out << ',';
  }
  if (table.empty()) out << type << "{}";
  out << "};\n";
}

// The tables of a filter, with names that begin with `prefix`.
void WriteFilter(std::ostream& out, const std::string& prefix, const core::LiteralTables& tables) {
  const auto number = [&](auto value) { out << +value; };
  // Longer than a compiler must take; those that build this take it.
  out << "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\nconstexpr char " << prefix
      << "Texts[] =\n";
  for (std::size_t i = 0; i < tables.texts.size(); i += 4000)
    out << Quote(tables.texts.substr(i, 4000)) << "\n";
  out << "\"\";\n";
  WriteTable(out, "core::LiteralTables::Literal", prefix + "Literals", tables.literals,
             [&](const auto& literal) {
               out << '{' << literal.text << ',' << literal.uses << ',' << literal.size << ','
                   << literal.use_count << ',' << literal.window << ',' << literal.next << '}';
             });
  WriteTable(out, "std::uint32_t", prefix + "Uses", tables.uses, number);
  WriteTable(out, "std::uint16_t", prefix + "Buckets", tables.buckets, number);
  WriteTable(out, "std::uint64_t", prefix + "Present", tables.present,
             [&](std::uint64_t value) { out << value << 'u'; });
  WriteTable(out, "std::uint8_t", prefix + "Clauses", tables.clauses, number);
  WriteTable(out, "int", prefix + "Always", tables.always, number);
}

// The expression that makes a filter of these tables again.
std::string FilterOf(const std::string& prefix, const core::LiteralTables& tables) {
  const auto span = [&](const std::string& name, std::size_t size) {
    return "std::span(" + prefix + name + ").first(" + std::to_string(size) + ")";
  };
  return "core::LiteralFilter({std::string_view(" + prefix + "Texts, sizeof " + prefix + "Texts - 1), " +
         span("Literals", tables.literals.size()) + ", " + span("Uses", tables.uses.size()) + ", " +
         span("Buckets", tables.buckets.size()) + ", " + span("Present", tables.present.size()) + ", " +
         span("Clauses", tables.clauses.size()) + ", " + span("Always", tables.always.size()) + "})";
}

void Write(std::ostream& out, const std::vector<Rule>& rules) {
  out << "// Made by rulegen from analyzers/rules. Do not edit.\n#include \"analyzers/builtin_rules.h\"\n\n#include <array>\n#include <cstdint>\n#include <span>\n#include <string_view>\n\n"
         "#include \"core/text.h\"\n\nnamespace neverready::analyzers {\nnamespace {\n\n"
         "struct Row {\n  std::string_view id, speaker, runtime;\n  Category category;\n  Role role;\n  Voice on;\n  Scope scope;\n  Tier tier;\n"
         "  std::string_view pattern, says, beats;\n  int blame, transient;\n  std::string_view fix_text, fix_commands, set;\n};\n\n"
         "constexpr std::array<Row, "
      << rules.size() << "> kRows{{\n";
  for (const Rule& rule : rules) {
    std::string set;
    for (const auto& [fact, value] : rule.set.map())
      set += (set.empty() ? "" : "\n") + std::string(Name(fact)) + "=" + analyzers::ToText(value);
    out << "    {" << Quote(rule.id) << ", " << Quote(rule.speaker) << ", " << Quote(rule.runtime)
        << ", Category{" << static_cast<int>(rule.category) << "}, Role{" << static_cast<int>(rule.role)
        << "}, Voice{" << static_cast<int>(rule.on) << "}, Scope{" << static_cast<int>(rule.scope) << "}, "
        << "Tier{" << static_cast<int>(rule.tier) << "}"
        << ",\n     " << Quote(rule.pattern) << ",\n     " << Quote(rule.says) << ", "
        << Quote(Join(rule.beats)) << ", " << (rule.blame ? static_cast<int>(*rule.blame) : -1) << ", "
        << (rule.transient ? static_cast<int>(*rule.transient) : -1) << ",\n     " << Quote(rule.fix_text)
        << ", " << Quote(Join(rule.fix_commands)) << ", " << Quote(set) << "},\n";
  }
  out << "}};\n\nstd::vector<std::string> Lines(std::string_view text) {\n  std::vector<std::string> lines;\n"
         "  if (text.empty()) return lines;\n  for (const std::string_view line : core::SplitLines(text)) lines.emplace_back(line);\n  return lines;\n}\n\n";
  const analyzers::RuleFilters filters = analyzers::MakeFilters(rules);
  WriteFilter(out, "kLine", filters.lines.tables());
  WriteFilter(out, "kTrace", filters.traces.tables());
  out << "\n}  // namespace\n\nRuleFilters BuiltinFilters() {\n  return {"
      << FilterOf("kLine", filters.lines.tables()) << ",\n          "
      << FilterOf("kTrace", filters.traces.tables())
      << "};\n}\n\n"
         "std::vector<Rule> BuiltinRules() {\n  std::vector<Rule> rules;\n  rules.reserve(kRows.size());\n  for (const Row& row : kRows) {\n    Rule& rule = rules.emplace_back();\n"
         "    rule.id = row.id;\n    rule.speaker = row.speaker;\n    rule.runtime = row.runtime;\n    rule.category = row.category;\n    rule.role = row.role;\n    rule.on = row.on;\n"
         "    rule.scope = row.scope;\n    rule.tier = row.tier;\n    rule.pattern = row.pattern;\n    rule.says = row.says;\n    rule.beats = Lines(row.beats);\n"
         "    if (row.blame >= 0) rule.blame = static_cast<Blame>(row.blame);\n    if (row.transient >= 0) rule.transient = row.transient == 1;\n"
         "    rule.fix_text = row.fix_text;\n    rule.fix_commands = Lines(row.fix_commands);\n"
         "    for (const std::string& pair : Lines(row.set)) {\n      const std::size_t equals = pair.find('=');\n      rule.set.SetFromText(*ParseFact(pair.substr(0, equals)), pair.substr(equals + 1));\n    }\n"
         "  }\n  return rules;\n}\n\n}  // namespace neverready::analyzers\n";
}

int Run(const std::string& output, const std::filesystem::path& root) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Rule> rules;
  bool bad = false;
  for (const auto& file : files) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    auto parsed = analyzers::ParseRules(
        text.str(), "analyzers/rules/" + std::filesystem::relative(file, root).generic_string());
    if (!parsed) {
      std::cerr << "rulegen: error: " << parsed.error().message
                << (parsed.error().hint.empty() ? "" : "\n  try: " + parsed.error().hint) << "\n";
      bad = true;
      continue;
    }
    std::ranges::move(*parsed, std::back_inserter(rules));
  }
  const analyzers::CheckReport report = analyzers::CheckRules(rules, {});
  for (const core::Error& error : report.errors)
    std::cerr << "rulegen: error: " << error.message << (error.hint.empty() ? "" : "\n  try: " + error.hint)
              << "\n";
  if (bad || !report.errors.empty()) return 1;
  std::ofstream out(output);
  Write(out, rules);
  out.flush();
  if (!out) {
    std::cerr << "rulegen: error: cannot write " << output << "\n";
    return 1;
  }
  std::cout << "rulegen: " << report.rules << " rules, " << report.samples << " samples and "
            << report.near_misses << " near misses hold\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: rulegen OUTPUT RULES_DIR\n";
    return 2;
  }
  return Run(argv[1], argv[2]);
}
