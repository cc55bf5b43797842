#include "cli/github_step.h"

#include <filesystem>
#include <fstream>

#include "cli/command.h"
#include "reports/github.h"
#include "reports/markdown.h"

namespace neverready::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSummary = 1024 * 1024;  // bytes that GitHub takes of one step's summary
constexpr std::size_t kLeastRoom = 4096;           // less is not worth a report

std::string_view Variable(const char* name, const Io& io) {
  const char* value = io.environment ? io.environment(name) : nullptr;
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// "##[" stands in JSON inside strings only, where the bracket may be written as its number.
std::string JsonWithoutCommands(std::string text) {
  constexpr std::string_view kCommand = "##[", kSame = "##\\u005b";
  for (std::size_t at = text.find(kCommand); at != std::string::npos; at = text.find(kCommand, at))
    text.replace(at, kCommand.size(), kSame);
  return text;
}

}  // namespace

std::string SafeOnGithub(std::string text, std::string_view format, const Io& io) {
  // Its own lines are commands, and the report has made the rest safe.
  if (format == "github" || Variable("GITHUB_ACTIONS", io) != "true") return text;
  if (format == "json" || format == "ndjson") return JsonWithoutCommands(std::move(text));
  return reports::WithoutWorkflowCommands(text);
}

void AppendStepSummary(const reports::InputSummary& input, const std::vector<analyzers::Diagnosis>& diagnoses,
                       Io& io) {
  const std::string file(Variable("GITHUB_STEP_SUMMARY", io));
  if (file.empty()) return;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  const std::size_t used = error ? 0 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, kMostSummary));
  if (kMostSummary - used < kLeastRoom) {
    PrintWarning("the step summary is full: GitHub takes 1 MiB of a step; the report is left out of it", io);
    return;
  }
  std::ofstream out(file, std::ios::binary | std::ios::app);
  // What an earlier command of the step wrote may lack the end of its paragraph.
  if (used > 0) out << "\n\n";
  out << reports::ToMarkdown(input, diagnoses, {kMostSummary - used - 2});
  out.close();
  if (!out)
    PrintWarning(
        "cannot write the step summary '" + file + "' (GITHUB_STEP_SUMMARY); the annotations are all", io);
}

bool IsFileHere(const std::string& path) {
  std::error_code error;
  return fs::path(path).is_relative() && fs::is_regular_file(path, error);
}

}  // namespace neverready::cli
