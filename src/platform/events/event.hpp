#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "platform/describe/json.hpp"

namespace kontor::events {

/// The kind of a fact. A name never changes its meaning; the schema version counts the changes of
/// its members, which are only ever added (readers ignore what they do not know).
struct Type {
    std::string_view name;  ///< `service.fact-in-kebab-case`
    int schema_version;
};

/// An event is a described struct that names its type:
///
///     struct ProductRenamed {
///         static constexpr events::Type type{"catalog.product-renamed", 1};
///         ...
///     };
template <class E>
concept Event = describe::Described<E> && requires {
    { E::type } -> std::convertible_to<Type>;
};

/// An event about to be published: what it says and of which aggregate.
struct Fact {
    Type type;
    std::string aggregate;           ///< The thing's id as on the wire.
    std::int64_t aggregate_version;  ///< The version this change gave it.
    std::string data;                ///< JSON.
};

template <Event E>
Fact fact(const E& event, std::string aggregate, std::int64_t aggregate_version) {
    return {E::type, std::move(aggregate), aggregate_version, to_json(event)};
}

}  // namespace kontor::events
