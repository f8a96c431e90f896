#pragma once

#include "services/discovery/api.hpp"
#include "services/discovery/engine/query.hpp"
#include "services/discovery/renderer.hpp"

/// Between what a shopper asks and what the engine knows: names of markets, stores, categories and
/// money on one side, numbers on the other.
namespace kontor::discovery {

/// Refuses: `invalid` (names the member: an amount, store, category or facet that there is not).
Result<engine::Query> query_of(const ProductsWanted& wanted, const View& view);

/// The reader's languages as the engine knows them, best first.
std::vector<std::string> search_languages(const View& view);

/// Appends the facets as a JSON list of Facet.
void append_facets(std::string& out, const std::vector<engine::Facet>& facets, View& view);

}  // namespace kontor::discovery
