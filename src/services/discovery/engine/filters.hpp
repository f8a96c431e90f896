#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "services/discovery/engine/prices.hpp"
#include "services/discovery/engine/query.hpp"
#include "services/discovery/engine/snapshot.hpp"

namespace kontor::discovery::engine {

/// The products of one part that a query asks for. Cost: a few bitmap intersections; a price range
/// reads the prices of what is left.
class Filtered {
public:
    /// `text_docs`: those that the text matches; without one: no text was given.
    Filtered(const Part& part, const Query& query, const std::optional<Bitmap>& text_docs);

    const Part& part() const { return part_; }
    /// Those that meet all conditions.
    const Bitmap& docs() const { return docs_; }
    /// Those that meet all but the conditions that belong to a facet.
    Bitmap docs_without(FacetWanted::Of of, std::string_view attribute) const;
    bool has_condition(FacetWanted::Of of, std::string_view attribute) const;
    const PricesNow& prices() const { return prices_; }

private:
    struct Condition {
        FacetWanted::Of of;
        std::string_view attribute;
        Bitmap docs;
        bool belongs_to(FacetWanted::Of other, std::string_view name) const {
            return of == other && attribute == name;
        }
    };
    Bitmap in_market(const std::optional<Bitmap>& text_docs) const;
    void add_conditions();
    Bitmap with_brand() const;
    Bitmap with_category() const;
    Bitmap with_attribute(const AttributeFilter& filter) const;
    bool limits_price() const;
    Bitmap within_price(const Bitmap& docs) const;

    const Part& part_;
    const Query& query_;
    const Offers::Market* market_;
    PricesNow prices_;
    Bitmap base_;  ///< Conditions without a facet.
    std::vector<Condition> conditions_;
    Bitmap docs_;
};

}  // namespace kontor::discovery::engine
