// Hides secrets in text: passwords, tokens, keys, cookies. What is hidden reads "[redacted:<kind>]"; the
// words around it stay. Linear in the text's length but for texts made to defeat that, which cost a small
// multiple, and which may lose whole lines; what is redacted once does not change when it is redacted again;
// valid UTF-8 stays valid. Pure, thread-safe.
#ifndef NEVERREADY_CORE_REDACT_H_
#define NEVERREADY_CORE_REDACT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/secret_kind.h"

namespace neverready::core {

struct RedactOptions {
  bool emails = false;  // addresses, too
  std::string keep;     // addresses within this text stay
};

struct HiddenSecret {
  std::string text;
  SecretKind kind = SecretKind::kSecret;
};

class Redactor {
 public:
  explicit Redactor(RedactOptions options = {}) : options_(std::move(options)) {}

  // `hidden`, unless null, receives what was hidden, in the order of the text.
  std::string Redact(std::string_view text, std::vector<HiddenSecret>* hidden = nullptr) const;

  // What Redact would hide, ascending, without overlap.
  std::vector<SecretSpan> Find(std::string_view text) const;

 private:
  RedactOptions options_;
};

// Hides in `text` what was hidden elsewhere: a part that was taken out of a line no longer shows that it is a
// secret. Only what no word looks like is hidden, so that the user "postgres" stays where "postgres" is the
// password.
std::string HideAgain(std::string text, const std::vector<HiddenSecret>& hidden);

// As Ellipsize, but never cuts through a secret, because half a secret cannot be told any more: it cuts
// before it.
std::string CutBetweenSecrets(std::string_view text, std::size_t columns);

}  // namespace neverready::core

#endif  // NEVERREADY_CORE_REDACT_H_
