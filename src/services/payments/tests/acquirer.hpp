#pragma once

#include <map>

#include "services/payments/provider.hpp"

namespace kontor::payments {

/// A provider in memory, which a test has lose its answers or say nothing at all. Under one key it
/// does a thing once, and answers as it did then.
class Acquirer final : public Provider {
public:
    enum class Mood { answers, loses_answers, is_down };

    Task<Result<Intent>> authorize(Context, AuthorizeIntent wanted) override {
        co_return once<Intent>(wanted.key, [&]() -> Result<Intent> {
            const Money none{0, wanted.amount.currency};
            auto& made = intents["pi_" + wanted.order];
            made = {"pi_" + wanted.order,
                    IntentStatus::requires_action,
                    none,
                    none,
                    "https://pay.test/" + wanted.order,
                    {}};
            whole[made.id] = wanted.amount;
            return made;
        });
    }
    Task<Result<Intent>> intent(Context, std::string id) override {
        if (mood == Mood::is_down) {
            co_return down();
        }
        co_return intents.at(id);
    }
    Task<Result<Intent>> capture(Context, CaptureIntent wanted) override {
        co_return once<Intent>(wanted.key, [&]() -> Result<Intent> {
            auto& known = intents.at(wanted.intent);
            if (wanted.amount > known.capturable) {
                return refuse(refused::provider_refused, "amount_too_large");
            }
            known.received += wanted.amount;
            known.capturable -= wanted.amount;
            if (wanted.last) {
                known.status = IntentStatus::captured;
                known.capturable = {0, wanted.amount.currency};
            }
            return known;
        });
    }
    Task<Result<Intent>> cancel(Context, CancelIntent wanted) override {
        co_return once<Intent>(wanted.key, [&]() -> Result<Intent> {
            auto& known = intents.at(wanted.intent);
            known.status = IntentStatus::cancelled;
            known.capturable = {0, known.capturable.currency};
            return known;
        });
    }
    Task<Result<ProviderRefund>> refund(Context, RefundIntent wanted) override {
        co_return once<ProviderRefund>(wanted.key, [&]() -> Result<ProviderRefund> {
            refunded += wanted.amount.minor_units;
            return ProviderRefund{"re_1", refund_status, "pending"};
        });
    }
    Task<Result<ProviderRefund>> refund_of(Context, std::string id) override {
        co_return ProviderRefund{std::move(id), refund_status, "lost_or_stolen_card"};
    }
    Result<Notice> notice(std::string_view signature, std::string_view payload,
                          Timestamp) const override {
        if (signature != "signed") {
            return refuse(refused::bad_signature, "nobody signed that");
        }
        return Notice{std::string(payload), "something.happened", told_intent, told_payment};
    }

    /// What the shopper does on the page.
    void pays(const std::string& order) {
        auto& known = intents.at("pi_" + order);
        known = {known.id, IntentStatus::authorized, whole.at(known.id), known.received, {}, {}};
    }
    void is_declined(const std::string& order) {
        auto& known = intents.at("pi_" + order);
        known.status = IntentStatus::failed;
        known.failure = "insufficient_funds";
    }

    Mood mood = Mood::answers;
    RefundStatus refund_status = RefundStatus::succeeded;
    std::map<std::string, Intent> intents;
    std::map<std::string, Money> whole;
    std::int64_t refunded = 0;
    int asked = 0;
    std::string told_intent;
    std::optional<PaymentId> told_payment;

private:
    static std::unexpected<Refusal> down() { return refuse(refusals::unavailable, "is down"); }

    template <class Answer, class Do>
    Result<Answer> once(const std::string& key, Do act) {
        ++asked;
        if (mood == Mood::is_down) {
            return down();
        }
        auto& answers = std::get<std::map<std::string, Result<Answer>>>(given_);
        auto known = answers.find(key);
        if (known == answers.end()) {
            known = answers.emplace(key, act()).first;
        }
        return mood == Mood::loses_answers ? Result<Answer>(down()) : known->second;
    }

    std::tuple<std::map<std::string, Result<Intent>>, std::map<std::string, Result<ProviderRefund>>>
        given_;
};

}  // namespace kontor::payments
