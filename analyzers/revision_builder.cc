#include "analyzers/revision_builder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzers/logfmt.h"
#include "analyzers/normalise.h"
#include "analyzers/platform_event.h"

namespace neverready::analyzers {
namespace {

using ingest::LogKind;
using ingest::TextPart;
using ingest::TextRole;
using Kind = PlatformEvent::Kind;
using ItemKind = BorrowedAttemptItem::Kind;

class Builder {
 public:
  explicit Builder(RevisionLog* log) : log_(log) {}

  void Add(const KeptEntry& kept) {
    Place place{kept.at, kept.insert_id, kept.instance, kept.container, kept.log};
    log_->places.push_back(place);
    if (kept.at) {
      if (!log_->first) log_->first = kept.at;
      log_->last = kept.at;
    }
    if (kept.audit) {
      AddAudit(kept, place);
    } else if (IsPlatform(kept.log)) {
      AddPlatform(kept, place);
    } else {
      for (const TextPart& part : kept.text) AddLines(kept, part, place);
    }
  }

  std::vector<LogItem> Items() && { return std::move(items_); }

 private:
  void AddEvent(PlatformEvent event, const Place& place) {
    event.place = place;
    items_.push_back({ItemKind::kEvent, static_cast<std::uint32_t>(log_->events.size())});
    log_->events.push_back(std::move(event));
  }

  void AddAudit(const KeptEntry& kept, const Place& place) {
    const ingest::AuditRecord& audit = *kept.audit;
    if (audit.container_port != 0 || audit.startup_probe || !audit.env.empty() || !audit.image.empty())
      log_->specs.push_back(audit);
    auto event = ParsePlatformText(audit.status_message);
    if (!event) {
      event.emplace();
      event->text = audit.status_message;
      event->number = audit.status_code.value_or(0);
      const bool refused =
          event->number != 0 || (kept.severity >= ingest::Severity::kError && !audit.status_message.empty());
      event->kind =
          refused ? (log_->key.scope == LogScope::kDeploy ? Kind::kRefused : Kind::kNote) : Kind::kDeploy;
    }
    event->principal = audit.principal;
    for (const ingest::Condition& condition : audit.conditions) {
      if (condition.type == "Ready" && condition.status == "False") event->reason = condition.reason;
    }
    AddEvent(*std::move(event), place);
  }

  void AddPlatform(const KeptEntry& kept, const Place& place) {
    PlatformEvent event;
    event.text = TextOf(kept);
    if (kept.log == LogKind::kRequests) {
      event.kind = Kind::kRequest;
      event.number = kept.http_status;
    } else if (auto parsed = ParsePlatformText(event.text)) {
      event = *std::move(parsed);
    } else {
      event.kind = Kind::kNote;
    }
    AddEvent(std::move(event), place);
  }

  // In plain text the platform's sentence on a failed probe takes two lines.
  bool ContinuesProbe(std::string_view text) {
    constexpr std::string_view kHead = "Connection failed with status ";
    if (!text.starts_with(kHead) || log_->events.empty() || log_->events.back().kind != Kind::kProbeFailed)
      return false;
    PlatformEvent& probe = log_->events.back();
    text.remove_prefix(kHead.size());
    probe.probe_status = text.substr(0, text.find_first_of(" ."));
    probe.text += "\nConnection failed with status " + std::string(text);
    return true;
  }

  void AddLine(Line line) {
    items_.push_back({ItemKind::kLine, static_cast<std::uint32_t>(log_->lines.size())});
    log_->lines.push_back(std::move(line));
  }

  void AddLines(const KeptEntry& kept, const TextPart& part, const Place& place) {
    const auto index = static_cast<std::uint32_t>(log_->places.size() - 1);
    const bool structured = kept.text.size() > 1 || !part.key.empty();
    if (part.role == TextRole::kFields) return AddFields(kept, part);
    bool first = true;
    for (std::string& text : CleanLines(part.text)) {
      const BorrowedPrefix prefix = ParsePrefix(text);
      if (kept.log == LogKind::kText && first) {
        if (ContinuesProbe(prefix.body)) {
          first = false;
          continue;
        }
        if (auto event = ParsePlatformText(prefix.body)) {
          AddEvent(*std::move(event), place);
          first = false;
          continue;
        }
      }
      Line line;
      line.place = index;
      line.role = part.role;
      line.structured = structured;
      line.prefixed = first && (prefix.prefixed || structured);
      line.level = prefix.level == ingest::Severity::kDefault ? kept.severity : prefix.level;
      line.body_begin = static_cast<std::uint32_t>(prefix.body.data() - text.data());
      line.body_end = line.body_begin + static_cast<std::uint32_t>(prefix.body.size());
      std::vector<std::pair<std::string, std::string>> pairs;
      pairs = ParseLogfmt(text);
      line.text = std::move(text);
      first = false;
      if (pairs.empty()) {
        AddLine(std::move(line));
      } else {
        AddLogfmt(line, pairs);
      }
    }
  }

  // The scalars beside a message complete it ("listening" address=0.0.0.0 port=3000); what is quoted is the
  // message.
  void AddFields(const KeptEntry& kept, const TextPart& part) {
    const std::vector<std::string> message = CleanLines(TextOf(kept));
    if (message.empty() || kept.text.front().role != TextRole::kMessage) return;
    Line line;
    line.place = static_cast<std::uint32_t>(log_->places.size() - 1);
    line.role = part.role;
    line.structured = line.prefixed = true;
    line.level = kept.severity;
    line.text = message.front();
    line.body = message.front() + " " + part.text;
    AddLine(std::move(line));
  }

  // Each telling value of a logfmt line is a line of its own; all quote the whole.
  void AddLogfmt(const Line& whole, const std::vector<std::pair<std::string, std::string>>& pairs) {
    bool any = false;
    Line line = whole;
    line.prefixed = true;
    std::string message, fields;
    for (const auto& [key, value] : pairs) {
      if (key == "level" || key == "lvl" || key == "severity") {
        if (const auto level = ParseLevelWord(value)) line.level = *level;
      }
    }
    for (const auto& [key, value] : pairs) {
      const bool is_message = key == "msg" || key == "message" || key == "event";
      if (is_message) message = value;
      if (!is_message && value.size() <= 80) fields += " " + key + "=" + value;
      const bool prose = std::ranges::count(value, ' ') >= 3;
      const bool telling =
          is_message || prose || key.find("err") != std::string::npos || key == "reason" || key == "cause";
      if (!telling) continue;
      for (const std::string& text : CleanLines(value)) {
        line.body = text;
        line.role = is_message ? TextRole::kMessage : TextRole::kDetail;
        AddLine(line);
        any = true;
      }
    }
    if (!any) AddLine(whole);
    if (message.empty() || fields.empty()) return;
    line.body = message + fields;
    line.role = TextRole::kFields;
    AddLine(line);
  }

  RevisionLog* log_;
  std::vector<LogItem> items_;
};

}  // namespace

BorrowedAttemptItem ItemOf(const RevisionLog& log, const LogItem& item) {
  const Place& place =
      item.kind == ItemKind::kEvent ? log.events[item.index].place : log.places[log.lines[item.index].place];
  return {item.kind, item.index, place.instance, place.at};
}

std::vector<LogItem> AppendEntries(const std::vector<KeptEntry>& entries, RevisionLog* log) {
  Builder builder(log);
  for (const KeptEntry& entry : entries) builder.Add(entry);
  return std::move(builder).Items();
}

}  // namespace neverready::analyzers
