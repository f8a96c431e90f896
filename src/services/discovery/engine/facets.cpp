#include "services/discovery/engine/facets.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace kontor::discovery::engine {
namespace {

using Of = FacetWanted::Of;

/// A value of one part: by which key it is joined with the same value of another, how it is shown.
struct Counted {
    std::string_view key;
    std::string_view name;
    std::uint32_t count;
};

const Bitmap& docs_for(const Filtered& part, const FacetWanted& wanted, Bitmap& own) {
    const std::string_view attribute =
        wanted.of == Of::attribute ? std::string_view(wanted.attribute) : std::string_view();
    if (!part.has_condition(wanted.of, attribute)) {
        return part.docs();
    }
    own = part.docs_without(wanted.of, attribute);
    return own;
}

/// How many of `docs` fall into each of `bins`.
template <class BinOf>
std::vector<std::uint32_t> histogram(const Bitmap& docs, std::size_t bins, BinOf&& bin_of) {
    // Neighbours often fall into the same bin, and an increment would wait for the one before: so
    // four counts of each, taken in turns.
    constexpr std::size_t turns = 4;
    std::vector<std::uint32_t> counts(turns * bins);
    docs.for_each_block([&](std::span<const Doc> block) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            ++counts[turns * bin_of(block[i]) + i % turns];
        }
    });
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const auto* of_bin = &counts[turns * bin];
        counts[bin] = of_bin[0] + of_bin[1] + of_bin[2] + of_bin[3];
    }
    counts.resize(bins);
    return counts;
}

void count_brands(const Segment& segment, const Bitmap& docs, std::vector<Counted>& out) {
    // Those without a brand count into the last, which is not shown.
    const auto last = static_cast<std::uint32_t>(segment.brand_keys.size());
    const auto counts =
        histogram(docs, last + 1, [&](Doc doc) { return std::min(segment.brand_of[doc], last); });
    for (std::size_t i = 0; i < last; ++i) {
        if (counts[i] > 0) {
            out.push_back({segment.brand_keys[i], segment.brand_names[i], counts[i]});
        }
    }
}

/// By value of the attribute, in order.
std::vector<std::uint32_t> counts_of_values(const Segment& segment, const Bitmap& docs,
                                            std::size_t attribute) {
    const std::uint32_t first = segment.values_at[attribute];
    const std::uint32_t size = segment.values_at[attribute + 1] - first;
    if (const auto value_of = segment.value_of[attribute]; !value_of.empty()) {
        // None is beyond the last, which is not shown.
        return histogram(docs, size + 1,
                         [&](Doc doc) { return std::min(value_of[doc] - first, size); });
    }
    std::vector<std::uint32_t> counts(size + 1);
    for (std::uint32_t i = 0; i < size; ++i) {
        counts[i] = static_cast<std::uint32_t>(docs.common(segment.value_docs[first + i]));
    }
    return counts;
}

void count_values(const Segment& segment, const Bitmap& docs, std::string_view attribute,
                  std::vector<Counted>& out) {
    const auto at = segment.attribute_names.find(attribute);
    if (at == Strings::npos) {
        return;
    }
    const auto counts = counts_of_values(segment, docs, at);
    const std::uint32_t first = segment.values_at[at];
    for (std::uint32_t i = 0; i + 1 < counts.size(); ++i) {
        if (counts[i] > 0) {
            out.push_back(
                {segment.value_keys[first + i], segment.value_names[first + i], counts[i]});
        }
    }
}

/// Joins equal values of several parts.
template <class Value, class Key, class Count>
void join(std::vector<Value>& values, Key Value::* key, Count Value::* count) {
    std::ranges::sort(values, {}, key);
    auto to = values.begin();
    for (const auto& value : values) {
        if (to != values.begin() && (*std::prev(to)).*key == value.*key) {
            (*std::prev(to)).*count += value.*count;
        } else {
            *to++ = value;
        }
    }
    values.erase(to, values.end());
}

std::vector<FacetValue> most_frequent(std::vector<Counted> values, std::uint32_t values_max) {
    const auto kept = std::min<std::size_t>(values.size(), values_max);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(kept);
    std::partial_sort(values.begin(), end, values.end(), [](const auto& one, const auto& other) {
        return one.count != other.count ? one.count > other.count : one.key < other.key;
    });
    std::vector<FacetValue> out;
    for (auto at = values.begin(); at < end; ++at) {
        out.push_back({std::string(at->name), at->count});
    }
    return out;
}

