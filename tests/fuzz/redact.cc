// Hiding secrets: whatever the text is, and wherever it is cut.
#include "core/redact.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/text.h"
#include "tests/fuzz/require.h"

namespace core = neverready::core;
using neverready::fuzz::AsText;
using neverready::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first byte chooses.
  if (size == 0) return 0;
  const bool emails = (data[0] & 1) != 0;
  const std::size_t columns = data[0] >> 1;
  const std::string text(AsText(data + 1, size - 1));
  const core::Redactor redactor({emails, {}});

  std::size_t end = 0;
  for (const core::SecretSpan& span : redactor.Find(text)) {
    Require(span.begin >= end && span.end > span.begin && span.end <= text.size(),
            "secrets ascend, without overlap");
    end = span.end;
  }
  std::vector<core::HiddenSecret> hidden;
  const std::string redacted = redactor.Redact(text, &hidden);
  Require(redactor.Redact(redacted) == redacted, "redacting twice is redacting once");
  Require(!core::IsValidUtf8(text) || core::IsValidUtf8(redacted), "valid text stays valid");
  Require(!hidden.empty() || redacted == text, "only what is told as hidden changes");
  core::HideAgain(text, hidden);

  const std::string cut = core::CutBetweenSecrets(text, columns);
  Require(!core::IsValidUtf8(text) || core::DisplayWidth(cut) <= std::max<std::size_t>(columns, 2),
          "cut text fits");

  for (const char* secret : {"ghp_Qk7mPz2rTv9wQk7mPz2rTv9wQk7mPz2rTv9w", "xoxb-123456789012-Qk7mPz2rTv9w",
                             "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6y"}) {
    Require(!redactor.Redact(text + "\n" + secret).ends_with(secret), "a token behind any text is hidden");
  }
  return 0;
}
