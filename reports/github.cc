#include "reports/github.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "reports/words.h"

namespace neverready::reports {
namespace {

using analyzers::Diagnosis;
using analyzers::Fact;
using analyzers::State;

constexpr std::size_t kMostOfAKind = 10;    // what GitHub shows of one step
constexpr std::size_t kLongestTitle = 200;  // characters
constexpr std::size_t kLongestText = 1000;  // of each part of a message
constexpr std::size_t kMostNames = 50;      // in the annotation that tells of the others
constexpr std::size_t kMostFoldersOff = 3;  // "/usr/src/app/main.py"

enum class Kind : std::uint8_t { kError, kWarning, kNone };

Kind KindOf(const Diagnosis& diagnosis) {
  switch (diagnosis.state) {
    case State::kFailed:
    case State::kCrashLooping: return Kind::kError;
    case State::kInconclusive:
    case State::kPending: return Kind::kWarning;
    case State::kReady: return diagnosis.degraded.empty() ? Kind::kNone : Kind::kWarning;
  }
  return Kind::kNone;
}

std::string_view Command(Kind kind) { return kind == Kind::kError ? "error" : "warning"; }

// The runner knows %25, %0D and %0A in messages, %3A and %2C besides in properties.
std::string Escape(std::string_view text, bool property) {
  std::string out;
  for (const char c : WithoutWorkflowCommands(core::SafeForTerminal(text))) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string Property(std::string_view text) { return Escape(text, true); }

// The path in the checkout of a file in the container; "" where there is none.
std::string InCheckout(std::string_view file, const GithubOptions& options) {
  if (!options.in_checkout || file.empty() || file.find("..") != std::string_view::npos) return {};
  std::string path(file);
  if (path != core::SafeForTerminal(path) || path.find('\n') != std::string::npos) return {};
  for (std::size_t off = 0; off <= kMostFoldersOff; ++off) {
    if (path.starts_with('/')) path.erase(0, path.find_first_not_of('/'));
    if (path.starts_with("./")) path.erase(0, 2);
    if (path.empty()) return {};
    if (options.in_checkout(path)) return path;
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return {};
    path.erase(0, slash + 1);
  }
  return {};
}

std::string Message(const Diagnosis& diagnosis) {
  std::string message;
  const auto add = [&](std::string_view label, std::string_view text) {
    if (text.empty()) return;
    message += (message.empty() ? "" : "\n") + std::string(label) + core::Ellipsize(text, kLongestText);
  };
  add("", diagnosis.summary);
  for (const std::string& reason : diagnosis.degraded) add("Attention: ", reason);
  if (diagnosis.evidence) add("Evidence: ", diagnosis.evidence->text);
  if (diagnosis.fix) add("What to do: ", diagnosis.fix->text);
  return Escape(message, false);
}

std::string Annotation(const Diagnosis& diagnosis, const GithubOptions& options) {
  std::string place;
  // A file of a rule's fact may be any file that the log names; only a frame's is told with its line.
  if (diagnosis.facts.Has(Fact::kLine)) {
    if (const std::string path = InCheckout(diagnosis.facts.Text(Fact::kFile), options); !path.empty())
      place = fmt::format(",file={},line={}", Property(path),
                          std::max<std::int64_t>(1, diagnosis.facts.Number(Fact::kLine, 1)));
  }
  return fmt::format("::{} title={}{}::{}\n", Command(KindOf(diagnosis)),
                     Property(core::Ellipsize(Headline(diagnosis), kLongestTitle)), place,
                     Message(diagnosis));
}

// All of one kind, in the order of the diagnoses.
std::string Annotations(Kind kind, const std::vector<Diagnosis>& diagnoses, const GithubOptions& options) {
  std::vector<const Diagnosis*> all;
  for (const Diagnosis& diagnosis : diagnoses) {
    if (KindOf(diagnosis) == kind) all.push_back(&diagnosis);
  }
  const std::size_t own = all.size() <= kMostOfAKind ? all.size() : kMostOfAKind - 1;
  std::string out;
  for (std::size_t i = 0; i < own; ++i) out += Annotation(*all[i], options);
  if (own == all.size()) return out;
  std::string names;
  for (std::size_t i = own; i < std::min(all.size(), own + kMostNames); ++i)
    names += (names.empty() ? "" : "\n") + core::Ellipsize(Headline(*all[i]), kLongestTitle);
  if (all.size() > own + kMostNames) names += "\n…";
  out += fmt::format("::{} title=and {} more revisions::{}\n", Command(kind), all.size() - own,
                     Escape(names, false));
  return out;
}

}  // namespace

std::string ToGithub(const std::vector<Diagnosis>& diagnoses, const GithubOptions& options) {
  if (diagnoses.empty()) {
    return "::warning title=neverready%3A nothing to diagnose::The input says nothing of a Cloud Run revision "
           "that was asked about.\n";
  }
  std::string out = Annotations(Kind::kError, diagnoses, options);
  out += Annotations(Kind::kWarning, diagnoses, options);
  if (!out.empty()) return out;
  return fmt::format("::notice title=neverready::{}\n",
                     diagnoses.size() == 1 ? Escape(Headline(diagnoses[0]), false)
                                           : fmt::format("All {} revisions are ready", diagnoses.size()));
}

std::string WithoutWorkflowCommands(std::string_view text) {
  std::string out;
  bool begun = false;  // a visible sign stood on this line
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    out += c;
    if (c == '\n' || c == '\r') {
      begun = false;
    } else if (!begun && rest.starts_with("::")) {
      out += ' ';
      begun = true;
    } else if (rest.starts_with("##[")) {
      out += "# ";
      ++at;
      begun = true;
    } else if (c > ' ' && c < 0x7f) {
      // What is not ASCII may be one of Unicode's blanks, which the runner takes off as well.
      begun = true;
    }
  }
  return out;
}

}  // namespace neverready::reports
