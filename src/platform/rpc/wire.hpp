#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "platform/context.hpp"

/// How a Context crosses between processes: as HTTP headers. (A refusal: see platform/problem.hpp.)
namespace kontor::rpc {

using Headers = std::vector<std::pair<std::string, std::string>>;
using FindHeader = std::function<std::optional<std::string_view>(std::string_view name)>;

/// The Context as headers. The deadline travels as the remaining duration, less `reserve` for the
/// way: never as a time point, since clocks differ.
Headers context_headers(const Context& context, Context::TimePoint now,
                        std::chrono::milliseconds reserve = std::chrono::milliseconds(5));

/// Whether a `Prefer` header asks for `return=minimal`, among others or alone.
bool prefers_minimal(std::string_view prefer);

/// Reads what context_headers wrote. Refuses: `malformed`, naming the header.
Result<Context> read_context(const FindHeader& find, Context::TimePoint now);

}  // namespace kontor::rpc
