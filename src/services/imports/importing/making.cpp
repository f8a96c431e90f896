#include "services/imports/importing/making.hpp"

namespace kontor::importing {

RowFault unknown_market(std::string market) {
    return {"market", std::move(market), "there is no such market: make it first"};
}

RowResult<MarketCode> market_of(const Making& make, const Known& known) {
    const auto named = TRY_NOW(make.optional("market", any_text));
    const auto market = named ? MarketCode(*named) : known.market.value_or(MarketCode());
    if (market.empty()) {
        return std::unexpected(
            make.fault("market", "", "market is missing: name one in the file, or pass --market"));
    }
    if (!known.markets.contains(market) || (named && *named != market.view())) {
        return std::unexpected(unknown_market(named.value_or(std::string(market.view()))));
    }
    return market;
}

}  // namespace kontor::importing
