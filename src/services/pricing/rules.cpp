#include "services/pricing/rules.hpp"

#include <algorithm>
#include <chrono>

namespace kontor::pricing {

namespace {

constexpr auto days_compared = std::chrono::days(30);
constexpr Timestamp since_ever{INT64_MIN};
constexpr Timestamp for_good{INT64_MAX};

Timestamp begin_of(const Price& window) {
    return window.valid_from.value_or(since_ever);
}

Timestamp end_of(const Price& window) {
    return window.valid_until.value_or(for_good);
}

/// The window that holds at `at`, as if `without` were not there.
const Price* holding(std::span<const Price> windows, Timestamp at, const Price* without = nullptr) {
    const Price* best = nullptr;
    for (const auto& window : windows) {
        if (&window != without && begin_of(window) <= at && at < end_of(window) &&
            (best == nullptr || begin_of(window) > begin_of(*best))) {
            best = &window;
        }
    }
    return best;
}

/// When `current` ends: by its own end, or because another begins.
std::optional<Timestamp> end_as_far_as_known(std::span<const Price> windows, const Price& current,
                                             Timestamp now) {
    auto end = end_of(current);
    for (const auto& window : windows) {
        if (begin_of(window) > now) {
            end = std::min(end, begin_of(window));
        }
    }
    return end == for_good ? std::nullopt : std::optional(end);
}

/// The lowest price that held in [from, until). It changes only where a window begins or ends.
std::optional<Money> lowest_between(std::span<const Price> windows, Timestamp from, Timestamp until,
                                    Currency currency) {
    std::optional<Money> lowest;
    const auto look_at = [&](Timestamp at) {
        if (at < from || at >= until) {
            return;
        }
        const auto* window = holding(windows, at);
        if (window != nullptr && window->amount.currency == currency &&
            (!lowest || window->amount < *lowest)) {
            lowest = window->amount;
        }
    };
    look_at(from);
    for (const auto& window : windows) {
        look_at(begin_of(window));
        look_at(end_of(window));
    }
    return lowest;
}

}  // namespace

std::optional<Quote> quote_at(std::span<const Price> windows, Timestamp now) {
    const auto* current = holding(windows, now);
    if (current == nullptr) {
        return std::nullopt;
    }
    Quote quote{.sku = current->sku,
                .price = current->amount,
                .valid_until = end_as_far_as_known(windows, *current, now)};
    const auto* under = current->valid_until ? holding(windows, now, current) : nullptr;
    if (under != nullptr && under->amount.currency == current->amount.currency &&
        under->amount > current->amount) {
        quote.list_price = under->amount;
        const auto begin = begin_of(*current);
        quote.lowest_30_days =
            lowest_between(windows, begin + -days_compared, begin, current->amount.currency);
    }
    return quote;
}

std::optional<BasisPoints> rate_on(std::span<const TaxRate> rates, MarketCode market,
                                   std::string_view tax_class, Date day) {
    const TaxRate* best = nullptr;
    for (const auto& rate : rates) {
        if (rate.market == market && rate.tax_class == tax_class && rate.valid_from <= day &&
            (best == nullptr || rate.valid_from > best->valid_from)) {
            best = &rate;
        }
    }
    return best == nullptr ? std::nullopt : std::optional(best->rate);
}

std::optional<FieldError> fault_of(const Price& price) {
    if (price.amount.minor_units < 0) {
        return FieldError{"/amount", fmt::format("{}: must be 0 or more", to_text(price.amount))};
    }
    if (begin_of(price) >= end_of(price)) {
        return FieldError{"/valid_until",
                          fmt::format("{}: must be after valid_from {}", to_text(end_of(price)),
                                      to_text(begin_of(price)))};
    }
    return std::nullopt;
}

}  // namespace kontor::pricing
