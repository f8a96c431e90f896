#include "services/discovery/engine/snapshot.hpp"

#include <algorithm>

#include "services/discovery/engine/codec.hpp"

namespace kontor::discovery::engine {

std::shared_ptr<const Offers> Offers::of(const Segment& segment) {
    auto offers = std::make_shared<Offers>();
    for (std::size_t i = 0; i < segment.markets.size(); ++i) {
        offers->markets.push_back(
            {std::string(segment.markets[i]), std::make_shared<const Bitmap>(segment.sellable[i]),
             std::make_shared<const Bitmap>(segment.online[i]), segment.prices(i)});
    }
    for (std::size_t i = 0; i < segment.stores.size(); ++i) {
        offers->stores.emplace_back(segment.stores[i],
                                    std::make_shared<const Bitmap>(segment.store_docs[i]));
    }
    return offers;
}

const Offers::Market* Offers::market(std::string_view name) const {
    const auto found = std::ranges::find(markets, name, &Market::name);
    return found == markets.end() ? nullptr : &*found;
}

const Bitmap* Offers::store(std::uint32_t number) const {
    const auto found =
        std::ranges::lower_bound(stores, number, {}, [](auto& s) { return s.first; });
    return found == stores.end() || found->first != number ? nullptr : found->second.get();
}

std::vector<MarketOffer> Offers::offers_of(Doc doc) const {
    std::vector<MarketOffer> offers;
    for (const auto& market : markets) {
        const auto windows = market.prices.windows(doc);
        const bool sellable = market.sellable->contains(doc);
        if (sellable || !windows.empty()) {
            offers.push_back({market.name, sellable, {windows.begin(), windows.end()}});
        }
    }
    return offers;
}

Availability Offers::availability_of(Doc doc) const {
    Availability availability;
    for (const auto& market : markets) {
        if (market.online->contains(doc)) {
            availability.online_in.push_back(market.name);
        }
    }
    for (const auto& [store, docs] : stores) {
        if (docs->contains(doc)) {
            availability.stores.push_back(store);
        }
    }
    return availability;
}

Part Part::of(std::shared_ptr<const Segment> segment) {
    auto live = std::make_shared<const Bitmap>(Bitmap::all(segment->size));
    auto offers = Offers::of(*segment);
    return {std::move(segment), std::move(live), std::move(offers)};
}

IndexedProduct Part::texts(Doc doc) const {
    const auto from = segment->documents_at[doc];
    return decoded(segment->documents.subspan(from, segment->documents_at[doc + 1] - from));
}

IndexedProduct Part::product(Doc doc) const {
    auto product = texts(doc);
    product.offers = offers->offers_of(doc);
    product.availability = offers->availability_of(doc);
    return product;
}

std::optional<Snapshot::Place> Snapshot::find(ProductId id) const {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto doc = parts[i].segment->find(id);
        if (doc && parts[i].live->contains(*doc)) {
            return Place{i, *doc};
        }
    }
    return std::nullopt;
}

std::uint64_t Snapshot::size() const {
    std::uint64_t size = 0;
    for (const auto& part : parts) {
        size += part.live->size();
    }
    return size;
}

std::vector<ProductId> Snapshot::by_code(std::string_view normalized) const {
    std::vector<ProductId> ids;
    const std::uint64_t hash = key_hash(normalized);
    for (const auto& part : parts) {
        const auto& segment = *part.segment;
        auto at = std::ranges::lower_bound(segment.code_hashes, hash);
        for (; at != segment.code_hashes.end() && *at == hash; ++at) {
            const Doc doc =
                segment.docs_of_codes[static_cast<std::size_t>(at - segment.code_hashes.begin())];
            if (part.live->contains(doc)) {
                ids.push_back(segment.ids[doc]);
            }
        }
    }
    return ids;
}

}  // namespace kontor::discovery::engine
