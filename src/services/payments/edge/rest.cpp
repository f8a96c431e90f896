#include "services/payments/edge/rest.hpp"

#include "services/payments/api.hpp"

namespace kontor::payments {

namespace {

// Stripe's events are some kilobytes.
constexpr std::size_t event_bytes_max = 1 << 20;

// Some 10,000 entries.
constexpr std::size_t statement_bytes_max = 16 << 20;

}  // namespace

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& payments = directory.get<Payments>();
    table.route<&Payments::payment>("GET", "/admin/payments/{order}", staff, payments)
        .route<&Payments::operations>("GET", "/admin/payments/operations", staff, payments)
        .route<&Payments::resolve>("PUT", "/admin/payments/operations/{operation}", staff, payments)
        .route<&Payments::methods>("GET", "/shop/{market}/payment-methods", shopper, payments)
        .document<&Payments::notify>(
            "/webhooks/stripe", shopper, payments, "payload",
            {.bytes_max = event_bytes_max, .media_types = {"application/json"}},
            {{"Stripe-Signature", "signature"}})
        .route<&Payments::receive>("POST", "/admin/payments/transfers", staff, payments)
        .route<&Payments::transfers>("GET", "/admin/payments/transfers", staff, payments)
        .route<&Payments::assign>("PUT", "/admin/payments/transfers/{transfer}", staff, payments)
        .document<&Payments::put_statement>(
            "/admin/payments/statements", staff, payments, "document",
            {.bytes_max = statement_bytes_max, .media_types = {"application/xml", "text/xml"}})
        .route<&Payments::ledger>("GET", "/admin/payments/ledger", staff, payments);
}

}  // namespace kontor::payments
