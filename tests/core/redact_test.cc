#include "core/redact.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "core/text.h"
#include "tests/fakes/secrets.h"

namespace neverready::core {
namespace {

std::string Redact(std::string_view text) { return Redactor().Redact(text); }

TEST_CASE("Every kind of secret is hidden, and its kind is shown", "[redact]") {
  std::set<std::string> kinds;
  for (const fakes::PlantedSecret& planted : fakes::PlantedSecrets()) {
    kinds.insert(planted.kind);
    // Alone, in a sentence, in JSON, in JSON inside JSON, in a Python dictionary, behind escapes, before CR.
    for (const std::string& text :
         {planted.text, "boot failed (" + planted.text + ")", "{\"msg\":\"" + planted.text + "\",\"n\":1}",
          R"({\"msg\":\")" + planted.text + R"(\"})", "{'msg': '" + planted.text + "'}",
          "first line\\n" + planted.text + "\\nlast", "first\n" + planted.text + "\nlast",
          planted.text + "\r", "level=error msg=\"" + planted.text + "\"", "Grüße: " + planted.text + " …"}) {
      INFO(planted.kind << ": " << text);
      const std::string redacted = Redact(text);
      CHECK(redacted.find(planted.secret) == std::string::npos);
      CHECK(redacted.find("[redacted:" + planted.kind + "]") != std::string::npos);
      CHECK(Redact(redacted) == redacted);
      CHECK(IsValidUtf8(redacted));
    }
  }
  for (const SecretKindRow& row : SecretKinds()) {
    INFO("a planted secret of the kind " << row.id);
    CHECK((kinds.contains(std::string(row.id)) || row.kind == SecretKind::kEmail));
    CHECK(Name(row.kind) == row.id);
  }
}

TEST_CASE("What is around a secret stays", "[redact]") {
  const std::vector<std::pair<std::string, std::string>> kPairs{
      {"connect to postgres://app:p@ss/w0rd@db:5432/x failed",
       "connect to postgres://app:[redacted:password]@db:5432/x failed"},
      {"redis://:s3cr3t@10.0.0.3:6379", "redis://:[redacted:password]@10.0.0.3:6379"},
      {"mongodb://u:p4ss@h1:27017,h2:27017/db?authSource=admin",
       "mongodb://u:[redacted:password]@h1:27017,h2:27017/db?authSource=admin"},
      {"https://u:p4ss@host/@scope/pkg", "https://u:[redacted:password]@host/@scope/pkg"},
      {"postgres://app:x1@db/x?application_name=a@b",
       "postgres://app:[redacted:password]@db/x?application_name=a@b"},
      {R"({"user":"app","password":"two words","db":"x"})",
       R"({"user":"app","password":"[redacted:password]","db":"x"})"},
      {R"({\"password\":\"a\\\"b\",\"db\":1})", R"({\"password\":\"[redacted:password]\",\"db\":1})"},
      {"connect(host='db', password='hunter2', user='app')",
       "connect(host='db', password='[redacted:password]', user='app')"},
      {"password => \"hunter2\", user", "password => \"[redacted:password]\", user"},
      {"[password] => hunter2", "[password] => [redacted:password]"},
      {"<password>hunter2</password>", "<password>[redacted:password]</password>"},
      {"password=a,b;c host=db", "password=[redacted:password] host=db"},
      {"password=a&b=c", "password=[redacted:password]&b=c"},
      {"ALTER USER app WITH PASSWORD 'hunter2' VALID",
       "ALTER USER app WITH PASSWORD '[redacted:password]' VALID"},
      {"curl -H 'Authorization: Bearer abc123def' https://x",
       "curl -H 'Authorization: Bearer [redacted:bearer]' https://x"},
      {"JWT_SECRET_STAGING: correcthorse", "JWT_SECRET_STAGING: [redacted:secret]"},
      {"Incorrect API key provided: abcd1234efgh5678", "Incorrect API key provided: [redacted:api-key]"},
      {"password: hunter2 is wrong", "password: [redacted:password] is wrong"},
      {"password=\"hunter2\".", "password=\"[redacted:password]\"."},
      {"Authorization=Bearer%20abcdef123456&x=1", "Authorization=Bearer%20[redacted:bearer]&x=1"},
      {"proxy-authorization: Basic dTpw", "proxy-authorization: Basic [redacted:basic-auth]"},
      {"NEXTAUTH_SECRET=some", "NEXTAUTH_SECRET=[redacted:secret]"},
      {"secret=opensesame", "secret=[redacted:secret]"},
      {"secret key: abc123def456", "secret key: [redacted:key]"},
      {"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJ\nabcd==\n-----END RSA PRIVATE KEY-----\nnext",
       "-----BEGIN RSA PRIVATE KEY-----[redacted:private-key]-----END RSA PRIVATE KEY-----\nnext"},
      {"-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJ\nError: cannot parse it",
       "-----BEGIN PRIVATE KEY-----[redacted:private-key]\nError: cannot parse it"},
      {"MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgHcTz6sE2I2yPB", "[redacted:private-key]"},
      {"k5Jd2mPz8rTv9wQkx1Lq0w==", "[redacted:private-key]"},
  };
  for (const auto& [text, expected] : kPairs) {
    CHECK(Redact(text) == expected);
    CHECK(Redact(expected) == expected);
  }
}

const std::vector<std::string>& Harmless() {
  static const std::vector<std::string> kHarmless{
      "JWT_SECRET not configured",
      "password authentication failed for user \"app\"",
      "SECRET_KEY: Field required",
      "token expired",
      "password: must be at least 12 characters",
      "secret projects/p/secrets/db-password/versions/3 not found",
      "Missing required environment variables: API_KEY, DB_PASSWORD",
      "invalid token at line 3",
      "process.env.JWT_SECRET is undefined",
      "[type=missing, input_value={}, input_type=dict]",
      "auth=enabled",
      "auth: scram-sha-256",
      "SECRET_KEY=NOT_SET",
      "DJANGO_SECRET_KEY=",
      "password=None",
      "password=null",
      "password=\"\"",
      "password=***",
      "PASSWORD: ****",
      "password=${DB_PASSWORD}",
      "token=<redacted>",
      "api_key=[redacted:api-key]",
      "us-docker.pkg.dev/shop/api/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
      "trace 0af7651916cd43dd8448eb211c80319c",
      "550e8400-e29b-41d4-a716-446655440000",
      "00bf4bf02d0e3bca1c7a4a5e5b2a5b4f6e3a1c7d0e3bca1c7a4a5e5b2a5b4f6e",
      "  File \"/app/auth/token.py\", line 12, in get_token",
      "    at Object.<anonymous> (/app/src/auth/password.js:12:5)",
      "    password = os.environ[\"DB_PASSWORD\"]",
      "    api_key: str = Field(..., env=\"API_KEY\")",
      "const secret = process.env.JWT_SECRET;",
      "token = get_token()",
      "    auth=HTTPBasicAuth(user, password),",
      "password: this.configService.get('DB_PASSWORD'),",
      "    password=os.getenv(\"DB_PASSWORD\", \"x\"),",
      "const token: string = await getToken()",
      "private_key: |",
      "- DB_PASSWORD: \u274C",
      "\u2713 JWT_SECRET: set (32 chars)",
      "usage: app [--token TOKEN] [--password PASSWORD]",
      "--password <password>",
      "No value for password: set DB_PASSWORD",
      "idempotency_key=8f1b0c2e-1b1c-4f0a",
      "KeyError: 'DB_PASSWORD'",
      "Secret: projects/123/secrets/db-password/versions/latest was not found",
      "SyntaxError: Unexpected token: punc (})",
      "SyntaxError: Unexpected token } in JSON at position 5",
      "Bearer token is missing",
      "Basic authentication required",
      "Error: secretOrPrivateKey must have a value",
      "JsonWebTokenError: jwt malformed",
      "InvalidToken: cryptography.fernet.InvalidToken",
      "DB_PASSWORD=db-password:latest",
      "--set-secrets=DB_PASSWORD=db-pass:3",
      "Option --password is required",
      "Access denied for user 'app'@'10.0.0.1' (using password: YES)",
      "{\"password\": \"must not be empty\"}",
      "{\"password\": [\"This field is required.\"]}",
      "secretName: db-credentials",
      "GOOGLE_APPLICATION_CREDENTIALS=/secrets/sa/key.json",
      "credentials: /var/run/secrets/key.json does not exist",
      "max_tokens=4096 total_tokens=12",
      "next_page_token=abc123def456",
      "session: 12 active",
      "http://host:8080/path@x",
      "postgres://app@db/x",
      "https://user@github.com/x.git",
      "import sk-learn-contrib-something-long-name",
      "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string",
      "Permission 'secretmanager.versions.access' denied on resource (or it may not exist).",
      "-----BEGIN CERTIFICATE-----",
      "-----BEGIN PRIVATE KEY----- is missing",
      "/usr/local/lib/python3/site/packages/starlette/websockets",
      "ops@example.com cannot be reached",
  };
  return kHarmless;
}

TEST_CASE("Words about secrets stay as they are", "[redact]") {
  for (const std::string& text : Harmless()) {
    CHECK(Redact(text) == text);
    CHECK(Redact("2026-01-18 ERROR app: " + text) == "2026-01-18 ERROR app: " + text);
  }
}

TEST_CASE("What only looks like the word before a secret hides nothing", "[redact]") {
  for (const std::string_view line :
       {"Can't locate revision identified by '5f1c2aa09b7e'",
        "Could not load file or assembly 'Ledger, Version=3.1.0.0, PublicKeyToken=8fb06cb64d019a17'."}) {
    CHECK(Redact(line) == line);
  }
  CHECK(Redact("create user app identified by 'hunter2'") ==
        "create user app identified by '[redacted:password]'");
  CHECK(Redact("grant all on x to 'app'@'%' identified by 'hunter2'") ==
        "grant all on x to 'app'@'%' identified by '[redacted:password]'");
}

TEST_CASE("Addresses are hidden only on demand, and not those that are to be kept", "[redact]") {
  const std::string text = "by ada.l+ops@example.com for run@p.iam.gserviceaccount.com at 10:00 @home a@b";
  CHECK(Redact(text) == text);
  CHECK(Redactor({true, {}}).Redact(text) == "by [redacted:email] for [redacted:email] at 10:00 @home a@b");
  CHECK(Redactor({true, "serviceAccount:run@p.iam.gserviceaccount.com"}).Redact(text) ==
        "by [redacted:email] for run@p.iam.gserviceaccount.com at 10:00 @home a@b");
  CHECK(Redactor({true, {}}).Redact("postgres://app:p4ss@db.example.com/x") ==
        "postgres://app:[redacted:password]@db.example.com/x");
  CHECK(Redactor({true, {}}).Redact("https://user@host.example.com/x") == "https://user@host.example.com/x");
}

TEST_CASE("What was hidden is hidden again where it stands alone", "[redact]") {
  std::vector<HiddenSecret> hidden;
  Redactor().Redact("postgres://postgres:Hunter2x@db and redis://:postgres@cache", &hidden);
  REQUIRE(hidden.size() == 2);
  CHECK(HideAgain("user:Hunter2x@db", hidden) == "user:[redacted:password]@db");
  CHECK(HideAgain("aHunter2xb", hidden) == "aHunter2xb");                // a part of another word
  CHECK(HideAgain("postgres.internal", hidden) == "postgres.internal");  // a word like others
}

TEST_CASE("A text is never cut through a secret", "[redact]") {
  const std::string text = "connecting to postgres://app:Hunter2x@db.internal:5432/shop now";
  CHECK(CutBetweenSecrets(text, 200) == text);
  for (std::size_t columns = 1; columns < text.size(); ++columns) {
    const std::string cut = CutBetweenSecrets(text, columns);
    INFO(columns << ": " << cut);
    CHECK(DisplayWidth(cut) <= columns + 2);
    CHECK(Redact(cut).find("Hun") == std::string::npos);
  }
  CHECK(CutBetweenSecrets("nothing to hide in here", 10) == "nothing t…");
}

TEST_CASE("Redacting twice is redacting once, whatever is put together", "[redact]") {
  std::vector<std::string> parts{"=",        ":",
                                 " ",        "\"",
                                 "'",        "\\",
                                 "://",      "@",
                                 "\n",       "[redacted:jwt]",
                                 "--",       "é",
                                 "…",        "password",
                                 "token",    "Bearer ",
                                 "Cookie: ", "-----BEGIN PRIVATE KEY-----",
                                 "{",        "}",
                                 ",",        ";",
                                 "&",        "\\n",
                                 "/",        "."};
  for (const fakes::PlantedSecret& planted : fakes::PlantedSecrets()) {
    parts.push_back(planted.text);
    parts.push_back(planted.secret);
  }
  for (const std::string& text : Harmless()) parts.push_back(text);
  std::mt19937 random(20260118);  // NOLINT(cert-msc51-cpp): the same texts in every run
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 10; n > 0; --n) text += parts[random() % parts.size()];
    const Redactor redactor({i % 2 == 0, {}});
    const std::string redacted = redactor.Redact(text);
    INFO(text);
    REQUIRE(redactor.Redact(redacted) == redacted);
    REQUIRE(IsValidUtf8(redacted));
  }
}

