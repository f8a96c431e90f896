#pragma once

#include "simulation/assortment.hpp"
#include "simulation/card_provider.hpp"
#include "simulation/client.hpp"

namespace kontor::simulation {

/// Somebody who buys: fills carts, gives addresses, places orders under an idempotency key, tries
/// again after lost answers, and sometimes presses the button twice.
class Shopper {
public:
    Shopper(Environment& environment, const Contracts& shop, const Assortment& assortment,
            CardProvider& card_provider, Ledger& ledger, std::uint64_t number)
        : environment_(environment),
          shop_(shop),
          assortment_(assortment),
          card_provider_(card_provider),
          ledger_(ledger),
          number_(number) {}

    /// Buys so many times, spread over `span`.
    Task<void> shop(int purchases, Duration span);

    /// Asks for what it was told once more: the same key gives the same bytes, and takes no other
    /// request.
    Task<void> ask_again(const Acknowledged& told);

private:
    Task<void> purchase();
    Task<std::optional<carts::Cart>> fill_cart();
    Task<Result<carts::Cart>> prepare(carts::Cart cart);
    Task<Result<carts::Cart>> accept_prices(carts::Cart cart);
    Task<std::optional<carts::Cart>> after(const Refusal& refusal, carts::Cart cart);
    Task<Result<orders::Order>> place(const carts::Cart& cart, std::string key);
    Task<std::optional<Result<orders::Order>>> pay(const carts::Cart& cart, std::string key,
                                                   orders::Order waiting);
    Task<Result<orders::Order>> place_until(const carts::Cart& cart, std::string key,
                                            std::function<bool(const orders::Order&)> enough);
    Task<Result<orders::Order>> look_until_final(const carts::Cart& cart, orders::OrderId order);
    Task<Result<orders::Order>> press_twice(const carts::Cart& cart, std::string key);
    void remember(const carts::Cart& cart, const orders::Order& order, std::string key);
    std::vector<carts::NewLine> wishes();

    Context context(const std::string& secret, std::string key) const;
    void complain(std::string_view about, const Refusal& refusal);

    Environment& environment_;
    const Contracts& shop_;
    const Assortment& assortment_;
    CardProvider& card_provider_;
    Ledger& ledger_;
    std::uint64_t number_;
};

}  // namespace kontor::simulation
