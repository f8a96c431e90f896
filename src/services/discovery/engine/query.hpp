#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "services/discovery/engine/product.hpp"

namespace kontor::discovery::engine {

enum class Sort : std::uint8_t {
    relevance,  ///< With a text the best match, without one the highest business rank.
    price_ascending,
    price_descending,
    name,
    newest,
};

/// Products must have one of `values` (blind to case and accents), or a number within the range.
struct AttributeFilter {
    std::string name = {};
    std::vector<std::string> values = {};  ///< A number is written as it is: `18`, `2.5`.
    std::optional<double> at_least = {};
    std::optional<double> at_most = {};
    bool operator==(const AttributeFilter&) const = default;
};

/// Which counts are wanted beside the products.
struct FacetWanted {
    enum class Of : std::uint8_t { brand, price, category, attribute };
    Of of = Of::brand;
    std::string attribute = {};     ///< Its name, for Of::attribute.
    std::uint32_t values_max = 50;  ///< The most frequent are kept.
    std::vector<std::int64_t> price_bounds =
        {};  ///< Minor units, ascending; empty: default_price_bounds.
    bool operator==(const FacetWanted&) const = default;
};

inline constexpr std::int64_t default_price_bounds[] = {1'000,  2'500,  5'000,  10'000,
                                                        25'000, 50'000, 100'000};

/// What a shopper asks for. All given conditions hold together; the values of one filter are
/// alternatives.
struct Query {
    std::string market = {};
    std::vector<std::string> languages =
        {};                 ///< The shopper's first, then its fallbacks; at least one.
    std::int64_t now = 0;   ///< Decides which price window holds; microseconds.
    std::string text = {};  ///< At most 200 characters are read.
    std::optional<CategoryId> category = {};  ///< Itself and all below.
    std::vector<std::string> brands = {};
    std::optional<std::int64_t> price_at_least = {};  ///< Minor units, inclusive.
    std::optional<std::int64_t> price_at_most = {};   ///< Minor units, inclusive.
    std::vector<AttributeFilter> attributes = {};
    std::optional<std::uint32_t> store = {};  ///< In stock there.
    bool in_stock = false;                    ///< In stock in the market's web shop.
    Sort sort = Sort::relevance;
    std::vector<FacetWanted> facets = {};
    std::uint32_t limit = 24;  ///< 0 to 1,000.
    std::string cursor = {};   ///< `next` of the page before; empty: the first page.
};

/// One value of a facet: as first written in the catalogue. A price range is `1000..2500`, minor
/// units, the upper bound exclusive and left out of the last; a category its decimal id.
struct FacetValue {
    std::string value = {};
    std::uint32_t count = 0;
    bool operator==(const FacetValue&) const = default;
};

/// Counts over the products that meet every condition but this facet's own, so that a shopper sees
/// what choosing another value would bring.
struct Facet {
    FacetWanted::Of of = FacetWanted::Of::brand;
    std::string attribute = {};
    std::vector<FacetValue> values = {};  ///< Most frequent first; price ranges in order.
};

struct Hit {
    ProductId id = 0;
    float score = 0;                         ///< Of the text; 0 without one.
    std::optional<std::int64_t> price = {};  ///< Minor units, at `now`.
};

struct Page {
    std::vector<Hit> hits = {};
    std::uint64_t total = 0;  ///< Of all pages.
    std::string next = {};    ///< Cursor of the next page; empty: this was the last.
    std::vector<Facet> facets = {};
    std::string corrected_to =
        {};  ///< The text that was searched instead, where a typo was corrected.
    /// Fewer than 5 products of the market have all the words: those with most of them follow.
    bool relaxed = false;
    bool exact_code = false;  ///< The text was a SKU or GTIN: these are its products.
};

struct SuggestionsWanted {
    std::string market = {};
    std::vector<std::string> languages = {};
    std::string prefix = {};  ///< As typed so far; at most 100 characters are read.
    std::uint32_t limit = 8;
};

struct Suggestion {
    enum class Kind : std::uint8_t { category, brand, product };
    Kind kind = Kind::product;
    std::string text = {};  ///< As shown: the name.
    std::uint64_t id = 0;   ///< Category or product id; 0 for a brand.
    bool operator==(const Suggestion&) const = default;
};

namespace refusals {
inline constexpr RefusalKind bad_cursor{
    "bad_cursor", 400, "The cursor is damaged or of another query: start at the first page."};
inline constexpr RefusalKind bad_query{"bad_query", 422, "A condition is out of its range."};
inline constexpr RefusalKind damaged_index{
    "damaged_index", 500, "The index file is truncated or altered: delete it and rebuild."};
}  // namespace refusals

}  // namespace kontor::discovery::engine
