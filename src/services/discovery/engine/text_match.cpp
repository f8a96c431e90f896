#include "services/discovery/engine/text_match.hpp"

#include <algorithm>
#include <iterator>

#include "services/discovery/engine/ranking.hpp"

namespace kontor::discovery::engine {
namespace {

using Matches = std::vector<Match>;

/// One term's products in one part, with the factor that makes its impacts scores.
struct Postings {
    std::span<const Doc> docs;
    std::span<const std::uint16_t> impacts;
    float factor;

    float score(std::size_t i) const { return factor * static_cast<float>(impacts[i]); }
    Matches all() const {
        Matches out(docs.size());
        for (std::size_t i = 0; i < docs.size(); ++i) {
            out[i] = {docs[i], 1, score(i)};
        }
        return out;
    }
};

/// Keeps the matches that also have the term, adding its score. A long list is searched by doubling
/// steps (galloping), so the cost follows the shorter one.
void keep_common(Matches& kept, const Postings& term, std::uint32_t words) {
    std::size_t at = 0;
    auto to = kept.begin();
    for (const Match& match : kept) {
        std::size_t step = 1;
        while (at + step < term.docs.size() && term.docs[at + step] < match.doc) {
            step *= 2;
        }
        const auto last = std::min(at + step + 1, term.docs.size());
        at = static_cast<std::size_t>(
            std::lower_bound(term.docs.begin() + static_cast<std::ptrdiff_t>(at + step / 2),
                             term.docs.begin() + static_cast<std::ptrdiff_t>(last), match.doc) -
            term.docs.begin());
        if (at == term.docs.size()) {
            break;
        }
        if (term.docs[at] == match.doc) {
            *to++ = {match.doc, match.words + words, match.score + term.score(at)};
        }
    }
    kept.erase(to, kept.end());
}

void keep_common(Matches& kept, const Matches& other) {
    auto to = kept.begin();
    auto at = other.begin();
    for (const Match& match : kept) {
        while (at != other.end() && at->doc < match.doc) {
            ++at;
        }
        if (at != other.end() && at->doc == match.doc) {
            *to++ = {match.doc, match.words + at->words, match.score + at->score};
        }
    }
    kept.erase(to, kept.end());
}

/// All of both; what both have is `combined`.
template <class Combine>
Matches united(const Matches& one, const Matches& other, Combine&& combined) {
    Matches out;
    out.reserve(one.size() + other.size());
    auto left = one.begin();
    auto right = other.begin();
    while (left != one.end() && right != other.end()) {
        if (left->doc < right->doc) {
            out.push_back(*left++);
        } else if (right->doc < left->doc) {
            out.push_back(*right++);
        } else {
            out.push_back(combined(*left++, *right++));
        }
    }
    out.insert(out.end(), left, one.end());
    out.insert(out.end(), right, other.end());
    return out;
}

class Matcher {
public:
    Matcher(const TextIndex& text, const TextPlan& plan) : text_(text), plan_(plan) {}

    Matches with_all() const {
        std::vector<std::pair<std::size_t, const PlannedWord*>> words;
        for (const auto& word : plan_.words) {
            words.emplace_back(size_of(word), &word);
        }
        // The rarest first: what follows only looks at what is left.
        std::ranges::sort(words);
        Matches kept;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto& word = *words[i].second;
            if (i == 0) {
                kept = with(word);
            } else if (const auto single = single_term(word)) {
                keep_common(kept, *single, 1);
            } else {
                keep_common(kept, with(word));
            }
            if (kept.empty()) {
                break;
            }
        }
        return kept;
    }

    Matches with_any() const {
        Matches found;
        for (const auto& word : plan_.words) {
            found = united(found, with(word), [](const Match& one, const Match& other) {
                return Match{one.doc, one.words + other.words, one.score + other.score};
            });
        }
        return found;
    }

private:
    Postings postings(const WantedTerm& term, float weight) const {
        const auto at = text_.find(term.stem);
        if (at == Strings::npos) {
            return {{}, {}, 0};
        }
        const auto from = text_.postings_at[at];
        const auto count = text_.postings_at[at + 1] - from;
        return {text_.docs.subspan(from, count), text_.impacts.subspan(from, count),
                weight * term.idf / static_cast<float>(impact_unit)};
    }

    std::optional<Postings> single_term(const PlannedWord& word) const {
        if (word.alternatives.size() != 1 || word.alternatives[0].terms.size() != 1) {
            return std::nullopt;
        }
        return postings(word.alternatives[0].terms[0], word.alternatives[0].weight);
    }

    std::size_t size_of(const PlannedWord& word) const {
        std::size_t size = 0;
        for (const auto& alternative : word.alternatives) {
            std::size_t least = text_.docs.size();
            for (const auto& term : alternative.terms) {
                least = std::min(least, postings(term, 1).docs.size());
            }
            size += least;
        }
        return size;
    }

    /// The terms of an alternative share its weight: having all of them is having one word.
    Matches with(const Alternative& alternative) const {
        const float weight = alternative.weight / static_cast<float>(alternative.terms.size());
        std::vector<Postings> lists;
        for (const auto& term : alternative.terms) {
            lists.push_back(postings(term, weight));
        }
        std::ranges::sort(lists, {}, [](const Postings& list) { return list.docs.size(); });
        Matches kept = lists.front().all();
        for (std::size_t i = 1; i < lists.size(); ++i) {
            keep_common(kept, lists[i], 0);
        }
        return kept;
    }

    Matches with(const PlannedWord& word) const {
        Matches found;
        for (const auto& alternative : word.alternatives) {
            found = found.empty() ? with(alternative)
                                  : united(found, with(alternative),
                                           [](const Match& one, const Match& other) {
                                               return one.score < other.score ? other : one;
                                           });
        }
        return found;
    }

    const TextIndex& text_;
    const TextPlan& plan_;
};

}  // namespace

std::vector<Match> matches(const Part& part, const PlannedText& text, Words wanted) {
    Matches found;
    Bitmap searched;
    for (const auto& plan : text.plans) {
        const TextIndex* index = part.segment->text(plan.language);
        if (!index || plan.words.empty()) {
            continue;
        }
        const Matcher matcher(*index, plan);
        Matches here = wanted == Words::all ? matcher.with_all() : matcher.with_any();
        if (!searched.empty()) {
            std::erase_if(here, [&](const Match& match) { return searched.contains(match.doc); });
        }
        found = found.empty()
                    ? std::move(here)
                    : united(found, here, [](const Match& one, const Match&) { return one; });
        if (index->complete) {
            break;
        }
        searched |= index->present;
    }
    return found;
}

}  // namespace kontor::discovery::engine
