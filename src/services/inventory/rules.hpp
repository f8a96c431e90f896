#pragma once

#include <span>

#include "services/inventory/books.hpp"

namespace kontor::inventory {

/// How much of which line of a reservation, by its place among them.
struct Part {
    std::size_t line = 0;
    Quantity quantity;
};

/// All that is open.
std::vector<Part> all_open(const std::vector<HeldLine>& lines);

/// The parts that `wanted` (lines with `sku` and `quantity`) names; of a kit, all of its parts.
/// Refuses: `invalid`, `more_than_held`.
template <class Wanted>
Result<std::vector<Part>> parts_of(const std::vector<HeldLine>& lines,
                                   const std::vector<Wanted>& wanted);

/// As they were wanted: the parts of a kit are one line.
std::vector<ReservedLine> reserved_lines(const std::vector<HeldLine>& lines);

/// What is wrong with an entry by itself.
std::optional<FieldError> fault_of(const StockCount& count);
std::optional<FieldError> fault_of(const RestockedLine& line);
std::optional<FieldError> fault_of(const StockAdjustment& adjustment);
std::optional<FieldError> fault_of(const StockPolicy& policy);
std::optional<FieldError> fault_of(const Kit& kit);

/// What is wrong with lines (of `sku` and `quantity`) by themselves: quantities, SKUs named twice.
template <class Line>
std::vector<FieldError> faults_of(const std::vector<Line>& lines);

/// Says no because of `faults`, of which there is at least one.
Refusal refused_for(const RefusalKind& kind, std::vector<FieldError> faults);

/// Whether `reserved` is what `wanted` asks for, so that a repetition may be answered with it.
bool answers(const std::vector<ReservedLine>& reserved, const std::vector<WantedLine>& wanted);

}  // namespace kontor::inventory
