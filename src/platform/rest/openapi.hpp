#pragma once

#include <span>
#include <string>

#include "platform/rest/table.hpp"

namespace kontor::rest {

/// What the document says of the API as a whole.
struct ApiInfo {
    std::string_view title;
    std::string_view version;
    std::string_view description;
};

/// A route outside the table, answered to GET without arguments: `/healthz` and the like.
struct FixedRoute {
    std::string_view path;
    std::string_view name;     ///< For generated clients: `health`.
    std::string_view meaning;  ///< One sentence.
    /// What it answers as JSON; null: as `text/plain`.
    const describe::TypeInfo& (*reply)() = nullptr;
    /// What a 503 of it means; empty: it answers none.
    std::string_view unavailable{};
};

/// The OpenAPI 3.1 document of every route but those of Scope::internal, as JSON.
std::string openapi(const Table& table, std::span<const FixedRoute> fixed, const ApiInfo& info);

}  // namespace kontor::rest
