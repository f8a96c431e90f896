#include "services/discovery/index_documents.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "services/discovery/documents.hpp"

namespace kontor::discovery {

namespace {

// Longer ones are prose, not words that somebody looks for.
constexpr std::size_t keyword_length_max = 40;

void add_attributes(engine::IndexedProduct& out, const std::vector<catalog::Attribute>& all) {
    for (const auto& attribute : all) {
        if (attribute.number) {
            const double value =
                static_cast<double>(attribute.number->thousandths) / Quantity::scale;
            out.attributes.push_back({attribute.name, value});
        } else if (attribute.text) {
            out.attributes.push_back({attribute.name, *attribute.text});
        }
    }
}

void add_keywords(std::vector<std::string>& keywords,
                  const std::vector<catalog::Attribute>& attributes, std::string_view language) {
    for (const auto& attribute : attributes) {
        const auto label =
            attribute.value_label ? attribute.value_label->resolve(language) : std::string_view();
        if (!label.empty() && label.size() <= keyword_length_max &&
            std::ranges::find(keywords, label) == keywords.end()) {
            keywords.emplace_back(label);
        }
    }
}

engine::LocalizedText text_in(const catalog::Product& product, const CategoryEntry* category,
                              const World& world, std::string_view tag) {
    engine::LocalizedText text{.language = primary_language(tag),
                               .name = std::string(product.name.resolve(tag))};
    if (product.description) {
        text.description = product.description->resolve(tag);
    }
    add_keywords(text.keywords, product.attributes, tag);
    for (const auto& variant : product.variants) {
        add_keywords(text.keywords, variant.attributes, tag);
    }
    if (category != nullptr) {
        for (const auto number : category->path) {
            text.category_names.emplace_back(world.categories()[number].category.name.resolve(tag));
        }
    }
    return text;
}

/// A SKU's windows in one market.
using Windows = std::vector<engine::PriceWindow>;

std::optional<std::int64_t> price_at(const Windows& windows, std::int64_t at) {
    const engine::PriceWindow* holds = nullptr;
    for (const auto& window : windows) {
        if (window.valid_from <= at && at < window.valid_to &&
            (holds == nullptr || window.valid_from > holds->valid_from)) {
            holds = &window;
        }
    }
    return holds == nullptr ? std::nullopt : std::optional(holds->minor_units);
}

/// The lowest of several variants' prices changes only where one of their windows begins or ends.
Windows cheapest(const std::vector<Windows>& variants) {
    std::set<std::int64_t> bounds{engine::always};
    for (const auto& windows : variants) {
        for (const auto& window : windows) {
            bounds.insert({window.valid_from, window.valid_to});
        }
    }
    bounds.erase(engine::forever);
    Windows lowest;
    for (auto at = bounds.begin(); at != bounds.end(); ++at) {
        std::optional<std::int64_t> price;
        for (const auto& windows : variants) {
            const auto own = price_at(windows, *at);
            price = own && (!price || *own < *price) ? own : price;
        }
        const auto end = std::next(at) == bounds.end() ? engine::forever : *std::next(at);
        if (price && !lowest.empty() && lowest.back().valid_to == *at &&
            lowest.back().minor_units == *price) {
            lowest.back().valid_to = end;
        } else if (price) {
            lowest.push_back({*at, end, *price});
        }
    }
    return lowest;
}

}  // namespace

std::string primary_language(std::string_view tag) {
    return std::string(tag.substr(0, tag.find('-')));
}

engine::IndexedProduct indexed(const catalog::Product& product, const World& world) {
    engine::IndexedProduct out{.id = product.id.value, .slug = product.slug};
    const auto* category = world.category(product.category);
    if (category != nullptr) {
        for (const auto number : category->path) {
            out.category_path.push_back(world.categories()[number].id);
        }
    }
    out.brand = product.brand.value_or("");
    add_attributes(out, product.attributes);
    for (const auto& variant : product.variants) {
        add_attributes(out, variant.attributes);
        out.codes.push_back(variant.sku);
        if (variant.gtin) {
            out.codes.push_back(*variant.gtin);
        }
    }
    std::set<std::string> languages;
    for (const auto& [tag, text] : product.name.entries()) {
        if (languages.insert(primary_language(tag)).second) {
            out.texts.push_back(text_in(product, category, world, tag));
        }
    }
    out.created_at = product.created_at.microseconds;
    out.rank = static_cast<std::uint32_t>(product.rank);
    return out;
}

std::vector<engine::MarketOffer> market_offers(std::span<const std::string_view> packed_prices,
                                               Timestamp now) {
    std::map<std::string, std::vector<Windows>, std::less<>> by_market;
    for (std::size_t sku = 0; sku < packed_prices.size(); ++sku) {
        each_price(packed_prices[sku], [&](const PackedPrice& price) {
            if (price.valid_until > now.microseconds) {
                auto& variants = by_market[std::string(text_of(price.market))];
                variants.resize(packed_prices.size());
                variants[sku].push_back({price.valid_from, price.valid_until, price.minor_units});
            }
        });
    }
    std::vector<engine::MarketOffer> offers;
    for (auto& [market, variants] : by_market) {
        offers.push_back(
            {.market = market,
             .windows = variants.size() == 1 ? std::move(variants.front()) : cheapest(variants)});
    }
    return offers;
}

engine::Availability availability_of(std::span<const std::string_view> cells, const World& world) {
    std::set<std::uint32_t> stores;
    std::set<std::string> markets;
    for (const auto of_sku : cells) {
        each_cell(of_sku, [&](const PackedCell& cell) {
            if (cell.available_thousandths <= 0 || cell.place >= world.places().size()) {
                return;
            }
            const auto& place = world.places()[cell.place];
            if (place.store && place.store->kind == stores::LocationKind::store) {
                stores.insert(static_cast<std::uint32_t>(cell.place));
            }
            if (place.store) {
                for (const auto& market : place.store->serves_online) {
                    markets.emplace(market.view());
                }
            }
        });
    }
    return {.online_in = {markets.begin(), markets.end()},
            .stores = {stores.begin(), stores.end()}};
}

}  // namespace kontor::discovery
