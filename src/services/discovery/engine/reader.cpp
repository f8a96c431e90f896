#include <algorithm>

#include "services/discovery/engine/engine.hpp"
#include "services/discovery/engine/facets.hpp"
#include "services/discovery/engine/ordering.hpp"
#include "services/discovery/engine/snapshot.hpp"
#include "services/discovery/engine/text_plan.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::uint32_t limit_max = 1'000;
constexpr std::size_t facets_max = 50;
/// So few products with all the words are completed by those with most of them.
constexpr std::uint64_t few = 5;

Result<void> checked(const Query& query) {
    if (query.limit > limit_max) {
        return refuse(refusals::bad_query, "limit {}: at most {}", query.limit, limit_max);
    }
    if (query.facets.size() > facets_max) {
        return refuse(refusals::bad_query, "{} facets: at most {}", query.facets.size(),
                      facets_max);
    }
    for (const auto& facet : query.facets) {
        if (!std::ranges::is_sorted(facet.price_bounds)) {
            return refuse(refusals::bad_query, "price bounds of a facet: must be ascending");
        }
    }
    return {};
}

bool has_words(std::string_view text) {
    return text.find_first_not_of(" \t\n") != text.npos;
}

/// What a text matches, by part.
using TextMatches = std::vector<std::vector<Match>>;

Bitmap docs_of(const std::vector<Match>& matches) {
    std::vector<Doc> docs(matches.size());
    std::ranges::transform(matches, docs.begin(), &Match::doc);
    return Bitmap::of(docs);
}

/// Answers one query, in tries: by code, by all words, by most words.
class Finder {
public:
    Finder(const Snapshot& snapshot, const Query& query, std::optional<Cursor> after)
        : snapshot_(snapshot), query_(query), after_(std::move(after)) {}

    Page find() {
        Page page;
        if (!has_words(query_.text)) {
            filter(nullptr);
        } else if (by_code()) {
            page.exact_code = true;
        } else {
            const auto planned = plan_text(snapshot_, query_.languages, query_.text);
            page.corrected_to = planned.corrected_to;
            page.relaxed = by_words(planned);
        }
        page.total = total_;
        add_hits(page);
        for (const auto& wanted : query_.facets) {
            page.facets.push_back(count_facet(wanted, filtered_));
        }
        return page;
    }

private:
    void filter(const TextMatches* matches) {
        filtered_.clear();
        filtered_.reserve(snapshot_.parts.size());
        total_ = 0;
        for (std::size_t i = 0; i < snapshot_.parts.size(); ++i) {
            std::optional<Bitmap> docs;
            if (matches) {
                docs = docs_of((*matches)[i]);
            }
            filtered_.emplace_back(snapshot_.parts[i], query_, docs);
            total_ += filtered_.back().docs().size();
        }
    }

    bool by_code() {
        const auto code = normalized_code(query_.text);
        const auto ids = code.empty() ? std::vector<ProductId>() : snapshot_.by_code(code);
        if (ids.empty()) {
            return false;
        }
        matches_.assign(snapshot_.parts.size(), {});
        for (const auto id : ids) {
            const auto place = *snapshot_.find(id);
            matches_[place.part].push_back({place.doc, 1, 1});
        }
        for (auto& found : matches_) {
            std::ranges::sort(found, {}, &Match::doc);
        }
        filter(&matches_);
        return total_ > 0;
    }

    /// Finds what has all words. Where that is little in this market, whatever the other
    /// conditions, goes on to what has most of them; true: it did, and found more.
    bool by_words(const PlannedText& planned) {
        match(planned, Words::all);
        const auto complete = in_market(few);
        if (complete.count >= few || planned.plans.empty()) {
            filter(&matches_);
            return false;
        }
        match(planned, Words::any);
        const auto partly = in_market(everything);
        const auto words = static_cast<std::uint32_t>(planned.plans.front().words.size());
        const std::uint32_t needed = std::max(1U, std::min(partly.most_words, words - 1));
        for (auto& found : matches_) {
            std::erase_if(found, [&](const Match& match) { return match.words < needed; });
        }
        filter(&matches_);
        return in_market(few).count > complete.count;
    }

