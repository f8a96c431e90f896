#include "services/payments/stripe/signature.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "platform/crypto/hash.hpp"

namespace kontor::payments::stripe {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view secret = "whsec_test";
constexpr std::string_view payload = R"({"id":"evt_1"})";
constexpr Timestamp now{1'700'000'000'000'000};

std::string v1(std::int64_t at, std::string_view body = payload, std::string_view key = secret) {
    return crypto::to_hex(crypto::hmac_sha256(key, fmt::format("{}.{}", at, body)));
}

bool accepted(std::string_view header) {
    return is_signed(header, payload, secret, now, 300s);
}

TEST(A_stripe_signature, is_the_hmac_of_time_and_body) {
    EXPECT_TRUE(accepted(fmt::format("t=1700000000,v1={}", v1(1'700'000'000))));
    EXPECT_FALSE(accepted(fmt::format("t=1700000001,v1={}", v1(1'700'000'000))));
    EXPECT_FALSE(accepted(fmt::format("t=1700000000,v1={}", v1(1'700'000'000, "{}"))));
    EXPECT_FALSE(accepted(fmt::format("t=1700000000,v1={}", v1(1'700'000'000, payload, "x"))));
}

TEST(A_stripe_signature, may_be_one_of_several_while_a_secret_is_rolled) {
    EXPECT_TRUE(accepted(fmt::format("t=1700000000,v0=junk,v1={},v1={}",
                                     v1(1'700'000'000, payload, "old"), v1(1'700'000'000))));
}

TEST(A_stripe_signature, is_no_good_once_it_is_old) {
    EXPECT_TRUE(accepted(fmt::format("t=1699999700,v1={}", v1(1'699'999'700))));
    EXPECT_FALSE(accepted(fmt::format("t=1699999699,v1={}", v1(1'699'999'699))));
    EXPECT_TRUE(accepted(fmt::format("t=1700000300,v1={}", v1(1'700'000'300))));
    EXPECT_FALSE(accepted(fmt::format("t=1700000301,v1={}", v1(1'700'000'301))));
    EXPECT_FALSE(
        accepted(fmt::format("t=9223372036854775807,v1={}", v1(9'223'372'036'854'775'807))));
}

TEST(A_stripe_signature, needs_all_its_parts) {
    for (const auto* header :
         {"", ",", "t=", "t=1700000000", "v1=00", "t=x,v1=00", "=,=", "t=1700000000,v1="}) {
        EXPECT_FALSE(accepted(header)) << header;
    }
    EXPECT_FALSE(is_signed(fmt::format("t=1700000000,v1={}", v1(1'700'000'000, payload, "")),
                           payload, "", now, 300s))
        << "without a secret nobody has signed anything";
}

}  // namespace
}  // namespace kontor::payments::stripe
