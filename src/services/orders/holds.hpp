#pragma once

#include <functional>

#include "services/inventory/api.hpp"
#include "services/orders/parts.hpp"

/// Stock held for an order that may end before the order has it for good: a shopper comes back
/// late, or nobody reacted for a quarter of an hour.
namespace kontor::orders::holds {

/// How long stock is held beyond the shopper's last sign of life.
inline constexpr std::int64_t lasting_s = 900;
/// How long it is held for an order about to be placed: it is allocated right after, unless the
/// follow-ups stand still or a clock jumps, and must not go to another until then. What an attempt
/// that broke off holds is free again after that: longer would keep goods from being sold.
inline constexpr std::int64_t placing_s = 2L * 3600;
/// A hold that was found with less than this is extended.
inline constexpr std::int64_t placing_min_s = placing_s - 60;
/// How often in a row a hold may have ended.
inline constexpr int attempts_max = 8;

/// The key of an attempt, from 1, at what is first held under `first`.
std::string key(const std::string& first, int attempt);

bool has_ended(const Result<inventory::Reservation>& step);

/// What `lines` (each with a SKU and a quantity) need, held under `key` for so long.
template <class Lines>
inventory::ReserveStock stock_for(std::string key, const Lines& lines, std::int64_t expires_in_s) {
    inventory::ReserveStock wanted{
        .reservation = std::move(key), .lines = {}, .expires_in_s = expires_in_s};
    for (const auto& line : lines) {
        wanted.lines.push_back({line.sku, line.quantity, std::nullopt});
    }
    return wanted;
}

/// Does `step` under the first key whose hold has not ended. The keys follow from `first`, so that
/// whoever repeats this, or does something else with the same stock later, finds the same one.
using Step = std::function<Task<Result<inventory::Reservation>>(std::string key)>;
Task<Result<inventory::Reservation>> under_live_key(std::string first, Step step);

}  // namespace kontor::orders::holds
