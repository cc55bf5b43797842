#include "analyzers/entry_redaction.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

#include "core/text.h"
#include "ingest/entry_parser.h"
#include "ingest/reader.h"
#include "tests/fakes/secrets.h"

namespace neverready::analyzers {
namespace {

using ingest::AuditRecord;
using ingest::LogKind;
using ingest::TextRole;
using Entries = std::vector<KeptEntry>;

KeptEntry Said(std::string text, LogKind log = LogKind::kStderr, std::string instance = "i1") {
  KeptEntry kept;
  kept.log = log;
  kept.instance = std::move(instance);
  kept.text = {{TextRole::kMessage, "", std::move(text)}};
  return kept;
}

Entries SaidAll(const std::vector<std::string>& texts) {
  Entries entries;
  for (const std::string& text : texts) entries.push_back(Said(text));
  return entries;
}

KeptEntry Payload(const std::string& json) {
  ingest::LogEntry entry;
  REQUIRE(ingest::EntryParser().Parse(R"({"insertId":"x","jsonPayload":)" + json + "}", &entry).has_value());
  return Keep(entry);
}

KeptEntry Audited(AuditRecord record) {
  KeptEntry kept;
  kept.log = LogKind::kSystemEvent;
  kept.audit = std::make_unique<const AuditRecord>(std::move(record));
  return kept;
}

// All that an entry says, names and ids included.
std::vector<std::string> TextsOf(const Entries& entries) {
  std::vector<std::string> texts;
  for (const KeptEntry& kept : entries) {
    for (const ingest::TextPart& part : kept.text) texts.push_back(part.text);
    if (!kept.audit) continue;
    const AuditRecord& audit = *kept.audit;
    texts.insert(texts.end(), {audit.status_message, audit.image, audit.principal, audit.service_account});
    for (const ingest::Condition& one : audit.conditions)
      texts.insert(texts.end(), {one.reason, one.message});
    if (audit.startup_probe) texts.push_back(audit.startup_probe->path);
  }
  return texts;
}

// Redacts, and proves that redacting again changes nothing.
std::vector<std::string> Redacted(Entries entries, const core::RedactOptions& options = {}) {
  RedactEntries(options, entries);
  std::vector<std::string> once = TextsOf(entries);
  RedactEntries(options, entries);
  REQUIRE(TextsOf(entries) == once);
  for (const std::string& text : once) REQUIRE(core::IsValidUtf8(text));
  return once;
}

using Texts = std::vector<std::string>;

TEST_CASE("No planted secret survives in any form in which an entry says it", "[entry_redaction]") {
  for (const fakes::PlantedSecret& planted : fakes::PlantedSecrets()) {
    INFO(planted.kind << ": " << planted.text);
    AuditRecord record;
    record.status_message = "start failed: " + planted.text;
    record.conditions = {{"Ready", "False", "Failed", planted.text, "", ""}};
    record.startup_probe.emplace().path = "/x?" + planted.text;
    Entries entries;
    entries.push_back(Said(planted.text));
    entries.push_back(Said("first\n" + planted.text + "\nlast", LogKind::kStdout));
    entries.push_back(Said("\x1b[31m" + planted.text + "\x1b[0m", LogKind::kOther));
    entries.push_back(Payload(R"({"message":"boot","error":{"stack":")" + planted.text + R"("}})"));
    entries.push_back(Payload(R"({"note":")" + planted.text + R"(","n":1})"));
    entries.push_back(Audited(record));
    for (const std::string& text : Redacted(std::move(entries))) {
      INFO(text);
      CHECK(text.find(planted.secret) == std::string::npos);
    }
  }
}

TEST_CASE("A setting whose key alone gives it away is hidden", "[entry_redaction]") {
  const auto hides = [](const std::string& json, const std::string& secret) {
    Entries entries;
    entries.push_back(Payload(json));
    const Texts before = TextsOf(entries);
    REQUIRE(std::ranges::any_of(before, [&](const auto& s) { return s.find(secret) != std::string::npos; }));
    const Texts texts = Redacted(std::move(entries));
    CHECK(texts.size() == before.size());
    return std::ranges::none_of(texts, [&](const auto& s) { return s.find(secret) != std::string::npos; });
  };
  CHECK(hides(R"({"message":"config","db":{"password":"Hunter2x"}})", "Hunter2x"));
  CHECK(hides(R"({"message":"config","password":"two words 2"})", "two words 2"));
  CHECK(hides(R"({"message":"config","api_key":"it's \"Qk7mPz2rTv9w"})", "Qk7mPz2rTv9w"));
  CHECK_FALSE(hides(R"({"message":"config","password":"must be at least 12 characters"})", "at least 12"));
  CHECK_FALSE(hides(R"({"message":"config","error":{"token":"expired"}})", "expired"));
  CHECK_FALSE(hides(R"({"message":"config","db":{"host":"Hunter2x"}})", "Hunter2x"));
}

TEST_CASE("The user info of an image is hidden, a tag and a digest stay", "[entry_redaction]") {
  const std::string digest = "@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const std::vector<std::pair<std::string, std::string>> kImages{
      {"app:Hunter2x@registry.example.com/web:1", "app:[redacted:password]@registry.example.com/web:1"},
      {"https://app:Hunter2x@registry.example.com/web",
       "https://app:[redacted:password]@registry.example.com/web"},
      {"us-docker.pkg.dev/shop/api/web:v1" + digest, "us-docker.pkg.dev/shop/api/web:v1" + digest},
      {"localhost:5000/web:v1", "localhost:5000/web:v1"},
      {"web:v1" + digest, "web:v1" + digest},
      {"", ""},
  };
  for (const auto& [image, expected] : kImages) {
    AuditRecord record;
    record.image = image;
    Entries entries;
    entries.push_back(Audited(record));
    CHECK(Redacted(std::move(entries)).at(1) == expected);
  }
}

// Lines of a key as openssl writes them: 64 characters each, and a shorter one without padding.
Texts KeyLines() {
  std::mt19937 random(11);  // NOLINT(cert-msc51-cpp): the same key in every run
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Texts lines{"-----BEGIN PRIVATE KEY-----"};
  for (int i = 0; i < 25; ++i) {
    lines.emplace_back();
    for (int n = 0; n < (i == 24 ? 12 : 64); ++n) lines.back() += kDigits[random() % 64];
  }
  lines.emplace_back("-----END PRIVATE KEY-----");
  return lines;
}

void CheckNoKeyLine(const Texts& texts) {
  const Texts key = KeyLines();
  for (std::size_t i = 1; i + 1 < key.size(); ++i) {
    for (const std::string& text : texts) {
      INFO("line " << i << " of the key in: " << text);
      CHECK(text.find(key[i]) == std::string::npos);
    }
  }
}

TEST_CASE("A private key whose lines are entries of their own is hidden", "[entry_redaction]") {
  const std::string begin = GENERATE(as<std::string>(), "", "INFO app: ", R"(level=info msg=")", "\x1b[32m");
  const std::string end = begin.ends_with('"') ? "\"" : begin.starts_with('\x1b') ? "\x1b[0m" : "";
  INFO("lines such as " << begin << "…" << end);
  Texts said{"boot"};
  for (const std::string& line : KeyLines()) said.push_back(begin + line + end);
  said.emplace_back("Error: cannot parse the key");
  const Texts texts = Redacted(SaidAll(said));
  CheckNoKeyLine(texts);
  CHECK(texts.front() == "boot");
  CHECK(texts.back() == "Error: cannot parse the key");
  CHECK(texts.size() == said.size());
  CHECK(texts.at(1).find("-----BEGIN PRIVATE KEY-----") != std::string::npos);
  CHECK(texts.at(2).find("[redacted:private-key]") != std::string::npos);
}

TEST_CASE("A key stays hidden however it was written", "[entry_redaction]") {
  Texts key = KeyLines();
  SECTION("behind its name") { key.front() = "private_key: " + key.front(); }
  SECTION("behind its name, in quotes") { key.front() = "\"private_key\": \"" + key.front(); }
  SECTION("three lines an entry") {
    Texts joined;
    for (std::size_t i = 0; i < key.size(); i += 3)
      joined.push_back(key[i] + "\n" + key[i + 1] + "\n" + key[i + 2] + "\n");
    key = joined;
  }
  SECTION("with a beginning and an end that share entries with words") {
    key[0] = "key is " + key[0] + key[1];
    key.erase(key.begin() + 1);
    key.end()[-2] += key.back() + " done";
    key.pop_back();
  }
  SECTION("without an end, behind a logger's words") {
    key.pop_back();
    key.pop_back();  // what is short and stands alone is taken for a word there
    for (std::string& line : key) line = "[app] " + line;
  }
  SECTION("in structured lines") {
    Entries entries;
    for (const std::string& line : key) entries.push_back(Payload(R"({"msg":")" + line + R"(","n":1})"));
    CheckNoKeyLine(Redacted(std::move(entries)));
    return;
  }
  key.emplace_back("listening on 8080");
  const Texts texts = Redacted(SaidAll(key));
  if (key.size() > 26) CheckNoKeyLine(texts);
  for (const std::string& text : texts) {
    for (const std::string& line : KeyLines()) {
      if (line.size() == 64) CHECK(text.find(line) == std::string::npos);
    }
  }
  CHECK(texts.back() == "listening on 8080");
}

TEST_CASE("What others say between the lines of a key stays", "[entry_redaction]") {
  const Texts key = KeyLines();
  Entries entries;
  for (const std::string& line : key) {
    entries.push_back(Said(line));
    entries.push_back(Said("ready in 5 ms", LogKind::kStdout));
    entries.push_back(Said("Listening", LogKind::kStderr, "i2"));
    entries.push_back(Said("ModuleNotFoundError: No module named 'flask'"));
  }
  const Texts texts = Redacted(std::move(entries));
  CheckNoKeyLine(texts);
  CHECK(std::ranges::count(texts, "ready in 5 ms") == static_cast<std::ptrdiff_t>(key.size()));
  CHECK(std::ranges::count(texts, "Listening") == static_cast<std::ptrdiff_t>(key.size()));
  CHECK(std::ranges::count(texts, "ModuleNotFoundError: No module named 'flask'") ==
        static_cast<std::ptrdiff_t>(key.size()));
}

TEST_CASE("Words about keys over several entries stay", "[entry_redaction]") {
  const Texts said{"Error: the key must begin with -----BEGIN PRIVATE KEY-----",
                   "    at parse (/usr/local/lib/node_modules/jose/index.js:12:5)",
                   "JWT_SECRET not configured",
                   "it must end with -----END PRIVATE KEY-----",
                   "-----BEGIN CERTIFICATE-----",
                   "DB_PASSWORD=",
                   "Listening on 8080"};
  CHECK(Redacted(SaidAll(said)) == said);
}

TEST_CASE("A secret in an element of its own lines is hidden", "[entry_redaction]") {
  CHECK(Redacted(SaidAll({"<password>", "  Hunter2x", "</password>", "done"})) ==
        Texts{"<password>", "  [redacted:password]", "</password>", "done"});
}

TEST_CASE("What stands between two entries in another log, instance or container is not part of them",
          "[entry_redaction]") {
  const auto between = [](LogKind log, const std::string& instance, const std::string& container) {
    Entries entries = SaidAll({"<password>", "Hunter2x", "</password>"});
    entries[1].log = log;
    entries[1].instance = instance;
    entries[1].container = container;
    return Redacted(std::move(entries)).at(1);
  };
  CHECK(between(LogKind::kStderr, "i1", "") == "[redacted:password]");
  CHECK(between(LogKind::kStdout, "i1", "") == "Hunter2x");
  CHECK(between(LogKind::kStderr, "i2", "") == "Hunter2x");
  CHECK(between(LogKind::kStderr, "i1", "sidecar") == "Hunter2x");
}

TEST_CASE("What entries before it say makes no secret of a word in an entry", "[entry_redaction]") {
  // "user" before "identified by" tells SQL from prose, but only in one text.
  const Texts said{"<user> joined", "Can't locate revision identified by '5f1c2aa09b7e'"};
  CHECK(Redacted(SaidAll(said)) == said);
}

TEST_CASE("A secret that a split message was cut through is hidden", "[entry_redaction]") {
  const std::string token = std::string("ghp") + "_Qk7mPz2rTv9wQk7mPz2rTv9wQk7mPz2rTv9w";
  const auto parts = [&](std::int64_t second) {
    Entries entries = SaidAll({"token is " + token.substr(0, 20), token.substr(20) + " indeed"});
    entries[0].split = std::make_unique<const ingest::Split>(ingest::Split{"u", 0, 2});
    entries[1].split = std::make_unique<const ingest::Split>(ingest::Split{"u", second, 2});
    return Redacted(std::move(entries));
  };
  CHECK(parts(1) == Texts{"token is [redacted:github-token]", "[redacted:github-token] indeed"});
  CHECK(parts(2).at(1) == token.substr(20) + " indeed");  // not its neighbour
}

TEST_CASE("What is hidden in one entry is hidden where it stands bare", "[entry_redaction]") {
  CHECK(Redacted(SaidAll({"login with Hunter2x failed", "DB_PASSWORD=Hunter2x", "postgres://u:postgres@db",
                          "user postgres is unknown"})) ==
        Texts{"login with [redacted:password] failed", "DB_PASSWORD=[redacted:password]",
              "postgres://u:[redacted:password]@db", "user postgres is unknown"});
}

TEST_CASE("Escapes and controls stay, but for those that a secret hides behind", "[entry_redaction]") {
  const Texts said{"\x1b[31mError\x1b[0m: \x01 boot", std::string("a\0b", 3)};
  CHECK(Redacted(SaidAll(said)) == said);
  CHECK(Redacted(SaidAll({"\x1b[36mDB_PASSWORD\x1b[0m=\x1b[33mHunter2x\x1b[0m"})) ==
        Texts{"DB_PASSWORD=[redacted:password]"});
}

TEST_CASE("With addresses hidden, the principal and what is to be kept stay", "[entry_redaction]") {
  AuditRecord record;
  record.principal = "ada@example.com";
  record.service_account = "run@p.iam.gserviceaccount.com";
  record.status_message = "bob@example.com may not act as run@p.iam.gserviceaccount.com";
  const auto texts = [&](const core::RedactOptions& options) {
    Entries entries;
    entries.push_back(Audited(record));
    return Redacted(std::move(entries), options);
  };
  CHECK(texts({}) == TextsOf([&] {
          Entries entries;
          entries.push_back(Audited(record));
          return entries;
        }()));
  const Texts hidden = texts({true, "serviceAccount:run@p.iam.gserviceaccount.com"});
  CHECK(hidden.at(0) == "[redacted:email] may not act as run@p.iam.gserviceaccount.com");
  CHECK(hidden.at(2) == record.principal);
  CHECK(hidden.at(3) == record.service_account);
}

TEST_CASE("Names, ids and places of entries stay", "[entry_redaction]") {
  Entries entries;
  entries.push_back(Said("DB_PASSWORD=Hunter2x"));
  KeptEntry& kept = entries.front();
  kept.insert_id = "secret=Hunter2x";
  kept.container = "app";
  kept.source = 3;
  kept.position = 4;
  RedactEntries({}, entries);
  CHECK(kept.insert_id == "secret=Hunter2x");
  CHECK((kept.instance == "i1" && kept.container == "app" && kept.source == 3 && kept.position == 4));
  CHECK(TextOf(kept) == "DB_PASSWORD=[redacted:password]");
  RedactEntries({}, {});
}

// As the labelled logs are: what each log says, by file.
std::map<std::uint32_t, Entries> LabelledLogs() {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator("tests/cases")) {
    if (file.path().extension() == ".ndjson") files.push_back(file.path().string());
  }
  std::map<std::uint32_t, Entries> logs;
  std::istringstream none;
  const auto read = ingest::ReadFiles(
      files, none, {}, [&](const ingest::LogEntry& entry) { logs[entry.source].push_back(Keep(entry)); });
  REQUIRE(read.has_value());
  for (auto& [source, entries] : logs) std::ranges::stable_sort(entries, Before);
  return logs;
}

TEST_CASE("The labelled logs lose nothing when they are stored", "[entry_redaction]") {
  std::size_t texts = 0;
  for (auto& [source, entries] : LabelledLogs()) {
    const Texts before = TextsOf(entries);
    const Texts after = Redacted(std::move(entries));
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      ++texts;
      if (before[i] == after[i]) continue;
      INFO(before[i] << "\n→ " << after[i]);
      // Examples in messages of a database, of a framework and of an image.
      CHECK((before[i].find("postgres://user:pass") != std::string::npos ||
             before[i].find("ecto://USER:PASS@HOST") != std::string::npos ||
             before[i].find("POSTGRES_PASSWORD=password") != std::string::npos));
    }
  }
  CHECK(texts > 10000);
}

TEST_CASE("Redacting entries twice is redacting once, whatever they say", "[entry_redaction]") {
  Texts parts{"=",
              ":",
              " ",
              "\"",
              "'",
              "\\",
              "://",
              "@",
              "\n",
              "[redacted:jwt]",
              "--",
              "<",
              "</",
              ">",
              "password",
              "token",
              "Bearer ",
              "{",
              ",",
              "\x1b[31m",
              "é",
              "Cookie: ",
              "-----BEGIN PRIVATE KEY-----",
              "-----END PRIVATE KEY-----"};
  for (const fakes::PlantedSecret& planted : fakes::PlantedSecrets()) {
    parts.push_back(planted.text);
    parts.push_back(planted.secret);
  }
  for (const std::string& line : KeyLines()) parts.push_back(line);
  std::mt19937 random(20260119);  // NOLINT(cert-msc51-cpp): the same entries in every run
  const auto pick = [&](auto& list) { return list[random() % list.size()]; };
  const Texts keys{"", "error.stack", "config.db_password"};
  const Texts containers{"", "app"};
  for (int i = 0; i < 3000; ++i) {
    Entries entries;
    for (std::size_t n = 1 + random() % 8; n > 0; --n) {
      entries.push_back(Said({}, random() % 4 == 0 ? LogKind::kStdout : LogKind::kStderr));
      KeptEntry& kept = entries.back();
      kept.container = pick(containers);
      kept.text.clear();
      for (std::size_t m = 1 + random() % 2; m > 0; --m) {
        std::string text;
        for (std::size_t k = 1 + random() % 5; k > 0; --k) text += pick(parts);
        kept.text.push_back({static_cast<TextRole>(random() % 3), pick(keys), text});
      }
      if (random() % 8 == 0) {
        AuditRecord record;
        record.status_message = pick(parts) + pick(parts);
        record.image = pick(parts) + "@registry/" + pick(parts);
        kept.audit = std::make_unique<const AuditRecord>(record);
      }
      if (random() % 8 == 0)
        kept.split = std::make_unique<const ingest::Split>(
            ingest::Split{"u", static_cast<std::int64_t>(entries.size()), 9});
    }
    Redacted(std::move(entries), {i % 2 == 0, {}});
  }
}

TEST_CASE("Entries made to cost much do not", "[entry_redaction]") {
  const std::string key64(64, 'M');
  for (const std::string& part :
       {std::string("-----BEGIN PRIVATE KEY-----"), "-----BEGIN PRIVATE KEY-----\n" + key64 + "1a\n",
        std::string("<password>"), std::string("password=Hunter2x "), std::string("password="),
        std::string("\x1b[31m"), std::string("a@b.cd "), key64}) {
    Entries entries;
    std::string text;
    while (text.size() < 256) text += part;
    for (int i = 0; i < 4000; ++i) entries.push_back(Said(text + std::to_string(i)));
    INFO(part);
    const auto start = std::chrono::steady_clock::now();
    RedactEntries({true, {}}, entries);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
  }
}

}  // namespace
}  // namespace neverready::analyzers
