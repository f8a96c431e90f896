#pragma once

#include "platform/describe/put_outcome.hpp"
#include "services/orders/order.hpp"

/// Orders that another system took, shipped and was paid for, recorded here so that what happens to
/// them from now on happens here.
namespace kontor::orders {

struct PastLine {
    std::string sku;
    std::optional<std::string> name;
    Quantity quantity;
    Money gross;
    BasisPoints tax_rate;
    static constexpr auto describe() {
        using P = PastLine;
        return described<P>(
            "What was sold.", field<&P::sku>("The variant.", {.min_length = 1, .max_length = 64}),
            field<&P::name>("As the receipt called it; else the SKU.", {.max_length = 500}),
            field<&P::quantity>("In sales units, more than 0."),
            field<&P::gross>("What all of it cost, with tax and after discounts; 0 or more."),
            field<&P::tax_rate>("VAT in percent; 0 where missing.", {.optional = true}));
    }
};

struct PastOrder {
    std::string number;
    MarketCode market;
    Timestamp placed_at;
    std::vector<PastLine> lines;
    static constexpr auto describe() {
        using P = PastOrder;
        return described<P>(
            "An order of another system: shipped, and paid for.",
            field<&P::number>("That system's own, of all markets; its invoice has the same.",
                              {.min_length = 1, .max_length = 20}),
            field<&P::market>("Where it was bought."), field<&P::placed_at>("When."),
            field<&P::lines>("What.", {.min_length = 1, .max_length = carts::lines_limit}));
    }
};

struct PutPastOrders {
    std::vector<PastOrder> orders;
    static constexpr auto describe() {
        return described<PutPastOrders>(
            "Records orders of another system.",
            field<&PutPastOrders::orders>("By number.", {.min_length = 1, .max_length = 1000}));
    }
};

}  // namespace kontor::orders
