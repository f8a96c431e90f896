#pragma once

#include <concepts>
#include <map>
#include <string>

#include <fmt/core.h>
#include <utility>

#include "base/country.hpp"
#include "base/date.hpp"
#include "base/language.hpp"
#include "base/localized_text.hpp"
#include "base/money.hpp"
#include "platform/describe/describe.hpp"

/// How the values of base/ stand on the wire: money as amount and currency, the rest as one text.
namespace kontor::describe {

namespace detail {

struct ByToText {
    template <class T>
    std::string operator()(const T& value) const {
        return to_text(value);
    }
};
struct ByView {
    template <class T>
    std::string_view operator()(const T& value) const {
        return value.view();
    }
};
struct ByPercent {
    std::string operator()(BasisPoints rate) const { return percent_text(rate); }
};

/// A text form by the overloads of to_text and parse that base/ declares. Named functions rather
/// than lambdas: a closure in a header is another type in each file, and the linker objects.
/// A number or day reads back whatever it is; a code only if it is one.
template <class T, class Text, std::expected<T, std::string> (*Parse)(std::string_view)>
struct FreeTextForm {
    static void append(std::string& out, const T& value) { out += Text{}(value); }
    static std::expected<T, std::string> parse(std::string_view text) { return Parse(text); }
    static bool readable(const T& value)
        requires(!std::same_as<Text, ByToText>)
    {
        return Parse(Text{}(value)).has_value();
    }
    static constexpr std::string_view format = "";
};

}  // namespace detail

template <>
struct TextForm<Currency> : detail::FreeTextForm<Currency, detail::ByView, parse_currency> {
    static constexpr std::string_view format = "iso-4217";
    static constexpr std::string_view example = "EUR";
};

template <>
struct TextForm<Quantity> : detail::FreeTextForm<Quantity, detail::ByToText, parse_quantity> {
    static constexpr std::string_view format = "decimal";
    static constexpr std::string_view example = "2.45";
};

template <>
struct TextForm<Unit> : detail::FreeTextForm<Unit, detail::ByView, parse_unit> {
    static constexpr std::string_view example = "C62";
};

template <>
struct TextForm<BasisPoints> : detail::FreeTextForm<BasisPoints, detail::ByPercent, parse_percent> {
    static constexpr std::string_view format = "decimal";
    static constexpr std::string_view example = "25.5";
};

template <>
struct TextForm<Date> : detail::FreeTextForm<Date, detail::ByToText, parse_date> {
    static constexpr std::string_view format = "date";
    static constexpr std::string_view example = "2026-11-23";
};

template <>
struct TextForm<Country> : detail::FreeTextForm<Country, detail::ByView, parse_country> {
    static constexpr std::string_view format = "iso-3166-alpha-2";
    static constexpr std::string_view example = "DE";
};

/// Any short text; its length is checked, its words are its owner's business.
template <std::size_t N>
struct TextForm<ShortText<N>> {
    static void append(std::string& out, const ShortText<N>& text) { out += text.view(); }
    static std::expected<ShortText<N>, std::string> parse(std::string_view text) {
        if (text.size() > N) {
            return std::unexpected(
                fmt::format("has {} bytes: at most {} are allowed", text.size(), N));
        }
        return ShortText<N>(text);
    }
    static constexpr std::string_view format = "";
    static constexpr std::string_view example = "";
};

template <>
struct WireForm<Measure> {
    struct Wire {
        Quantity amount;
        Unit unit;

        static constexpr std::string described_name() { return "Measure"; }
        static constexpr auto describe() {
            return described<Wire>("A quantity and its unit.",
                                   field<&Wire::amount>("At most three decimals."),
                                   field<&Wire::unit>("UN/CEFACT Recommendation 20 code."));
        }
    };
    static Wire to(const Measure& measure) { return {measure.amount, measure.unit}; }
    static std::expected<Measure, std::string> from(const Wire& wire) {
        return Measure{wire.amount, wire.unit};
    }
};

template <>
struct WireForm<Money> {
    struct Wire {
        std::string amount;
        Currency currency;

        static constexpr std::string described_name() { return "Money"; }
        static constexpr auto describe() {
            return described<Wire>(
                "An amount of money, exact.",
                field<&Wire::amount>("A decimal number with the digits of its currency.",
                                     {.max_length = 24, .example = "\"19.99\""}),
                field<&Wire::currency>("ISO 4217.", {.example = "\"EUR\""}));
        }
    };
    static Wire to(const Money& money) { return {amount_text(money), money.currency}; }
    static std::expected<Money, std::string> from(const Wire& wire) {
        return parse_amount(wire.amount, wire.currency);
    }
    static bool readable(const Money& money) { return money.currency != Currency(); }
};

/// By BCP 47 language tag; an empty text is left out, and doesn't count for its limits.
template <>
struct WireForm<LocalizedText> {
    using Wire = std::map<std::string, std::string>;

    static Wire to(const LocalizedText& text) {
        return Wire(text.entries().begin(), text.entries().end());
    }
    static std::size_t length(const LocalizedText& text) { return text.entries().size(); }
    static std::expected<LocalizedText, std::string> from(const Wire& wire) {
        LocalizedText text;
        for (const auto& [tag, entry] : wire) {
            const auto language = parse_language_tag(tag);
            if (!language) {
                return std::unexpected("each key " + language.error() + ", not " + tag);
            }
            text.set(*language, entry);
        }
        return text;
    }
};

}  // namespace kontor::describe
