// Secrets of every kind in every place of a log; none of them may leave in any output. And hostile text,
// which must not reach a terminal.
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "tests/fakes/run_app.h"
#include "tests/fakes/secrets.h"

namespace neverready::cli {
namespace {

using fakes::PlantedSecret;
using fakes::PlantedSecrets;
using Json = nlohmann::ordered_json;

bool Contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string Revision(std::size_t number) { return "api-" + std::to_string(10000 + number) + "-abc"; }

class Entries {
 public:
  explicit Entries(std::size_t number) : revision_(Revision(number)) {}

  Entries& Add(const std::string& log, Json more) {
    const int second = second_++;
    Json entry;
    entry["insertId"] = revision_ + std::to_string(second);
    entry["logName"] = "projects/demo-proj/logs/" + log;
    entry["labels"] = {{"instanceId", "i-" + revision_}};
    entry["resource"] = {{"type", "cloud_run_revision"},
                         {"labels",
                          {{"project_id", "demo-proj"},
                           {"location", "us-central1"},
                           {"service_name", "api"},
                           {"revision_name", revision_}}}};
    entry["timestamp"] = "2026-01-18T02:24:" + std::to_string(10 + second) + "Z";
    entry.update(more, true);
    out_ += entry.dump() + "\n";
    return *this;
  }
  Entries& App(Json more) { return Add("run.googleapis.com%2Fstderr", std::move(more)); }
  Entries& Text(const std::string& text) { return App({{"textPayload", text}}); }
  Entries& System(const std::string& text) {
    return Add("run.googleapis.com%2Fvarlog%2Fsystem", {{"textPayload", text}});
  }
  Entries& Start() { return System("Starting new instance. Reason: DEPLOYMENT_ROLLOUT"); }
  Entries& Exit() {
    return System("Container called exit(1).")
        .System(
            "Default STARTUP TCP probe failed 1 time consecutively for container \"api-1\" on port 8080. The instance was not started. Connection failed with status CANCELLED.");
  }
  std::string Take() { return out_; }