TEST_CASE("What stands in a mark is neither a name nor a separator", "[redact]") {
  const std::string github = "ghp_Qk7mPz2rTv9wQk7mPz2rTv9wQk7mPz2rTv9w";
  const std::vector<std::pair<std::string, std::string>> kPairs{
      {"password: hunter2x9: E11000 duplicate key", "password: [redacted:password]: E11000 duplicate key"},
      {"api_key: Qk7mPz2r: ECONNREFUSED 10.0.0.1:5432",
       "api_key: [redacted:api-key]: ECONNREFUSED 10.0.0.1:5432"},
      {"token=a1b2c3d4e5f6: status=403 host=db", "token=[redacted:token]: status=403 host=db"},
      {"https://Qk7mPz2rTv9wQk7mPz2rTv9w@host/x", "https://[redacted:token]@host/x"},
      {"https://" + github + "@host/x", "https://[redacted:github-token]@host/x"},
      {"https://[redacted:github-token]@host/x", "https://[redacted:github-token]@host/x"},
      {"https://[redacted:token]/x@y", "https://[redacted:token]/x@y"},
      {github + "@tcp(db:3306)/x", "[redacted:github-token]@tcp(db:3306)/x"},
      {"app[redacted:jwt]:a1@tcp(db:3306)/x", "app[redacted:jwt]:[redacted:password]@tcp(db:3306)/x"},
      {"password=1" + std::string(600, 'a') + "[redacted:jwt] next", "password=[redacted:password] next"},
      // Found by the fuzzer: each "[redacted:api-key]:" was read as the name of what stood behind it.
      {"%Authorix-api-key: Q:ti\xb6n: Beai-key: Q:ti\xb6n: B-key: Q:ti\xb6n: Beai-key: Q:ti\xb6n: "
       "Bei-key: Q:tTv9w",
       "%Authorix-api-key: [redacted:api-key]: Beai-key: Q:ti\xb6n: B-key: Q:ti\xb6n: Beai-key: Q:ti\xb6n: "
       "Bei-key: Q:tTv9w"},
  };
  for (const auto& [text, expected] : kPairs) {
    CHECK(Redact(text) == expected);
    CHECK(Redact(expected) == expected);
  }
}

