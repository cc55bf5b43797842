// Secrets of every kind, made up, in the forms in which logs show them. Plain values.
#ifndef NEVERREADY_TESTS_FAKES_SECRETS_H_
#define NEVERREADY_TESTS_FAKES_SECRETS_H_

#include <string>
#include <vector>

namespace neverready::fakes {

struct PlantedSecret {
  std::string kind;    // as in [redacted:<kind>]
  std::string text;    // as a log may say it, in one line; no quotes, so that it stands in any notation
  std::string secret;  // the part that must not be seen
};

const std::vector<PlantedSecret>& PlantedSecrets();

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_SECRETS_H_
