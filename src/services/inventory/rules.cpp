#include "services/inventory/rules.hpp"

#include <algorithm>
#include <set>

namespace kontor::inventory {

std::optional<std::int64_t> choose(std::span<const Candidate> candidates, Quantity wanted) {
    const auto most = std::ranges::max_element(candidates, {}, &Candidate::available);
    if (most == candidates.end() || most->available < wanted) {
        return std::nullopt;
    }
    return most->cell;
}

Quantity most_available(std::span<const Candidate> candidates) {
    Quantity most;
    for (const auto& candidate : candidates) {
        most = std::max(most, candidate.available);
    }
    return most;
}

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
        const auto line = std::ranges::find(lines, wanted[i].sku, &HeldLine::sku);
        const auto open = line == lines.end() ? Quantity{} : line->open();
        if (open < wanted[i].quantity) {
            faults.push_back({fmt::format("/lines/{}/quantity", i),
                              fmt::format("{}: {} wanted, {} still held", wanted[i].sku,
                                          to_text(wanted[i].quantity), to_text(open))});
        } else {
            parts.push_back({static_cast<std::size_t>(line - lines.begin()), wanted[i].quantity});
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

std::optional<FieldError> fault_of(const StockCount& count) {
    const auto negative = [](std::string pointer, Quantity quantity) {
        return FieldError{std::move(pointer),
                          fmt::format("{}: must be 0 or more", to_text(quantity))};
    };
    if (count.on_hand < Quantity{}) {
        return negative("/on_hand", count.on_hand);
    }
    if (count.safety && *count.safety < Quantity{}) {
        return negative("/safety", *count.safety);
    }
    return std::nullopt;
}

std::optional<FieldError> fault_of(const RestockedLine& line) {
    if (line.quantity <= Quantity{}) {
        return FieldError{"/quantity",
                          fmt::format("{}: must be more than 0", to_text(line.quantity))};
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
    auto refused = refusal(kind, "{}{}", faults.front().message, faults.size() > 1 ? " and more" : "");
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
