#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/describe/describe.hpp"

namespace kontor {

struct RejectedEntry {
    std::int64_t index = 0;
    std::string pointer;
    std::string reason;

    static constexpr auto describe() {
        return described<RejectedEntry>(
            "An entry that was not taken, and why.",
            field<&RejectedEntry::index>("Of the entry in the request, from 0."),
            field<&RejectedEntry::pointer>("JSON pointer in the entry."),
            field<&RejectedEntry::reason>("What was expected."));
    }
};

/// The answer of every operation that takes many entries at once and the good ones of them.
struct PutOutcome {
    std::int64_t accepted = 0;
    std::int64_t unchanged = 0;
    std::vector<RejectedEntry> rejected;

    static constexpr auto describe() {
        return described<PutOutcome>(
            "What became of each entry: accepted + unchanged + rejected = the entries given.",
            field<&PutOutcome::accepted>("Made or changed."),
            field<&PutOutcome::unchanged>("Were so already."),
            field<&PutOutcome::rejected>("Not taken; the others were.", {.max_length = 10'000}));
    }
};

}  // namespace kontor