 private:
  std::string revision_, out_;
  int second_ = 0;
};

std::string PythonTrace(const std::string& text) {
  return "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>\n    boot()\nRuntimeError: cannot start: " +
         text;
}

std::string NodeTrace(const std::string& text) {
  return "Error: cannot start: " + text +
         "\n    at Object.<anonymous> (/app/index.js:3:9)\n    at Module._compile (node:internal/modules/cjs/loader:1105:14)";
}

struct Place {
  const char* name;
  bool quoted;  // the line is the evidence, or one of the last words
  std::function<std::string(const PlantedSecret&, std::size_t)> log;
};

const std::vector<Place>& Places() {
  static const std::vector<Place> kPlaces{
      {"textPayload", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i).Start().Text(PythonTrace(one.text)).Exit().Take();
       }},
      {"textPayload, a line an entry", true,
       [](const PlantedSecret& one, std::size_t i) {
         Entries entries(i);
         entries.Start();
         const std::string trace = PythonTrace(one.text);
         for (const std::string_view line : core::SplitLines(trace)) entries.Text(std::string(line));
         return entries.Exit().Take();
       }},
      {"last words of an unknown cause", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i).Start().Text("starting with " + one.text).Exit().Take();
       }},
      {"jsonPayload.message", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Start()
             .App({{"severity", "ERROR"}, {"jsonPayload", {{"message", PythonTrace(one.text)}}}})
             .Exit()
             .Take();
       }},
      {"jsonPayload.error.stack", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Start()
             .App({{"severity", "ERROR"},
                   {"jsonPayload", {{"msg", "boot failed"}, {"error", {{"stack", NodeTrace(one.text)}}}}}})
             .Exit()
             .Take();
       }},
      {"logfmt", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Start()
             .Text("level=fatal msg=\"cannot start: " + one.text + "\" pid=1")
             .Exit()
             .Take();
       }},
      {"a message in parts, cut within the secret", true,
       [](const PlantedSecret& one, std::size_t i) {
         const std::string text = "starting with " + one.text;
         const std::size_t cut = text.find(one.secret) + one.secret.size() / 2;
         Entries entries(i);
         entries.Start();
         for (int part = 0; part < 2; ++part) {
           entries.App({{"textPayload", part == 0 ? text.substr(0, cut) : text.substr(cut)},
                        {"split", {{"uid", "u" + std::to_string(i)}, {"index", part}, {"totalSplits", 2}}}});
         }
         return entries.Exit().Take();
       }},
      {"protoPayload.status.message", true,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Add("cloudaudit.googleapis.com%2Fsystem_event",
                  {{"protoPayload",
                    {{"@type", "type.googleapis.com/google.cloud.audit.AuditLog"},
                     {"methodName", "/InternalServices.ReplaceInternalService"},
                     {"resourceName", "namespaces/demo-proj/revisions/" + Revision(i)},
                     {"status",
                      {{"message", "Ready condition status changed to False for Revision " + Revision(i) +
                                       " with message: The container cannot start: " + one.text}}}}}})
             .Take();
       }},
      {"a table of variables", false,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Start()
             .Text("ENVIRONMENT: staging")
             .Text("SETTING: " + one.text)
             .Text("JWT_SECRET_KEY: MISSING")
             .Text("boot failed")
             .Exit()
             .Take();
       }},
      {"the spec of an audit entry", false,
       [](const PlantedSecret& one, std::size_t i) {
         const Json container = {{"image", "us-docker.pkg.dev/demo-proj/api/web"},
                                 {"env", Json::array({{{"name", "SETTING"}, {"value", one.text}}})}};
         const Json revision_template = {
             {"metadata", {{"annotations", {{"note", one.text}}}, {"name", Revision(i)}}},
             {"spec", {{"containers", Json::array({container})}}}};
         return Entries(i)
             .Add("cloudaudit.googleapis.com%2Factivity",
                  {{"protoPayload",
                    {{"@type", "type.googleapis.com/google.cloud.audit.AuditLog"},
                     {"methodName", "google.cloud.run.v1.Services.ReplaceService"},
                     {"resourceName", "namespaces/demo-proj/services/api"},
                     {"request", {{"service", {{"spec", {{"template", revision_template}}}}}}},
                     {"response", {{"spec", {{"template", revision_template}}}}}}}})
             .Start()
             .Text("boot failed")
             .Exit()
             .Take();
       }},
      {"labels and the URL of a request", false,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i)
             .Start()
             .App({{"textPayload", "boot failed"}, {"labels", {{"note", one.text}}}})
             .Add("run.googleapis.com%2Frequests",
                  {{"httpRequest", {{"status", 503}, {"requestUrl", "https://api/x?a=" + one.text}}}})
             .Exit()
             .Take();
       }},
      {"lines that cannot be read", false,
       [](const PlantedSecret& one, std::size_t i) {
         return Entries(i).Start().Text("boot failed").Exit().Take() + "{\"textPayload\": \"" + one.text +
                "\n" + one.text + "\n";
       }},
  };
  return kPlaces;
}

const std::vector<std::vector<std::string>>& Formats() {
  static const std::vector<std::vector<std::string>> kFormats{
      {"analyze", "-"},
      {"analyze", "-v", "--color", "always", "-"},
      {"analyze", "--format", "json", "-"},
      {"analyze", "--format", "ndjson", "-"},
  };
  return kFormats;
}

