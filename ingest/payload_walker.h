// Collects the leaves of a JSON value while simdjson reads it. Part of EntryParser: nobody else includes
// this. One thread.
#ifndef NEVERREADY_INGEST_PAYLOAD_WALKER_H_
#define NEVERREADY_INGEST_PAYLOAD_WALKER_H_

#include <simdjson.h>

#include <cstddef>
#include <string_view>

#include "ingest/payload_text.h"

namespace neverready::ingest {

// Protobuf's Struct form ({"fields":{"a":{"stringValue":"x"}}}, as Node's client dumps it) gives the same
// leaves as the plain form; so does tracing's {"fields":{"message":"x"}}. Leaves deeper than 8 keys are left
// out.
class PayloadWalker {
 public:
  // Borrows `leaves` for its own lifetime; the leaves borrow from the parser of the objects walked.
  explicit PayloadWalker(LeafList* leaves) : leaves_(leaves) {}

  // Appends the leaves of `object`. Fails where a string cannot be read or the JSON ends.
  simdjson::error_code Walk(simdjson::ondemand::object object) { return Object(object, Place{}); }

 private:
  struct Place {
    std::size_t level = 0;    // of nesting in the JSON, wrappers included
    bool in_wrapper = false;  // directly below a structValue or listValue
  };

  simdjson::error_code Object(simdjson::ondemand::object object, Place place);
  simdjson::error_code Member(std::string_view key, simdjson::ondemand::value value, Place place);
  simdjson::error_code Value(simdjson::ondemand::value value, Place place);
  simdjson::error_code Array(simdjson::ondemand::value value, Place place);

  LeafList* leaves_;
};

}  // namespace neverready::ingest

#endif  // NEVERREADY_INGEST_PAYLOAD_WALKER_H_
