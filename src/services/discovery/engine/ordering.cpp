#include "services/discovery/engine/ordering.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace kontor::discovery::engine {
namespace {

constexpr std::int64_t last_key = std::numeric_limits<std::int64_t>::max();
// A product that the business ranks highest gains this much over one of rank 0.
constexpr float rank_gain = 0.1F;

/// Keeps the lowest of what it is shown, in memory for a few times `count`.
class Lowest {
public:
    explicit Lowest(std::size_t count) : count_(count) { kept_.reserve(4 * count + 4); }

    bool wants(std::int64_t key, ProductId id) const {
        return key < limit_.key || (key == limit_.key && id < limit_.id);
    }
    void add(const Placed& placed) {
        kept_.push_back(placed);
        if (kept_.size() >= 4 * count_ + 4) {
            shrink();
        }
    }
    std::vector<Placed> sorted() && {
        shrink();
        std::sort(kept_.begin(), kept_.end());
        return std::move(kept_);
    }

private:
    void shrink() {
        if (count_ == 0 || kept_.size() <= count_) {
            kept_.resize(std::min(kept_.size(), count_));
            return;
        }
        const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(count_ - 1);
        std::nth_element(kept_.begin(), last, kept_.end());
        kept_.resize(count_);
        limit_ = kept_.back();
    }

    std::size_t count_;
    Placed limit_{last_key, std::numeric_limits<ProductId>::max(), 0, 0, {}};
    std::vector<Placed> kept_;
};

struct Behind {
    std::int64_t key = std::numeric_limits<std::int64_t>::min();
    ProductId id = 0;
    bool operator()(std::int64_t other, ProductId other_id) const {
        return other > key || (other == key && other_id > id);
    }
};

template <class KeyOf>
std::vector<Placed> select(const Filtered& filtered, const Behind& behind, std::size_t count,
                           KeyOf&& key_of) {
    Lowest lowest(count);
    const auto ids = filtered.part().segment->ids;
    filtered.docs().for_each([&](Doc doc) {
        const std::int64_t key = key_of(doc);
        if (lowest.wants(key, ids[doc]) && behind(key, ids[doc])) {
            lowest.add({key, ids[doc], doc, 0, {}});
        }
    });
    return std::move(lowest).sorted();
}

/// First those with more of the words. Then the score in steps of 0.4 %, so that a small change of
/// the index does not move a product over the edge of a page; within a step the business rank
/// decides, then the id.
std::int64_t relevance_key(std::uint32_t words, float score, std::uint32_t rank) {
    const std::int64_t steps = std::bit_cast<std::uint32_t>(score) >> 15;
    return -(static_cast<std::int64_t>(words) << 50 | steps << 32 | rank);
}

std::vector<Placed> by_relevance(const Filtered& filtered, std::span<const Match> matched,
                                 const Behind& behind, std::size_t count) {
    const auto& segment = *filtered.part().segment;
    Lowest lowest(count);
    auto at = matched.begin();
    filtered.docs().for_each([&](Doc doc) {
        while (at != matched.end() && at->doc < doc) {
            ++at;
        }
        const std::uint32_t rank = segment.ranks[doc];
        const float prior = std::log2(1.0F + static_cast<float>(rank)) / 32.0F;
        const float score = at->score * (1 + rank_gain * prior);
        const std::int64_t key = relevance_key(at->words, score, rank);
        if (lowest.wants(key, segment.ids[doc]) && behind(key, segment.ids[doc])) {
            lowest.add({key, segment.ids[doc], doc, score, {}});
        }
    });
    return std::move(lowest).sorted();
}

const TextIndex* naming(const Segment& segment, const Query& query) {
    for (const auto& language : query.languages) {
        if (const TextIndex* text = segment.text(language)) {
            return text;
        }
    }
    return nullptr;
}

/// Within a segment the names' order is a column; across segments the collation keys decide.
std::vector<Placed> by_name(const Filtered& filtered, const Query& query,
                            const std::optional<Cursor>& after, std::size_t count) {
    const auto& segment = *filtered.part().segment;
    const TextIndex* text = naming(segment, query);
    if (!text) {
        return select(filtered, after ? Behind{0, after->id} : Behind{}, count,
                      [](Doc) { return 0; });
    }
    Behind behind;
    if (after) {
        const auto place = [&](Doc doc) {
            return std::pair(text->name_keys[doc], segment.ids[doc]);
        };
        const auto first = std::ranges::upper_bound(
            text->by_name, std::pair(std::string_view(after->name_key), after->id), {}, place);
        behind = {first - text->by_name.begin() - 1, std::numeric_limits<ProductId>::max()};
    }
    auto placed = select(filtered, behind, count,
                         [&](Doc doc) { return static_cast<std::int64_t>(text->name_rank[doc]); });
    for (auto& each : placed) {
        each.name_key = text->name_keys[each.doc];
        each.key = 0;
    }
    return placed;
}

}  // namespace

std::vector<Placed> first_of(const Filtered& filtered, const Query& query,
                             std::span<const Match> matched, const std::optional<Cursor>& after,
                             std::size_t count) {
    const auto& segment = *filtered.part().segment;
    const auto& prices = filtered.prices();
    const Behind behind = after ? Behind{after->key, after->id} : Behind{};
    switch (query.sort) {
        case Sort::price_ascending:
            return select(filtered, behind, count, [&](Doc doc) { return prices[doc]; });
        case Sort::price_descending:
            return select(filtered, behind, count, [&](Doc doc) {
                return prices[doc] == no_price ? last_key : -prices[doc];
            });
        case Sort::newest:
            return select(filtered, behind, count, [&](Doc doc) { return -segment.created[doc]; });
        case Sort::name:
            return by_name(filtered, query, after, count);
        case Sort::relevance:
            break;
    }
    if (!matched.empty()) {
        return by_relevance(filtered, matched, behind, count);
    }
    return select(filtered, behind, count,
                  [&](Doc doc) { return -static_cast<std::int64_t>(segment.ranks[doc]); });
}

}  // namespace kontor::discovery::engine
