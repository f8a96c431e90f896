#include "base/quantity.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kontor {

namespace {

struct Conversion {
    std::string_view from;
    std::string_view base;
    std::int64_t millionths;
};

// One litre is one cubic decimetre, and goods sold by volume are compared by the litre.
constexpr std::array conversions{
    Conversion{"MMT", "MTR", 1'000},
    Conversion{"CMT", "MTR", 10'000},
    Conversion{"DMT", "MTR", 100'000},
    Conversion{"KMT", "MTR", 1'000'000'000},
    Conversion{"MGM", "KGM", 1},
    Conversion{"GRM", "KGM", 1'000},
    Conversion{"TNE", "KGM", 1'000'000'000},
    Conversion{"MLT", "LTR", 1'000},
    Conversion{"CLT", "LTR", 10'000},
    Conversion{"DLT", "LTR", 100'000},
    Conversion{"HLT", "LTR", 100'000'000},
    Conversion{"CMQ", "LTR", 1'000},
    Conversion{"DMQ", "LTR", 1'000'000},
    Conversion{"MMK", "MTK", 1},
    Conversion{"CMK", "MTK", 100},
    Conversion{"DMK", "MTK", 10'000},
    Conversion{"H87", "C62", 1'000'000},
    Conversion{"PR", "C62", 2'000'000},
    Conversion{"DZN", "C62", 12'000'000},
};

}  // namespace

std::string to_text(Quantity quantity) {
    std::string text;
    decimal::append(text, quantity.thousandths, 3, decimal::Zeros::trim);
    return text;
}

std::expected<Quantity, std::string> parse_quantity(std::string_view text) {
    const auto thousandths = decimal::parse(text, 3, "2.45");
    if (!thousandths) {
        return std::unexpected(thousandths.error());
    }
    return Quantity{*thousandths};
}

std::expected<Unit, std::string> parse_unit(std::string_view code) {
    const auto allowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (code.size() < 2 || code.size() > 3 || !std::ranges::all_of(code, allowed)) {
        return std::unexpected("must be a UN/CEFACT Rec 20 unit code like C62, MTR or KGM");
    }
    return Unit(code);
}

std::string to_text(Measure measure) {
    return fmt::format("{} {}", to_text(measure.amount), measure.unit.view());
}

std::expected<Measure, std::string> parse_measure(std::string_view text) {
    const auto space = text.find(' ');
    const auto amount = parse_quantity(text.substr(0, space));
    if (!amount) {
        return std::unexpected(amount.error());
    }
    if (space == text.npos) {
        return Measure{*amount};
    }
    const auto unit = parse_unit(text.substr(space + 1));
    if (!unit) {
        return std::unexpected(unit.error());
    }
    return Measure{*amount, *unit};
}

BaseUnit base_unit(Unit unit) {
    const auto* known = std::ranges::find(conversions, unit.view(), &Conversion::from);
    return known == conversions.end() ? BaseUnit{unit} : BaseUnit{known->base, known->millionths};
}

}  // namespace kontor
