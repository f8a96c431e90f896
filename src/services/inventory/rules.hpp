#pragma once

#include <span>

#include "services/inventory/api.hpp"

namespace kontor::inventory {

/// A place that could serve a line.
struct Candidate {
    std::int64_t cell = 0;
    Quantity available;

    static constexpr auto describe() {
        return described<Candidate>("A place that could serve a line.", field<&Candidate::cell>(""),
                                    field<&Candidate::available>(""));
    }
};

/// The cell that serves `wanted` as a whole: of those with enough the one with most, the first
/// among equals.
std::optional<std::int64_t> choose(std::span<const Candidate> candidates, Quantity wanted);

/// What one place could still serve at most; never below zero.
Quantity most_available(std::span<const Candidate> candidates);

/// What is wrong with a count by itself.
std::optional<FieldError> fault_of(const StockCount& count);

/// What is wrong with the lines of a reservation by themselves: quantities, SKUs named twice.
std::vector<FieldError> faults_of(const std::vector<WantedLine>& lines);

/// Whether `reserved` is what `wanted` asks for, so that a repetition may be answered with it.
bool answers(const std::vector<ReservedLine>& reserved, const std::vector<WantedLine>& wanted);

}  // namespace kontor::inventory
