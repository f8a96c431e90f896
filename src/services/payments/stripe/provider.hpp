#pragma once

#include "platform/http/client.hpp"
#include "services/payments/provider.hpp"
#include "services/payments/settings.hpp"

namespace kontor::payments::stripe {

/// Stripe's API of PaymentIntents and Refunds, captured by hand and confirmed on a page of theirs:
/// no card number comes near us.
class StripeProvider final : public Provider {
public:
    /// `client` outlives it.
    StripeProvider(http::Client& client, PaymentsSettings settings)
        : client_(client), settings_(std::move(settings)) {}

    Task<Result<Intent>> authorize(Context context, AuthorizeIntent wanted) override;
    Task<Result<Intent>> intent(Context context, std::string id) override;
    Task<Result<Intent>> capture(Context context, CaptureIntent wanted) override;
    Task<Result<Intent>> cancel(Context context, CancelIntent wanted) override;
    Task<Result<ProviderRefund>> refund(Context context, RefundIntent wanted) override;
    Task<Result<ProviderRefund>> refund_of(Context context, std::string id) override;
    Result<Notice> notice(std::string_view signature, std::string_view payload,
                          Timestamp now) const override;

private:
    bool captures_in_parts() const;
    /// The body of what Stripe answers to it. `key`: empty for what changes nothing.
    Task<Result<std::string>> ask(Context context, std::string path, std::string body,
                                  std::string key);

    http::Client& client_;
    PaymentsSettings settings_;
};

/// In Stripe's units: those of ISO 4217, but for the currencies in which it keeps two digits for
/// old times' sake. https://docs.stripe.com/currencies#special-cases
std::int64_t stripe_units(Money amount);
Money money_of(std::int64_t stripe_units, Currency currency);

}  // namespace kontor::payments::stripe