TEST_CASE("What changes again and again is hidden by whole lines", "[redact]") {
  // Each token begins a word only once the one before it is hidden.
  std::string tokens;
  for (int i = 0; i < 3; ++i) tokens += "abcdefabcdefabcdefabcdefabcdefab-us1";
  CHECK(Redact("first\n" + tokens + "\nlast") ==
        "first\n[redacted:mailchimp-key][redacted:mailchimp-key][redacted:mailchimp-key]\nlast");
  for (int i = 0; i < 20; ++i) tokens += "abcdefabcdefabcdefabcdefabcdefab-us1";
  std::vector<HiddenSecret> hidden;
  CHECK(Redactor().Redact("first\nkeys " + tokens + " end\nlast", &hidden) ==
        "first\n[redacted:secret]\nlast");
  CHECK(hidden.back().kind == SecretKind::kSecret);
  CHECK(Redact(tokens) == "[redacted:secret]");
  const auto start = std::chrono::steady_clock::now();
  while (tokens.size() < (256U << 10)) tokens += tokens;
  CHECK(Redact(tokens) == "[redacted:secret]");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
}

TEST_CASE("Texts made to cost much do not", "[redact]") {
  for (const std::string_view part : {"password=",    "password='",
                                      "password: ",   R"("password":")",
                                      "a://",         "a://b:c",
                                      "eyJa-",        "ghp_",
                                      "sk-",          "-----BEGIN PRIVATE KEY-----",
                                      "Cookie: a=b",  "cookie: ",
                                      "bearer a",     "authorization: ",
                                      "<password>",   "a:b@tcp(",
                                      "a@b.c",        "--password ",
                                      "[redacted:",   "1//",
                                      "token:token:", "api key ",
                                      "a]@tcp(",      "[redacted:jwt]:a"}) {
    std::string text;
    while (text.size() < (256U << 10)) text += part;
    INFO(part);
    const auto start = std::chrono::steady_clock::now();
    Redactor({true, {}}).Redact(text);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
  }
}

