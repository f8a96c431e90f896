#pragma once

#include "base/result.hpp"
#include "platform/async/task.hpp"
#include "platform/context.hpp"
#include "services/payments/api.hpp"

/// Who takes cards for us. Every change carries a key, under which it may be asked for again: the
/// provider does it once. Nothing here is called inside of a transaction.
namespace kontor::payments {

/// failed: the shopper's attempt did not go through.
enum class IntentStatus { requires_action, processing, authorized, captured, cancelled, failed };

/// What the provider says of one payment.
struct Intent {
    std::string id;
    IntentStatus status = IntentStatus::requires_action;
    Money capturable;
    Money received;
    std::optional<std::string> redirect_url;
    std::string failure;  ///< The provider's own code; empty where nothing failed.
};

enum class RefundStatus { pending, succeeded, failed };

struct ProviderRefund {
    std::string id;
    RefundStatus status = RefundStatus::pending;
    std::string failure;
};

struct AuthorizeIntent {
    std::string key;
    PaymentId payment;
    std::string order;
    Money amount;
    std::string return_url;
};

struct CaptureIntent {
    std::string key;
    std::string intent;
    Money amount;
    bool last = true;  ///< Nothing more will be captured.
};

struct CancelIntent {
    std::string key;
    std::string intent;
};

struct RefundIntent {
    std::string key;
    std::string intent;
    Money amount;
};

/// What the provider told us by itself. It is only a hint: what is true is asked for.
struct Notice {
    std::string id;
    std::string type;
    std::string intent;                ///< Empty: it is about no payment.
    std::optional<PaymentId> payment;  ///< As we named it to the provider, where that is known.
};

/// Refuses with `provider_refused` for what is final; after anything else (`unavailable`,
/// `deadline_exceeded`) it may have been done, and is to be asked for again under the same key.
class Provider {
public:
    virtual ~Provider() = default;
    virtual Task<Result<Intent>> authorize(Context context, AuthorizeIntent wanted) = 0;
    virtual Task<Result<Intent>> intent(Context context, std::string id) = 0;
    virtual Task<Result<Intent>> capture(Context context, CaptureIntent wanted) = 0;
    virtual Task<Result<Intent>> cancel(Context context, CancelIntent wanted) = 0;
    virtual Task<Result<ProviderRefund>> refund(Context context, RefundIntent wanted) = 0;
    virtual Task<Result<ProviderRefund>> refund_of(Context context, std::string id) = 0;
    /// Reads what it sent, if it was it. `now`: for the age of the signature.
    /// Refuses: `bad_signature`, `malformed`.
    virtual Result<Notice> notice(std::string_view signature, std::string_view payload,
                                  Timestamp now) const = 0;
};

}  // namespace kontor::payments
