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

/// What a reservation has in a cell.
struct HeldLine {
    std::int64_t ordinal = 0;
    std::int64_t cell = 0;
    std::string sku;
    std::string location;
    Quantity quantity;
    Quantity released;
    Quantity shipped;

    /// What is still reserved or allocated.
    Quantity open() const { return quantity - released - shipped; }

    static constexpr auto describe() {
        using L = HeldLine;
        return described<L>("A row of reservation_lines with its cell.", field<&L::ordinal>(""),
                            field<&L::cell>(""), field<&L::sku>(""), field<&L::location>(""),
                            field<&L::quantity>(""), field<&L::released>(""),
                            field<&L::shipped>(""));
    }
};

/// How much of which line of a reservation, by its place among them.
struct Part {
    std::size_t line = 0;
    Quantity quantity;
};

/// All that is open.
std::vector<Part> all_open(const std::vector<HeldLine>& lines);

/// The parts that `wanted` (lines with `sku` and `quantity`) names. Refuses: `invalid`,
/// `more_than_held`.
template <class Wanted>
Result<std::vector<Part>> parts_of(const std::vector<HeldLine>& lines,
                                   const std::vector<Wanted>& wanted);

/// The cell that serves `wanted` as a whole: of those with enough the one with most, the first
/// among equals.
std::optional<std::int64_t> choose(std::span<const Candidate> candidates, Quantity wanted);

/// What one place could still serve at most; never below zero.
Quantity most_available(std::span<const Candidate> candidates);

/// What is wrong with a count by itself.
std::optional<FieldError> fault_of(const StockCount& count);

std::optional<FieldError> fault_of(const RestockedLine& line);

/// What is wrong with lines (of `sku` and `quantity`) by themselves: quantities, SKUs named twice.
template <class Line>
std::vector<FieldError> faults_of(const std::vector<Line>& lines);

/// Says no because of `faults`, of which there is at least one.
Refusal refused_for(const RefusalKind& kind, std::vector<FieldError> faults);

/// Whether `reserved` is what `wanted` asks for, so that a repetition may be answered with it.
bool answers(const std::vector<ReservedLine>& reserved, const std::vector<WantedLine>& wanted);

}  // namespace kontor::inventory
