// The text of a log, as docker, kubectl, gcloud and others print it, gets the root cause of its JSON wherever
// the evidence survives the format.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/fakes/run_app.h"

namespace neverready {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Entries = std::vector<Json>;

// Entries with a time, oldest first.
Entries ReadCase(const std::string& file) {
  Entries entries;
  std::istringstream in(fakes::ReadFile(file));
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) entries.push_back(Json::parse(line));
  }
  std::erase_if(entries, [](const Json& entry) { return !entry.contains("timestamp"); });
  // Without the Z a shorter fraction sorts before a longer one with the same beginning.
  std::ranges::stable_sort(entries, {}, [](const Json& entry) {
    const std::string time = entry["timestamp"];
    return time.substr(0, time.size() - 1);
  });
  return entries;
}

std::string RootCause(const std::string& text) {
  const fakes::Ran ran = fakes::RunApp({"analyze", "--format", "json", "-"}, {.in = text, .environment = {}});
  const Json diagnoses = Json::parse(ran.out)["diagnoses"];
  if (diagnoses.size() != 1) return std::to_string(diagnoses.size()) + " diagnoses";
  const Json& cause = diagnoses[0]["root_cause"];
  return cause.is_null() ? "none" : cause.get<std::string>();
}

std::string Ndjson(const Entries& entries) {
  std::string text;
  for (const Json& entry : entries) text += entry.dump() + "\n";
  return text;
}

bool IsLog(const Json& entry, std::string_view name) {
  const std::string log = entry.value("logName", "");
  return log.ends_with("%2F" + std::string(name));
}

bool OfContainer(const Json& entry) { return IsLog(entry, "stdout") || IsLog(entry, "stderr"); }

