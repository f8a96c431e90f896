#include "app/verifying/expectation.hpp"

#include <algorithm>

namespace kontor::verifying {

namespace {

std::string in_language_of(const stores::Market& market, const LocalizedText& text) {
    std::vector<std::string_view> languages;
    for (const auto& language : market.languages) {
        languages.push_back(language.view());
    }
    return std::string(text.resolve(languages.front(), languages));
}

/// Of the windows that are open at `now`, the one that was opened last.
const pricing::Price* window_at(const std::vector<pricing::Price>& windows, MarketCode market,
                                Timestamp now) {
    const pricing::Price* open = nullptr;
    for (const auto& window : windows) {
        const bool begun = !window.valid_from || *window.valid_from <= now;
        const bool ended = window.valid_until && *window.valid_until <= now;
        if (window.market == market && begun && !ended &&
            (open == nullptr || window.valid_from >= open->valid_from)) {
            open = &window;
        }
    }
    return open;
}

/// amount / content in base units, to the nearest minor unit, halves up.
std::string price_per_unit(Money price, Measure content) {
    const auto base = base_unit(content.unit);
    const __int128 units_e9 = __int128{content.amount.thousandths} * base.millionths;
    const __int128 doubled = __int128{price.minor_units} * 2'000'000'000 + units_e9;
    const Money each{static_cast<std::int64_t>(doubled / (2 * units_e9)), price.currency};
    return fmt::format("{} {}", to_text(each), base.unit.view());
}

std::string path_of(const Surroundings& surroundings, const std::string& category,
                    const stores::Market& market) {
    std::string path;
    auto at = surroundings.categories.find(category);
    while (at != surroundings.categories.end()) {
        path = fmt::format("/{}={}{}", at->first, in_language_of(market, at->second.name), path);
        at = at->second.parent ? surroundings.categories.find(*at->second.parent)
                               : surroundings.categories.end();
    }
    return path;
}

void count_stock(const Surroundings& surroundings, const std::vector<inventory::StockLevel>& levels,
                 const stores::Market& market, ExpectedVariant& variant) {
    for (const auto& level : levels) {
        const auto left = level.on_hand - level.reserved - level.allocated - level.safety;
        const auto place = surroundings.places.find(level.location);
        if (place == surroundings.places.end() || left <= Quantity{}) {
            continue;
        }
        const auto& [id, store] = *place;
        if (std::ranges::find(store.serves_online, market.code) != store.serves_online.end()) {
            variant.online = true;
        }
        if (store.market == market.code && store.kind == stores::LocationKind::store) {
            variant.here[id] = to_text(left);
        }
    }
}

template <class Value>
const std::vector<Value>& listed(const std::map<std::string, std::vector<Value>>& by_sku,
                                 const std::string& sku) {
    static const std::vector<Value> none;
    const auto found = by_sku.find(sku);
    return found == by_sku.end() ? none : found->second;
}

}  // namespace

ExpectedProduct expected_of(const Surroundings& surroundings, const Recorded& recorded,
                            const stores::Market& market, Timestamp now) {
    ExpectedProduct expected{
        .name = in_language_of(market, recorded.product.name),
        .category_path = path_of(surroundings, recorded.product.category, market)};
    for (const auto& variant : recorded.product.variants) {
        auto& seen = expected.variants.emplace_back();
        seen.sku = variant.sku;
        seen.gtin = variant.gtin.value_or("");
        const auto* window = window_at(listed(recorded.prices, variant.sku), market.code, now);
        if (window != nullptr) {
            expected.sold = true;
            seen.price = to_text(window->amount);
            const bool one_piece = variant.content == Measure{Quantity::of(1), Unit("C62")} ||
                                   variant.content == Measure{Quantity::of(1), Unit("H87")};
            if (variant.content && variant.content->amount > Quantity{} && !one_piece) {
                seen.unit_price = price_per_unit(window->amount, *variant.content);
            }
        }
        count_stock(surroundings, listed(recorded.stock, variant.sku), market, seen);
    }
    return expected;
}

std::vector<std::string> tax_rates_of(const Surroundings& surroundings, std::string_view tax_class,
                                      const stores::Market& market, Timestamp now) {
    std::vector<std::string> rates;
    for (const auto day : {utc_date(now) + -1, utc_date(now), utc_date(now) + 1}) {
        const pricing::TaxRate* valid = nullptr;
        for (const auto& rate : surroundings.tax_rates) {
            if (rate.market == market.code && rate.tax_class == tax_class &&
                rate.valid_from <= day &&
                (valid == nullptr || rate.valid_from > valid->valid_from)) {
                valid = &rate;
            }
        }
        if (valid != nullptr) {
            rates.push_back(percent_text(valid->rate));
        }
    }
    return rates;
}

}  // namespace kontor::verifying
