#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "platform/context.hpp"

namespace kontor::events {

/// A place in one producer's stream, counted in the order of commits; 0 is before the first event.
using Position = std::int64_t;

/// One fact as it travels: a CloudEvents 1.0 event. Its data holds no personal data, only
/// references, so that erasure works and replay stays possible.
struct Envelope {
    std::string id;      ///< Unique in its source; the same at every delivery.
    std::string source;  ///< The producing service: `catalog`.
    std::string type;    ///< `catalog.product-changed`
    Timestamp time;      ///< When it happened.
    int schema_version = 1;
    std::string aggregate;               ///< The thing's id as on the wire; CloudEvents' `subject`.
    std::int64_t aggregate_version = 0;  ///< Counts up with every change of the aggregate.
    Position sequence = 0;
    Trace trace;       ///< Who caused it; all zero where nobody said.
    std::string data;  ///< JSON.

    bool operator==(const Envelope&) const = default;
};

/// The envelope in CloudEvents' JSON format, structured mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
/// Extension attributes: `sequence` and `aggregateversion` as texts of digits (a CloudEvents
/// integer has 32 bits), `traceparent` as in W3C Trace Context.
std::string to_cloud_event(const Envelope& envelope);

/// Reads what to_cloud_event wrote; attributes it does not know are ignored.
/// Refuses: `malformed` (not JSON), `invalid` (names each attribute that is missing or wrong).
Result<Envelope> from_cloud_event(std::string_view json);

}  // namespace kontor::events
