#include "db/store.h"

#include <algorithm>
#include <utility>

#include "core/compression.h"
#include "db/diagnosis_rows.h"
#include "db/entry_codec.h"
#include "db/migrations.h"

namespace neverready::db {
namespace {

using analyzers::Diagnosis;
using core::ErrorCode;
using core::Fail;
using core::Result;
using core::Status;

constexpr std::size_t kWorthCompressing = 512;  // bytes
constexpr int kTries = 50;
constexpr std::size_t kMostBytes = 256u << 20;  // bytes

int Rank(const Diagnosis& one) {
  switch (one.state) {
    case analyzers::State::kInconclusive: return 0;
    case analyzers::State::kPending: return 1;
    case analyzers::State::kFailed:
    case analyzers::State::kCrashLooping:
      return one.root_cause && *one.root_cause != analyzers::Category::kUnknown ? 3 : 2;
    case analyzers::State::kReady: return 2;
  }
  return 0;
}

// Two processes that make the same store at once may refuse each other, and SQLite does not wait there: it
// does for a transaction.
Status UseWal(Connection* connection) {
  for (int i = 0;; ++i) {
    const Status set = connection->RunScript("PRAGMA journal_mode = WAL");
    if (set || set.error().code != ErrorCode::kUnavailable || i == kTries) return set;
    if (const auto waited = connection->Begin(); !waited) return tl::unexpected(waited.error());
  }
}

bool SaysTheSame(const StoredStart& a, const StoredStart& b) {
  return a.diagnosis == b.diagnosis && a.attempts == b.attempts && a.fingerprint == b.fingerprint &&
         a.last_entry_at == b.last_entry_at;
}

}  // namespace

PackedEntries Pack(const std::vector<ingest::LogEntry>& entries) {
  PackedEntries packed;
  if (entries.empty()) return packed;
  packed.entries = entries.size();
  packed.body = EncodeEntries(entries);
  packed.bytes = packed.body.size();
  packed.encoding = "ndjson";
  if (packed.bytes >= kWorthCompressing) {
    packed.body = core::Compress(packed.body);
    packed.encoding = "ndjson+zstd";
  }
  return packed;
}

Result<std::vector<ingest::LogEntry>> Unpack(const PackedEntries& packed) {
  if (packed.encoding != "ndjson+zstd") return DecodeEntries(packed.body);
  auto text = core::Decompress(packed.body, kMostBytes);
  if (!text) return core::Within("the stored entries of a revision", text.error());
  return DecodeEntries(*text);
}

bool IsBetterInformed(const Diagnosis& now, const Diagnosis& before) {
  return std::make_tuple(Rank(now), now.attempts, now.platform.has_value(), now.failed_at, now.ready_at) >
         std::make_tuple(Rank(before), before.attempts, before.platform.has_value(), before.failed_at,
                         before.ready_at);
}

Result<std::unique_ptr<Store>> Store::Open(const std::string& path, Access access,
                                           const ConnectionOptions& options) {
  auto connection = Connection::Open(path, access, options);
  if (!connection) return tl::unexpected(connection.error());
  const bool writes = access == Access::kCreate || access == Access::kReadWrite;
  auto version = ReadVersion(connection->get());
  if (version && writes) {
    // Not before it is known to be a store: this writes to the file.
    if (const Status wal = UseWal(connection->get()); !wal) return tl::unexpected(wal.error());
    version = Migrate(connection->get());
  }
  if (!version) return tl::unexpected(version.error());
  if (!writes && *version < NewestVersion()) {
    if (*version == 0)
      return Fail(ErrorCode::kInvalidArgument, "the store '" + path + "' is empty",
                  "analyze LOG --db " + path);
    return Fail(ErrorCode::kInvalidArgument,
                "the store '" + path + "' has the older schema " + std::to_string(*version),
                "neverready db migrate --db " + path);
  }
  return std::unique_ptr<Store>(new Store(*std::move(connection)));
}

Result<std::int64_t> Store::FindRevision(const analyzers::RevisionKey& key) {
  return connection_->ReadInt(
      "SELECT revisions.id FROM services JOIN revisions ON service_id = services.id"
      " WHERE project = ? AND location = ? AND services.name = ? AND revisions.name = ?",
      {key.project, key.location, key.service, key.revision});
}

Result<analyzers::RevisionKey> Store::KeyOf(std::int64_t revision) {
  analyzers::RevisionKey key;
  const Status read = connection_->Read(
      "SELECT scope, project, location, services.name, revisions.name FROM revisions JOIN services ON"
      " services.id = service_id WHERE revisions.id = ?",
      {revision}, [&](const BorrowedRow& row) {
        key = {row.Text(0) == Name(analyzers::LogScope::kDeploy) ? analyzers::LogScope::kDeploy
                                                                 : analyzers::LogScope::kRevision,
               row.Text(1), row.Text(2), row.Text(3), row.Text(4)};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return key;
}

Result<std::optional<StoredStart>> Store::Load(std::int64_t revision) {
  return LoadDiagnosis(connection_.get(), revision);
}

Result<StoredEntries> LoadStoredEntries(Connection* connection, std::int64_t revision) {
  StoredEntries stored;
  PackedEntries packed;
  const Status read = connection->Read(
      "SELECT generation, encoding, body FROM diagnoses LEFT JOIN raw_entries USING (revision_id)"
      " WHERE revision_id = ?",
      {revision}, [&](const BorrowedRow& row) {
        stored.generation = row.Int(0);
        packed.encoding = row.Text(1);
        packed.body = row.Text(2);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  auto entries = Unpack(packed);
  if (!entries)
    return Fail(ErrorCode::kDataLoss, "the store '" + connection->path() + "': " + entries.error().message,
                "neverready db check; restore a backup, or read the logs again into a new file");
  stored.entries = *std::move(entries);
  return stored;
}

Result<StoredEntries> Store::LoadEntries(std::int64_t revision) {
  return LoadStoredEntries(connection_.get(), revision);
}

Result<std::optional<core::Timestamp>> Store::AsOf() {
  std::optional<core::Timestamp> as_of;
  const Status read =
      connection_->Read("SELECT value FROM state WHERE name = 'as_of'", {}, [&](const BorrowedRow& row) {
        as_of = row.Time(0);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return as_of;
}

Result<std::vector<std::int64_t>> Store::Waiting() {
  std::vector<std::int64_t> revisions;
  const Status read = connection_->Read(
      "SELECT revision_id FROM diagnoses WHERE state = 'pending' OR early = 1 ORDER BY revision_id", {},
      [&](const BorrowedRow& row) {
        revisions.push_back(row.Int(0));
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return revisions;
}

Result<Store::Writer> Store::Begin(const Writer::Options& options) {
  auto transaction = connection_->Begin();
  if (!transaction) return tl::unexpected(transaction.error());
  return Writer(connection_.get(), *std::move(transaction), options);
}

Result<std::int64_t> Store::Writer::RulePack() {
  if (rule_pack_ != 0) return rule_pack_;
  const Status added = connection_->Run("INSERT OR IGNORE INTO rule_packs (hash, first_used_at) VALUES (?,?)",
                                        {options_.rules, options_.now});
  if (!added) return tl::unexpected(added.error());
  auto id = connection_->ReadInt("SELECT id FROM rule_packs WHERE hash = ?", {options_.rules});
  if (id) rule_pack_ = *id;
  return id;
}

Result<std::int64_t> Store::Writer::ServiceOf(const StoredStart& start) {
  const analyzers::RevisionKey& key = start.diagnosis.key;
  std::int64_t& id = services_[{key.project, key.location, key.service}];
  if (id != 0) return id;
  const Status added = connection_->Run(
      "INSERT OR IGNORE INTO services (project, location, name, environment) VALUES (?,?,?,?)",
      {key.project, key.location, key.service, start.environment});
  if (!added) return tl::unexpected(added.error());
  auto found = connection_->ReadInt("SELECT id FROM services WHERE project = ? AND location = ? AND name = ?",
                                    {key.project, key.location, key.service});
  if (found) id = *found;
  return found;
}

Result<std::int64_t> Store::Writer::RevisionOf(std::int64_t service, const analyzers::RevisionKey& key) {
  auto found = connection_->ReadInt("SELECT id FROM revisions WHERE service_id = ? AND name = ?",
                                    {service, key.revision});
  if (!found || *found != 0) return found;
  const Status added = connection_->Run("INSERT INTO revisions (service_id, name, scope) VALUES (?,?,?)",
                                        {service, key.revision, Name(key.scope)});
  if (!added) return tl::unexpected(added.error());
  return connection_->last_id();
}

Result<PutResult> Store::Writer::Put(const StoredStart& start, const PackedEntries& entries,
                                     std::int64_t generation, WriteReason why) {
  const auto rule_pack = RulePack();
  if (!rule_pack) return tl::unexpected(rule_pack.error());
  const auto service = ServiceOf(start);
  if (!service) return tl::unexpected(service.error());
  const auto revision = RevisionOf(*service, start.diagnosis.key);
  if (!revision) return tl::unexpected(revision.error());
  const auto stored_generation =
      connection_->ReadInt("SELECT generation FROM diagnoses WHERE revision_id = ?", {*revision});
  if (!stored_generation) return tl::unexpected(stored_generation.error());
  if (*stored_generation != generation) return PutResult::kConflict;

  std::string_view reason = "first";
  if (generation != 0) {
    const auto before = LoadDiagnosis(connection_, *revision);
    if (!before) return tl::unexpected(before.error());
    const auto raw =
        connection_->ReadInt("SELECT entries FROM raw_entries WHERE revision_id = ?", {*revision});
    if (!raw) return tl::unexpected(raw.error());
    if (*before && SaysTheSame(**before, start) && *raw == static_cast<std::int64_t>(entries.entries))
      return PutResult::kUnchanged;
    if (*raw == 0 && *before && !IsBetterInformed(start.diagnosis, (*before)->diagnosis))
      return PutResult::kKept;
    const bool says_else = !*before || (*before)->diagnosis.state != start.diagnosis.state ||
                           (*before)->diagnosis.root_cause != start.diagnosis.root_cause ||
                           (*before)->diagnosis.rule != start.diagnosis.rule ||
                           (*before)->fingerprint != start.fingerprint;
    reason = !says_else ? "" : why == WriteReason::kReclassified ? "reclassified" : "better_informed";
    const Status removed = connection_->Run("DELETE FROM diagnoses WHERE revision_id = ?", {*revision});
    if (!removed) return tl::unexpected(removed.error());
  }
  Status written = InsertDiagnosis(connection_, {*revision, *rule_pack, generation + 1}, start);
  if (written) written = WriteEntries(*revision, entries);
  if (written && !reason.empty()) written = WriteHistory(*revision, start, reason);
  if (!written) return tl::unexpected(written.error());
  Touch(*service);
  return generation == 0 ? PutResult::kAdded : PutResult::kChanged;
}

void Store::Writer::Touch(std::int64_t service) {
  if (touched_.empty() ||
      (touched_.back() != service && std::ranges::find(touched_, service) == touched_.end()))
    touched_.push_back(service);
}

Status Store::Writer::WriteHistory(std::int64_t revision, const StoredStart& start, std::string_view why) {
  const Diagnosis& one = start.diagnosis;
  return connection_->Run(
      "INSERT INTO verdicts (revision_id, recorded_at, why, state, root_cause, rule, confidence, summary,"
      " fingerprint, rule_pack_id) VALUES (?,?,?,?,?,?,?,?,?,?)",
      {revision, options_.now, why, Name(one.state),
       one.root_cause ? std::optional(Name(*one.root_cause)) : std::nullopt, one.rule, one.confidence,
       one.summary, start.fingerprint, rule_pack_});
}

Status Store::Writer::WriteEntries(std::int64_t revision, const PackedEntries& entries) {
  if (entries.entries == 0) return {};
  return connection_->Run(
      "INSERT INTO raw_entries (revision_id, entries, bytes, encoding, body) VALUES (?,?,?,?,?)",
      {revision, entries.entries, entries.bytes, entries.encoding, BorrowedValue::Bytes{entries.body}});
}

Status Store::Writer::Forget(const analyzers::RevisionKey& key) {
  const auto service =
      connection_->ReadInt("SELECT id FROM services WHERE project = ? AND location = ? AND name = ?",
                           {key.project, key.location, key.service});
  if (!service) return tl::unexpected(service.error());
  Touch(*service);
  return connection_->Run("DELETE FROM revisions WHERE service_id = ? AND name = ?",
                          {*service, key.revision});
}

Status Store::Writer::SetAsOf(core::Timestamp as_of) {
  return connection_->Run(
      "INSERT INTO state (name, value) VALUES ('as_of', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1"
      " WHERE value < ?1",
      {as_of});
}

Status Store::Writer::Commit() { return transaction_.Commit(); }

}  // namespace neverready::db
