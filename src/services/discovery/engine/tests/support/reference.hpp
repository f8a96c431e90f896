#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "services/discovery/engine/engine.hpp"

namespace kontor::discovery::engine::testing {

/// The engine's promises about conditions, facets and order once more, by brute force over plain
/// structs. Names are of lower-case ASCII words, in one language without a stemmer.
class Reference {
public:
    std::map<ProductId, IndexedProduct> products;

    struct Answer {
        std::vector<ProductId> ids;  ///< In order; by relevance of a text: by id.
        std::vector<std::map<std::string, std::uint32_t>> facets;
        bool operator==(const Answer&) const = default;
    };

    Answer find(const Query& query) const {
        words_needed_ = needed_words(query);
        Answer answer;
        std::vector<const IndexedProduct*> found;
        for (const auto& [id, product] : products) {
            if (meets(product, query, nullptr)) {
                found.push_back(&product);
            }
        }
        std::ranges::sort(found, [&](auto* one, auto* other) {
            return before(*one, *other, query) ||
                   (!before(*other, *one, query) && one->id < other->id);
        });
        for (const auto* product : found) {
            answer.ids.push_back(product->id);
        }
        for (const auto& facet : query.facets) {
            answer.facets.push_back(counts(query, facet));
        }
        return answer;
    }

    static std::int64_t price(const IndexedProduct& product, const Query& query) {
        std::int64_t best = no_price;
        std::int64_t began = always;
        for (const auto& offer : product.offers) {
            for (const auto& window : offer.windows) {
                if (offer.market == query.market && window.valid_from <= query.now &&
                    query.now < window.valid_to && window.valid_from >= began) {
                    best = window.minor_units;
                    began = window.valid_from;
                }
            }
        }
        return best;
    }

private:
    static constexpr std::int64_t no_price = forever;
    using Of = FacetWanted::Of;

    static std::vector<std::string> words(std::string text) {
        std::vector<std::string> out;
        for (text += ' '; !text.empty(); text.erase(0, text.find(' ') + 1)) {
            out.push_back(text.substr(0, text.find(' ')));
        }
        return out;
    }

    static std::size_t words_of(const IndexedProduct& product, const Query& query) {
        const auto named = words(product.texts.at(0).name);
        return static_cast<std::size_t>(std::ranges::count_if(words(query.text), [&](auto& word) {
            return std::ranges::find(named, word) != named.end();
        }));
    }

    /// Of how many of the text's words a product needs: of all, or where fewer than 5 of the
    /// market have all, of one less, or of as many as any has.
    std::size_t needed_words(const Query& query) const {
        if (query.text.empty()) {
            return 0;
        }
        const auto all = words(query.text).size();
        std::size_t complete = 0;
        std::size_t most = 0;
        for (const auto& [id, product] : products) {
            if (sellable(product, query)) {
                complete += words_of(product, query) == all;
                most = std::max(most, words_of(product, query));
            }
        }
        return complete >= 5 ? all : std::max<std::size_t>(1, std::min(most, all - 1));
    }

    static bool sellable(const IndexedProduct& product, const Query& query) {
        return std::ranges::any_of(product.offers, [&](const MarketOffer& offer) {
            return offer.market == query.market && offer.sellable;
        });
    }

    static bool has_value(const IndexedProduct& product, const AttributeFilter& filter) {
        return std::ranges::any_of(product.attributes, [&](const Attribute& attribute) {
            const auto* number = std::get_if<double>(&attribute.value);
            const auto& named = filter.values;
            const bool ranged = filter.at_least || filter.at_most;
            return attribute.name == filter.name &&
                   (std::ranges::find(named, shown(attribute)) != named.end() ||
                    (ranged && number && *number >= filter.at_least.value_or(*number) &&
                     *number <= filter.at_most.value_or(*number)));
        });
    }

    static std::string shown(const Attribute& attribute) {
        const auto* number = std::get_if<double>(&attribute.value);
        return number ? fmt::format("{}", *number) : std::get<std::string>(attribute.value);
    }

    template <class Range, class Value>
    static bool contains(const Range& range, const Value& value) {
        return std::ranges::find(range, value) != range.end();
    }

    /// `ignored`: the facet whose conditions do not count, or null.
    bool meets(const IndexedProduct& product, const Query& query,
               const FacetWanted* ignored) const {
        const auto counts = [&](Of of, const std::string& attribute) {
            return !ignored || ignored->of != of || ignored->attribute != attribute;
        };
        const auto amount = price(product, query);
        const bool priced = query.price_at_least || query.price_at_most;
        return sellable(product, query) &&
               (!query.in_stock || contains(product.availability.online_in, query.market)) &&
               (!query.store || contains(product.availability.stores, *query.store)) &&
               (query.text.empty() || words_of(product, query) >= words_needed_) &&
               (!query.category || !counts(Of::category, {}) ||
                contains(product.category_path, *query.category)) &&
               (query.brands.empty() || !counts(Of::brand, {}) ||
                contains(query.brands, product.brand)) &&
               (!priced || !counts(Of::price, {}) ||
                (amount != no_price && amount >= query.price_at_least.value_or(amount) &&
                 amount <= query.price_at_most.value_or(amount))) &&
               std::ranges::all_of(query.attributes, [&](const AttributeFilter& filter) {
                   return !counts(Of::attribute, filter.name) || has_value(product, filter);
               });
    }

    static bool before(const IndexedProduct& one, const IndexedProduct& other, const Query& query) {
        switch (query.sort) {
            case Sort::name:
                return one.texts[0].name < other.texts[0].name;
            case Sort::newest:
                return one.created_at > other.created_at;
            case Sort::price_ascending:
                return price(one, query) < price(other, query);
            case Sort::price_descending: {
                const auto mine = price(one, query);
                const auto others = price(other, query);
                return mine != no_price && (others == no_price || mine > others);
            }
            case Sort::relevance:
                break;
        }
        return query.text.empty() && one.rank > other.rank;
    }

    std::map<std::string, std::uint32_t> counts(const Query& query,
                                                const FacetWanted& facet) const {
        std::map<std::string, std::uint32_t> counted;
        for (const auto& [id, product] : products) {
            if (meets(product, query, &facet)) {
                for (const auto& value : values(product, query, facet)) {
                    ++counted[value];
                }
            }
        }
        return counted;
    }

    static std::set<std::string> values(const IndexedProduct& product, const Query& query,
                                        const FacetWanted& facet) {
        std::set<std::string> out;
        if (facet.of == Of::brand && !product.brand.empty()) {
            out.insert(product.brand);
        } else if (facet.of == Of::category) {
            for (const auto category : product.category_path) {
                out.insert(std::to_string(category));
            }
        } else if (facet.of == Of::attribute) {
            for (const auto& attribute : product.attributes) {
                if (attribute.name == facet.attribute) {
                    out.insert(shown(attribute));
                }
            }
        } else if (const auto amount = price(product, query);
                   facet.of == Of::price && amount != no_price) {
            out.insert(price_range(amount));
        }
        return out;
    }

    static std::string price_range(std::int64_t amount) {
        std::int64_t from = 0;
        for (const auto bound : default_price_bounds) {
            if (amount < bound) {
                return fmt::format("{}..{}", from, bound);
            }
            from = bound;
        }
        return fmt::format("{}..", from);
    }

    mutable std::size_t words_needed_ = 0;
};

}  // namespace kontor::discovery::engine::testing
