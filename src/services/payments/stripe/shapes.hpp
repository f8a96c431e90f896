#pragma once

#include "platform/describe/json.hpp"

/// The parts of Stripe's objects that are read here; what else they have is ignored.
/// https://docs.stripe.com/api
namespace kontor::payments::stripe {

struct RedirectToUrl {
    std::string url;
    static constexpr auto describe() {
        return described<RedirectToUrl>("A hosted page.",
                                        field<&RedirectToUrl::url>("Where the shopper goes."));
    }
};

struct NextAction {
    std::optional<RedirectToUrl> redirect_to_url;
    static constexpr auto describe() {
        return described<NextAction>(
            "What the shopper has to do.",
            field<&NextAction::redirect_to_url>("Confirm on a hosted page."));
    }
};

struct ApiError {
    std::string type;
    std::optional<std::string> code;
    std::optional<std::string> decline_code;
    std::optional<std::string> message;
    static constexpr auto describe() {
        using E = ApiError;
        return described<E>("What went wrong.",
                            field<&E::type>("card_error and so on.", {.optional = true}),
                            field<&E::code>("Its code."), field<&E::decline_code>("The bank's."),
                            field<&E::message>("In words."));
    }
};

struct ErrorBody {
    ApiError error;
    static constexpr auto describe() {
        return described<ErrorBody>("An answer that is an error.",
                                    field<&ErrorBody::error>("The error."));
    }
};

struct PaymentIntent {
    std::string id;
    std::string status;
    std::string currency;
    std::int64_t amount_capturable = 0;
    std::int64_t amount_received = 0;
    std::optional<NextAction> next_action;
    std::optional<ApiError> last_payment_error;
    static constexpr auto describe() {
        using P = PaymentIntent;
        return described<P>(
            "A PaymentIntent.", field<&P::id>("pi_..."), field<&P::status>("How far."),
            field<&P::currency>("ISO 4217, lower case."),
            field<&P::amount_capturable>("Authorised and not captured.", {.optional = true}),
            field<&P::amount_received>("Captured.", {.optional = true}),
            field<&P::next_action>("While the shopper has to act."),
            field<&P::last_payment_error>("Why the last attempt failed."));
    }
};

struct Refund {
    std::string id;
    std::string status;
    std::optional<std::string> failure_reason;
    static constexpr auto describe() {
        using R = Refund;
        return described<R>("A Refund.", field<&R::id>("re_..."), field<&R::status>("How far."),
                            field<&R::failure_reason>("Why it failed."));
    }
};

struct EventObject {
    std::string object;
    std::string id;
    std::optional<std::string> payment_intent;
    std::map<std::string, std::string> metadata;
    static constexpr auto describe() {
        using O = EventObject;
        return described<O>("What an event is about.",
                            field<&O::object>("Its kind.", {.optional = true}),
                            field<&O::id>("Its id.", {.optional = true}),
                            field<&O::payment_intent>("Of a charge or refund."),
                            field<&O::metadata>("What we said of it.", {.optional = true}));
    }
};

struct EventData {
    EventObject object;
    static constexpr auto describe() {
        return described<EventData>("An event's data.",
                                    field<&EventData::object>("What it is about."));
    }
};

struct Event {
    std::string id;
    std::string type;
    EventData data;
    static constexpr auto describe() {
        using E = Event;
        return described<E>("An Event.", field<&E::id>("evt_..."),
                            field<&E::type>("payment_intent.succeeded and so on."),
                            field<&E::data>("What it is about."));
    }
};

}  // namespace kontor::payments::stripe
