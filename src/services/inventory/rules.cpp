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

std::vector<FieldError> faults_of(const std::vector<WantedLine>& lines) {
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

bool answers(const std::vector<ReservedLine>& reserved, const std::vector<WantedLine>& wanted) {
    return std::ranges::equal(reserved, wanted,
                              [](const ReservedLine& has, const WantedLine& want) {
                                  return has.sku == want.sku && has.quantity == want.quantity &&
                                         (!want.location || has.location == *want.location);
                              });
}

}  // namespace kontor::inventory