// What the container wrote, line by line.
std::vector<std::string> LinesOf(const Json& entry) {
  if (entry.contains("jsonPayload")) {
    Json payload = entry["jsonPayload"];
    if (entry.contains("severity") && !payload.contains("severity")) payload["severity"] = entry["severity"];
    return {payload.dump()};
  }
  std::vector<std::string> lines;
  std::istringstream in(entry.value("textPayload", ""));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

struct TextForm {
  std::string name;
  std::function<bool(const Json&)> shows;
  std::function<std::string(const Json&)> prefix;
  bool once = false;   // the prefix stands before an entry, not before each of its lines
  bool times = false;  // the prefix tells the time
  std::size_t step = 1;
  std::size_t at_least = 0;  // so many cases have the root cause of their JSON
};

// "2025-09-08T04:02:11.319000000Z"
std::string Nanoseconds(const Json& entry) {
  std::string time = entry["timestamp"];
  time.pop_back();
  if (time.find('.') == std::string::npos) time += '.';
  return time + std::string(30 - 1 - time.size(), '0') + "Z";
}

std::string Seconds(const Json& entry) {
  std::string time = entry["timestamp"].get<std::string>().substr(0, 19);
  time[10] = ' ';
  return time;
}

std::string Print(const Entries& entries, const TextForm& form) {
  std::string text;
  for (const Json& entry : entries) {
    if (IsLog(entry, "requests")) {
      const Json& http = entry["httpRequest"];
      text += Seconds(entry) + " " + http.value("requestMethod", "") + " " +
              std::to_string(http.value("status", 0)) + " " + http.value("requestUrl", "") + "\n";
      continue;
    }
    bool first = true;
    for (const std::string& line : LinesOf(entry)) {
      text += (first || !form.once ? form.prefix(entry) : "") + line + "\n";
      first = false;
    }
  }
  return text;
}

// The lines of a text form as entries of their own: what it loses is which lines were one entry, how severe
// the platform found it, the stream, and the instance.
std::string LineByLine(const Entries& entries, const TextForm& form) {
  Entries lines;
  for (const Json& entry : entries) {
    if (!OfContainer(entry)) continue;
    // A prefix that stands once an entry shows what is one.
    const bool whole = form.once && entry.contains("textPayload");
    for (const std::string& line :
         whole ? std::vector<std::string>{entry["textPayload"].get<std::string>()} : LinesOf(entry)) {
      Json one{{"insertId", std::to_string(1'000'000 + lines.size())},
               {"logName", "projects/demo-proj/logs/run.googleapis.com%2Fstderr"}};
      one["resource"] = {{"type", "cloud_run_revision"}, {"labels", Json::object()}};
      one["labels"] = {{"instanceId", "a"}};
      if (form.times)
        one["timestamp"] = form.once ? entry["timestamp"].get<std::string>().substr(0, 19) + "Z"
                                     : entry["timestamp"].get<std::string>();
      if (entry.contains("jsonPayload")) {
        one["jsonPayload"] = entry["jsonPayload"];
      } else if (!line.empty()) {
        one["textPayload"] = line;
      }
      lines.push_back(std::move(one));
    }
  }
  return Ndjson(lines);
}

void CheckForm(const TextForm& form) {
  std::vector<std::string> files;
  for (const auto& file : fs::recursive_directory_iterator("tests/cases")) {
    if (file.path().extension() == ".ndjson") files.push_back(file.path().generic_string());
  }
  std::ranges::sort(files);
  std::size_t same = 0, survived = 0;
  for (std::size_t i = 0; i < files.size(); i += form.step) {
    const Entries all = ReadCase(files[i]);
    Entries shown = all;
    std::erase_if(shown, [&](const Json& entry) { return !form.shows(entry); });
    if (shown.empty()) continue;
    const std::string wanted = RootCause(Ndjson(all));
    if (wanted.ends_with("diagnoses")) continue;
    // The evidence is in what the format leaves out: the platform's own words, mostly.
    if (RootCause(Ndjson(shown)) != wanted) continue;
    ++survived;
    const std::string got = RootCause(Print(shown, form));
    same += got == wanted ? 1 : 0;
    if (got == wanted) continue;
    // Text does not tell to which of several starts a line belongs.
    std::set<std::string> instances;
    for (const Json& entry : shown)
      if (entry.contains("labels")) instances.insert(entry["labels"].value("instanceId", ""));
    if (instances.size() > 1) continue;
    INFO(form.name << ": " << files[i]);
    CHECK((got + " of " + wanted) == (RootCause(LineByLine(shown, form)) + " of " + wanted));
  }
  INFO(form.name << ": " << same << " of " << survived << " have the root cause of their JSON");
  CHECK(same >= form.at_least);
}

const auto kNothing = [](const Json&) { return std::string(); };

TEST_CASE("docker logs gets the root cause of the JSON", "[properties][text-forms]") {
  CheckForm({.name = "docker", .shows = OfContainer, .prefix = kNothing, .at_least = 290});
}

TEST_CASE("docker logs -t gets the root cause of the JSON", "[properties][text-forms]") {
  CheckForm({.name = "docker -t",
             .shows = OfContainer,
             .prefix = [](const Json& entry) { return Nanoseconds(entry) + " "; },
             .times = true,
             .step = 2,
             .at_least = 145});
}

TEST_CASE("gcloud run services logs read gets the root cause of the JSON", "[properties][text-forms]") {
  const auto shows = [](const Json& entry) {
    return (OfContainer(entry) && entry.contains("textPayload")) || IsLog(entry, "requests");
  };
  CheckForm({.name = "services logs read",
             .shows = shows,
             .prefix = [](const Json& entry) { return Seconds(entry) + " "; },
             .once = true,
             .times = true,
             .at_least = 260});
}

TEST_CASE("Output of other collectors gets the root cause of the JSON", "[properties][text-forms]") {
  const auto check = [](std::string name, bool times, std::function<std::string(const Json&)> prefix) {
    CheckForm({.name = std::move(name),
               .shows = OfContainer,
               .prefix = std::move(prefix),
               .times = times,
               .step = 8,
               .at_least = 33});
  };
  check("docker compose", false, [](const Json&) { return "web-1  | "; });
  check("docker compose, coloured", false, [](const Json&) { return "\x1b[36mweb-1  | \x1b[0m"; });
  check("docker compose -t", true, [](const Json& entry) { return "web-1  | " + Nanoseconds(entry) + " "; });
  check("kubectl --prefix", false, [](const Json&) { return "[pod/web-5d9c7b9f8-x2x4z/web] "; });
  check("kubectl --prefix --timestamps", true,
        [](const Json& entry) { return "[pod/web-5d9c7b9f8-x2x4z/web] " + Nanoseconds(entry) + " "; });
  check("journal", false, [](const Json&) { return "Sep 08 04:02:11 host web[123]: "; });
  check("Heroku", true,
        [](const Json& entry) { return Nanoseconds(entry).substr(0, 26) + "+00:00 app[web.1]: "; });
  check("Cloud Build", false, [](const Json&) { return "Step #2 - \"Deploy\": "; });
}

}  // namespace
}  // namespace neverready
