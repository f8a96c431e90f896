#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
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

/// The entries of a request that may go on, by their places in it, and what became of the others.
struct Intake {
    std::vector<std::size_t> good;
    PutOutcome outcome;

    void reject(std::size_t index, FieldError fault) {
        outcome.rejected.push_back(
            {static_cast<std::int64_t>(index), std::move(fault.pointer), std::move(fault.message)});
    }
};

/// Sorts out entries that are at fault by themselves, by `fault_of(entry)` (an optional
/// FieldError), and those whose `key_of(entry)` (a text) stood earlier in the request.
template <class Entry, class KeyOf, class FaultOf>
Intake take_in(const std::vector<Entry>& entries, KeyOf key_of, FaultOf fault_of) {
    Intake intake;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto key = key_of(entries[i]);
        if (std::optional<FieldError> fault = fault_of(entries[i])) {
            intake.reject(i, *std::move(fault));
        } else if (seen.contains(key)) {
            intake.reject(i, {"", fmt::format("{}: stands twice in this request", key)});
        } else {
            seen.insert(std::move(key));
            intake.good.push_back(i);
        }
    }
    return intake;
}

}  // namespace kontor
