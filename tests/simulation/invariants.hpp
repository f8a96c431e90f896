#pragma once

#include "simulation/card_provider.hpp"
#include "simulation/ledger.hpp"
#include "simulation/storage.hpp"

namespace kontor::simulation {

/// What was committed, as those who check read it: with statements of their own, not the stores'.
struct Books {
    Storage& inventory;
    Storage& payments;
    Storage& carts;
    Storage& orders;
};

/// The orders as they are recorded.
std::vector<orders::Order> recorded_orders(const Books& books);

/// What does not hold, in words.
class Findings {
public:
    std::vector<std::string> faults() && { return std::move(faults_); }

protected:
    template <class... A>
    void fault(fmt::format_string<A...> format, A&&... arguments) {
        faults_.push_back(fmt::format(format, std::forward<A>(arguments)...));
    }

private:
    std::vector<std::string> faults_;
};

/// What must hold at every moment: counters and movements agree, and nothing was reserved that was
/// not there. Answers what does not hold, in words.
std::vector<std::string> faults_of_stock(Storage& inventory);

/// What must hold once everything has settled, at `now`: whoever was told to have an order has it,
/// as it was told; each order has its stock and its cart, once; nothing waits.
std::vector<std::string> faults_of_books(const Books& books, const Ledger& ledger, Timestamp now);

/// What must hold of money then: the provider, the payments, the ledger and the orders agree,
/// nobody was charged twice, and nothing is left unfinished.
std::vector<std::string> faults_of_money(const Books& books, const CardProvider& provider);

/// Events that could not be taken, of any service.
std::vector<std::string> dead_letters(Storage& storage);

}  // namespace kontor::simulation
