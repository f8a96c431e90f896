#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/short_text.hpp"

namespace kontor {

using MarketCode = ShortText<7>;   ///< `de`, `at`, `ch`: lower case, see Words in the design.
using LocaleCode = ShortText<15>;  ///< BCP 47, as in `de-AT`.

/// W3C trace context: who caused this call.
struct Trace {
    std::array<std::uint8_t, 16> trace_id{};
    std::array<std::uint8_t, 8> span_id{};
    bool sampled = false;
    bool operator==(const Trace&) const = default;
};

/// Who calls. `subject` is stable per caller and scopes idempotency keys: never a secret itself.
struct Principal {
    enum class Kind : std::uint8_t { anonymous, guest, staff, service };
    Kind kind = Kind::anonymous;
    /// Guest: the first 8 bytes of the SHA-256 of the secret; staff and services: their id.
    std::uint64_t subject = 0;
    bool operator==(const Principal&) const = default;
};

enum class DryRun : bool { no, yes };

/// What the answer of a change holds: RFC 7240, 4.2.
enum class Answer : bool { whole, minimal };

/// What every call carries, as its first parameter and by value.
struct Context {
    using TimePoint = std::chrono::steady_clock::time_point;

    TimePoint deadline = TimePoint::max();  ///< After it nobody waits for the answer any more.
    Trace trace;
    Principal principal;
    MarketCode market;
    LocaleCode locale;
    DryRun dry_run = DryRun::no;
    /// `minimal`: what changed is enough; an operation may answer with the whole all the same.
    Answer answer = Answer::whole;
    /// If-Match: the version the caller wants to change; 0 where it does not care.
    std::uint64_t if_match = 0;
    /// At most 255 characters; empty where none was given.
    std::string idempotency_key;
    /// The guest's secret or none; what opens a cart or an order. Never logged.
    std::string bearer;
};

}  // namespace kontor
