#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace kontor::discovery::engine {

using ProductId = std::uint64_t;
using CategoryId = std::uint64_t;

/// The end of a price window that has none; the start of one that always was.
inline constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t always = std::numeric_limits<std::int64_t>::min();

/// What the cheapest variant costs from `valid_from` (inclusive) to `valid_to` (exclusive), in
/// microseconds since the epoch. Windows may overlap: the one that began last is the price, as a
/// promotion lies over the list price.
struct PriceWindow {
    std::int64_t valid_from = always;
    std::int64_t valid_to = forever;
    std::int64_t minor_units = 0;
    bool operator==(const PriceWindow&) const = default;
};

/// What a product costs in one market, and whether it may be sold online there. A product without
/// an entry for a market does not exist for that market's shoppers.
struct MarketOffer {
    std::string market = {};  ///< As in `de`.
    bool sellable = true;
    std::vector<PriceWindow> windows = {};
    bool operator==(const MarketOffer&) const = default;
};

/// Where a product can be had now.
struct Availability {
    std::vector<std::string> online_in = {};  ///< Markets whose web shop has it in stock.
    std::vector<std::uint32_t> stores =
        {};  ///< Stores with it in stock, by the caller's own numbers.
    bool operator==(const Availability&) const = default;
};

/// One property of a product. A number is compared as a number and filtered by ranges; text by
/// equality, blind to case and accents. Several values are several entries.
struct Attribute {
    std::string name = {};
    std::variant<std::string, double> value = {};
    bool operator==(const Attribute&) const = default;
};

/// What shoppers read, in one language.
struct LocalizedText {
    std::string language = {};  ///< BCP 47 primary tag, lower case: `de`, `en`.
    std::string name = {};
    std::vector<std::string> keywords = {};        ///< Synonyms and search words that nobody sees.
    std::vector<std::string> category_names = {};  ///< Beside `category_path`, root first.
    std::string description = {};
    bool operator==(const LocalizedText&) const = default;
};

/// All that finding needs to know about a product.
struct IndexedProduct {
    ProductId id = 0;  ///< Not 0.
    std::string slug = {};
    std::vector<CategoryId> category_path = {};  ///< Root first, leaf last.
    std::string brand = {};                      ///< Empty: none.
    std::vector<Attribute> attributes = {};
    std::vector<LocalizedText> texts = {};
    std::vector<std::string> codes = {};  ///< SKUs and GTINs of all its variants.
    std::int64_t created_at = 0;          ///< Microseconds since the epoch.
    std::uint32_t rank = 0;               ///< Business rank: higher is shown earlier among equals.
    std::vector<MarketOffer> offers = {};
    Availability availability = {};
    bool operator==(const IndexedProduct&) const = default;
};

}  // namespace kontor::discovery::engine