void Texts(const nlohmann::json& value, std::vector<std::string>* texts) {
  if (value.is_string()) texts->push_back(value.get<std::string>());
  if (value.is_structured()) {
    for (const auto& item : value) Texts(item, texts);
  }
}

// What labelled people call the evidence and the facts must survive, and so must nearly all else: these logs
// were written without real secrets.
TEST_CASE("The labelled logs lose nothing", "[redact]") {
  std::size_t texts = 0;
  std::set<std::string> changed;
  for (const auto& file : std::filesystem::recursive_directory_iterator("tests/cases")) {
    const std::string name = file.path().string();
    if (!name.ends_with(".ndjson") && !name.ends_with(".label.json")) continue;
    std::ifstream in(name);
    std::vector<std::string> found;
    if (name.ends_with(".label.json")) {
      const auto label = nlohmann::json::parse(in);
      Texts(label["facts"], &found);
      Texts(label["evidence"], &found);
    } else {
      for (std::string line; std::getline(in, line);) {
        const auto entry = nlohmann::json::parse(line, nullptr, false);
        if (!entry.is_discarded()) Texts(entry, &found);
      }
    }
    for (const std::string& text : found) {
      for (const std::string_view line : SplitLines(text)) {
        ++texts;
        if (Redact(line) != line) changed.insert(std::string(line));
      }
    }
  }
  CHECK(texts > 50000);
  for (const std::string& line : changed) {
    INFO(line);
    // Examples in messages of a database, of a framework and of an image.
    CHECK((line.find("postgres://user:pass") != std::string::npos ||
           line.find("ecto://USER:PASS@HOST") != std::string::npos ||
           line.find("POSTGRES_PASSWORD=password") != std::string::npos));
  }
}

}  // namespace
}  // namespace neverready::core
