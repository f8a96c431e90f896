#include "base/money.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace kontor {

namespace detail {

void throw_mixed(Currency a, Currency b) {
    throw std::logic_error(fmt::format("{} mixed with {}: convert one first", a.view(), b.view()));
}

}  // namespace detail

namespace {

struct Share {
    __int128 floor;
    __int128 remainder;
};

void check_weights(std::span<const std::int64_t> weights) {
    if (weights.empty() || std::ranges::any_of(weights, [](auto weight) { return weight < 0; })) {
        throw std::logic_error("an amount can only be split over weights, none of them negative");
    }
}

}  // namespace

std::vector<Money> allocate(Money amount, std::span<const std::int64_t> weights) {
    check_weights(weights);
    const auto total = std::accumulate(weights.begin(), weights.end(), __int128{0});
    const auto weight_of = [&](std::size_t i) { return total == 0 ? 1 : __int128{weights[i]}; };
    const auto divisor = total == 0 ? static_cast<__int128>(weights.size()) : total;
    const bool negative = amount.minor_units < 0;
    const auto magnitude = negative ? -__int128{amount.minor_units} : __int128{amount.minor_units};

    std::vector<Share> shares(weights.size());
    auto left = magnitude;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto exact = magnitude * weight_of(i);
        shares[i] = {exact / divisor, exact % divisor};
        left -= shares[i].floor;
    }
    std::vector<std::size_t> by_remainder(shares.size());
    std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
    std::ranges::sort(by_remainder, {},
                      [&](std::size_t i) { return std::pair(-shares[i].remainder, i); });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
        ++shares[by_remainder[i]].floor;
    }

    std::vector<Money> parts;
    parts.reserve(shares.size());
    for (const auto& share : shares) {
        const auto minor_units = negative ? -share.floor : share.floor;
        parts.push_back({static_cast<std::int64_t>(minor_units), amount.currency});
    }
    return parts;
}

std::string amount_text(Money money) {
    std::string text;
    decimal::append(text, money.minor_units, money.currency.digits(), decimal::Zeros::keep);
    return text;
}

std::expected<Money, std::string> parse_amount(std::string_view text, Currency currency) {
    const auto example = amount_text({1999, currency});
    const auto minor_units = decimal::parse(text, currency.digits(), example);
    if (!minor_units) {
        return std::unexpected(
            fmt::format("{} (an amount in {})", minor_units.error(), currency.view()));
    }
    return Money{*minor_units, currency};
}

std::string to_text(Money money) {
    return fmt::format("{} {}", amount_text(money), money.currency.view());
}

std::string percent_text(BasisPoints rate) {
    std::string text;
    decimal::append(text, rate.value, 2, decimal::Zeros::trim);
    return text;
}

std::expected<BasisPoints, std::string> parse_percent(std::string_view text) {
    constexpr std::int64_t largest = 1'000'000;
    const auto rate = decimal::parse(text, 2, "25.5");
    if (!rate) {
        return std::unexpected(rate.error());
    }
    if (*rate < 0 || *rate > largest) {
        return std::unexpected("must be a percentage from 0 to 10000");
    }
    return BasisPoints{static_cast<std::int32_t>(*rate)};
}

}  // namespace kontor
