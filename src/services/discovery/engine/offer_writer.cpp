#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "services/discovery/engine/segment_writer.hpp"

namespace kontor::discovery::engine {
namespace {

struct MarketColumns {
    std::vector<Doc> sellable;
    std::vector<Doc> online;
    std::vector<std::uint32_t> offsets{0};
    std::vector<PriceWindow> windows;

    void add(Doc doc, const MarketOffer& offer) {
        pad(doc);
        if (offer.sellable) {
            sellable.push_back(doc);
        }
        windows.insert(windows.end(), offer.windows.begin(), offer.windows.end());
        offsets.push_back(static_cast<std::uint32_t>(windows.size()));
    }
    /// Products before `doc` that are not offered in this market have no windows.
    void pad(Doc doc) { offsets.resize(doc + 1, static_cast<std::uint32_t>(windows.size())); }
};

template <class Key>
void note(std::map<Key, std::vector<Doc>>& docs_of, const Key& key, Doc doc) {
    auto& docs = docs_of[key];
    if (docs.empty() || docs.back() != doc) {
        docs.push_back(doc);
    }
}

void write_markets(std::map<std::string, MarketColumns>& markets, Doc size, ImageWriter& image) {
    std::vector<std::string> names;
    std::vector<Bitmap> sellable;
    std::vector<Bitmap> online;
    for (auto& [market, columns] : markets) {
        columns.pad(size);
        const auto name = fmt::format("prices/{}", names.size());
        image.add(name + ".at", columns.offsets);
        image.add(name, columns.windows);
        names.push_back(market);
        sellable.push_back(Bitmap::of(columns.sellable));
        online.push_back(Bitmap::of(columns.online));
    }
    image.add_strings("markets", names);
    image.add_bitmaps("sellable", sellable);
    image.add_bitmaps("online", online);
}

}  // namespace

void write_offers(const Ordered& products, ImageWriter& image) {
    std::map<std::string, MarketColumns> markets;
    std::map<std::uint32_t, std::vector<Doc>> stores;
    for (Doc doc = 0; doc < products.order.size(); ++doc) {
        const auto product = products.source.whole(products.order[doc]);
        for (const auto& offer : product.offers) {
            auto& columns = markets[offer.market];
            if (columns.offsets.size() < doc + 2) {
                columns.add(doc, offer);
            }
        }
        for (const auto& market : product.availability.online_in) {
            auto& docs = markets[market].online;
            if (docs.empty() || docs.back() != doc) {
                docs.push_back(doc);
            }
        }
        for (const auto store : product.availability.stores) {
            note(stores, store, doc);
        }
    }
    write_markets(markets, static_cast<Doc>(products.order.size()), image);
    std::vector<std::uint32_t> numbers;
    std::vector<Bitmap> bitmaps;
    for (const auto& [store, docs] : stores) {
        numbers.push_back(store);
        bitmaps.push_back(Bitmap::of(docs));
    }
    image.add("stores", numbers);
    image.add_bitmaps("store.docs", bitmaps);
}

}  // namespace kontor::discovery::engine
