#pragma once

#include <span>

#include "services/discovery/engine/product.hpp"
#include "services/discovery/projection.hpp"

/// What the engine indexes of a product, made from the projection. Pure.
namespace kontor::discovery {

/// Texts, properties and codes; without offers and availability.
engine::IndexedProduct indexed(const catalog::Product& product, const World& world);

/// Per market, what the cheapest of the variants costs over time. `packed_prices`: of each SKU, as
/// the projection keeps them. Windows that ended before `now` are left out.
std::vector<engine::MarketOffer> market_offers(std::span<const std::string_view> packed_prices,
                                               Timestamp now);

/// `cells`: of each SKU, as the projection keeps them.
engine::Availability availability_of(std::span<const std::string_view> cells, const World& world);

/// The primary language of a tag, as the engine knows languages: `de` of `de-AT`.
std::string primary_language(std::string_view tag);

}  // namespace kontor::discovery
