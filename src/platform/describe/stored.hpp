#pragma once

#include <stdexcept>
#include <string_view>

#include "platform/describe/json.hpp"

namespace kontor {

/// Reads JSON that this program has stored. If it cannot be read that is an accident, not a
/// refusal: throws std::runtime_error.
template <class T>
T from_stored_json(std::string_view json) {
    auto value = from_json<T>(json);
    if (!value) {
        throw std::runtime_error(fmt::format("stored {} cannot be read: {}", describe::type_name<T>,
                                             value.error().message));
    }
    return *std::move(value);
}

/// The same of each, in the order given.
template <class T>
std::vector<T> from_stored_json(const std::vector<std::string>& documents) {
    std::vector<T> values;
    values.reserve(documents.size());
    for (const auto& document : documents) {
        values.push_back(from_stored_json<T>(std::string_view(document)));
    }
    return values;
}

}  // namespace kontor
