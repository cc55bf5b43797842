#include "core/redact.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/secret_mark.h"
#include "core/secret_settings.h"
#include "core/secret_shapes.h"
#include "core/secret_tokens.h"
#include "core/text.h"

namespace neverready::core {
namespace {

// What is hidden may uncover what its neighbours are; only texts made for it take more passes than this.
constexpr int kMostPasses = 6;

// What a byte may begin or separate, so that ordinary text is passed over quickly.
enum class Byte : std::uint8_t { kOther, kWord, kSeparator, kDash, kBracket, kMarkup, kAt };

constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> bytes{};
  for (int c = '0'; c <= '9'; ++c) bytes[static_cast<std::size_t>(c)] = Byte::kWord;
  for (int c = 'a'; c <= 'z'; ++c)
    bytes[static_cast<std::size_t>(c)] = bytes[static_cast<std::size_t>(c - 32)] = Byte::kWord;
  bytes['_'] = Byte::kWord;
  bytes['='] = bytes[':'] = Byte::kSeparator;
  bytes['-'] = Byte::kDash;
  bytes['['] = Byte::kBracket;
  bytes['>'] = Byte::kMarkup;
  bytes['@'] = Byte::kAt;
  return bytes;
}();

Byte Of(char c) { return kBytes[static_cast<unsigned char>(c)]; }

// Of two secrets that overlap: whose kind is told. The shape of a token says more than the name before it.
int Weight(SecretKind kind) {
  switch (kind) {
    case SecretKind::kEmail: return 0;
    case SecretKind::kPassword:
    case SecretKind::kSecret:
    case SecretKind::kToken:
    case SecretKind::kApiKey:
    case SecretKind::kKey:
    case SecretKind::kCredentials:
    case SecretKind::kSession:
    case SecretKind::kSalt:
    case SecretKind::kSignature:
    case SecretKind::kAuthorization:
    case SecretKind::kBearer:
    case SecretKind::kBasicAuth: return 1;
    case SecretKind::kCookie: return 3;
    case SecretKind::kPrivateKey: return 4;
    case SecretKind::kJwt:
    case SecretKind::kGoogleApiKey:
    case SecretKind::kGoogleToken:
    case SecretKind::kGoogleRefreshToken:
    case SecretKind::kGoogleClientSecret:
    case SecretKind::kAwsKey:
    case SecretKind::kAzureKey:
    case SecretKind::kGithubToken:
    case SecretKind::kGitlabToken:
    case SecretKind::kSlackToken:
    case SecretKind::kSlackWebhook:
    case SecretKind::kDiscordToken:
    case SecretKind::kDiscordWebhook:
    case SecretKind::kTelegramToken:
    case SecretKind::kStripeKey:
    case SecretKind::kSendgridKey:
    case SecretKind::kTwilioKey:
    case SecretKind::kMailgunKey:
    case SecretKind::kMailchimpKey:
    case SecretKind::kOpenaiKey:
    case SecretKind::kAnthropicKey:
    case SecretKind::kHuggingfaceToken:
    case SecretKind::kAiKey:
    case SecretKind::kNpmToken:
    case SecretKind::kPypiToken:
    case SecretKind::kRegistryToken:
    case SecretKind::kDigitaloceanToken:
    case SecretKind::kShopifyToken:
    case SecretKind::kDatabricksToken:
    case SecretKind::kVaultToken:
    case SecretKind::kHashicorpToken:
    case SecretKind::kNewrelicKey:
    case SecretKind::kGrafanaToken:
    case SecretKind::kSentryKey:
    case SecretKind::kAtlassianToken:
    case SecretKind::kDatabaseToken:
    case SecretKind::kSaasToken: return 2;
  }
  return 0;
}

class Scanner {
 public:
  Scanner(std::string_view text, const RedactOptions& options) : text_(text), options_(options) {}

  std::vector<SecretSpan> Scan() {
    if (IsPemBodyLine(text_)) {
      const std::string_view line = Trim(text_);
      const auto begin = static_cast<std::size_t>(line.data() - text_.data());
      return {{begin, begin + line.size(), SecretKind::kPrivateKey}};
    }
    Byte before = Byte::kOther;
    for (std::size_t at = 0; at < text_.size();) {
      const Byte byte = Of(text_[at]);
      std::size_t next = at + 1;
      switch (byte) {
        case Byte::kOther: break;
        case Byte::kWord:
          // Within a word, only an escape before it lets a token begin.
          if (before != Byte::kWord || IsEscaped(at)) next = Take(At(at), next);
          break;
        case Byte::kSeparator: next = Take(Separated(at), next); break;
        case Byte::kDash:
          if (text_.compare(at, 2, "--") == 0) next = Take(Dashed(at), next);
          break;
        case Byte::kBracket: next = at + std::max<std::size_t>(1, MarkLength(text_, at)); break;
        case Byte::kMarkup: next = Take(ElementAt(text_, at), next); break;
        case Byte::kAt:
          next = Take(GoDsnPasswordAt(text_, at), next);
          if (options_.emails && next == at + 1) next = Take(Address(at), next);
          break;
      }
      before = next == at + 1 ? byte : Byte::kOther;
      at = next;
    }
    return Merge();
  }

 private:
  using Found = std::optional<SecretSpan>;

  bool IsEscaped(std::size_t at) const {
    return (at >= 2 && text_[at - 2] == '\\') || (at >= 3 && text_[at - 3] == '%');
  }

  Found At(std::size_t at) const {
    if (const auto token = TokenAt(text_, at)) return token;
    const char c = text_[at];
    if (c == 'B' || c == 'b' || c == 'P' || c == 'I' || c == 'p' || c == 'i') return WordedAt(text_, at);
    return std::nullopt;
  }