    void match(const PlannedText& planned, Words wanted) {
        matches_.clear();
        for (const auto& part : snapshot_.parts) {
            matches_.push_back(matches(part, planned, wanted));
        }
    }

    struct InMarket {
        std::uint64_t count = 0;
        std::uint32_t most_words = 0;
    };
    static constexpr std::uint64_t everything = ~0ULL;
    /// Of what matches in this market; stops when `enough` are counted.
    InMarket in_market(std::uint64_t enough) const {
        InMarket found;
        for (std::size_t i = 0; i < matches_.size(); ++i) {
            const auto& part = snapshot_.parts[i];
            const auto* market = part.offers->market(query_.market);
            for (const auto& match : matches_[i]) {
                if (market && part.live->contains(match.doc) &&
                    market->sellable->contains(match.doc)) {
                    found.most_words = std::max(found.most_words, match.words);
                    if (++found.count >= enough) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    void add_hits(Page& page) const {
        std::vector<std::pair<Placed, std::size_t>> all;
        for (std::size_t i = 0; i < filtered_.size(); ++i) {
            const auto matched = i < matches_.size() ? std::span<const Match>(matches_[i])
                                                     : std::span<const Match>();
            for (const auto& placed :
                 first_of(filtered_[i], query_, matched, after_, query_.limit + 1ULL)) {
                all.emplace_back(placed, i);
            }
        }
        if (filtered_.size() > 1) {
            std::sort(all.begin(), all.end());
        }
        const std::size_t shown = std::min<std::size_t>(all.size(), query_.limit);
        for (std::size_t i = 0; i < shown; ++i) {
            const auto& [placed, part] = all[i];
            const std::int64_t price = filtered_[part].prices()[placed.doc];
            page.hits.push_back(
                {placed.id, placed.score, price == no_price ? std::nullopt : std::optional(price)});
        }
        if (shown > 0 && all.size() > shown) {
            const auto& last = all[shown - 1].first;
            page.next =
                to_text(Cursor{fingerprint(query_), last.key, last.id, std::string(last.name_key)});
        }
    }

    const Snapshot& snapshot_;
    const Query& query_;
    std::optional<Cursor> after_;
    TextMatches matches_;
    std::vector<Filtered> filtered_;
    std::uint64_t total_ = 0;
};

}  // namespace

Reader::Reader(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

Result<Page> Reader::find(const Query& query) const {
    if (auto good = checked(query); !good) {
        return std::unexpected(std::move(good).error());
    }
    std::optional<Cursor> after;
    if (!query.cursor.empty()) {
        after = TRY_NOW(parse_cursor(query.cursor, fingerprint(query)));
    }
    return Finder(*snapshot_, query, std::move(after)).find();
}

bool Reader::has(ProductId id) const {
    return snapshot_->find(id).has_value();
}

std::optional<ProductId> Reader::by_slug(std::string_view slug) const {
    const std::uint64_t hash = key_hash(slug);
    for (const auto& part : snapshot_->parts) {
        const auto& segment = *part.segment;
        auto at = std::ranges::lower_bound(segment.slug_hashes, hash);
        for (; at != segment.slug_hashes.end() && *at == hash; ++at) {
            const Doc doc =
                segment.docs_of_slugs[static_cast<std::size_t>(at - segment.slug_hashes.begin())];
            if (part.live->contains(doc)) {
                return segment.ids[doc];
            }
        }
    }
    return std::nullopt;
}

std::vector<ProductId> Reader::by_code(std::string_view code) const {
    const auto normalized = normalized_code(code);
    return normalized.empty() ? std::vector<ProductId>() : snapshot_->by_code(normalized);
}

std::uint64_t Reader::size() const {
    return snapshot_->size();
}

}  // namespace kontor::discovery::engine
