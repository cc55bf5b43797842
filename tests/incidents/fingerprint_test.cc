#include "incidents/fingerprint.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/fakes/hostile.h"

namespace neverready::incidents {
namespace {

using analyzers::Category;
using analyzers::Fact;
using analyzers::FactValue;
using List = std::vector<std::string>;
using Given = std::vector<std::pair<Fact, FactValue>>;

std::string Of(Category category, const Given& facts) {
  analyzers::Diagnosis diagnosis;
  diagnosis.state = analyzers::State::kFailed;
  diagnosis.root_cause = category;
  for (const auto& [fact, value] : facts) diagnosis.facts.Set(fact, value);
  return Fingerprint(diagnosis);
}

// A fact of every kind.
Given Everything() {
  Given facts;
  for (std::size_t i = 0; i < analyzers::kFacts; ++i) {
    const auto fact = static_cast<Fact>(i);
    if (analyzers::IsNumber(fact)) {
      facts.emplace_back(fact, std::int64_t{7});
    } else if (analyzers::IsList(fact)) {
      facts.emplace_back(fact, List{"B_ENV", "A_ENV"});
    } else {
      facts.emplace_back(fact, "The-" + std::string(analyzers::Name(fact)));
    }
  }
  return facts;
}

TEST_CASE("A fingerprint is the category and the facts that name its culprit", "[incidents][fingerprint]") {
  const std::map<Category, std::string> expected{
      {Category::kImportError, "import_error module=the-module symbol=the-symbol"},
      {Category::kMissingEnv, "missing_env env_vars=a_env,b_env"},
      {Category::kValidationFailure, "validation_failure setting=the-setting"},
      {Category::kPortTimeout, "port_timeout bind_address=the-bind_address port_actual=7"},
      {Category::kAppException, "app_exception exception=the-exception file=the-file"},
      {Category::kBadEntrypoint, "bad_entrypoint file=the-file"},
      {Category::kImageUnavailable, "image_unavailable image=the-image"},
      {Category::kPermissionDenied, "permission_denied permission=the-permission principal=the-principal"},
      {Category::kSecretUnavailable, "secret_unavailable secret=the-secret"},
      {Category::kDependencyUnreachable, "dependency_unreachable host=the-host"},
      {Category::kDependencyRejected, "dependency_rejected host=the-host"},
      {Category::kOutOfMemory, "out_of_memory"},
      {Category::kResourceExhausted, "resource_exhausted"},
      {Category::kCrashSignal, "crash_signal signal=7"},
      {Category::kProbeFailed, "probe_failed"},
      {Category::kPortConflict, "port_conflict bind_address=the-bind_address port_actual=7"},
      {Category::kHealthy, "healthy"},
      {Category::kUnknown, "unknown"},
  };
  REQUIRE(expected.size() == analyzers::kCategories);
  for (const auto& [category, text] : expected) {
    CHECK(Of(category, Everything()) == text);
    CHECK(Of(category, {}) == analyzers::Name(category));
  }
}

TEST_CASE("Without a root cause there is no fingerprint", "[incidents][fingerprint]") {
  analyzers::Diagnosis diagnosis;
  diagnosis.facts.Set(Fact::kModule, std::string("flask"));
  CHECK(Fingerprint(diagnosis).empty());
}

TEST_CASE("The bundled incident's fingerprint reads well", "[incidents][fingerprint]") {
  CHECK(Of(Category::kImportError, {{Fact::kModule, "starlette.websockets"},
                                    {Fact::kSymbol, "WebSocketState"},
                                    {Fact::kFile, "/app/unified_manager.py"},
                                    {Fact::kLine, std::int64_t{94}}}) ==
        "import_error module=starlette.websockets symbol=websocketstate");
}

TEST_CASE("A setting counts before the variables that stand for it", "[incidents][fingerprint]") {
  CHECK(Of(Category::kValidationFailure, {{Fact::kEnvVars, List{"PORT"}}}) ==
        "validation_failure env_vars=port");
  CHECK(Of(Category::kValidationFailure, {{Fact::kEnvVars, List{"PORT"}}, {Fact::kSetting, "port"}}) ==
        "validation_failure setting=port");
}

TEST_CASE("Neither order, case nor repetition of variables counts", "[incidents][fingerprint]") {
  const std::string expected = "missing_env env_vars=api_key,db_url";
  for (const List& names :
       {List{"DB_URL", "API_KEY"}, List{"api_key", "db_url"}, List{"db_url", "API_KEY", "DB_URL", ""}})
    CHECK(Of(Category::kMissingEnv, {{Fact::kEnvVars, names}}) == expected);
  CHECK(Of(Category::kMissingEnv, {{Fact::kEnvVars, List{}}}) == "missing_env");
  CHECK(Of(Category::kMissingEnv, {{Fact::kSetting, "Stripe.ApiKey"}}) ==
        "missing_env setting=stripe.apikey");
}

TEST_CASE("Of a secret the version does not count", "[incidents][fingerprint]") {
  const std::map<std::string, std::string> cases{
      {"projects/p/secrets/s", "projects/p/secrets/s"},
      {"projects/p/secrets/s/versions/3", "projects/p/secrets/s"},
      {"projects/p/secrets/S/Versions/latest", "projects/p/secrets/s"},
      {"projects/1034470072385/secrets/stripe-live-key/versions/12",
       "projects/1034470072385/secrets/stripe-live-key"},
      {"s:3", "s"},
      {"s:latest", "s"},
      {"s:prod", "s:prod"},
      {"s:", "s:"},
      {"[redacted:token]", "[redacted:token]"},
      {"my-versions", "my-versions"},
  };
  for (const auto& [secret, expected] : cases)
    CHECK(Of(Category::kSecretUnavailable, {{Fact::kSecret, secret}}) ==
          "secret_unavailable secret=" + expected);
  CHECK(Of(Category::kSecretUnavailable, {{Fact::kSecret, "/versions/3"}}) == "secret_unavailable");
}

TEST_CASE("Of an image neither tag nor digest counts, and the registry's port stays",
          "[incidents][fingerprint]") {
  const std::map<std::string, std::string> cases{
      {"img", "img"},
      {"img:tag", "img"},
      {"host:5000/img", "host:5000/img"},
      {"host:5000/img:tag", "host:5000/img"},
      {"HOST:5000/a/Img:Tag@sha256:05EE", "host:5000/a/img"},
      {"gcr.io/p/img@sha256:05eeec2d", "gcr.io/p/img"},
      {"us-docker.pkg.dev/p/r/img:2026-10-22", "us-docker.pkg.dev/p/r/img"},
      {"host/[redacted:token]:tag", "host/[redacted:token]"},
  };
  for (const auto& [image, expected] : cases)
    CHECK(Of(Category::kImageUnavailable, {{Fact::kImage, image}}) == "image_unavailable image=" + expected);
  CHECK(Of(Category::kImageUnavailable, {{Fact::kImage, ":tag"}}) == "image_unavailable");
}

TEST_CASE("Of a path neither the line nor what a build made up counts", "[incidents][fingerprint]") {
  const std::map<std::string, std::string> cases{
      {"/app/main.py", "/app/main.py"},
      {"/app/main.py:94", "/app/main.py"},
      {"/app/main.ts:94:13", "/app/main.ts"},
      {"/app/main.ts:94:13:7", "/app/main.ts:94"},  // no form of line and column
      {"/app/main.ts:", "/app/main.ts:"},
      {"12", "12"},
      {":12", ""},
      {"/app/chunks/4821.js", "/app/chunks/4821.js"},
      {"/app/chunk-4F3A9B2C.js", "/app/chunk-*.js"},
      {"/app/chunk-4f3a9b2.js", "/app/chunk-4f3a9b2.js"},
      {"/app/defaced-feedfacade.js", "/app/defaced-feedfacade.js"},  // words
      {"/app/index-BxK2j9aZ.js", "/app/index-bxk2j9az.js"},          // in another alphabet
      {"/cargo/index.crates.io-6f17d22bba15001f/rocket/config.rs",
       "/cargo/index.crates.io-*/rocket/config.rs"},
      {"/tmp/550e8400-e29b-41d4-a716-446655440000/run.sh", "/tmp/*/run.sh"},
      {"550e8400-e29b-41d4-a716-446655440000", "*"},
      {"550e8400-e29b-41d4-a716-446655440000x", "*-e29b-41d4-a716-446655440000x"},
      {"<module at 0x7F3Aa0>", "<module%20at%20*>"},
      {"0x1f", "0x1f"},
  };
  for (const auto& [file, expected] : cases)
    CHECK(Of(Category::kBadEntrypoint, {{Fact::kFile, file}}) ==
          (expected.empty() ? "bad_entrypoint" : "bad_entrypoint file=" + expected));
  CHECK(Of(Category::kImportError,
           {{Fact::kModule, "/dist/a1b2c3d4.mjs:3"}, {Fact::kSymbol, "f_0xdeadbeef"}}) ==
        "import_error module=/dist/*.mjs symbol=f_*");
}

TEST_CASE("Resources keep their ids and ports", "[incidents][fingerprint]") {
  CHECK(Of(Category::kDependencyUnreachable, {{Fact::kHost, "DB-8f3a2b1c.internal:5432"}}) ==
        "dependency_unreachable host=db-8f3a2b1c.internal:5432");
  CHECK(Of(Category::kPermissionDenied,
           {{Fact::kPrincipal, "408813377120-compute@developer.gserviceaccount.com"}}) ==
        "permission_denied principal=408813377120-compute@developer.gserviceaccount.com");
}

TEST_CASE("Different facts never read alike", "[incidents][fingerprint]") {
  const auto import_of = [](const std::string& module, const std::string& symbol) {
    return Of(Category::kImportError, {{Fact::kModule, module}, {Fact::kSymbol, symbol}});
  };
  CHECK(import_of("a symbol=b", "") == "import_error module=a%20symbol=b");
  CHECK(import_of("a symbol=b", "") != import_of("a", "b"));
  CHECK(import_of("a%20b", "") != import_of("a b", ""));
  CHECK(import_of("a", "") != import_of("", "a"));
  const auto variables = [](const List& names) {
    return Of(Category::kMissingEnv, {{Fact::kEnvVars, names}});
  };
  CHECK(variables({"a,b"}) == "missing_env env_vars=a%2cb");
  CHECK(variables({"a,b"}) != variables({"a", "b"}));
}

TEST_CASE("Whatever the facts say, a fingerprint is one line of its words", "[incidents][fingerprint]") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  for (const std::string& text : {std::string("a\nb\r\tc"), std::string("\0", 1), std::string("x\0y", 3),
                                  bytes, std::string(100'000, ' '), std::string("\x1b[31m"),
                                  std::string("'; DROP TABLE incidents; --"), std::string(" = , = ")}) {
    for (std::size_t i = 0; i < analyzers::kCategories; ++i) {
      analyzers::Diagnosis diagnosis = fakes::Hostile(text);
      diagnosis.root_cause = static_cast<Category>(i);
      for (std::size_t fact = 0; fact < analyzers::kFacts; ++fact) {
        if (!analyzers::IsNumber(static_cast<Fact>(fact)) && !analyzers::IsList(static_cast<Fact>(fact)))
          diagnosis.facts.Set(static_cast<Fact>(fact), text);
      }
      const std::string fingerprint = Fingerprint(diagnosis);
      const auto control = [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; };
      CHECK(std::ranges::none_of(fingerprint, control));
      CHECK(std::ranges::count(fingerprint, ' ') <= 2);
      CHECK(fingerprint.starts_with(analyzers::Name(*diagnosis.root_cause)));
    }
  }
  CHECK(Of(Category::kBadEntrypoint, {{Fact::kFile, std::string(100'000, ' ')}}) == "bad_entrypoint");
}

TEST_CASE("Letters beyond ASCII stay as they are", "[incidents][fingerprint]") {
  CHECK(Of(Category::kBadEntrypoint, {{Fact::kFile, "/app/ÄB.py"}}) == "bad_entrypoint file=/app/Äb.py");
}

}  // namespace
}  // namespace neverready::incidents
