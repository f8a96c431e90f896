#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "platform/context.hpp"

/// W3C Trace Context, level 1 (https://www.w3.org/TR/trace-context-1/).
namespace kontor::telemetry {

/// Reads a `traceparent` header: lower-case hexadecimal, no all-zero ids, not version ff; a later
/// version is read by what it shares with version 00. Nothing if it keeps to none of that: then a
/// new trace begins, as the standard says.
std::optional<Trace> parse_traceparent(std::string_view header);

/// `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`.
std::string traceparent(const Trace& trace);

/// A trace of our own, with ids that are not zero.
Trace new_trace(Random& random, bool sampled);

/// The same trace, in a span of its own.
Trace child_of(const Trace& parent, Random& random);

/// 32 and 16 hexadecimal digits, as in logs and exemplars. The trace id is also our request id.
std::string trace_id_text(const Trace& trace);
std::string span_id_text(const Trace& trace);

}  // namespace kontor::telemetry
