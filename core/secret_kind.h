// The kinds of secrets, and where one stands in a text.
#ifndef NEVERREADY_CORE_SECRET_KIND_H_
#define NEVERREADY_CORE_SECRET_KIND_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace neverready::core {

// In the order of kSecretKinds.
enum class SecretKind : std::uint8_t {
  kPassword,
  kSecret,
  kToken,
  kApiKey,
  kKey,
  kCredentials,
  kSession,
  kSalt,
  kSignature,
  kAuthorization,
  kBearer,
  kBasicAuth,
  kCookie,
  kJwt,
  kPrivateKey,
  kGoogleApiKey,
  kGoogleToken,
  kGoogleRefreshToken,
  kGoogleClientSecret,
  kAwsKey,
  kAzureKey,
  kGithubToken,
  kGitlabToken,
  kSlackToken,
  kSlackWebhook,
  kDiscordToken,
  kDiscordWebhook,
  kTelegramToken,
  kStripeKey,
  kSendgridKey,
  kTwilioKey,
  kMailgunKey,
  kMailchimpKey,
  kOpenaiKey,
  kAnthropicKey,
  kHuggingfaceToken,
  kAiKey,
  kNpmToken,
  kPypiToken,
  kRegistryToken,
  kDigitaloceanToken,
  kShopifyToken,
  kDatabricksToken,
  kVaultToken,
  kHashicorpToken,
  kNewrelicKey,
  kGrafanaToken,
  kSentryKey,
  kAtlassianToken,
  kDatabaseToken,
  kSaasToken,
  kEmail,
};

struct SecretKindRow {
  SecretKind kind;
  std::string_view id;    // as in [redacted:<id>]; never renamed
  std::string_view what;  // for people
};

std::span<const SecretKindRow> SecretKinds();
std::string_view Name(SecretKind kind);

struct SecretSpan {
  std::size_t begin = 0, end = 0;  // bytes
  SecretKind kind = SecretKind::kSecret;
};

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_SECRET_KIND_H_
