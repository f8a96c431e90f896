#pragma once

#include <gmock/gmock.h>

#include "services/payments/service.hpp"
#include "services/payments/tests/acquirer.hpp"
#include "support/test_host.hpp"

namespace kontor::payments {

constexpr Money euros(std::int64_t minor_units) {
    return {minor_units, Currency("EUR")};
}

/// Payments on either engine.
class OpenTill : public ::testing::TestWithParam<sql::Engine> {
protected:
    Result<Payment> open(std::string order, Method method, Money amount, std::string attempt = {}) {
        return host_.run(payments_.open({}, {.order = std::move(order),
                                             .method = method,
                                             .amount = amount,
                                             .reference = "482-7391-0527",
                                             .return_url = {},
                                             .attempt = std::move(attempt)}));
    }
    Payment of(std::string order) {
        return host_.run(payments_.payment({}, {std::move(order)})).value();
    }
    Result<Payment> capture(std::string order, std::string key, Money amount) {
        return host_.run(payments_.capture({}, {std::move(order), std::move(key), amount}));
    }
    Result<Payment> refund(std::string order, std::string key, Money amount) {
        return host_.run(payments_.refund({}, {std::move(order), std::move(key), amount, "test"}));
    }
    Result<Payment> cancel(std::string order) {
        return host_.run(payments_.cancel({}, {std::move(order)}));
    }
    Result<Transfer> receive(std::string key, std::string reference, Money amount) {
        return host_.run(payments_.receive({}, {std::move(key), std::move(reference), amount}));
    }
    Ledger ledger() { return host_.run(payments_.ledger({}, {})).value(); }
    /// Debits less credits, in cents.
    std::int64_t balance(Account account) {
        for (const auto& one : ledger().accounts) {
            if (one.account == account) {
                return (one.debit - one.credit).minor_units;
            }
        }
        return 0;
    }
    /// The types of all events so far.
    std::vector<std::string> told() {
        std::vector<std::string> types;
        for (const auto& event : host_.published()) {
            types.push_back(event.type);
        }
        return types;
    }

    kontor::testing::TestHost host_{"payments", GetParam()};
    Acquirer acquirer_;
    LocalPayments payments_{host_.host(), &acquirer_};
};

}  // namespace kontor::payments
