// YAML as gcloud prints it, by a writer that shares nothing with the reader: block mappings, texts with
// newlines as literal blocks, long texts in quotes folded over several lines.
#ifndef NEVERREADY_TESTS_FAKES_YAML_WRITER_H_
#define NEVERREADY_TESTS_FAKES_YAML_WRITER_H_

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace neverready::fakes {

// One document with "---" before it. `entry` is a JSON object.
std::string WriteYaml(const nlohmann::ordered_json& entry);

}  // namespace neverready::fakes

#endif  // NEVERREADY_TESTS_FAKES_YAML_WRITER_H_