std::vector<FacetValue> named_values(const FacetWanted& wanted, std::span<const Filtered> parts) {
    std::vector<Counted> values;
    for (const auto& part : parts) {
        Bitmap own;
        const Bitmap& docs = docs_for(part, wanted, own);
        wanted.of == Of::brand ? count_brands(*part.part().segment, docs, values)
                               : count_values(*part.part().segment, docs, wanted.attribute, values);
    }
    if (parts.size() > 1) {
        join(values, &Counted::key, &Counted::count);
    }
    return most_frequent(std::move(values), wanted.values_max);
}

using CategoryCount = std::pair<CategoryId, std::uint32_t>;

/// Appends those of a segment, by id.
void count_categories(const Segment& segment, const Bitmap& docs, std::vector<CategoryCount>& out) {
    const auto of_paths =
        histogram(docs, segment.path_at.size() - 1, [&](Doc doc) { return segment.path_of[doc]; });
    std::vector<std::uint32_t> of_categories(segment.categories.size());
    for (std::size_t path = 0; path < of_paths.size(); ++path) {
        for (auto i = segment.path_at[path]; of_paths[path] > 0 && i < segment.path_at[path + 1];
             ++i) {
            of_categories[segment.path_categories[i]] += of_paths[path];
        }
    }
    for (std::size_t i = 0; i < of_categories.size(); ++i) {
        if (of_categories[i] > 0) {
            out.emplace_back(segment.categories[i], of_categories[i]);
        }
    }
}

std::vector<FacetValue> categories(const FacetWanted& wanted, std::span<const Filtered> parts) {
    std::vector<CategoryCount> counts;
    for (const auto& part : parts) {
        Bitmap own;
        count_categories(*part.part().segment, docs_for(part, wanted, own), counts);
    }
    if (parts.size() > 1) {
        join(counts, &CategoryCount::first, &CategoryCount::second);
    }
    std::ranges::sort(counts, [](const auto& one, const auto& other) {
        return one.second != other.second ? one.second > other.second : one.first < other.first;
    });
    counts.resize(std::min<std::size_t>(counts.size(), wanted.values_max));
    std::vector<FacetValue> out;
    for (const auto& [category, count] : counts) {
        out.push_back({fmt::format_int(category).str(), count});
    }
    return out;
}

std::vector<FacetValue> price_ranges(const FacetWanted& wanted, std::span<const Filtered> parts) {
    const std::span<const std::int64_t> bounds =
        wanted.price_bounds.empty() ? std::span<const std::int64_t>(default_price_bounds)
                                    : std::span<const std::int64_t>(wanted.price_bounds);
    // The last but one is above all bounds, the last those without a price, which is not shown.
    std::vector<std::uint32_t> counts(bounds.size() + 2);
    for (const auto& part : parts) {
        Bitmap own;
        const auto of_part = histogram(docs_for(part, wanted, own), counts.size(), [&](Doc doc) {
            const std::int64_t price = part.prices()[doc];
            std::size_t range = price == no_price;
            for (const auto bound : bounds) {
                range += price >= bound;
            }
            return range;
        });
        std::ranges::transform(counts, of_part, counts.begin(), std::plus{});
    }
    std::vector<FacetValue> out;
    for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
        if (counts[i] > 0) {
            const std::int64_t from = i == 0 ? 0 : bounds[i - 1];
            out.push_back({i < bounds.size() ? fmt::format("{}..{}", from, bounds[i])
                                             : fmt::format("{}..", from),
                           counts[i]});
        }
    }
    return out;
}

}  // namespace

Facet count_facet(const FacetWanted& wanted, std::span<const Filtered> parts) {
    Facet facet{wanted.of, wanted.attribute, {}};
    switch (wanted.of) {
        case Of::brand:
        case Of::attribute:
            facet.values = named_values(wanted, parts);
            break;
        case Of::category:
            facet.values = categories(wanted, parts);
            break;
        case Of::price:
            facet.values = price_ranges(wanted, parts);
            break;
    }
    return facet;
}

}  // namespace kontor::discovery::engine