TEST_CASE("No planted secret leaves in any output", "[redact]") {
  CHECK(PlantedSecrets().size() >= 30);
  for (const Place& place : Places()) {
    std::string log;
    for (std::size_t i = 0; i < PlantedSecrets().size(); ++i) log += place.log(PlantedSecrets()[i], i);
    for (const auto& arguments : Formats()) {
      const fakes::Ran ran = fakes::RunApp(arguments, {.in = log, .environment = {}, .terminal = false});
      REQUIRE(ran.code == 1);
      for (std::size_t i = 0; i < PlantedSecrets().size(); ++i) {
        const PlantedSecret& one = PlantedSecrets()[i];
        INFO(place.name << ", " << arguments[1] << " " << arguments[2 % arguments.size()] << ": "
                        << one.text);
        CHECK_FALSE(Contains(ran.out, one.secret));
        CHECK_FALSE(Contains(ran.err, one.secret));
        if (!place.quoted || arguments.back() != "-" || arguments[1] != "--format" ||
            arguments[2] != "ndjson")
          continue;
        bool found = false;
        for (const std::string_view line : core::SplitLines(ran.out)) {
          if (!Contains(std::string(line), Revision(i))) continue;
          found = true;
          CHECK(Contains(std::string(line), "[redacted:" + one.kind + "]"));
        }
        CHECK(found);
      }
    }
    // Without redaction it is there, or this test would prove nothing.
    if (!place.quoted) continue;
    const fakes::Ran raw = fakes::RunApp({"analyze", "--no-redact", "--format", "json", "-"},
                                         {.in = log, .environment = {}, .terminal = false});
    for (const PlantedSecret& one : PlantedSecrets()) {
      INFO(place.name << ": " << one.text);
      CHECK(Contains(raw.out, one.secret));
      CHECK_FALSE(Contains(raw.err, one.secret));
    }
  }
}

TEST_CASE("No planted secret leaves by way of plain text or docker's lines", "[redact]") {
  for (const PlantedSecret& one : PlantedSecrets()) {
    for (const bool docker : {false, true}) {
      std::string log;
      const std::string lines = "booting\n" + PythonTrace(one.text) + "\nContainer called exit(1).";
      for (const std::string_view line : core::SplitLines(lines)) {
        log += docker ? Json{{"log", std::string(line) + "\n"},
                             {"stream", "stderr"},
                             {"time", "2026-01-18T02:24:00Z"}}
                            .dump()
                      : std::string(line);
        log += "\n";
      }
      for (const auto& arguments : Formats()) {
        const fakes::Ran ran = fakes::RunApp(arguments, {.in = log, .environment = {}, .terminal = false});
        INFO(one.text);
        CHECK_FALSE(Contains(ran.out + ran.err, one.secret));
        CHECK(Contains(ran.out, "[redacted:" + one.kind + "]"));
      }
    }
  }
}

TEST_CASE("A line tried on a rule and messages of the program are redacted too", "[redact]") {
  const fakes::Ran ran =
      fakes::RunApp({"rules", "try", "cpython.module-not-found",
                     "ModuleNotFoundError: No module named ! postgres://app:Hunter2x@db:5432/x"});
  CHECK(ran.code == 1);
  CHECK(Contains(ran.out, "app:[redacted:password]@db"));
  CHECK_FALSE(Contains(ran.out, "Hunter2x"));
  const fakes::Ran missing = fakes::RunApp({"analyze", "postgres://app:Hunter2x@db:5432/x"});
  CHECK(missing.code == 2);
  CHECK_FALSE(Contains(missing.err, "Hunter2x"));
  const fakes::Ran both = fakes::RunApp({"analyze", "--no-redact", "--redact-emails", "-"});
  CHECK(both.code == 2);
}

TEST_CASE("Addresses leave unless they are hidden on demand", "[redact]") {
  const std::string log =
      Entries(0).Start().Text(PythonTrace("mail to ada@example.com was refused")).Exit().Take();
  const auto run = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "analyze");
    more.emplace_back("-");
    return fakes::RunApp(more, {.in = log, .environment = {}, .terminal = false}).out;
  };
  CHECK(Contains(run({}), "ada@example.com"));
  CHECK_FALSE(Contains(run({"--redact-emails"}), "ada@example.com"));
  CHECK(Contains(run({"--redact-emails"}), "[redacted:email]"));
}

