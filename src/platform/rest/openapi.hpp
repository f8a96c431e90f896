#pragma once

#include <string>

#include "platform/rest/table.hpp"

namespace kontor::rest {

/// What the document says of the API as a whole.
struct ApiInfo {
    std::string_view title;
    std::string_view version;
    std::string_view description;
};

/// The OpenAPI 3.1 document of every route but those of Scope::internal, as JSON.
std::string openapi(const Table& table, const ApiInfo& info);

}  // namespace kontor::rest
