#include "db/diagnosis_rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace neverready::db {
namespace {

using analyzers::Category;
using analyzers::Diagnosis;
using analyzers::Evidence;
using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Status;

constexpr int kStates = 5, kBlames = 6, kTimelineEvents = 16, kVariableStates = 3;

template <typename E>
std::optional<E> Parse(const std::string& name, int count) {
  for (int i = 0; i < count; ++i) {
    if (Name(static_cast<E>(i)) == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

std::optional<std::string> NameOf(std::optional<Category> category) {
  if (!category) return std::nullopt;
  return std::string(Name(*category));
}

std::optional<std::string> ToJson(const std::vector<std::string>& texts) {
  if (texts.empty()) return std::nullopt;
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> FromJson(const std::string& text) {
  std::vector<std::string> texts;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_array()) return texts;
  for (const auto& one : json) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

// Each line of evidence once, however often the diagnosis points at it.
class EvidenceTable {
 public:
  std::optional<std::int64_t> Add(const std::optional<Evidence>& evidence) {
    if (!evidence) return std::nullopt;
    return Add(*evidence);
  }
  std::int64_t Add(const Evidence& evidence) {
    const auto found = std::ranges::find(rows_, evidence);
    if (found != rows_.end()) return found - rows_.begin();
    rows_.push_back(evidence);
    return static_cast<std::int64_t>(rows_.size()) - 1;
  }
  const std::vector<Evidence>& rows() const { return rows_; }

 private:
  std::vector<Evidence> rows_;
};

class Inserter {
 public:
  Inserter(Connection* connection, const RowKeys& keys, const StoredStart& start)
      : connection_(*connection), keys_(keys), start_(start), diagnosis_(start.diagnosis) {}

  Status Insert() {
    const std::optional<std::int64_t> evidence = evidence_.Add(diagnosis_.evidence);
    Diagnoses(evidence);
    Facts();
    Links();
    Lines();
    Environment();
    Timeline();
    Attempts();
    return status_;
  }

 private:
  void Run(const char* sql, Parameters parameters) {
    if (status_) status_ = connection_.Run(sql, parameters);
  }

  void Diagnoses(std::optional<std::int64_t> evidence) {
    const Diagnosis& one = diagnosis_;
    const auto runner_up = one.runner_up.value_or(analyzers::RunnerUp{});
    const auto platform = [&](std::string analyzers::Platform::*member) {
      return one.platform ? std::optional(*one.platform.*member) : std::nullopt;
    };
    Run("INSERT INTO diagnoses (revision_id, state, early, degraded, root_cause, rule, confidence, runner_up,"
        " runner_up_rule, runner_up_confidence, summary, blame, transient, fix, fix_commands, attempts,"
        " started_at, failed_at, ready_at, platform_reason, platform_message, platform_probe,"
        " platform_probe_status, evidence, fingerprint, rule_pack_id, last_entry_at, generation)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {keys_.revision,
         Name(one.state),
         one.early,
         ToJson(one.degraded),
         NameOf(one.root_cause),
         one.rule,
         one.confidence,
         one.runner_up ? NameOf(runner_up.category) : std::nullopt,
         runner_up.rule,
         runner_up.confidence,
         one.summary,
         Name(one.blame),
         one.transient,
         one.fix ? std::optional(one.fix->text) : std::nullopt,
         one.fix ? ToJson(one.fix->commands) : std::nullopt,
         static_cast<std::int64_t>(one.attempts),
         one.started_at,
         one.failed_at,
         one.ready_at,
         platform(&analyzers::Platform::reason),
         platform(&analyzers::Platform::message),
         platform(&analyzers::Platform::probe),
         platform(&analyzers::Platform::probe_status),
         evidence,
         start_.fingerprint,
         keys_.rule_pack,
         start_.last_entry_at,
         keys_.generation});
  }

  void Facts() {
    constexpr const char* kInsert = "INSERT INTO facts (revision_id, fact, position, value) VALUES (?,?,?,?)";
    for (const auto& [fact, value] : diagnosis_.facts.map()) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        Run(kInsert, {keys_.revision, Name(fact), 0, *number});
      } else if (const auto* text = std::get_if<std::string>(&value)) {
        Run(kInsert, {keys_.revision, Name(fact), 0, *text});
      } else {
        std::int64_t position = 0;
        for (const std::string& item : std::get<std::vector<std::string>>(value))
          Run(kInsert, {keys_.revision, Name(fact), position++, item});
      }
    }
  }

  void Links() {
    std::int64_t position = 0;
    for (const analyzers::CascadeLink& link : diagnosis_.cascade) {
      Run("INSERT INTO links (revision_id, position, category, rule, summary, at, evidence) VALUES (?,?,?,?,?,?,?)",
          {keys_.revision, position++, Name(link.category), link.rule, link.summary, link.at,
           evidence_.Add(link.evidence)});
    }
  }

  void Lines() {
    const auto pointed_at = static_cast<std::int64_t>(evidence_.rows().size());
    const auto insert = [&](std::int64_t position, bool informative, const Evidence& line) {
      Run("INSERT INTO evidence (revision_id, position, informative, at, insert_id, log, instance, text)"
          " VALUES (?,?,?,?,?,?,?,?)",
          {keys_.revision, position, informative, line.at, line.insert_id, line.log, line.instance,
           line.text});
    };
    for (std::int64_t i = 0; i < pointed_at; ++i)
      insert(i, false, evidence_.rows()[static_cast<std::size_t>(i)]);
    std::int64_t position = pointed_at;
    for (const Evidence& line : diagnosis_.informative) insert(position++, true, line);
  }

  void Environment() {
    std::int64_t position = 0;
    for (const analyzers::EnvironmentVariable& variable : diagnosis_.environment) {
      Run("INSERT INTO environment (revision_id, position, name, state, value) VALUES (?,?,?,?,?)",
          {keys_.revision, position++, variable.name, Name(variable.state), variable.value});
    }
  }

  void Timeline() {
    std::int64_t position = 0;
    for (const analyzers::TimelineEntry& entry : diagnosis_.timeline) {
      Run("INSERT INTO timeline (revision_id, position, at, event, text) VALUES (?,?,?,?,?)",
          {keys_.revision, position++, entry.at, Name(entry.event), entry.text});
    }
  }

  void Attempts() {
    std::int64_t position = 0;
    for (const StoredAttempt& attempt : start_.attempts) {
      Run("INSERT INTO attempts (revision_id, position, instance, container, started_at, first_error_at, ended_at,"
          " ended, number, died) VALUES (?,?,?,?,?,?,?,?,?,?)",
          {keys_.revision, position++, attempt.instance, attempt.container, attempt.started_at,
           attempt.first_error_at, attempt.ended_at, attempt.ended, attempt.number, attempt.died});
    }
  }

  Connection& connection_;
  const RowKeys& keys_;
  const StoredStart& start_;
  const Diagnosis& diagnosis_;
  EvidenceTable evidence_;
  Status status_;
};

class Loader {
 public:
  Loader(Connection* connection, std::int64_t revision) : connection_(*connection), revision_(revision) {}

  Result<std::optional<StoredStart>> Load() {
    Evidences();
    Diagnoses();
    if (status_ && !found_) return std::nullopt;
    Facts();
    Links();
    Environment();
    Timeline();
    Attempts();
    if (!status_) return tl::unexpected(status_.error());
    return std::move(start_);
  }

 private:
  void Read(const char* sql, const std::function<void(const BorrowedRow&)>& take) {
    if (!status_) return;
    const Status read = connection_.Read(sql, {revision_}, [&](const BorrowedRow& row) {
      take(row);
      return status_.has_value();
    });
    if (status_) status_ = read;
  }

  template <typename E>
  E Known(const std::string& name, int count) {
    const auto value = Parse<E>(name, count);
    if (!value && status_) {
      status_ =
          Fail(ErrorCode::kDataLoss,
               "the store '" + connection_.path() + "' holds the name '" + name + "', which nobody knows",
               "neverready db check");
    }
    return value.value_or(E());
  }
  Category CategoryOf(const std::string& name) {
    return Known<Category>(name, static_cast<int>(analyzers::kCategories));
  }
  std::optional<Evidence> EvidenceAt(const std::optional<std::int64_t>& position) const {
    if (!position || *position < 0 || *position >= static_cast<std::int64_t>(evidence_.size()))
      return std::nullopt;
    return evidence_[static_cast<std::size_t>(*position)];
  }

  void Evidences() {
    Read(
        "SELECT informative, at, insert_id, instance, log, text FROM evidence WHERE revision_id = ? ORDER BY position",
        [&](const BorrowedRow& row) {
          Evidence line{row.Time(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5)};
          if (row.Bool(0)) start_.diagnosis.informative.push_back(line);
          evidence_.push_back(std::move(line));
        });
  }

  void Diagnoses() {
    Read(
        "SELECT scope, project, location, services.name, revisions.name, state, early, degraded, root_cause, rule,"
        " confidence, runner_up, runner_up_rule, runner_up_confidence, summary, blame, transient, fix,"
        " fix_commands, attempts, started_at, failed_at, ready_at, platform_reason, platform_message,"
        " platform_probe, platform_probe_status, evidence, fingerprint, last_entry_at FROM diagnoses"
        " JOIN revisions ON revisions.id = revision_id JOIN services ON services.id = service_id"
        " WHERE revision_id = ?",
        [&](const BorrowedRow& row) {
          found_ = true;
          Diagnosis& one = start_.diagnosis;
          one.key = {row.Text(0) == Name(analyzers::LogScope::kDeploy) ? analyzers::LogScope::kDeploy
                                                                       : analyzers::LogScope::kRevision,
                     row.Text(1), row.Text(2), row.Text(3), row.Text(4)};
          one.state = Known<analyzers::State>(row.Text(5), kStates);
          one.early = row.Bool(6);
          if (!row.IsNull(7)) one.degraded = FromJson(row.Text(7));
          if (!row.IsNull(8)) one.root_cause = CategoryOf(row.Text(8));
          one.rule = row.Text(9);
          one.confidence = row.Real(10);
          if (!row.IsNull(11)) one.runner_up = {CategoryOf(row.Text(11)), row.Text(12), row.Real(13)};
          one.summary = row.Text(14);
          one.blame = Known<analyzers::Blame>(row.Text(15), kBlames);
          one.transient = row.Bool(16);
          if (!row.IsNull(17)) one.fix = analyzers::Fix{row.Text(17), FromJson(row.Text(18))};
          one.attempts = static_cast<std::uint64_t>(row.Int(19));
          one.started_at = row.Time(20);
          one.failed_at = row.Time(21);
          one.ready_at = row.Time(22);
          if (!row.IsNull(24))
            one.platform = analyzers::Platform{row.Text(23), row.Text(24), row.Text(25), row.Text(26)};
          one.evidence = EvidenceAt(row.OptionalInt(27));
          start_.fingerprint = row.Text(28);
          start_.last_entry_at = row.Time(29);
        });
  }

  void Facts() {
    Read("SELECT fact, value FROM facts WHERE revision_id = ? ORDER BY fact, position",
         [&](const BorrowedRow& row) {
           const auto fact = Known<analyzers::Fact>(row.Text(0), static_cast<int>(analyzers::kFacts));
           analyzers::Facts& facts = start_.diagnosis.facts;
           if (IsList(fact)) {
             std::vector<std::string> list = facts.List(fact);
             list.push_back(row.Text(1));
             facts.Set(fact, std::move(list));
           } else if (IsNumber(fact)) {
             facts.Set(fact, row.Int(1));
           } else {
             facts.Set(fact, row.Text(1));
           }
         });
  }

  void Links() {
    Read("SELECT category, rule, summary, at, evidence FROM links WHERE revision_id = ? ORDER BY position",
         [&](const BorrowedRow& row) {
           start_.diagnosis.cascade.push_back({CategoryOf(row.Text(0)), row.Text(1), row.Text(2), row.Time(3),
                                               EvidenceAt(row.OptionalInt(4))});
         });
  }

  void Environment() {
    Read("SELECT name, state, value FROM environment WHERE revision_id = ? ORDER BY position",
         [&](const BorrowedRow& row) {
           start_.diagnosis.environment.push_back(
               {row.Text(0), Known<analyzers::EnvironmentVariable::State>(row.Text(1), kVariableStates),
                row.OptionalText(2)});
         });
  }

  void Timeline() {
    Read("SELECT at, event, text FROM timeline WHERE revision_id = ? ORDER BY position",
         [&](const BorrowedRow& row) {
           start_.diagnosis.timeline.push_back(
               {row.Time(0), Known<analyzers::TimelineEvent>(row.Text(1), kTimelineEvents), row.Text(2)});
         });
  }

  void Attempts() {
    Read(
        "SELECT instance, container, started_at, first_error_at, ended_at, ended, number, died FROM attempts"
        " WHERE revision_id = ? ORDER BY position",
        [&](const BorrowedRow& row) {
          start_.attempts.push_back({row.Text(0), row.Text(1), row.Time(2), row.Time(3), row.Time(4),
                                     row.Text(5), row.Int(6), row.Bool(7)});
        });
  }

  Connection& connection_;
  std::int64_t revision_;
  bool found_ = false;
  std::vector<Evidence> evidence_;
  StoredStart start_;
  Status status_;
};

}  // namespace

Status InsertDiagnosis(Connection* connection, const RowKeys& keys, const StoredStart& start) {
  return Inserter(connection, keys, start).Insert();
}

Result<std::optional<StoredStart>> LoadDiagnosis(Connection* connection, std::int64_t revision) {
  return Loader(connection, revision).Load();
}

}  // namespace neverready::db
