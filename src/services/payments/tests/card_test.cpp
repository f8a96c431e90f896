#include <gmock/gmock.h>

#include "services/payments/tests/acquirer.hpp"
#include "services/payments/tests/open_till.hpp"

namespace kontor::payments {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Mood = Acquirer::Mood;

class A_card : public OpenTill {
protected:
    Result<Payment> open_card(std::string order = "ord_1") {
        return host_.run(payments_.open({}, {std::move(order), Method::card, euros(10'000),
                                             "482-7391-0527", "https://shop.test/thanks"}));
    }
    Payment paid(std::string order = "ord_1") {
        open_card(order).value();
        acquirer_.pays(order);
        return refreshed(order);
    }
    Payment refreshed(std::string order = "ord_1") {
        return host_.run(payments_.refresh({}, {std::move(order)})).value();
    }
    void told(std::string id, std::string intent) {
        acquirer_.told_intent = std::move(intent);
        EXPECT_TRUE(host_.run(payments_.notify({}, {std::move(id), "signed"})));
    }
    /// Lets time pass, and what is recorded be done.
    void later(std::chrono::microseconds time) {
        host_.clock.advance(time);
        host_.run([this]() -> Task<bool> {
            co_await payments_.clear_due();
            co_return true;
        }());
    }
    std::vector<OpenOperation> unfinished() {
        return host_.run(payments_.operations({}, {})).value().items;
    }
};

TEST_P(A_card, is_confirmed_on_the_providers_page) {
    const auto payment = open_card().value();
    EXPECT_EQ(payment.status, Status::requires_action);
    EXPECT_EQ(payment.redirect_url, "https://pay.test/ord_1");
    EXPECT_EQ(open_card().value().redirect_url, "https://pay.test/ord_1");
    acquirer_.pays("ord_1");
    EXPECT_EQ(refreshed().status, Status::authorized);
    EXPECT_THAT(OpenTill::told(),
                ElementsAre("payments.payment-opened", "payments.payment-authorized"));
}

TEST_P(A_card, that_the_bank_declines_fails_in_the_banks_words) {
    open_card();
    acquirer_.is_declined("ord_1");
    EXPECT_EQ(refreshed().status, Status::failed);
    EXPECT_EQ(of("ord_1").failure, "insufficient_funds");
}

TEST_P(A_card, is_captured_and_refunded_in_parts) {
    paid();
    EXPECT_EQ(capture("ord_1", "s1", euros(6'000)).value().captured, euros(6'000));
    EXPECT_EQ(capture("ord_1", "s2", euros(4'000)).value().status, Status::paid);
    EXPECT_EQ(refund("ord_1", "r1", euros(2'500)).value().refunded, euros(2'500));
    EXPECT_EQ(acquirer_.refunded, 2'500);
    EXPECT_EQ(balance(Account::clearing), 7'500);
    EXPECT_TRUE(ledger().agrees);
    EXPECT_THAT(unfinished(), IsEmpty());
}

TEST_P(A_card, is_captured_once_where_answers_are_lost) {
    paid();
    acquirer_.mood = Mood::loses_answers;
    EXPECT_EQ(capture("ord_1", "s1", euros(6'000)).value().captured, euros(0));
    EXPECT_EQ(capture("ord_1", "s1", euros(6'000)).value().captured, euros(0));
    EXPECT_THAT(unfinished(), SizeIs(1));
    acquirer_.mood = Mood::answers;
    later(10s);
    EXPECT_EQ(of("ord_1").captured, euros(6'000));
    EXPECT_EQ(acquirer_.intents.at("pi_ord_1").received, euros(6'000));
    EXPECT_THAT(unfinished(), IsEmpty());
    EXPECT_EQ(OpenTill::told().back(), "payments.payment-captured");
}

TEST_P(A_card, does_in_order_what_was_asked_while_the_provider_was_down) {
    paid();
    acquirer_.mood = Mood::is_down;
    EXPECT_TRUE(capture("ord_1", "s1", euros(6'000)));
    EXPECT_TRUE(cancel("ord_1"));
    EXPECT_EQ(capture("ord_1", "s2", euros(1'000)).error().code, "not_authorized");
    acquirer_.mood = Mood::answers;
    later(30s);
    EXPECT_EQ(of("ord_1").captured, euros(6'000));
    EXPECT_EQ(of("ord_1").authorized, euros(6'000));
    EXPECT_EQ(of("ord_1").status, Status::paid);
    EXPECT_EQ(OpenTill::told().back(), "payments.payment-cancelled");
    EXPECT_THAT(unfinished(), IsEmpty());
}

TEST_P(A_card, that_the_provider_will_not_capture_is_refused_for_good) {
    paid();
    acquirer_.intents.at("pi_ord_1").capturable = euros(100);
    for (int times = 0; times < 2; ++times) {
        const auto refused = capture("ord_1", "s1", euros(6'000));
        EXPECT_EQ(refused.error().code, "provider_refused");
        EXPECT_EQ(refused.error().message, "amount_too_large");
    }
    EXPECT_EQ(of("ord_1").captured, euros(0));
    EXPECT_EQ(balance(Account::sales), 0);
}

TEST_P(A_card, whose_refund_is_pending_is_refunded_when_the_provider_says_so) {
    paid();
    capture("ord_1", "s1", euros(10'000));
    acquirer_.refund_status = RefundStatus::pending;
    EXPECT_EQ(refund("ord_1", "r1", euros(1'000)).value().refunded, euros(0));
    EXPECT_EQ(refund("ord_1", "r2", euros(9'001)).error().code, "amount_too_large");
    acquirer_.refund_status = RefundStatus::succeeded;
    later(10s);
    EXPECT_EQ(of("ord_1").refunded, euros(1'000));
    EXPECT_EQ(acquirer_.refunded, 1'000);
}

TEST_P(A_card, is_looked_at_whatever_we_are_told_and_however_often) {
    open_card();
    acquirer_.pays("ord_1");
    for (const auto* notice : {"evt_2", "evt_1", "evt_2", "evt_1"}) {
        told(notice, "pi_ord_1");
        EXPECT_EQ(of("ord_1").status, Status::authorized);
    }
    told("evt_3", "pi_nobodys");
    told("evt_4", "");
    EXPECT_THAT(OpenTill::told(),
                ElementsAre("payments.payment-opened", "payments.payment-authorized"));
    EXPECT_EQ(host_.run(payments_.notify({}, {"evt_5", "forged"})).error().code, "bad_signature");
}

TEST_P(A_card, whose_making_was_not_answered_is_found_by_the_name_we_gave_it) {
    acquirer_.mood = Mood::loses_answers;
    const auto payment = open_card().value();
    EXPECT_FALSE(payment.redirect_url);
    acquirer_.mood = Mood::answers;
    acquirer_.pays("ord_1");
    acquirer_.told_payment = payment.id;
    told("evt_1", "pi_ord_1");
    EXPECT_EQ(of("ord_1").status, Status::authorized);
}

TEST_P(A_card, is_asked_about_where_nobody_tells_us) {
    open_card();
    acquirer_.pays("ord_1");
    later(15s);
    EXPECT_EQ(of("ord_1").status, Status::authorized);
}

TEST_P(A_card, that_nobody_confirms_within_a_day_is_given_up_at_the_provider) {
    open_card();
    host_.clock.advance(24h);
    EXPECT_EQ(host_.run(payments_.expire_due()), 1);
    EXPECT_EQ(of("ord_1").status, Status::failed);
    EXPECT_EQ(of("ord_1").failure, "expired");
    EXPECT_EQ(acquirer_.intents.at("pi_ord_1").status, IntentStatus::cancelled);
}

TEST_P(A_card, whose_hold_the_provider_let_go_of_has_failed) {
    paid();
    acquirer_.intents.at("pi_ord_1").status = IntentStatus::cancelled;
    told("evt_1", "pi_ord_1");
    EXPECT_EQ(of("ord_1").status, Status::failed);
    EXPECT_EQ(OpenTill::told().back(), "payments.payment-failed");
}

TEST_P(A_card, is_asked_for_no_more_once_the_provider_may_have_forgotten_the_key) {
    paid();
    acquirer_.mood = Mood::is_down;
    capture("ord_1", "s1", euros(6'000));
    later(23h);
    const int before = acquirer_.asked;
    later(24h);
    EXPECT_EQ(acquirer_.asked, before);
    ASSERT_THAT(unfinished(), SizeIs(1));
    EXPECT_FALSE(unfinished()[0].due_at) << "people see that it needs one of them";
    EXPECT_EQ(unfinished()[0].failure, "is down");
}

TEST_P(A_card, goes_on_as_somebody_says_who_has_looked_at_the_provider) {
    paid();
    acquirer_.mood = Mood::is_down;
    for (const auto* key : {"s1", "s2", "s3"}) {
        capture("ord_1", key, euros(1'000));
    }
    const auto resolve = [&](Resolution resolution) {
        return host_.run(payments_.resolve({}, {unfinished().at(0).id, resolution}));
    };
    const auto first = unfinished().at(0).id;
    EXPECT_EQ(resolve(Resolution::done).value().captured, euros(1'000));
    EXPECT_TRUE(resolve(Resolution::refused));
    EXPECT_EQ(capture("ord_1", "s2", euros(1'000)).error().code, "provider_refused");
    acquirer_.mood = Mood::answers;
    EXPECT_EQ(resolve(Resolution::ask_again).value().captured, euros(2'000));
    EXPECT_EQ(host_.run(payments_.resolve({}, {first, Resolution::done})).error().code, "conflict");
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_card, needs_a_provider_and_somewhere_to_come_back_to) {
    LocalPayments nobody{host_.host()};
    const OpenPayment wanted{"ord_2", Method::card, euros(100), "1", "https://shop.test/"};
    EXPECT_EQ(host_.run(nobody.open({}, wanted)).error().code, "method_unavailable");
    EXPECT_THAT(host_.run(nobody.methods({}, {})).value().items,
                ElementsAre(Method::invoice, Method::prepayment));
    EXPECT_EQ(open("ord_2", Method::card, euros(100)).error().code, "invalid");
}

INSTANTIATE_TEST_SUITE_P(On, A_card, kontor::testing::both_engines(), kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::payments
