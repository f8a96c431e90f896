#pragma once

#include "services/imports/importing/rows.hpp"

namespace kontor::importing {

/// Fills patterns of one row, and says where a value came from when it is not good.
class Making {
public:
    Making(const Mapping& mapping, const Patterns& patterns, Scope scope)
        : decimal_(mapping.decimal), patterns_(patterns), scope_(scope) {}

    RowResult<std::optional<std::string>> text(std::string_view name) const {
        const auto pattern = patterns_.find(name);
        return pattern == patterns_.end() ? std::nullopt : pattern->second.fill(scope_);
    }

    /// Reads the value with `parse`; nothing where there is none.
    template <class Parse>
    auto optional(std::string_view name, Parse parse) const
        -> RowResult<std::optional<typename std::invoke_result_t<Parse, std::string>::value_type>> {
        const auto filled = TRY_NOW(text(name));
        if (!filled) {
            return std::nullopt;
        }
        auto parsed = parse(*filled);
        if (!parsed) {
            return std::unexpected(fault(name, *filled, std::move(parsed).error()));
        }
        return *std::move(parsed);
    }

    template <class Parse>
    auto required(std::string_view name, Parse parse) const
        -> RowResult<typename std::invoke_result_t<Parse, std::string>::value_type> {
        auto value = TRY_NOW(optional(name, parse));
        if (!value) {
            return std::unexpected(fault(name, "", fmt::format("{} is missing", name)));
        }
        return *std::move(value);
    }

    /// A decimal as the file writes it, with a point.
    std::string pointed(std::string text) const {
        if (decimal_ == ',') {
            std::ranges::replace(text, '.', '?');  // a point is no decimal here
            std::ranges::replace(text, ',', '.');
        }
        return text;
    }

    RowFault fault(std::string_view name, std::string value, std::string reason) const {
        const auto pattern = patterns_.find(name);
        const bool from_field =
            pattern != patterns_.end() && !pattern->second.first_field().empty();
        return {from_field ? pattern->second.first_field() : std::string(name), std::move(value),
                std::move(reason)};
    }

    const Patterns& patterns() const { return patterns_; }

private:
    char decimal_;
    const Patterns& patterns_;
    Scope scope_;
};

/// For texts that are taken as they are.
inline std::expected<std::string, std::string> any_text(std::string text) {
    return text;
}

RowFault unknown_market(std::string market);

/// The market that a row names, or else the import; one that is known.
RowResult<MarketCode> market_of(const Making& make, const Known& known);

/// A record in the API's own shape.
template <class T>
RowResult<T> read_native(std::string_view line) {
    auto read = from_json<T>(line);
    if (!read) {
        const auto& errors = read.error().errors;
        return std::unexpected(
            errors.empty() ? RowFault{"", std::string(line.substr(0, 60)), read.error().message}
                           : RowFault{errors[0].pointer, "", errors[0].message});
    }
    return *std::move(read);
}

/// What the contract's description says against the value; faults point into
/// the record, and `key` says which one.
template <class T>
RowResult<void> check_limits(const T& value, const std::string& key) {
    const auto checked = from_json<T>(to_json(value));
    if (checked) {
        return {};
    }
    const auto& errors = checked.error().errors;
    return std::unexpected(errors.empty() ? RowFault{"", key, checked.error().message}
                                          : RowFault{errors[0].pointer, key, errors[0].message});
}

}  // namespace kontor::importing