  Found Separated(std::size_t at) const {
    if (text_.compare(at, 3, "://") == 0) return UrlSecretAt(text_, at);
    return SettingAt(text_, at);
  }

  Found Dashed(std::size_t at) const {
    if (const auto key = PemKeyAt(text_, at)) return key;
    return OptionAt(text_, at);
  }

  Found Address(std::size_t at) const {
    // Behind a password or "//" stands a host.
    if (!spans_.empty() && spans_.back().end == at) return std::nullopt;
    const auto found = EmailAt(text_, at);
    if (found && found->begin > 0 && text_[found->begin - 1] == '/') return std::nullopt;
    if (!found ||
        options_.keep.find(text_.substr(found->begin, found->end - found->begin)) == std::string::npos)
      return found;
    return std::nullopt;
  }

  // Goes on behind the secret. Its shape says more of its kind than the name before it.
  std::size_t Take(const Found& found, std::size_t next) {
    if (!found || found->end <= found->begin) return next;
    SecretSpan span = *found;
    if (Weight(span.kind) == 1) {
      auto shape = TokenAt(text_, span.begin);
      if (!shape) shape = PemKeyAt(text_, span.begin);
      if (shape) span = {span.begin, std::max(span.end, shape->end), shape->kind};
    }
    spans_.push_back(span);
    return std::max(next, span.end);
  }

  std::vector<SecretSpan> Merge() {
    std::ranges::stable_sort(spans_, {}, &SecretSpan::begin);
    std::vector<SecretSpan> merged;
    for (const SecretSpan& span : spans_) {
      if (merged.empty() || span.begin >= merged.back().end) {
        merged.push_back(span);
        continue;
      }
      SecretSpan& last = merged.back();
      last.end = std::max(last.end, span.end);
      if (Weight(span.kind) > Weight(last.kind)) last.kind = span.kind;
    }
    return merged;
  }

  std::string_view text_;
  const RedactOptions& options_;
  std::vector<SecretSpan> spans_;
};

std::string Apply(std::string_view text, const std::vector<SecretSpan>& spans,
                  std::vector<HiddenSecret>* hidden) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  for (const SecretSpan& span : spans) {
    out.append(text, at, span.begin - at);
    out.append(kMark).append(Name(span.kind)).append("]");
    if (hidden != nullptr)
      hidden->push_back({std::string(text.substr(span.begin, span.end - span.begin)), span.kind});
    at = span.end;
  }
  return out.append(text, at);
}

// The lines from the first secret to the last, as one.
SecretSpan LinesOf(std::string_view text, const std::vector<SecretSpan>& spans) {
  const std::string_view before = text.substr(0, spans.front().begin);
  const std::size_t newline = before.rfind('\n');
  return {newline == std::string_view::npos ? 0 : newline + 1,
          std::min(text.find('\n', spans.back().end), text.size()), SecretKind::kSecret};
}

}  // namespace

std::vector<SecretSpan> Redactor::Find(std::string_view text) const { return Scanner(text, options_).Scan(); }

std::string Redactor::Redact(std::string_view text, std::vector<HiddenSecret>* hidden) const {
  std::vector<SecretSpan> spans = Find(text);
  std::string out(text);
  // What still changes is hidden by whole lines, and then as a whole: a mark alone never changes, so that
  // redacting twice is redacting once whatever the text is.
  for (int pass = 0; !spans.empty(); ++pass) {
    if (pass == kMostPasses) spans = {LinesOf(out, spans)};
    if (pass > kMostPasses) spans = {{0, out.size(), SecretKind::kSecret}};
    out = Apply(out, spans, hidden);
    spans = Find(out);
  }
  return out;
}

std::string HideAgain(std::string text, const std::vector<HiddenSecret>& hidden) {
  constexpr std::size_t kShortest = 6;
  for (const HiddenSecret& secret : hidden) {
    const bool telling =
        secret.text.size() >= kShortest && std::ranges::any_of(secret.text, IsLetter) &&
        !std::ranges::all_of(secret.text, [](char c) { return IsLetter(c) || c == '-' || c == '_'; });
    if (!telling || secret.kind == SecretKind::kEmail) continue;
    const std::string mark = std::string(kMark) + std::string(Name(secret.kind)) + "]";
    std::string out;
    std::size_t from = 0;  // what is before it stands in `out`
    std::size_t at = text.find(secret.text);
    while (at != std::string::npos) {
      const std::size_t end = at + secret.text.size();
      const bool begins = at == 0 || (at == from && from > 0) || !IsAlnum(text[at - 1]);
      const bool whole = begins && (end >= text.size() || !IsAlnum(text[end]));
      if (whole) {
        out.append(text, from, at - from).append(mark);
        from = end;
      }
      at = text.find(secret.text, whole ? end : at + 1);
    }
    if (from > 0) text = out.append(text, from);
  }
  return text;
}

std::string CutBetweenSecrets(std::string_view text, std::size_t columns) {
  // Further than the cut nothing can begin that reaches before it; what follows within this room decides.
  constexpr std::size_t kRoom = 4096;
  const std::string cut = Ellipsize(text, columns);
  if (cut.size() == text.size() && cut == text) return cut;
  const std::size_t kept = cut.size() - std::string_view("…").size();
  constexpr std::size_t kBehind = 8;  // "@host" tells that what is before it was a password
  for (const SecretSpan& span : Redactor({true, {}}).Find(text.substr(0, kept + kRoom))) {
    if (span.begin < kept && kept < span.end + kBehind)
      return std::string(Trim(text.substr(0, span.begin))) + " …";
  }
  return cut;
}

}  // namespace neverready::core
