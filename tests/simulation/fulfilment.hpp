#pragma once

#include "simulation/client.hpp"

namespace kontor::simulation {

/// Who ships orders in parts and as a whole, cancels what is left, books transfers, takes goods
/// back and pays money back.
class Fulfilment {
public:
    Fulfilment(Environment& environment, const Contracts& shop, Ledger& ledger)
        : environment_(environment), shop_(shop), ledger_(ledger) {}

    /// Works until `over`.
    Task<void> work(const bool& over);

private:
    Task<void> take_up(orders::OrderId id);
    Task<void> await_transfer(orders::Order order);
    Task<void> ship_or_cancel(orders::Order order);
    Task<void> deliver(orders::Order order);
    Task<void> take_back(orders::Order order);
    Task<void> exchange(orders::Order order, orders::ReturnId for_return);
    Task<void> take_exchange_on(orders::Order order, orders::Exchange exchange);
    Task<void> pay_back(orders::Order order, std::optional<orders::ReturnId> for_return);
    template <class Request, class Operation>
    Task<void> change(std::string_view what, Operation operation, Request wanted);
    Context context(std::string key) const;

    Environment& environment_;
    const Contracts& shop_;
    Ledger& ledger_;
};

}  // namespace kontor::simulation
