#include <algorithm>

#include "services/discovery/engine/snapshot.hpp"

namespace kontor::discovery::engine {
namespace {

std::shared_ptr<const PriceChunk> chunk_with(
    const PriceColumn& before, Doc first, Doc count,
    const std::map<Doc, std::vector<PriceWindow>>& changed) {
    std::vector<std::uint32_t> offsets{0};
    std::vector<PriceWindow> windows;
    for (Doc doc = first; doc < first + count; ++doc) {
        const auto change = changed.find(doc);
        const auto now = change == changed.end() ? before.windows(doc)
                                                 : std::span<const PriceWindow>(change->second);
        windows.insert(windows.end(), now.begin(), now.end());
        offsets.push_back(static_cast<std::uint32_t>(windows.size()));
    }
    return std::make_shared<const PriceChunk>(std::move(offsets), std::move(windows));
}

bool is_in(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

OffersEditor::OffersEditor(std::shared_ptr<const Offers> before, Doc size)
    : size_(size), after_(std::make_shared<Offers>(*before)) {}

std::size_t OffersEditor::market_index(const std::string& name) {
    const auto found = std::ranges::find(after_->markets, name, &Offers::Market::name);
    if (found == after_->markets.end()) {
        after_->markets.push_back(
            {name, std::make_shared<const Bitmap>(), std::make_shared<const Bitmap>(), {}});
        return after_->markets.size() - 1;
    }
    return static_cast<std::size_t>(found - after_->markets.begin());
}

std::size_t OffersEditor::store_index(std::uint32_t number) {
    auto& stores = after_->stores;
    auto found = std::ranges::lower_bound(stores, number, {}, [](auto& s) { return s.first; });
    if (found == stores.end() || found->first != number) {
        found = stores.emplace(found, number, std::make_shared<const Bitmap>());
    }
    return static_cast<std::size_t>(found - stores.begin());
}

Bitmap& OffersEditor::own(SharedBitmap& shared) {
    if (const auto known = owned_.find(shared.get()); known != owned_.end()) {
        return *known->second;
    }
    auto copy = std::make_shared<Bitmap>(shared->copy());
    shared = copy;
    return *owned_.emplace(copy.get(), copy).first->second;
}

void OffersEditor::set(SharedBitmap& shared, Doc doc, bool wanted) {
    if (shared->contains(doc) == wanted) {
        return;
    }
    wanted ? own(shared).add(doc) : own(shared).remove(doc);
}

void OffersEditor::set_offer(Doc doc, const MarketOffer& offer) {
    const std::size_t market = market_index(offer.market);
    set(after_->markets[market].sellable, doc, offer.sellable);
    windows_[market][doc] = offer.windows;
}

void OffersEditor::set_offers(Doc doc, const std::vector<MarketOffer>& offers) {
    const auto offered = [&](const std::string& market) {
        return std::ranges::find(offers, market, &MarketOffer::market) != offers.end();
    };
    for (const auto& market : after_->markets) {
        if (!offered(market.name)) {
            set_offer(doc, {market.name, false, {}});
        }
    }
    for (const auto& offer : offers) {
        set_offer(doc, offer);
    }
}

void OffersEditor::set_availability(Doc doc, const Availability& availability) {
    for (const auto& market : availability.online_in) {
        market_index(market);
    }
    for (auto& market : after_->markets) {
        set(market.online, doc, is_in(availability.online_in, market.name));
    }
    for (const auto store : availability.stores) {
        store_index(store);
    }
    auto stores = availability.stores;
    std::ranges::sort(stores);
    for (auto& [store, docs] : after_->stores) {
        set(docs, doc, std::ranges::binary_search(stores, store));
    }
}

void OffersEditor::apply_prices(std::size_t market) {
    auto& column = after_->markets[market].prices;
    const auto& changed = windows_[market];
    const Doc chunks = (size_ + PriceChunk::products - 1) / PriceChunk::products;
    auto next = column.empty() ? PriceColumn::Chunks(chunks) : column.chunks();
    for (Doc i = 0; i < chunks; ++i) {
        const Doc first = i * PriceChunk::products;
        const Doc count = std::min(PriceChunk::products, size_ - first);
        const auto touched = changed.lower_bound(first);
        const bool same = touched == changed.end() || touched->first >= first + count;
        if (!same || !next[i]) {
            next[i] = chunk_with(column, first, count, changed);
        }
    }
    column = PriceColumn(std::move(next));
}

std::shared_ptr<const Offers> OffersEditor::finish() {
    for (const auto& [market, changed] : windows_) {
        apply_prices(market);
    }
    return std::move(after_);
}

}  // namespace kontor::discovery::engine
