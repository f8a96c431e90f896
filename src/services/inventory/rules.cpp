#include "services/inventory/rules.hpp"

#include <algorithm>
#include <set>

namespace kontor::inventory {

namespace {

std::optional<FieldError> negative(std::string_view pointer, Quantity quantity) {
    if (quantity >= Quantity{}) {
        return std::nullopt;
    }
    return FieldError{std::string(pointer),
                      fmt::format("{}: must be 0 or more", to_text(quantity))};
}

/// What is wrong with taking `quantity` of what `line` holds.
std::optional<std::string> cannot_take(const HeldLine* line, std::string_view sku,
                                       Quantity quantity) {
    const auto open = line == nullptr ? Quantity{} : line->in_units_sold(line->open());
    if (open < quantity) {
        return fmt::format("{}: {} wanted, {} still held", sku, to_text(quantity), to_text(open));
    }
    if (line->kit && !quantity.is_whole()) {
        return fmt::format("{} of the kit {}: must be whole", to_text(quantity), sku);
    }
    return std::nullopt;
}

}  // namespace

std::vector<Part> all_open(const std::vector<HeldLine>& lines) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].open() > Quantity{}) {
            parts.push_back({i, lines[i].open()});
        }
    }
    return parts;
}

template <class Wanted>
Result<std::vector<Part>> parts_of(const std::vector<HeldLine>& lines,
                                   const std::vector<Wanted>& wanted) {
    if (auto faults = faults_of(wanted); !faults.empty()) {
        return std::unexpected(refused_for(refusals::invalid, std::move(faults)));
    }
    std::vector<Part> parts;
    std::vector<FieldError> faults;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const HeldLine* first = nullptr;
        for (std::size_t line = 0; line < lines.size(); ++line) {
            if (lines[line].sold_as() == wanted[i].sku) {
                first = first == nullptr ? &lines[line] : first;
                parts.push_back({line, lines[line].of_units_sold(wanted[i].quantity)});
            }
        }
        if (auto why = cannot_take(first, wanted[i].sku, wanted[i].quantity)) {
            faults.push_back({fmt::format("/lines/{}/quantity", i), *std::move(why)});
        }
    }
    if (!faults.empty()) {
        return std::unexpected(refused_for(refusals::more_than_held, std::move(faults)));
    }
    return parts;
}

template Result<std::vector<Part>> parts_of(const std::vector<HeldLine>&,
                                            const std::vector<ReleasedLine>&);
template Result<std::vector<Part>> parts_of(const std::vector<HeldLine>&,
                                            const std::vector<ShippedLine>&);

std::vector<ReservedLine> reserved_lines(const std::vector<HeldLine>& lines) {
    std::vector<ReservedLine> reserved;
    reserved.reserve(lines.size());
    const HeldLine* before = nullptr;
    for (const auto& line : lines) {
        const bool same_kit = before != nullptr && line.kit && line.kit == before->kit;
        if (!same_kit) {
            reserved.push_back({line.sold_as(), line.in_units_sold(line.quantity), line.location,
                                line.in_units_sold(line.released),
                                line.in_units_sold(line.shipped)});
        }
        before = &line;
    }
    return reserved;
}

std::optional<FieldError> fault_of(const StockCount& count) {
    if (auto fault = negative("/on_hand", count.on_hand)) {
        return fault;
    }
    return count.safety ? negative("/safety", *count.safety) : std::nullopt;
}

std::optional<FieldError> fault_of(const RestockedLine& line) {
    if (line.quantity <= Quantity{}) {
        return FieldError{"/quantity",
                          fmt::format("{}: must be more than 0", to_text(line.quantity))};
    }
    return std::nullopt;
}

std::optional<FieldError> fault_of(const StockAdjustment& adjustment) {
    if (adjustment.change == Quantity{}) {
        return FieldError{"/change", "0: must be more or less than 0"};
    }
    return std::nullopt;
}

std::optional<FieldError> fault_of(const StockPolicy& policy) {
    if (auto fault = negative("/backorder_limit", policy.backorder_limit)) {
        return fault;
    }
    return negative("/preorder_limit", policy.preorder_limit);
}

std::optional<FieldError> fault_of(const Kit& kit) {
    std::set<std::string_view> skus{kit.sku};
    for (std::size_t i = 0; i < kit.parts.size(); ++i) {
        const auto& part = kit.parts[i];
        if (part.quantity <= Quantity{}) {
            return FieldError{fmt::format("/parts/{}/quantity", i),
                              fmt::format("{}: must be more than 0", to_text(part.quantity))};
        }
        if (!skus.insert(part.sku).second) {
            return FieldError{fmt::format("/parts/{}/sku", i),
                              fmt::format("{}: is the kit itself, or stands twice", part.sku)};
        }
    }
    return std::nullopt;
}

template <class Line>
std::vector<FieldError> faults_of(const std::vector<Line>& lines) {
    std::vector<FieldError> faults;
    std::set<std::string_view> skus;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].quantity <= Quantity{}) {
            faults.push_back({fmt::format("/lines/{}/quantity", i),
                              fmt::format("{}: must be more than 0", to_text(lines[i].quantity))});
        }
        if (!skus.insert(lines[i].sku).second) {
            faults.push_back({fmt::format("/lines/{}/sku", i),
                              fmt::format("{} stands in two lines: add them up", lines[i].sku)});
        }
    }
    return faults;
}

template std::vector<FieldError> faults_of(const std::vector<WantedLine>&);

Refusal refused_for(const RefusalKind& kind, std::vector<FieldError> faults) {
    auto refused =
        refusal(kind, "{}{}", faults.front().message, faults.size() > 1 ? " and more" : "");
    refused.errors = std::move(faults);
    return refused;
}

bool answers(const std::vector<ReservedLine>& reserved, const std::vector<WantedLine>& wanted) {
    return std::ranges::equal(reserved, wanted,
                              [](const ReservedLine& has, const WantedLine& want) {
                                  return has.sku == want.sku && has.quantity == want.quantity &&
                                         (!want.location || has.location == *want.location);
                              });
}

}  // namespace kontor::inventory
