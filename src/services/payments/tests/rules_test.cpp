#include "services/payments/rules.hpp"

#include <gmock/gmock.h>

namespace kontor::payments {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Money euros(std::int64_t minor_units) {
    return {minor_units, Currency("EUR")};
}

const Balances nothing{euros(0), euros(0)};
const Pending unasked{euros(0), euros(0)};

Payment payment_by(Method method, Money amount = euros(10'000)) {
    return opened({7}, {"ord_1", method, amount, "482-7391-0527", {}, {}}, {1'000'000});
}

Payment ready(Method method) {
    auto payment = payment_by(method);
    payment.status = Status::authorized;
    payment.authorized = payment.amount;
    return payment;
}

TEST(An_invoice, is_authorized_at_once_and_does_not_expire) {
    const auto payment = payment_by(Method::invoice);
    EXPECT_EQ(payment.status, Status::authorized);
    EXPECT_EQ(payment.authorized, euros(10'000));
    EXPECT_FALSE(payment.expires_at);
}

TEST(A_prepayment, waits_14_days_for_its_transfer) {
    const auto payment = payment_by(Method::prepayment);
    EXPECT_EQ(payment.status, Status::awaiting_transfer);
    EXPECT_EQ(payment.authorized, euros(0));
    EXPECT_EQ(*payment.expires_at - payment.created_at, std::chrono::hours(14 * 24));
}

TEST(Capturing, an_invoice_makes_it_owed) {
    const auto booking = captured(ready(Method::invoice), nothing, euros(3'000));
    EXPECT_EQ(booking.payment.captured, euros(3'000));
    EXPECT_EQ(booking.payment.status, Status::authorized);
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::receivable, Account::sales, euros(3'000)}));
}

TEST(Capturing, takes_what_was_transferred_ahead_first) {
    const Balances ahead{euros(0), euros(2'000)};
    const auto booking = captured(ready(Method::invoice), ahead, euros(3'000));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::deposits, Account::sales, euros(2'000)},
                            Posting{Account::receivable, Account::sales, euros(1'000)}));
}

TEST(Capturing, the_last_of_a_prepayment_ends_it_as_paid) {
    const Balances ahead{euros(0), euros(10'000)};
    const auto booking = captured(ready(Method::prepayment), ahead, euros(10'000));
    EXPECT_EQ(booking.payment.status, Status::paid);
}

TEST(Capturing, the_last_of_an_invoice_leaves_it_owed) {
    const auto booking = captured(ready(Method::invoice), nothing, euros(10'000));
    EXPECT_EQ(booking.payment.status, Status::authorized);
}

TEST(Capturing, more_than_is_left_is_refused_with_what_is_left) {
    auto payment = ready(Method::invoice);
    payment.captured = euros(9'000);
    const auto refused = capture_fault(payment, unasked, euros(1'001));
    EXPECT_EQ(refused->code, "amount_too_large");
    EXPECT_EQ(refused->message, "amount 10.01 EUR: only 10.00 EUR is left to capture");
}

TEST(Capturing, before_the_transfer_arrived_is_refused) {
    const auto refused = capture_fault(payment_by(Method::prepayment), unasked, euros(1));
    EXPECT_EQ(refused->code, "not_authorized");
}

TEST(Capturing, another_currency_or_nothing_is_refused) {
    const auto payment = ready(Method::invoice);
    EXPECT_EQ(capture_fault(payment, unasked, {100, Currency("CHF")})->code, "invalid");
    EXPECT_EQ(capture_fault(payment, unasked, euros(0))->code, "invalid");
}

TEST(Refunding, lowers_what_is_owed_before_it_makes_anything_repayable) {
    auto payment = ready(Method::invoice);
    payment.captured = euros(10'000);
    const Balances owed{euros(4'000), euros(0)};
    const auto booking = refunded(payment, owed, euros(5'000));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::refunds, Account::receivable, euros(4'000)},
                            Posting{Account::refunds, Account::repayable, euros(1'000)}));
    EXPECT_EQ(booking.payment.status, Status::paid) << "nothing is owed any more";
}

TEST(Refunding, more_than_was_captured_is_refused) {
    auto payment = ready(Method::invoice);
    payment.captured = euros(5'000);
    payment.refunded = euros(4'000);
    EXPECT_EQ(refund_fault(payment, unasked, euros(1'001))->code, "amount_too_large");
}

TEST(Capturing, counts_what_was_asked_of_the_provider_and_not_answered) {
    const auto payment = ready(Method::card);
    EXPECT_FALSE(capture_fault(payment, {euros(6'000), euros(0)}, euros(4'000)));
    EXPECT_EQ(capture_fault(payment, {euros(6'000), euros(0)}, euros(4'001))->code,
              "amount_too_large");
    EXPECT_EQ(capture_fault(payment, {euros(0), euros(0), true}, euros(1))->code, "not_authorized");
}

TEST(A_card, is_confirmed_within_a_day_and_then_held_for_seven) {
    const auto payment = payment_by(Method::card);
    EXPECT_EQ(payment.status, Status::requires_action);
    EXPECT_EQ(*payment.expires_at - payment.created_at, std::chrono::hours(24));
    const auto held = authorized(payment, payment.created_at);
    EXPECT_EQ(held.status, Status::authorized);
    EXPECT_EQ(held.authorized, held.amount);
    EXPECT_EQ(*held.expires_at - payment.created_at, std::chrono::hours(7 * 24));
}

TEST(A_card, moves_money_between_the_provider_and_sales) {
    const auto taken = captured(ready(Method::card), nothing, euros(10'000));
    EXPECT_THAT(taken.postings,
                ElementsAre(Posting{Account::clearing, Account::sales, euros(10'000)}));
    EXPECT_EQ(taken.payment.status, Status::paid);
    const auto back = refunded(taken.payment, nothing, euros(2'000));
    EXPECT_THAT(back.postings,
                ElementsAre(Posting{Account::refunds, Account::clearing, euros(2'000)}));
}

TEST(Cancelling, what_nothing_was_captured_of_ends_it) {
    const auto booking = cancelled(ready(Method::invoice), nothing);
    EXPECT_EQ(booking.payment.status, Status::cancelled);
    EXPECT_EQ(booking.payment.authorized, euros(0));
    EXPECT_THAT(booking.postings, IsEmpty());
}

TEST(Cancelling, the_rest_makes_what_was_transferred_ahead_repayable) {
    auto payment = ready(Method::prepayment);
    payment.captured = euros(6'000);
    const auto booking = cancelled(payment, {euros(0), euros(4'000)});
    EXPECT_EQ(booking.payment.status, Status::paid);
    EXPECT_EQ(booking.payment.authorized, euros(6'000));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::deposits, Account::repayable, euros(4'000)}));
}

TEST(Cancelling, what_has_ended_changes_nothing) {
    for (const auto status : {Status::paid, Status::cancelled, Status::failed}) {
        auto payment = payment_by(Method::invoice);
        payment.status = status;
        EXPECT_EQ(cancelled(payment, nothing).payment.status, status);
    }
}

TEST(A_transfer, that_completes_a_prepayment_authorizes_it) {
    const auto part = received(payment_by(Method::prepayment), nothing, euros(4'000));
    EXPECT_EQ(part.payment.status, Status::awaiting_transfer);
    const auto rest = received(part.payment, {euros(0), euros(4'000)}, euros(6'000));
    EXPECT_EQ(rest.payment.status, Status::authorized);
    EXPECT_EQ(rest.payment.authorized, euros(10'000));
    EXPECT_FALSE(rest.payment.expires_at);
}

TEST(A_transfer, of_too_much_leaves_the_rest_repayable) {
    const auto booking = received(payment_by(Method::prepayment), nothing, euros(10'500));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::bank, Account::deposits, euros(10'000)},
                            Posting{Account::bank, Account::repayable, euros(500)}));
}

TEST(A_transfer, pays_what_is_owed_first) {
    auto payment = ready(Method::invoice);
    payment.captured = euros(3'000);
    const auto booking = received(payment, {euros(3'000), euros(0)}, euros(10'000));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::bank, Account::receivable, euros(3'000)},
                            Posting{Account::bank, Account::deposits, euros(7'000)}));
}

TEST(A_transfer, for_what_was_cancelled_is_repayable) {
    auto payment = payment_by(Method::prepayment);
    payment.status = Status::cancelled;
    const auto booking = received(payment, nothing, euros(100));
    EXPECT_THAT(booking.postings,
                ElementsAre(Posting{Account::bank, Account::repayable, euros(100)}));
    EXPECT_EQ(booking.payment.status, Status::cancelled);
}

TEST(A_payers_text, may_mean_the_number_however_it_is_written) {
    for (const auto* text : {"482-7391-0527", "Rechnung 48273910527 danke", "482 7391 0527",
                             "RE482-7391-0527VOM12.11.", "order 482-7391-0527"}) {
        EXPECT_THAT(possible_references(text), Contains("48273910527")) << text;
    }
    EXPECT_THAT(possible_references("482-7391-0528"), Not(Contains("48273910527")));
    EXPECT_THAT(possible_references(" - "), IsEmpty());
}

TEST(A_payment, that_has_ended_moves_nowhere) {
    for (const auto& [from, to] : transitions) {
        EXPECT_TRUE(may_become(from, to));
        EXPECT_FALSE(is_dead(from) || from == Status::paid);
    }
    EXPECT_FALSE(may_become(Status::paid, Status::cancelled));
    EXPECT_FALSE(may_become(Status::cancelled, Status::authorized));
}

}  // namespace
}  // namespace kontor::payments
