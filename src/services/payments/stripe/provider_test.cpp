#include "services/payments/stripe/provider.hpp"

#include <gmock/gmock.h>

#include <deque>

#include "services/payments/stripe/form.hpp"

namespace kontor::payments::stripe {
namespace {

using ::testing::HasSubstr;

/// Answers what a test says, and keeps what was asked.
class Answers final : public http::Client {
public:
    Task<Result<http::Answer>> send(Context, http::Call call) override {
        calls.push_back(std::move(call));
        auto answer = std::move(next.front());
        next.pop_front();
        co_return answer;
    }
    Task<Result<std::unique_ptr<http::StreamedAnswer>>> open(Context, http::Call) override {
        throw std::logic_error("nobody asks Stripe for a stream");
    }

    std::string body(std::size_t index) const { return std::get<std::string>(calls[index].body); }

    std::deque<Result<http::Answer>> next;
    std::vector<http::Call> calls;
};

struct A_stripe_provider : ::testing::Test {
    Answers answers;
    StripeProvider provider{answers,
                            {.stripe_secret_key = Secret("sk_test_1"),
                             .stripe_webhook_secret = Secret("whsec_1"),
                             .stripe_url = "http://stripe.test",
                             .stripe_method = "card"}};

    void answer(int status, std::string body) {
        answers.next.push_back(http::Answer{status, {}, std::move(body)});
    }
    Result<Intent> capture() {
        return run_to_completion(
            provider.capture({}, {"key-1", "pi_1", {1'000, Currency("EUR")}, false}));
    }
};

constexpr auto captured_part =
    R"({"id":"pi_1","object":"payment_intent","status":"requires_capture","currency":"eur",
        "amount":5000,"amount_capturable":4000,"amount_received":1000,"next_action":null,
        "last_payment_error":null})";

TEST_F(A_stripe_provider, opens_an_intent_that_is_captured_by_hand_and_confirmed_on_a_page) {
    answer(200, R"({"id":"pi_1","status":"requires_action","currency":"eur","amount_capturable":0,
                    "amount_received":0,"next_action":{"type":"redirect_to_url",
                    "redirect_to_url":{"url":"https://hooks/1"}},"last_payment_error":null})");
    const auto intent = run_to_completion(provider.authorize(
        {}, {"key-1", {7}, "ord_1", {5'000, Currency("EUR")}, "https://shop/thanks?a=1&b=2"}));
    ASSERT_TRUE(intent) << intent.error().message;
    EXPECT_EQ(intent->status, IntentStatus::requires_action);
    EXPECT_EQ(intent->redirect_url, "https://hooks/1");
    const auto& call = answers.calls.at(0);
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.url, "http://stripe.test/v1/payment_intents");
    EXPECT_EQ(call.headers.find("Authorization"), "Bearer sk_test_1");
    EXPECT_EQ(call.headers.find("Idempotency-Key"), "key-1");
    for (const auto* part :
         {"amount=5000", "currency=eur", "capture_method=manual", "confirm=true",
          "return_url=https%3A%2F%2Fshop%2Fthanks%3Fa%3D1%26b%3D2", "metadata%5Border%5D=ord_1"}) {
        EXPECT_THAT(answers.body(0), HasSubstr(part));
    }
}

TEST_F(A_stripe_provider, captures_a_part_and_says_whether_more_will_come) {
    answer(200, captured_part);
    const auto intent = capture();
    EXPECT_EQ(answers.calls.at(0).url, "http://stripe.test/v1/payment_intents/pi_1/capture");
    EXPECT_EQ(answers.body(0), "amount_to_capture=1000&final_capture=false");
    EXPECT_EQ(intent->status, IntentStatus::authorized);
    EXPECT_EQ(intent->capturable.minor_units, 4'000);
    EXPECT_EQ(intent->received.minor_units, 1'000);
}

TEST(A_stripe_provider_of_redirects, captures_once) {
    Answers answers;
    StripeProvider provider{answers, {.stripe_method = "paypal"}};
    answers.next.push_back(http::Answer{200, {}, captured_part});
    run_to_completion(provider.capture({}, {"key-1", "pi_1", {1'000, Currency("EUR")}, false}));
    EXPECT_EQ(answers.body(0), "amount_to_capture=1000");
}

TEST_F(A_stripe_provider, takes_a_declined_card_as_final_in_the_banks_own_word) {
    answer(402, R"({"error":{"type":"card_error","code":"card_declined",
                    "decline_code":"insufficient_funds","message":"..."}})");
    const auto refused = capture();
    EXPECT_EQ(refused.error().code, "provider_refused");
    EXPECT_EQ(refused.error().message, "insufficient_funds");
}

TEST_F(A_stripe_provider, takes_for_open_what_may_have_been_done) {
    for (const int status : {401, 409, 429, 500, 503}) {
        answer(status, R"({"error":{"type":"api_error","message":"..."}})");
        EXPECT_EQ(capture().error().code, "unavailable") << status;
    }
    answer(502, "<html>Bad gateway</html>");
    EXPECT_EQ(capture().error().code, "unavailable");
    answer(200, "{}");
    EXPECT_EQ(capture().error().code, "unavailable") << "what cannot be read";
    answers.next.push_back(refuse(refusals::deadline_exceeded, "too late"));
    EXPECT_EQ(capture().error().code, "deadline_exceeded");
}

TEST_F(A_stripe_provider, takes_no_answer_that_is_about_something_else) {
    answer(200, R"({"id":"pi_2","status":"succeeded","currency":"eur"})");
    EXPECT_EQ(capture().error().code, "unavailable");
    answers.next.push_back(http::Answer{200, {{"Idempotency-Key", "key-0"}}, captured_part});
    EXPECT_EQ(capture().error().code, "unavailable");
}

TEST_F(A_stripe_provider, counts_in_stripes_units) {
    EXPECT_EQ(stripe_units({1'999, Currency("EUR")}), 1'999);
    EXPECT_EQ(stripe_units({1'999, Currency("JPY")}), 1'999);
    EXPECT_EQ(stripe_units({1'999, Currency("ISK")}), 199'900);
    EXPECT_EQ(money_of(199'900, Currency("ISK")), (Money{1'999, Currency("ISK")}));
}

TEST(A_form, is_encoded_so_that_nothing_leaves_its_field) {
    Form form;
    form.add("a[b]", "c&d=e f").add("ü", "");
    EXPECT_EQ(std::move(form).text(), "a%5Bb%5D=c%26d%3De%20f&%C3%BC=");
}

}  // namespace
}  // namespace kontor::payments::stripe
