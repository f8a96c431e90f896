#include <algorithm>

#include "services/imports/importing/making.hpp"

namespace kontor::importing {

namespace {

RowResult<pricing::Price> price_of(const Making& make, const Known& known, const std::string& sku) {
    const auto timestamp = [](const std::string& text) { return parse_timestamp(text); };
    pricing::Price price;
    price.sku = TRY_NOW(make.optional("sku", any_text)).value_or(sku);
    if (price.sku.empty()) {
        return std::unexpected(make.fault("sku", "", "sku is missing"));
    }
    price.market = TRY_NOW(market_of(make, known));
    const auto currency_of_market = known.markets.at(price.market);
    const auto currency = TRY_NOW(make.optional("currency", [](const std::string& text) {
                              return parse_currency(text);
                          })).value_or(currency_of_market);
    if (currency != currency_of_market) {
        return std::unexpected(make.fault("currency", to_text(currency),
                                          fmt::format("prices of {} are in {}", price.market.view(),
                                                      to_text(currency_of_market))));
    }
    price.amount = TRY_NOW(make.required("amount", [&](const std::string& text) {
        return parse_amount(make.pointed(text), currency);
    }));
    price.valid_from = TRY_NOW(make.optional("valid_from", timestamp));
    price.valid_until = TRY_NOW(make.optional("valid_until", timestamp));
    TRY_NOW(check_limits(price, price.sku));
    return price;
}

/// Makes each window end where the market's next one begins. Sorted by market and begin, which no
/// two share: so only a market's first may be without a begin.
void chain(std::vector<pricing::Price>& prices) {
    for (std::size_t i = 0; i + 1 < prices.size(); ++i) {
        auto& price = prices[i];
        const auto& next = prices[i + 1];
        if (price.market == next.market &&
            (!price.valid_until || *price.valid_until > *next.valid_from)) {
            price.valid_until = next.valid_from;
        }
    }
}

/// The windows in order, as the rule wants them.
RowResult<void> arrange(const PriceRule& rule, std::vector<pricing::Price>& prices) {
    const auto key = [](const pricing::Price& price) {
        return std::tuple(price.market, price.valid_from);
    };
    std::ranges::sort(prices, {}, key);
    const auto twin = std::ranges::adjacent_find(prices, {}, key);
    if (twin != prices.end()) {
        return std::unexpected(RowFault{"valid_from",
                                        twin->valid_from ? to_text(*twin->valid_from) : "",
                                        "two prices of the row begin together"});
    }
    if (rule.chained) {
        chain(prices);
    }
    if (rule.zero_is_none) {
        std::erase_if(prices, [](const auto& price) { return price.amount.minor_units == 0; });
    }
    for (const auto& price : prices) {
        if (price.amount.minor_units < 0) {
            return std::unexpected(RowFault{"amount", to_text(price.amount), "must be 0 or more"});
        }
        if (price.valid_from && price.valid_until && *price.valid_from >= *price.valid_until) {
            return std::unexpected(
                RowFault{"valid_until", to_text(*price.valid_until), "must be after valid_from"});
        }
    }
    return {};
}

}  // namespace

RowResult<std::vector<pricing::Price>> prices_of(const Mapping& mapping, const Known& known,
                                                 const Fields& row, const std::string& sku) {
    const auto& rule = *mapping.price;
    std::vector<pricing::Price> prices;
    const auto add = [&](const Fields* entry) -> RowResult<void> {
        const Making make(mapping, rule.patterns, {row, entry, mapping.tables});
        prices.push_back(TRY_NOW(price_of(make, known, sku)));
        return {};
    };
    if (rule.each.empty()) {
        TRY_NOW(add(nullptr));
    } else {
        for (const auto& entry : row.entries(rule.each)) {
            TRY_NOW(add(entry.get()));
        }
    }
    TRY_NOW(arrange(rule, prices));
    return prices;
}

RowResult<inventory::StockCount> stock_of(const Mapping& mapping, const Fields& row) {
    const Making make(mapping, mapping.stock, {row, nullptr, mapping.tables});
    const auto quantity = [&](const std::string& text) {
        return parse_quantity(make.pointed(text));
    };
    inventory::StockCount count;
    count.sku = TRY_NOW(make.required("sku", any_text));
    count.location = TRY_NOW(make.required("location", any_text));
    count.on_hand = TRY_NOW(make.required("on_hand", quantity));
    count.safety = TRY_NOW(make.optional("safety", quantity));
    TRY_NOW(check_limits(count, count.sku));
    return count;
}

RowResult<std::vector<pricing::Price>> native_prices(const Known& known, std::string_view line) {
    std::vector<pricing::Price> prices{TRY_NOW(read_native<pricing::Price>(line))};
    if (!known.markets.contains(prices.front().market)) {
        return std::unexpected(unknown_market(std::string(prices.front().market.view())));
    }
    TRY_NOW(arrange({}, prices));
    return prices;
}

RowResult<inventory::StockCount> native_stock(std::string_view line) {
    return read_native<inventory::StockCount>(line);
}

}  // namespace kontor::importing
