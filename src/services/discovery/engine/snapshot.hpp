#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/discovery/engine/prices.hpp"
#include "services/discovery/engine/product.hpp"
#include "services/discovery/engine/segment.hpp"

namespace kontor::discovery::engine {

using SharedBitmap = std::shared_ptr<const Bitmap>;

/// What changes often about the products of a segment, apart from it: prices, who sells what, what
/// is in stock where. Immutable; a change makes a copy that shares all that it did not touch.
struct Offers {
    struct Market {
        std::string name;
        SharedBitmap sellable;
        SharedBitmap online;
        PriceColumn prices;
    };
    std::vector<Market> markets;
    std::vector<std::pair<std::uint32_t, SharedBitmap>> stores;  ///< By number, sorted.

    static std::shared_ptr<const Offers> of(const Segment& segment);
    const Market* market(std::string_view name) const;
    const Bitmap* store(std::uint32_t number) const;
    std::vector<MarketOffer> offers_of(Doc doc) const;
    Availability availability_of(Doc doc) const;
};

/// A segment as it stands now: without what was removed or replaced since, with today's offers.
struct Part {
    std::shared_ptr<const Segment> segment;
    SharedBitmap live;
    std::shared_ptr<const Offers> offers;

    static Part of(std::shared_ptr<const Segment> segment);
    /// The product with all that is known of it now.
    IndexedProduct product(Doc doc) const;
    IndexedProduct texts(Doc doc) const;
};

/// One state of the whole index. A product is live in at most one part.
struct Snapshot {
    std::vector<Part> parts;  ///< The file's segment first.

    struct Place {
        std::size_t part;
        Doc doc;
    };
    std::optional<Place> find(ProductId id) const;
    std::uint64_t size() const;
    std::vector<ProductId> by_code(std::string_view normalized) const;
};

/// Collects changes to the offers of one segment, copying each bitmap and each chunk of prices
/// once.
class OffersEditor {
public:
    OffersEditor(std::shared_ptr<const Offers> before, Doc size);

    /// Replaces prices and sellability in all markets.
    void set_offers(Doc doc, const std::vector<MarketOffer>& offers);
    void set_offer(Doc doc, const MarketOffer& offer);
    void set_availability(Doc doc, const Availability& availability);
    std::shared_ptr<const Offers> finish();

private:
    std::size_t market_index(const std::string& name);
    std::size_t store_index(std::uint32_t number);
    Bitmap& own(SharedBitmap& shared);
    void set(SharedBitmap& shared, Doc doc, bool wanted);
    void apply_prices(std::size_t market);

    Doc size_;
    std::shared_ptr<Offers> after_;
    std::map<const Bitmap*, std::shared_ptr<Bitmap>> owned_;
    std::map<std::size_t, std::map<Doc, std::vector<PriceWindow>>> windows_;  ///< By market.
};

}  // namespace kontor::discovery::engine
