#include "services/payments/edge/rest.hpp"

#include "services/payments/api.hpp"

namespace kontor::payments {

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& payments = directory.get<Payments>();
    table.route<&Payments::payment>("GET", "/admin/payments/{order}", staff, payments)
        .route<&Payments::receive>("POST", "/admin/transfers", staff, payments)
        .route<&Payments::ledger>("GET", "/admin/ledger", staff, payments);
}

}  // namespace kontor::payments
