#pragma once

#include <cmath>

#include "platform/describe/json.hpp"

namespace kontor {

/// Whether `value`, written as JSON and read again, would be taken: it and all in it keep to what
/// their description says. Walks the value once and allocates nothing, so that a call within a
/// process can be held to what a call between processes is held to; of a struct without limits
/// nothing is left of it.
template <class T>
constexpr bool keeps_limits(const T& value, const describe::Limits& limits = {}) {
    const auto length_fits = [&](std::size_t length, json::Counted what) {
        return length >= json::shortest(limits) && length <= json::longest(limits, what);
    };
    const auto keeps = [](const auto& entry) { return keeps_limits(entry); };
    if constexpr (describe::is_optional<T>) {
        return !value || keeps_limits(*value, limits);
    } else if constexpr (requires { describe::WireForm<T>::length(value); }) {
        return length_fits(describe::WireForm<T>::length(value), json::Counted::entries);
    } else if constexpr (requires { describe::WireForm<T>::readable(value); }) {
        return describe::WireForm<T>::readable(value);
    } else if constexpr (describe::HasWireForm<T>) {
        return keeps_limits(describe::WireForm<T>::to(value), limits);
    } else if constexpr (requires { describe::TextForm<T>::readable(value); }) {
        return describe::TextForm<T>::readable(value);
    } else if constexpr (describe::HasTextForm<T> || requires { value.json; } ||
                         std::same_as<T, bool>) {
        return true;
    } else if constexpr (describe::Described<T>) {
        bool good = true;
        describe::for_each_field<T>([&](const auto& field) {
            good = good && keeps_limits(value.*field.pointer, field.limits);
        });
        return good;
    } else if constexpr (describe::DescribedEnum<T>) {
        return !describe::enum_text(value).empty();
    } else if constexpr (std::is_integral_v<T>) {
        return (!limits.min || std::cmp_greater_equal(value, *limits.min)) &&
               (!limits.max || std::cmp_less_equal(value, *limits.max));
    } else if constexpr (std::is_floating_point_v<T>) {
        return std::isfinite(value);
    } else if constexpr (describe::is_vector<T>) {
        return length_fits(value.size(), json::Counted::entries) &&
               std::ranges::all_of(value, keeps);
    } else if constexpr (describe::is_text_map<T>) {
        return length_fits(value.size(), json::Counted::entries) &&
               std::ranges::all_of(value, keeps, &T::value_type::second);
    } else {
        static_assert(std::same_as<T, std::string>, "this type is not described");
        return length_fits(value.size(), json::Counted::bytes) && !value.contains('\0');
    }
}

}  // namespace kontor
