#pragma once

#include <chrono>
#include <cstdint>

#include "platform/describe/describe.hpp"

namespace kontor::resilience {

/// What a process does about a service elsewhere that is slow, gone or lying: the section
/// `resilience`. The same for every dependency; the state behind it is each one's own.
struct Policy {
    std::int64_t attempts_max = 3;
    std::int64_t retry_percent = 20;
    std::int64_t retry_floor = 1;
    std::chrono::milliseconds retry_pause{25};
    std::int64_t window_s = 10;
    std::int64_t failures_in_a_row = 5;
    std::int64_t success_percent = 80;
    std::int64_t calls_min = 20;
    std::chrono::milliseconds patience{100};
    std::int64_t open_first_s = 1;
    std::int64_t open_last_s = 60;
    std::int64_t probes = 3;
    std::int64_t calls_max = 1'000;
    std::int64_t longest_s = 60;

    static constexpr auto describe() {
        using P = Policy;
        return described<P>(
            "What is done about services elsewhere that are slow, gone or lying.",
            field<&P::attempts_max>("How often a read is sent at most. A change is sent once.",
                                    {.min = 1, .max = 10}),
            field<&P::retry_percent>("So many repeats for 100 calls within the window are allowed,",
                                     {.min = 0, .max = 100}),
            field<&P::retry_floor>("and so many a second beside them.", {.min = 0, .max = 1'000}),
            field<&P::retry_pause>("Before the first repeat at most, doubling; a random part of it "
                                   "is waited (full jitter)."),
            field<&P::window_s>("What was observed for so many seconds decides.",
                                {.min = 1, .max = 600}),
            field<&P::failures_in_a_row>("So many failures in a row open a breaker.",
                                         {.min = 1, .max = 1'000}),
            field<&P::success_percent>("So does a share of successes below this,",
                                       {.min = 0, .max = 100}),
            field<&P::calls_min>("from so many calls within the window on.",
                                 {.min = 1, .max = 100'000}),
            field<&P::patience>("A call that was given less time than this, and ran out of it, "
                                "says nothing about the other side."),
            field<&P::open_first_s>("Seconds that a breaker stays open the first time, doubling "
                                    "each time in a row; at random down to half of it.",
                                    {.min = 1, .max = 600}),
            field<&P::open_last_s>("Seconds that it stays open at most.", {.min = 1, .max = 3'600}),
            field<&P::probes>("So many calls try whether it goes again; if all do, it closes.",
                              {.min = 1, .max = 100}),
            field<&P::calls_max>("Calls of one dependency under way at once; one more is refused.",
                                 {.min = 1, .max = 100'000}),
            field<&P::longest_s>("Seconds that a call without a deadline may take.",
                                 {.min = 1, .max = 3'600}));
    }
};

}  // namespace kontor::resilience
