#pragma once

#include "platform/http/client.hpp"
#include "services/payments/stripe/shapes.hpp"
#include "simulation/environment.hpp"

namespace kontor::simulation {

/// Who takes cards, speaking as much of Stripe's API as Kontor uses. What it keeps is the truth
/// that Kontor's books must agree with. Does the same once under one idempotency key.
class CardProvider {
public:
    /// What it keeps of one payment; amounts in minor units.
    struct Intent {
        std::string order;    ///< As Kontor named it.
        std::string payment;  ///< The same.
        std::string status;
        std::string currency;
        std::int64_t amount = 0;
        std::int64_t capturable = 0;
        std::int64_t received = 0;
        std::int64_t refunded = 0;
        bool declined = false;
    };

    using Reply = std::function<void(Result<http::Answer>)>;

    /// `tell` gets what would be sent to the webhook, at once.
    CardProvider(Environment& environment, std::function<void(std::string)> tell)
        : environment_(environment), tell_(std::move(tell)) {}

    /// Brings a call over a network that loses things, and its answer back.
    void deliver(const std::shared_ptr<const http::Call>& call, Reply reply);

    /// What a shopper does on the hosted page; nothing where nobody waits there any more.
    void visit(const std::string& url, bool pays);

    const std::map<std::string, Intent>& intents() const { return intents_; }

private:
    using Form = std::map<std::string, std::string>;

    void serve(const http::Call& call, const Reply& reply);
    http::Answer answer(const http::Call& call);
    http::Answer act(const http::Call& call);
    http::Answer create(const Form& form);
    http::Answer change(const std::string& id, std::string_view action, const Form& form);
    http::Answer capture(const std::string& id, Intent& intent, const Form& form);
    http::Answer refund(const Form& form);
    http::Answer shown(const std::string& id) const;
    void notify(std::string_view type, const std::string& id);

    Environment& environment_;
    std::function<void(std::string)> tell_;
    std::map<std::string, Intent> intents_;
    std::map<std::string, std::string> refunds_;                            ///< Their JSON.
    std::map<std::string, std::pair<std::string, http::Answer>> answered_;  ///< By key.
    int number_ = 0;
};

/// The provider as one life of a process reaches it.
class ProviderClient final : public http::Client {
public:
    ProviderClient(Environment& environment, CardProvider& provider, std::shared_ptr<Life> caller)
        : environment_(environment), provider_(provider), caller_(std::move(caller)) {}

    Task<Result<http::Answer>> send(Context context, http::Call call) override;
    Task<Result<std::unique_ptr<http::StreamedAnswer>>> open(Context, http::Call) override;

private:
    Environment& environment_;
    CardProvider& provider_;
    std::shared_ptr<Life> caller_;
};

}  // namespace kontor::simulation
