#include "analyzers/diagnosis_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/text.h"

namespace neverready::analyzers {
namespace {

using Change = std::function<void(TextPart, std::string*)>;

// The bindings below name every member, so that a new one breaks the build here.
void Visit(Evidence* evidence, const Change& change) {
  auto& [at, insert_id, instance, log, text] = *evidence;
  for (std::string* one : {&insert_id, &instance, &log, &text}) change(TextPart::kText, one);
}

void Visit(RevisionKey* key, const Change& change) {
  auto& [scope, project, location, service, revision] = *key;
  for (std::string* one : {&project, &location, &service, &revision}) change(TextPart::kText, one);
}

void Visit(CascadeLink* link, const Change& change) {
  auto& [category, rule, summary, at, evidence] = *link;
  change(TextPart::kText, &rule);
  change(TextPart::kText, &summary);
  if (evidence) Visit(&*evidence, change);
}

void Visit(RunnerUp* runner_up, const Change& change) {
  auto& [category, rule, confidence] = *runner_up;
  change(TextPart::kText, &rule);
}

void Visit(EnvironmentVariable* variable, const Change& change) {
  auto& [name, state, value] = *variable;
  change(TextPart::kText, &name);
  if (value) change(TextPart::kEnvironmentValue, &*value);
}

void Visit(TimelineEntry* entry, const Change& change) {
  auto& [at, event, text] = *entry;
  change(TextPart::kText, &text);
}

void Visit(Platform* platform, const Change& change) {
  auto& [reason, message, probe, probe_status] = *platform;
  for (std::string* one : {&reason, &message, &probe, &probe_status}) change(TextPart::kText, one);
}

void Visit(Fix* fix, const Change& change) {
  auto& [text, commands] = *fix;
  change(TextPart::kText, &text);
  for (std::string& command : commands) change(TextPart::kCommand, &command);
}

void Visit(Facts* facts, const Change& change) {
  const Facts before = *facts;
  for (const auto& [fact, held] : before.map()) {
    FactValue value = held;
    if (auto* text = std::get_if<std::string>(&value)) {
      change(TextPart::kText, text);
    } else if (auto* list = std::get_if<std::vector<std::string>>(&value)) {
      for (std::string& item : *list) change(TextPart::kText, &item);
    }
    facts->Set(fact, std::move(value));
  }
}

const std::string kDropped(1, '\0');  // no text holds it: controls are stripped

constexpr std::string_view kPemBegin = "-----BEGIN ", kPemEnd = "-----END ";

// A private key that was logged line by line: between its first and its last line everything is the key.
void HideKeyLines(std::vector<Evidence>* lines) {
  bool inside = false;
  for (Evidence& line : *lines) {
    const std::size_t begin = line.text.find(kPemBegin);
    if (line.text.find(kPemEnd) != std::string::npos) {
      inside = false;
    } else if (begin != std::string::npos) {
      inside = line.text.find("PRIVATE KEY", begin) != std::string::npos;
    } else if (inside && line.text.find(' ') == std::string::npos) {
      line.text = "[redacted:" + std::string(core::Name(core::SecretKind::kPrivateKey)) + "]";
    } else {
      inside = false;
    }
  }
}

}  // namespace

void ForEachText(Diagnosis* diagnosis, const Change& change) {
  auto& [key, state, early, degraded, root_cause, rule, confidence, runner_up, summary, facts, evidence,
         cascade, blame, transient, fix, environment, attempts, started_at, failed_at, ready_at, platform,
         timeline, informative] = *diagnosis;
  Visit(&key, change);
  for (std::string& reason : degraded) change(TextPart::kText, &reason);
  change(TextPart::kText, &rule);
  if (runner_up) Visit(&*runner_up, change);
  change(TextPart::kText, &summary);
  Visit(&facts, change);
  if (evidence) Visit(&*evidence, change);
  for (CascadeLink& link : cascade) Visit(&link, change);
  if (fix) Visit(&*fix, change);
  for (EnvironmentVariable& variable : environment) Visit(&variable, change);
  if (platform) Visit(&*platform, change);
  for (TimelineEntry& entry : timeline) Visit(&entry, change);
  for (Evidence& line : informative) Visit(&line, change);
}

void StripControls(Diagnosis* diagnosis) {
  ForEachText(diagnosis, [](TextPart, std::string* text) {
    std::string clean;
    if (core::StripControls(*text, &clean)) *text = std::move(clean);
  });
}

void Redact(const core::RedactOptions& options, Diagnosis* diagnosis) {
  core::RedactOptions with = options;
  with.keep = diagnosis->facts.Text(Fact::kPrincipal);
  const core::Redactor redactor(std::move(with));
  HideKeyLines(&diagnosis->informative);
  std::vector<core::HiddenSecret> hidden;
  ForEachText(diagnosis, [&](TextPart part, std::string* text) {
    if (part == TextPart::kText) *text = redactor.Redact(*text, &hidden);
  });
  ForEachText(diagnosis, [&](TextPart part, std::string* text) {
    std::string redacted = core::HideAgain(part == TextPart::kText ? *text : redactor.Redact(*text), hidden);
    if (redacted == *text) return;
    if (part == TextPart::kText) {
      *text = std::move(redacted);
    } else {
      *text = kDropped;
    }
  });
  if (diagnosis->fix) std::erase(diagnosis->fix->commands, kDropped);
  for (EnvironmentVariable& variable : diagnosis->environment) {
    if (variable.value == kDropped) variable.value.reset();
  }
}

}  // namespace neverready::analyzers
