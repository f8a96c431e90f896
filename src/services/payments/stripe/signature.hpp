#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace kontor::payments::stripe {

/// Whether a Stripe-Signature header is Stripe's for this payload: `t=1492774577,v1=5257a8...`,
/// where v1 is the HMAC-SHA-256 of `t.payload` in hex. While a secret is rolled there are several
/// v1, of which one must fit. `tolerance`: how far t may lie from `now`, against replays.
/// https://docs.stripe.com/webhooks#verify-manually
bool is_signed(std::string_view header, std::string_view payload, std::string_view secret,
               Timestamp now, std::chrono::microseconds tolerance);

}  // namespace kontor::payments::stripe
