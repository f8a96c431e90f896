#pragma once

#include "services/orders/parts.hpp"

/// A checkout whose payment needs the shopper: how far it is, and what to undo should it fail.
namespace kontor::orders {

/// reserving, authorizing, awaiting_shopper, placing: in that order. placed: it is an order now.
/// undoing: something failed, and what was done is taken back; then failed.
enum class CheckoutStep {
    reserving,
    authorizing,
    awaiting_shopper,
    placing,
    placed,
    undoing,
    failed
};
BOOST_DESCRIBE_ENUM(CheckoutStep, reserving, authorizing, awaiting_shopper, placing, placed,
                    undoing, failed)

enum class Compensation { release_stock, cancel_payment };
BOOST_DESCRIBE_ENUM(Compensation, release_stock, cancel_payment)

struct Checkout {
    OrderId id;
    std::uint64_t version = 1;
    CheckoutStep step = CheckoutStep::reserving;
    MarketCode market;
    carts::CartId cart;
    std::uint64_t cart_version = 0;
    std::int64_t attempt = 1;
    std::string reservation;
    std::string payment_key;
    std::optional<std::string> return_url;
    std::optional<std::string> redirect_url;
    std::vector<Compensation> to_undo;
    std::optional<std::string> failure;
    std::optional<std::string> failure_message;
    std::int64_t tries = 0;
    std::optional<std::string> last_error;
    Timestamp started_at;
    Timestamp expires_at;
    Timestamp next_attempt_at;
    static constexpr auto describe() {
        using C = Checkout;
        return described<C>(
            "A checkout whose payment needs the shopper.",
            field<&C::id>("Id of the order that it is to become."),
            field<&C::version>("Grows by one with each change."),
            field<&C::step>("What is to be done next, or how it ended."),
            field<&C::market>("Where it is bought."), field<&C::cart>("The cart."),
            field<&C::cart_version>("As the shopper saw it."),
            field<&C::attempt>("Which attempt at this cart it is, from 1."),
            field<&C::reservation>("What holds its stock."),
            field<&C::payment_key>("What its payment is for."),
            field<&C::return_url>("Where the provider's page sends the shopper afterwards."),
            field<&C::redirect_url>("Where the shopper pays."),
            field<&C::to_undo>("What is taken back should it fail: recorded before it is done."),
            field<&C::failure>("Why it failed."), field<&C::failure_message>("The same in words."),
            field<&C::tries>("How often this step was tried without success."),
            field<&C::last_error>("What stopped the last try."),
            field<&C::started_at>("When it began."),
            field<&C::expires_at>("Until when the shopper may pay."),
            field<&C::next_attempt_at>("When it is taken up again, if nobody does before."));
    }
};

struct ListCheckouts {
    bool stuck = false;
    std::int64_t limit = 100;
    static constexpr auto describe() {
        using L = ListCheckouts;
        return described<L>(
            "Checkouts that have not ended, oldest first.",
            field<&L::stuck>("Only those that began more than 15 minutes ago.", {.optional = true}),
            field<&L::limit>("Page size.", {.min = 1, .max = 200, .optional = true}));
    }
};

struct CheckoutList {
    std::vector<Checkout> items;
    static constexpr auto describe() {
        return described<CheckoutList>("Checkouts that have not ended.",
                                       field<&CheckoutList::items>("Oldest first."));
    }
};

struct CheckoutKey {
    OrderId checkout;
    static constexpr auto describe() {
        return described<CheckoutKey>(
            "Names a checkout.",
            field<&CheckoutKey::checkout>("Id of the order that it is to become."));
    }
};

}  // namespace kontor::orders
