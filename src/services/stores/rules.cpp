#include "services/stores/rules.hpp"

#include <algorithm>
#include <cmath>

#include "base/language.hpp"

namespace kontor::stores {

namespace {

constexpr std::size_t market_code_min = 2;

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_id_letter(char c) {
    return is_lower(c) || (c >= '0' && c <= '9') || c == '-';
}

bool is_zone_letter(char c) {
    return is_id_letter(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '_' || c == '+';
}

bool is_within(double degrees, double limit) {
    return std::isfinite(degrees) && std::abs(degrees) <= limit;
}

}  // namespace

std::optional<FieldError> fault_of(const Market& market, std::span<const std::string> cell) {
    const auto code = market.code.view();
    if (!cell.empty() && std::ranges::find(cell, code) == cell.end()) {
        return FieldError{"/code", fmt::format("\"{}\": not a market of this cell, which has {} "
                                               "(stores.markets)",
                                               code, fmt::join(cell, ", "))};
    }
    if (code.size() < market_code_min || !std::ranges::all_of(code, is_lower)) {
        return FieldError{"/code", fmt::format("\"{}\": must be 2 to 7 lower-case letters", code)};
    }
    if (!std::ranges::all_of(market.time_zone, is_zone_letter)) {
        return FieldError{"/time_zone", fmt::format("\"{}\": must be an IANA name like Europe/Rome",
                                                    market.time_zone)};
    }
    for (std::size_t i = 0; i < market.languages.size(); ++i) {
        if (const auto tag = parse_language_tag(market.languages[i].view()); !tag) {
            return FieldError{fmt::format("/languages/{}", i), tag.error()};
        }
    }
    return std::nullopt;
}

std::optional<FieldError> fault_of(const Store& store, const std::set<MarketCode>& markets) {
    const auto unknown = [](std::string pointer, MarketCode market) {
        return FieldError{std::move(pointer),
                          fmt::format("no market {}: put it first", market.view())};
    };
    if (!std::ranges::all_of(store.id, is_id_letter)) {
        return FieldError{"/id", fmt::format("\"{}\": must be lower-case letters, digits and "
                                             "hyphens",
                                             store.id)};
    }
    if (!markets.contains(store.market)) {
        return unknown("/market", store.market);
    }
    for (std::size_t i = 0; i < store.serves_online.size(); ++i) {
        if (!markets.contains(store.serves_online[i])) {
            return unknown(fmt::format("/serves_online/{}", i), store.serves_online[i]);
        }
    }
    if (!is_within(store.location.lat, 90)) {
        return FieldError{"/location/lat",
                          fmt::format("{}: must be from -90 to 90", store.location.lat)};
    }
    if (!is_within(store.location.lon, 180)) {
        return FieldError{"/location/lon",
                          fmt::format("{}: must be from -180 to 180", store.location.lon)};
    }
    return std::nullopt;
}

}  // namespace kontor::stores