bool IsHarmless(const std::string& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if ((c < 0x20 && c != '\n') || c == 0x7F) return false;
    if (c == 0xC2 && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) < 0xA0) return false;
  }
  for (const char* hidden : {"\u202E", "\u202A", "\u2066", "\u200B", "\u200D", "\u200F", "\u2028", "\u2060",
                             "\uFEFF", "\u00AD", "\u061C", "\U000E0041"}) {
    if (Contains(out, hidden)) return false;
  }
  return core::IsValidUtf8(out);
}

TEST_CASE("Hostile text reaches no terminal", "[redact]") {
  const std::vector<std::string> hostile{"\x1b[2J\x1b[31mred",
                                         "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
                                         "\x1b]0;title\a",
                                         "\u009B31m c1",
                                         "\u202Egnp.exe",
                                         "zero\u200Bwidth\u200D\uFEFF\u00AD\u061C\u2060",
                                         "over\rwritten",
                                         std::string("nu\0l", 4),
                                         "\u2066isolate\u2069 \u2028line \U000E0041tag",
                                         "back\b\b\bspace \x7f del",
                                         "::error file=x::injected",
                                         "two lines\n::error::injected",
                                         "[link](http://evil.example) <script>alert(1)</script>"};
  for (const std::string& text : hostile) {
    Entries entries(0);
    entries.Start()
        .App({{"textPayload", PythonTrace(text)},
              {"insertId", "id" + text},
              {"labels", {{"instanceId", "i" + text}}}})
        .App({{"jsonPayload", {{"message", text}, {"error", {{"stack", NodeTrace(text)}}}}}})
        .System("Container called exit(1). " + text)
        .Add("cloudaudit.googleapis.com%2Fsystem_event",
             {{"protoPayload",
               {{"@type", "type.googleapis.com/google.cloud.audit.AuditLog"},
                {"resourceName", "namespaces/demo-proj/revisions/" + Revision(0)},
                {"status",
                 {{"message", "Ready condition status changed to False for Revision " + Revision(0) +
                                  " with message: " + text}}}}}})
        .Exit();
    for (auto arguments : Formats()) {
      std::erase(arguments, "--color");
      std::erase(arguments, "always");
      for (const bool redact : {true, false}) {
        if (!redact) arguments.insert(arguments.begin() + 1, "--no-redact");
        const fakes::Ran ran = fakes::RunApp(arguments, {.in = entries.Take() + text + "\n",
                                                         .environment = {{"GITHUB_ACTIONS", "true"}},
                                                         .terminal = false});
        INFO(text << "\n" << ran.out << ran.err);
        CHECK(IsHarmless(ran.out));
        CHECK(IsHarmless(ran.err));
        const std::string shown = ran.out + ran.err;
        for (const std::string_view line : core::SplitLines(shown))
          CHECK_FALSE(core::Trim(line).starts_with("::error"));
        CHECK(Contains(ran.out, "cannot start"));
      }
    }
  }
  // A command of GitHub Actions as the last word.
  const fakes::Ran command = fakes::RunApp(
      {"analyze", "-"}, {.in = Entries(0).Start().Text("::error file=x::y ##[error]z").Exit().Take(),
                         .environment = {{"GITHUB_ACTIONS", "true"}},
                         .terminal = false});
  CHECK(Contains(command.out, "\n               : :error file=x::y ## [error]z\n"));
  // JSON still says what the log says.
  const fakes::Ran ran =
      fakes::RunApp({"analyze", "--format", "json", "-"},
                    {.in = Entries(0).Start().Text(PythonTrace("a\u202Eb\U000E0041c")).Exit().Take(),
                     .environment = {},
                     .terminal = false});
  CHECK(Contains(ran.out, "\\u202e"));
  CHECK(Json::parse(ran.out)["diagnoses"][0]["evidence"]["text"] ==
        "RuntimeError: cannot start: a\u202Eb\U000E0041c");
}

}  // namespace
}  // namespace neverready::cli
