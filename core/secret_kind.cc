#include "core/secret_kind.h"

#include <array>

namespace neverready::core {
namespace {

using enum SecretKind;

constexpr auto kRows = std::to_array<SecretKindRow>({
    {kPassword, "password", "passwords in URLs, connection strings, settings and options"},
    {kSecret, "secret", "values of names that end in `secret`"},
    {kToken, "token", "values of names that end in `token` or `jwt`"},
    {kApiKey, "api-key", "values of `api_key`, `x-api-key` and the like"},
    {kKey, "key", "values of `access_key`, `encryption_key`, `signing_key` and the like"},
    {kCredentials, "credentials", "values of `credentials` and `creds`"},
    {kSession, "session", "values of `session`, `session_id`, `sid`"},
    {kSalt, "salt", "values of `salt`"},
    {kSignature, "signature",
     "signatures of signed URLs and requests: `X-Goog-Signature`, `X-Amz-Signature`, `sig`"},
    {kAuthorization, "authorization", "other `Authorization` headers"},
    {kBearer, "bearer", "bearer tokens"},
    {kBasicAuth, "basic-auth", "basic authentication: user and password in base64"},
    {kCookie, "cookie", "values of `Cookie` and `Set-Cookie`"},
    {kJwt, "jwt", "JSON web tokens, signed or encrypted"},
    {kPrivateKey, "private-key", "private keys in PEM, whole or line by line; `private_key` by name"},
    {kGoogleApiKey, "google-api-key", "`AIza…`"},
    {kGoogleToken, "google-token", "OAuth access tokens of Google, `ya29.…`"},
    {kGoogleRefreshToken, "google-refresh-token", "OAuth refresh tokens of Google, `1//…`"},
    {kGoogleClientSecret, "google-client-secret", "`GOCSPX-…`"},
    {kAwsKey, "aws-key", "access keys of AWS, `AKIA…`, `ASIA…`; secret keys by name"},
    {kAzureKey, "azure-key", "`AccountKey=`, `SharedAccessKey=`, client secrets of Entra ID"},
    {kGithubToken, "github-token", "`ghp_…`, `gho_…`, `ghu_…`, `ghs_…`, `ghr_…`, `github_pat_…`"},
    {kGitlabToken, "gitlab-token", "`glpat-…`, `gldt-…`, `glrt-…` and the like"},
    {kSlackToken, "slack-token", "`xoxb-…`, `xoxp-…`, `xapp-…` and the like"},
    {kSlackWebhook, "slack-webhook", "incoming webhooks of Slack"},
    {kDiscordToken, "discord-token", "bot tokens of Discord"},
    {kDiscordWebhook, "discord-webhook", "webhooks of Discord"},
    {kTelegramToken, "telegram-token", "bot tokens of Telegram"},
    {kStripeKey, "stripe-key", "`sk_live_…`, `rk_live_…`, `whsec_…`, and those of test mode"},
    {kSendgridKey, "sendgrid-key", "`SG.…`"},
    {kTwilioKey, "twilio-key", "`SK` and 32 hexadecimal digits"},
    {kMailgunKey, "mailgun-key", "`key-` and 32 hexadecimal digits"},
    {kMailchimpKey, "mailchimp-key", "32 hexadecimal digits and `-us` with a number"},
    {kOpenaiKey, "openai-key", "`sk-…`, `sk-proj-…`"},
    {kAnthropicKey, "anthropic-key", "`sk-ant-…`"},
    {kHuggingfaceToken, "huggingface-token", "`hf_…`"},
    {kAiKey, "ai-key", "keys of Groq `gsk_…`, xAI `xai-…`, Replicate `r8_…`, Perplexity `pplx-…`"},
    {kNpmToken, "npm-token", "`npm_…`"},
    {kPypiToken, "pypi-token", "`pypi-…`"},
    {kRegistryToken, "registry-token", "tokens of Docker Hub `dckr_pat_…` and RubyGems `rubygems_…`"},
    {kDigitaloceanToken, "digitalocean-token", "`dop_v1_…`, `doo_v1_…`, `dor_v1_…`"},
    {kShopifyToken, "shopify-token", "`shpat_…`, `shpca_…`, `shppa_…`, `shpss_…`"},
    {kDatabricksToken, "databricks-token", "`dapi` and 32 hexadecimal digits"},
    {kVaultToken, "vault-token", "`hvs.…`, `hvb.…`, `hvr.…`"},
    {kHashicorpToken, "hashicorp-token", "tokens of HCP Terraform, `….atlasv1.…`"},
    {kNewrelicKey, "newrelic-key", "`NRAK-…`, `NRJS-…`, `NRII-…`"},
    {kGrafanaToken, "grafana-token", "`glsa_…`, `glc_…`"},
    {kSentryKey, "sentry-key", "the key in a Sentry DSN; `sntrys_…`, `sntryu_…`"},
    {kAtlassianToken, "atlassian-token", "`ATATT3…`"},
    {kDatabaseToken, "database-token", "tokens of PlanetScale `pscale_…` and Supabase `sbp_…`"},
    {kSaasToken, "saas-token",
     "keys of Linear, Figma, Notion, Doppler, Postman, Pulumi, Square, Brevo, Fly and age"},
    {kEmail, "email", "addresses, only with `--redact-emails`"},
});

}  // namespace

std::span<const SecretKindRow> SecretKinds() { return kRows; }

std::string_view Name(SecretKind kind) { return kRows[static_cast<std::size_t>(kind)].id; }

}  // namespace neverready::core
