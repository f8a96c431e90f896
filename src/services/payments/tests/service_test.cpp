#include "services/payments/service.hpp"

#include <gmock/gmock.h>

#include "services/payments/events.hpp"
#include "services/payments/tests/open_till.hpp"

namespace kontor::payments {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using A_till = OpenTill;

TEST_P(A_till, opens_an_invoice_authorized_and_says_so) {
    const auto payment = open("ord_1", Method::invoice, euros(10'000)).value();
    EXPECT_EQ(payment.status, Status::authorized);
    EXPECT_THAT(told(), ElementsAre("payments.payment-opened", "payments.payment-authorized"));
}

TEST_P(A_till, opens_a_payment_once_however_often_it_is_asked) {
    const auto first = open("ord_1", Method::invoice, euros(10'000)).value();
    EXPECT_EQ(open("ord_1", Method::invoice, euros(10'000)).value().id, first.id);
    EXPECT_EQ(open("ord_1", Method::invoice, euros(9'999)).error().code, "amount_differs");
    EXPECT_EQ(open("ord_1", Method::prepayment, euros(10'000)).error().code, "amount_differs");
    EXPECT_THAT(told(), SizeIs(2));
}

TEST_P(A_till, opens_one_payment_for_many_who_ask_at_once) {
    std::vector<Task<Result<Payment>>> all;
    for (int i = 0; i < 32; ++i) {
        all.push_back(
            payments_.open({}, {"ord_1", Method::invoice, euros(10'000), "482-7391-0527", {}, {}}));
    }
    std::set<PaymentId> ids;
    for (const auto& payment : host_.run(when_all(std::move(all)))) {
        ids.insert(payment.value().id);
    }
    EXPECT_THAT(ids, SizeIs(1));
}

TEST_P(A_till, opens_another_payment_where_the_last_was_cancelled) {
    const auto first = open("ord_1", Method::prepayment, euros(10'000)).value();
    cancel("ord_1");
    EXPECT_EQ(open("ord_1", Method::prepayment, euros(10'000)).value().status, Status::cancelled)
        << "the same request again is the same payment";
    const auto second = open("ord_1", Method::prepayment, euros(10'000), "second").value();
    EXPECT_NE(second.id, first.id);
    EXPECT_EQ(open("ord_1", Method::prepayment, euros(10'000)).value().id, second.id);
    cancel("ord_1");
    const auto third = open("ord_1", Method::invoice, euros(10'000)).value();
    EXPECT_NE(third.id, second.id);
    EXPECT_EQ(of("ord_1").id, third.id);
}

TEST_P(A_till, captures_and_refunds_in_parts_each_once_a_key) {
    open("ord_1", Method::invoice, euros(10'000));
    for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(capture("ord_1", "s1", euros(6'000)).value().captured, euros(6'000));
    }
    EXPECT_EQ(capture("ord_1", "s2", euros(4'000)).value().captured, euros(10'000));
    for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(refund("ord_1", "r1", euros(2'500)).value().refunded, euros(2'500));
    }
    EXPECT_EQ(capture("ord_1", "s1", euros(5'000)).error().code, "key_reused");
    EXPECT_EQ(refund("ord_1", "r1", euros(1)).error().code, "key_reused");
    EXPECT_EQ(refund("ord_1", "r2", euros(7'501)).error().code, "amount_too_large");
    EXPECT_THAT(told(), ElementsAre("payments.payment-opened", "payments.payment-authorized",
                                    "payments.payment-captured", "payments.payment-captured",
                                    "payments.refund-issued"));
    EXPECT_EQ(balance(Account::sales), -10'000);
    EXPECT_EQ(balance(Account::refunds), 2'500);
    EXPECT_EQ(balance(Account::receivable), 7'500);
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_till, captures_once_for_many_who_ask_at_once_under_one_key) {
    open("ord_1", Method::invoice, euros(10'000));
    std::vector<Task<Result<Payment>>> all;
    for (int i = 0; i < 32; ++i) {
        all.push_back(payments_.capture({}, {"ord_1", "s1", euros(6'000)}));
    }
    for (const auto& payment : host_.run(when_all(std::move(all)))) {
        EXPECT_EQ(payment.value().captured, euros(6'000));
    }
    EXPECT_EQ(balance(Account::sales), -6'000);
}

TEST_P(A_till, never_captures_more_than_authorized_however_many_ask_at_once) {
    open("ord_1", Method::invoice, euros(10'000));
    std::vector<Task<Result<Payment>>> all;
    for (int i = 0; i < 32; ++i) {
        all.push_back(payments_.capture({}, {"ord_1", fmt::format("s{}", i), euros(3'000)}));
    }
    int taken = 0;
    for (const auto& payment : host_.run(when_all(std::move(all)))) {
        taken += payment ? 1 : 0;
    }
    EXPECT_EQ(taken, 3);
    EXPECT_EQ(of("ord_1").captured, euros(9'000));
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_till, tells_the_order_of_a_prepayment_when_its_transfers_are_complete) {
    open("ord_1", Method::prepayment, euros(10'000));
    EXPECT_EQ(receive("b1", "482-7391-0527", euros(4'000)).value().order, "ord_1");
    EXPECT_EQ(of("ord_1").status, Status::awaiting_transfer);
    EXPECT_EQ(receive("b2", "Bestellung 48273910527", euros(6'000)).value().order, "ord_1");
    EXPECT_EQ(of("ord_1").status, Status::authorized);
    EXPECT_THAT(told(), ElementsAre("payments.payment-opened", "payments.transfer-received",
                                    "payments.transfer-received", "payments.payment-authorized"));
    EXPECT_EQ(capture("ord_1", "s1", euros(10'000)).value().status, Status::paid);
    EXPECT_EQ(balance(Account::bank), 10'000);
    EXPECT_EQ(balance(Account::deposits), 0);
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_till, books_a_transfer_once_a_key) {
    open("ord_1", Method::prepayment, euros(10'000));
    for (int times = 0; times < 3; ++times) {
        EXPECT_EQ(receive("b1", "482-7391-0527", euros(4'000)).value().order, "ord_1");
    }
    EXPECT_EQ(of("ord_1").received, euros(4'000));
    EXPECT_EQ(receive("b1", "482-7391-0527", euros(4'001)).error().code, "key_reused");
}

TEST_P(A_till, keeps_what_nobody_knows_the_purpose_of_apart) {
    open("ord_1", Method::prepayment, euros(10'000));
    EXPECT_FALSE(receive("b1", "a gift", euros(4'000)).value().order);
    EXPECT_EQ(balance(Account::unmatched), -4'000);
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_till, owes_back_what_was_transferred_ahead_of_a_cancellation) {
    open("ord_1", Method::prepayment, euros(10'000));
    receive("b1", "482-7391-0527", euros(4'000));
    EXPECT_EQ(cancel("ord_1").value().status, Status::cancelled);
    EXPECT_EQ(cancel("ord_1").value().status, Status::cancelled);
    EXPECT_EQ(balance(Account::repayable), -4'000);
    receive("b2", "482-7391-0527", euros(6'000));
    EXPECT_EQ(balance(Account::repayable), -10'000);
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_till, cancels_what_was_not_captured) {
    open("ord_1", Method::invoice, euros(10'000));
    capture("ord_1", "s1", euros(6'000));
    EXPECT_EQ(cancel("ord_1").value().authorized, euros(6'000));
    EXPECT_EQ(capture("ord_1", "s2", euros(1)).error().code, "amount_too_large");
    receive("b1", "482-7391-0527", euros(6'000));
    EXPECT_EQ(of("ord_1").status, Status::paid);
}

TEST_P(A_till, ends_a_prepayment_that_nobody_made_in_time) {
    open("ord_1", Method::prepayment, euros(10'000));
    host_.clock.advance(14 * 24h - 1s);
    EXPECT_EQ(host_.run(payments_.expire_due()), 0);
    host_.clock.advance(1s);
    EXPECT_EQ(host_.run(payments_.expire_due()), 1);
    EXPECT_EQ(of("ord_1").status, Status::failed);
    EXPECT_EQ(of("ord_1").failure, "expired");
    EXPECT_THAT(told(), ElementsAre("payments.payment-opened", "payments.payment-failed"));
    EXPECT_EQ(host_.run(payments_.expire_due()), 0);
}

TEST_P(A_till, knows_no_payment_of_an_order_that_has_none) {
    EXPECT_EQ(host_.run(payments_.payment({}, {"ord_9"})).error().code, "not_found");
    EXPECT_EQ(capture("ord_9", "s1", euros(1)).error().code, "not_found");
    EXPECT_EQ(cancel("ord_9").error().code, "not_found");
    EXPECT_EQ(refund("ord_9", "r1", euros(1)).error().code, "not_found");
    EXPECT_THAT(told(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(On, A_till, kontor::testing::both_engines(), kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::payments
