#pragma once

#include "simulation/assortment.hpp"
#include "simulation/client.hpp"

namespace kontor::simulation {

/// Who counts stock, changes prices and holds things for people while shoppers buy.
class Staff {
public:
    Staff(Environment& environment, const Contracts& shop, Assortment& assortment, Ledger& ledger)
        : environment_(environment), shop_(shop), assortment_(assortment), ledger_(ledger) {}

    /// Fills the shop.
    Task<void> open_shop();
    /// Works until `over`.
    Task<void> work(const bool& over);

private:
    Task<void> count_stock();
    Task<void> hold_for_somebody();
    Task<void> change_price();
    template <class T>
    void must(std::string_view what, const Result<T>& done);
    Context context() const;

    Environment& environment_;
    const Contracts& shop_;
    Assortment& assortment_;
    Ledger& ledger_;
};

}  // namespace kontor::simulation
