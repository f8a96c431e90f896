#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "platform/context.hpp"

/// How a Context and a Refusal cross between processes: as HTTP headers and problem details.
namespace kontor::rpc {

using Headers = std::vector<std::pair<std::string, std::string>>;
using FindHeader = std::function<std::optional<std::string_view>(std::string_view name)>;

/// The Context as headers. The deadline travels as the remaining duration, less `reserve` for the
/// way: never as a time point, since clocks differ.
Headers context_headers(const Context& context, Context::TimePoint now,
                        std::chrono::milliseconds reserve = std::chrono::milliseconds(5));

/// Reads what context_headers wrote. Refuses: `malformed`, naming the header.
Result<Context> read_context(const FindHeader& find, Context::TimePoint now);

/// RFC 9457 problem details with the members `code`, `errors`, `state` and `retry_after_s`.
std::string problem_json(const Refusal& refusal);

/// Reads what problem_json wrote; `status` stands in where the text is none of ours.
Refusal read_problem(std::string_view text, int status);

}  // namespace kontor::rpc
