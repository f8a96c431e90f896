#include "services/discovery/engine/filters.hpp"

#include <algorithm>
#include <cmath>

#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {

using Of = FacetWanted::Of;

Filtered::Filtered(const Part& part, const Query& query, const std::optional<Bitmap>& text_docs)
    : part_(part),
      query_(query),
      market_(part.offers->market(query.market)),
      prices_(market_ ? &market_->prices : nullptr, query.now),
      base_(in_market(text_docs)) {
    add_conditions();
    docs_ = base_.copy();
    for (const auto& condition : conditions_) {
        docs_ &= condition.docs;
    }
    if (limits_price()) {
        docs_ = within_price(docs_);
    }
}

Bitmap Filtered::in_market(const std::optional<Bitmap>& text_docs) const {
    if (!market_) {
        return {};
    }
    Bitmap docs = *part_.live & *market_->sellable;
    if (query_.in_stock) {
        docs &= *market_->online;
    }
    if (query_.store) {
        const Bitmap* there = part_.offers->store(*query_.store);
        if (!there) {
            return {};
        }
        docs &= *there;
    }
    if (text_docs) {
        docs &= *text_docs;
    }
    return docs;
}

void Filtered::add_conditions() {
    if (query_.category) {
        conditions_.push_back({Of::category, {}, with_category()});
    }
    if (!query_.brands.empty()) {
        conditions_.push_back({Of::brand, {}, with_brand()});
    }
    for (const auto& filter : query_.attributes) {
        conditions_.push_back({Of::attribute, filter.name, with_attribute(filter)});
    }
}

Bitmap Filtered::with_brand() const {
    const auto& segment = *part_.segment;
    Bitmap docs;
    for (const auto& brand : query_.brands) {
        if (const auto at = segment.brand_keys.find(folded(brand)); at != Strings::npos) {
            docs |= segment.brand_docs[at];
        }
    }
    return docs;
}

Bitmap Filtered::with_category() const {
    const auto& segment = *part_.segment;
    const auto found = std::ranges::lower_bound(segment.categories, *query_.category);
    const bool known = found != segment.categories.end() && *found == *query_.category;
    return known
               ? segment.category_docs[static_cast<std::size_t>(found - segment.categories.begin())]
               : Bitmap();
}

Bitmap Filtered::with_attribute(const AttributeFilter& filter) const {
    const auto& segment = *part_.segment;
    const auto attribute = segment.attribute_names.find(filter.name);
    Bitmap docs;
    if (attribute == Strings::npos) {
        return docs;
    }
    for (const auto& value : filter.values) {
        const auto at = segment.value_keys.find(folded(value), segment.values_at[attribute],
                                                segment.values_at[attribute + 1]);
        if (at != Strings::npos) {
            docs |= segment.value_docs[at];
        }
    }
    if (filter.at_least || filter.at_most) {
        const auto from = segment.numbers_at[attribute];
        const auto numbers =
            segment.numbers.subspan(from, segment.numbers_at[attribute + 1] - from);
        const auto first = std::ranges::lower_bound(numbers, filter.at_least.value_or(-HUGE_VAL));
        const auto last = std::ranges::upper_bound(numbers, filter.at_most.value_or(HUGE_VAL));
        for (auto at = first; at < last; ++at) {
            docs.add(
                segment.docs_of_numbers[from + static_cast<std::size_t>(at - numbers.begin())]);
        }
    }
    return docs;
}

bool Filtered::limits_price() const {
    return query_.price_at_least || query_.price_at_most;
}

Bitmap Filtered::within_price(const Bitmap& docs) const {
    const std::int64_t least = query_.price_at_least.value_or(always);
    const std::int64_t most = query_.price_at_most.value_or(no_price - 1);
    std::vector<Doc> kept;
    docs.for_each([&](Doc doc) {
        const std::int64_t price = prices_[doc];
        if (price >= least && price <= most && price != no_price) {
            kept.push_back(doc);
        }
    });
    return Bitmap::of(kept);
}

bool Filtered::has_condition(Of of, std::string_view attribute) const {
    return of == Of::price ? limits_price()
                           : std::ranges::any_of(conditions_, [&](const Condition& condition) {
                                 return condition.belongs_to(of, attribute);
                             });
}

Bitmap Filtered::docs_without(Of of, std::string_view attribute) const {
    Bitmap docs = base_.copy();
    for (const auto& condition : conditions_) {
        if (!condition.belongs_to(of, attribute)) {
            docs &= condition.docs;
        }
    }
    return limits_price() && of != Of::price ? within_price(docs) : std::move(docs);
}

}  // namespace kontor::discovery::engine
