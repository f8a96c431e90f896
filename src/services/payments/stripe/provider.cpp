#include "services/payments/stripe/provider.hpp"

#include <algorithm>

#include "services/payments/stripe/form.hpp"
#include "services/payments/stripe/shapes.hpp"
#include "services/payments/stripe/signature.hpp"

namespace kontor::payments::stripe {

namespace {

// The version whose shapes stand in shapes.hpp; an account's own default could be any.
constexpr std::string_view api_version = "2024-06-20";

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

bool has_two_digits_at_stripe(Currency currency) {
    return currency == Currency("ISK") || currency == Currency("UGX");
}

/// The bank's own word first: `insufficient_funds` says more than `card_declined`.
std::string code_of(const ApiError& error) {
    return error.decline_code.value_or(error.code.value_or(error.type));
}

/// Whether an error leaves it open if it was done: such requests are repeated under their key.
/// https://docs.stripe.com/error-low-level
bool may_have_been_done(int status, const ApiError& error) {
    return status >= 500 || status == 409 || status == 429 || status == 401 || status == 403 ||
           error.code == "lock_timeout" || error.type == "api_error";
}

std::unexpected<Refusal> refused_by(const http::Answer& answer) {
    const auto body = from_json<ErrorBody>(answer.body);
    const auto error = body ? body->error : ApiError{};
    if (!body || may_have_been_done(answer.status, error)) {
        return refuse(refusals::unavailable, "Stripe answered {} {}: asked again later",
                      answer.status, code_of(error));
    }
    return refuse(refused::provider_refused, "{}", code_of(error));
}

template <class Shape>
Result<Shape> read(Result<std::string> answer) {
    const auto body = TRY_NOW(std::move(answer));
    auto shape = from_json<Shape>(body);
    if (!shape) {
        return refuse(refusals::unavailable, "Stripe answered what cannot be read: {}",
                      shape.error().message);
    }
    return shape;
}

IntentStatus status_of(const PaymentIntent& intent) {
    if (intent.status == "requires_capture") {
        return IntentStatus::authorized;
    }
    if (intent.status == "succeeded") {
        return IntentStatus::captured;
    }
    if (intent.status == "canceled") {
        return IntentStatus::cancelled;
    }
    if (intent.status == "processing") {
        return IntentStatus::processing;
    }
    return intent.status == "requires_payment_method" && intent.last_payment_error
               ? IntentStatus::failed
               : IntentStatus::requires_action;
}

Result<Intent> intent_of(Result<PaymentIntent> answer) {
    const auto intent = TRY_NOW(std::move(answer));
    const auto currency = parse_currency(upper(intent.currency));
    if (!currency) {
        return refuse(refusals::unavailable, "Stripe answered the currency {}", intent.currency);
    }
    Intent read{.id = intent.id,
                .status = status_of(intent),
                .capturable = money_of(intent.amount_capturable, *currency),
                .received = money_of(intent.amount_received, *currency),
                .redirect_url = {},
                .failure = {}};
    if (intent.next_action && intent.next_action->redirect_to_url) {
        read.redirect_url = intent.next_action->redirect_to_url->url;
    }
    if (intent.last_payment_error) {
        read.failure = code_of(*intent.last_payment_error);
    }
    return read;
}

/// What was answered, if it is about the intent that was asked for.
Result<Intent> about(const std::string& id, Result<Intent> answer) {
    if (answer && answer->id != id) {
        return refuse(refusals::unavailable, "Stripe answered about {} instead of {}", answer->id,
                      id);
    }
    return answer;
}

Result<ProviderRefund> refund_from(Result<Refund> answer) {
    auto refund = TRY_NOW(std::move(answer));
    const auto status = refund.status == "succeeded" ? RefundStatus::succeeded
                        : refund.status == "failed" || refund.status == "canceled"
                            ? RefundStatus::failed
                            : RefundStatus::pending;
    return ProviderRefund{std::move(refund.id), status,
                          refund.failure_reason.value_or(refund.status)};
}

}  // namespace

std::int64_t stripe_units(Money amount) {
    return has_two_digits_at_stripe(amount.currency) ? decimal::multiply(amount.minor_units, 100)
                                                     : amount.minor_units;
}

Money money_of(std::int64_t units, Currency currency) {
    return {has_two_digits_at_stripe(currency) ? units / 100 : units, currency};
}

bool StripeProvider::captures_in_parts() const {
    return settings_.stripe_multicapture && settings_.stripe_method == "card";
}

Task<Result<std::string>> StripeProvider::ask(Context context, std::string path, std::string body,
                                              std::string key) {
    http::Call call{.method = key.empty() ? "GET" : "POST",
                    .url = settings_.stripe_url + path,
                    .headers = {{"Authorization", "Bearer " + settings_.stripe_secret_key.reveal()},
                                {"Stripe-Version", api_version},
                                {"Accept", "application/json"}}};
    if (!key.empty()) {
        call.headers.add("Content-Type", "application/x-www-form-urlencoded");
        call.headers.add("Idempotency-Key", key);
        call.body = std::move(body);
        call.safe = true;  // the key makes it so
    }
    auto answer = TRY(co_await client_.send(std::move(context), std::move(call)));
    if (const auto echo = answer.headers.find("Idempotency-Key"); echo && *echo != key) {
        co_return refuse(refusals::unavailable, "Stripe answered to another request");
    }
    if (answer.status != 200) {
        co_return refused_by(answer);
    }
    co_return std::move(answer.body);
}

Task<Result<Intent>> StripeProvider::authorize(Context context, AuthorizeIntent wanted) {
    Form form;
    form.add("amount", std::to_string(stripe_units(wanted.amount)))
        .add("currency", lower(wanted.amount.currency.view()))
        .add("capture_method", "manual")
        .add("confirm", "true")
        .add("payment_method_types[0]", settings_.stripe_method)
        .add("payment_method_data[type]", settings_.stripe_method)
        .add("return_url", wanted.return_url)
        .add("metadata[order]", wanted.order)
        .add("metadata[payment]", to_text(wanted.payment));
    if (captures_in_parts()) {
        form.add("payment_method_options[card][request_multicapture]", "if_available");
    }
    co_return intent_of(read<PaymentIntent>(co_await ask(std::move(context), "/v1/payment_intents",
                                                         std::move(form).text(), wanted.key)));
}

Task<Result<Intent>> StripeProvider::intent(Context context, std::string id) {
    co_return about(
        id, intent_of(read<PaymentIntent>(co_await ask(
                std::move(context), "/v1/payment_intents/" + percent_encoded(id), {}, {}))));
}

Task<Result<Intent>> StripeProvider::capture(Context context, CaptureIntent wanted) {
    Form form;
    form.add("amount_to_capture", std::to_string(stripe_units(wanted.amount)));
    if (captures_in_parts()) {
        form.add("final_capture", wanted.last ? "true" : "false");
    }
    const auto path = fmt::format("/v1/payment_intents/{}/capture", percent_encoded(wanted.intent));
    co_return about(wanted.intent,
                    intent_of(read<PaymentIntent>(co_await ask(
                        std::move(context), path, std::move(form).text(), wanted.key))));
}

Task<Result<Intent>> StripeProvider::cancel(Context context, CancelIntent wanted) {
    const auto path = fmt::format("/v1/payment_intents/{}/cancel", percent_encoded(wanted.intent));
    co_return about(
        wanted.intent,
        intent_of(read<PaymentIntent>(co_await ask(std::move(context), path, {}, wanted.key))));
}

Task<Result<ProviderRefund>> StripeProvider::refund(Context context, RefundIntent wanted) {
    Form form;
    form.add("payment_intent", wanted.intent)
        .add("amount", std::to_string(stripe_units(wanted.amount)));
    co_return refund_from(read<Refund>(
        co_await ask(std::move(context), "/v1/refunds", std::move(form).text(), wanted.key)));
}

Task<Result<ProviderRefund>> StripeProvider::refund_of(Context context, std::string id) {
    co_return refund_from(read<Refund>(
        co_await ask(std::move(context), "/v1/refunds/" + percent_encoded(id), {}, {})));
}

Result<Notice> StripeProvider::notice(std::string_view signature, std::string_view payload,
                                      Timestamp now) const {
    if (!is_signed(signature, payload, settings_.stripe_webhook_secret.reveal(), now,
                   settings_.stripe_tolerance)) {
        return refuse(refused::bad_signature,
                      "Stripe-Signature: fits no body of Stripe's; is "
                      "payments.stripe_webhook_secret that of this endpoint?");
    }
    auto event = TRY_NOW(from_json<Event>(payload));
    auto& object = event.data.object;
    Notice notice{
        .id = std::move(event.id), .type = std::move(event.type), .intent = {}, .payment = {}};
    notice.intent =
        object.object == "payment_intent" ? object.id : object.payment_intent.value_or("");
    if (const auto named = object.metadata.find("payment"); named != object.metadata.end()) {
        if (const auto id = parse_id(PaymentTag::prefix, named->second)) {
            notice.payment = PaymentId{*id};
        }
    }
    return notice;
}

}  // namespace kontor::payments::stripe
