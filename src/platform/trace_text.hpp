#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/context.hpp"

namespace kontor {

/// `traceparent` of W3C Trace Context (https://www.w3.org/TR/trace-context/#traceparent-header);
/// empty where the trace is all zero.
std::string traceparent(const Trace& trace);

/// Reads a traceparent; nothing where it is none.
std::optional<Trace> parse_traceparent(std::string_view text);

}  // namespace kontor
