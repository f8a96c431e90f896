#pragma once

#include "platform/config/section.hpp"

namespace kontor::payments {

/// The section `payments`: who takes cards for us.
struct PaymentsSettings {
    Secret stripe_secret_key;
    Secret stripe_webhook_secret;
    std::string stripe_url = "https://api.stripe.com";
    std::string stripe_method = "paypal";
    bool stripe_multicapture = true;
    std::chrono::milliseconds stripe_tolerance{300'000};

    static constexpr auto describe() {
        using S = PaymentsSettings;
        return described<S>(
            "Who takes cards for us. Without a secret key nobody does.",
            field<&S::stripe_secret_key>("Stripe's secret key, sk_live_... or rk_live_...."),
            field<&S::stripe_webhook_secret>(
                "Signs what Stripe sends to /webhooks/stripe: whsec_...."),
            field<&S::stripe_url>("Where Stripe's API is."),
            field<&S::stripe_method>(
                "The type of payment method that shoppers confirm on a page of Stripe's or beyond "
                "it: `paypal`, `amazon_pay`, `card` where its page takes cards."),
            field<&S::stripe_multicapture>(
                "Whether a `card` may be captured in parts, where the account has that. Otherwise "
                "the first capture is the last, and what is left is given up."),
            field<&S::stripe_tolerance>("How old a signature of /webhooks/stripe may be."));
    }
};

}  // namespace kontor::payments
